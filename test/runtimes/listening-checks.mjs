/** WHAT must work on any runtime before a socket has its address? Each check is a fact; where the runtime does not let it, the library says so. */
import assert from 'node:assert/strict'
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
import { runtime, temporaryPath } from './targets.mjs'

const host = '127.0.0.1'

/** The socket, or undefined where this runtime opens it where nobody sees. */
async function opened(open, absent, what) {
  try {
    const socket = open()
    await once(socket, 'listening')
    return socket
  } catch (error) {
    if (error.code !== 'ERR_SOCKOPT_HIDDEN' || runtime === 'Node') throw error
    absent(what)
    return undefined
  }
}

const receiveBuffer = process.platform === 'linux' ? 100_000 : 50_000

export const listeningChecks = {
  async 'a server has its options before it listens, and works'(library, _, absent) {
    const options = { port: 0, host, socketOptions: { SO_RCVBUF: 50_000 } }
    const server = await opened(() => library.listen(net.createServer(), options), absent, 'listen()')
    if (server === undefined) return
    assert.equal(library.getsockopt(server, 'SO_RCVBUF'), receiveBuffer)
    const client = net.connect(server.address().port, host)
    const [[accepted]] = await Promise.all([once(server, 'connection'), once(client, 'connect')])
    accepted.end('hello')
    assert.equal(String((await once(client, 'data'))[0]), 'hello')
    client.destroy()
    server.close()
  },

  async 'a server that cannot have an address or an option says so as Node does'(library, _, absent) {
    const taken = net.createServer().listen(0, host)
    await once(taken, 'listening')
    const { port } = taken.address()
    try {
      const wrong = { port, host, socketOptions: {} }
      if ((await opened(() => library.listen(net.createServer(), { ...wrong, port: 0 }), absent, 'listen()'))?.close() === undefined) return
      const [error] = await once(library.listen(net.createServer(), wrong), 'error')
      assert.equal(error.message, `listen EADDRINUSE: address already in use ${host}:${port}`)
      const [refusal] = await once(library.listen(net.createServer(), { port: 0, host, socketOptions: { IP_HDRINCL: true } }), 'error')
      assert.equal(refusal.option, 'IP_HDRINCL')
    } finally {
      taken.close()
    }
  },

  async 'a path has its options before it listens, and is removed'(library, _, absent) {
    const { path, remove } = temporaryPath()
    const options = { path, socketOptions: { SO_RCVBUF: 50_000 } }
    if (process.platform === 'win32') {
      const [error] = await once(library.listen(net.createServer(), options), 'error')
      assert.equal(error.code, 'ERR_SOCKOPT_NO_DESCRIPTOR')
    } else {
      const server = await opened(() => library.listen(net.createServer(), options), absent, 'listen()')
      if (server !== undefined) assert.equal(library.getsockopt(server, 'SO_RCVBUF'), receiveBuffer)
      server?.close()
    }
    remove()
  },

  async 'a socket of datagrams has its options before it is bound, and works'(library, _, absent) {
    const options = { address: host, socketOptions: { SO_RCVBUF: 50_000 }, memberships: [{ group: '224.0.77.3', interface: host }] }
    const socket = await opened(() => library.bind(dgram.createSocket('udp4'), options), absent, 'bind()')
    if (socket === undefined) return
    assert.equal(library.getsockopt(socket, 'SO_RCVBUF'), receiveBuffer)
    assert.equal(library.getsockopt(socket, 'SO_REUSEADDR'), false)
    const sender = dgram.createSocket('udp4')
    sender.send('hello', socket.address().port, host)
    assert.equal(String((await once(socket, 'message'))[0]), 'hello')
    sender.close()
    socket.close()
  },
}
