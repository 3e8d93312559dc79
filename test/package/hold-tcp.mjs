/** Holds a TCP connection to itself, prints its descriptor, and echoes on it what comes in on standard input; ends when that does. */
import { connect, createServer } from 'node:net'

const server = createServer(socket => socket.pipe(socket)).listen(0, '127.0.0.1', () => {
  const socket = connect(server.address().port, '127.0.0.1', () => {
    socket.setKeepAlive(true, 60_000)
    console.log(socket._handle.fd)
    process.stdin.pipe(socket)
    socket.pipe(process.stdout)
  })
  socket.on('end', () => server.close())
})
