/** `node accepting.js`: a server in a process of its own, whose time is not that of who connects. Prints its port; ends when its standard input does. */
import { createServer } from 'node:net'

const server = createServer(socket => socket.on('error', () => socket.destroy()).resume())
server.listen(0, '127.0.0.1', 511, () => console.log(server.address().port))
process.stdin.resume().on('end', () => process.exit())
