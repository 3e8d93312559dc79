import { once } from 'node:events'
import { connectWithin2s } from './connect-timeout.js'
import { note } from './note.mjs'

const socket = connectWithin2s({ host: 'localhost', port: Number(process.env.PORT) })
await once(socket, 'connect')
note('connected', socket)
socket.destroy()
