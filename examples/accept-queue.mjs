// Is the event loop keeping up with new connections? The kernel's accept queue knows: connections that wait, and how many may.
import { connect, createServer } from 'node:net'
import { snapshot } from 'getsockopt'

const server = createServer(socket => socket.destroy()).listen({ port: 0, host: '127.0.0.1', backlog: 16 }, () => {
  const { port } = server.address()
  const clients = Array.from({ length: 5 }, () => connect(port, '127.0.0.1'))
  setImmediate(() => {
    const busyUntil = Date.now() + 50
    while (Date.now() < busyUntil); // an event loop that is busy
    const { length, limit } = snapshot(server).listen
    console.log(`${length} connections wait to be accepted, ${limit} may`)
    for (const client of clients) client.destroy()
    server.close()
  })
})
