// A connection that notices a dead peer within 30 s, whether data is in flight or not; by default Linux takes 15 minutes and 2 hours.
import { connect, createServer } from 'node:net'
import { getTimeouts, setTimeouts } from 'getsockopt'

const server = createServer().listen(0, '127.0.0.1', () => {
  const socket = connect(server.address().port, '127.0.0.1', () => {
    const before = getTimeouts(socket)
    const after = setTimeouts(socket, { user: 30_000, keepAlive: { idle: 15_000, interval: 5_000, count: 3 } })
    console.log('data unacknowledged  ', before.user, '->', after.user)
    console.log('silence              ', before.keepAlive.idle, '->', after.keepAlive.idle)
    socket.destroy()
    server.close()
  })
})
