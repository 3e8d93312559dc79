import { once } from 'node:events'
import { note } from './note.mjs'
import { connectTls } from './tls.js'

const socket = connectTls({ host: 'localhost', port: Number(process.env.PORT) })
await once(socket, 'secureConnect')
socket.setKeepAlive(true, 5000)
socket.write('42')
const [answer] = await once(socket, 'data')
if (String(answer) !== '42') throw new Error(String(answer))
note('after an answer', socket)
socket.end()
