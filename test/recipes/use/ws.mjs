import { once } from 'node:events'
import { note } from './note.mjs'
import { openWebSocket } from './ws.js'

const socket = openWebSocket(process.env.WEBSOCKET_URL)
await once(socket, 'open')
socket.send('42')
const [message] = await once(socket, 'message')
if (String(message) !== '42') throw new Error(String(message))
note('after a message', socket._socket)
socket.close()
