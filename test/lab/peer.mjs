/** `node peer.mjs ADDRESS idle|reading`: accepts connections; prints its port. Ends when its standard input does. */
import { createServer } from 'node:net'

const [, , address, manner] = process.argv

const server = createServer({ allowHalfOpen: true, pauseOnConnect: manner === 'idle' }, socket => {
  socket.on('error', () => socket.destroy())
  if (manner === 'reading') socket.resume()
}).listen(0, address, () => console.log(server.address().port))

process.stdin.resume().on('end', () => process.exit())
