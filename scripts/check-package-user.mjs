// What a user's program does with the installed package. Run by check-package.sh in a folder of its own.
import assert from 'node:assert/strict'
import { connect, createServer } from 'node:net'
import { getsockopt, getTimeouts, setsockopt, snapshot } from 'getsockopt'

const server = createServer().listen(0, '127.0.0.1', () => {
  const socket = connect(server.address().port, '127.0.0.1', () => {
    setsockopt(socket, 'SO_RCVTIMEO', 5000)
    assert.equal(getsockopt(socket, 'SO_RCVTIMEO'), 5000)
    assert.equal(getTimeouts(socket).receive.milliseconds, 5000)
    assert.equal(snapshot(socket).state, 'ESTABLISHED')
    socket.destroy()
    server.close()
  })
})
