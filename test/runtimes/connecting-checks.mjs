/** WHAT must work on any runtime before a connection exists? Each check is a fact; where the runtime does not let it, the library says so. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import net from 'node:net'
import { runtime, temporaryPath } from './targets.mjs'

const host = '127.0.0.1'
const isWindows = process.platform === 'win32'
/** Linux doubles what it is given. */
const [asked, answered] = [50_000, process.platform === 'linux' ? 100_000 : 50_000]
const socketOptions = { SO_RCVBUF: asked }

/** Whether it came about; false where this runtime opens it where nobody sees. */
async function happened(emitter, event, absent) {
  try {
    await once(emitter, event)
    return true
  } catch (error) {
    if (error.code !== 'ERR_SOCKOPT_HIDDEN' || runtime === 'Node') throw error
    absent('connect()')
    return false
  }
}

async function listening(server, ...where) {
  server.listen(...where)
  await once(server, 'listening')
  return server
}

const refusing = async () => {
  const server = await listening(net.createServer(), 0, host)
  const { port } = server.address()
  await new Promise(resolve => server.close(resolve))
  return port
}

/** Whether Node itself hears of it: on one emulated system (s390x, Linux 7.2) nothing answers the SYN. */
async function isRefused(port) {
  const socket = net.connect(port, host)
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(5000) })
  } catch (error) {
    return error.code === 'ECONNREFUSED'
  } finally {
    socket.destroy()
  }
  throw new Error('somebody listens')
}

export const connectingChecks = {
  async 'a connection has its options before it exists, and works'(library, _, absent) {
    const server = await listening(
      net.createServer(peer => peer.pipe(peer)),
      0,
      host,
    )
    const socket = library.connect({ port: server.address().port, host, socketOptions })
    if (await happened(socket, 'connect', absent)) {
      assert.equal(library.getsockopt(socket, 'SO_RCVBUF'), answered)
      socket.write('hello')
      assert.equal(String((await once(socket, 'data'))[0]), 'hello')
    }
    socket.destroy()
    server.close()
  },

  async 'of several addresses, the one that answers has them'(library, _, absent) {
    const server = await listening(net.createServer(), 0, host)
    const addresses = ['::1', host].map(address => ({ address, family: net.isIP(address) }))
    const lookup = (_name, how, answer) => (how.all ? answer(null, addresses) : answer(null, host, 4))
    const socket = library.connect({ port: server.address().port, host: 'localhost', lookup, socketOptions })
    if (await happened(socket, 'connect', absent)) assert.equal(library.getsockopt(socket, 'SO_RCVBUF'), answered)
    socket.destroy()
    server.close()
  },

  async 'a unix socket has them too'(library, _, absent) {
    const { path, remove } = temporaryPath()
    const server = await listening(net.createServer(), path)
    const socket = library.connect({ path, socketOptions })
    if (isWindows) assert.match((await once(socket, 'error'))[0].code, /^ERR_SOCKOPT|^E/)
    else if (await happened(socket, 'connect', absent)) assert.equal(library.getsockopt(socket, 'SO_RCVBUF'), answered)
    socket.destroy()
    server.close()
    remove()
  },

  async 'a connection that cannot be says so as Node does, and an option that cannot be by its name'(library, _, absent) {
    const port = await refusing()
    if (!(await isRefused(port))) return absent('a refusal of what connects to nobody')
    const [error] = await once(library.connect({ port, host, socketOptions }), 'error')
    if (error.code === 'ERR_SOCKOPT_HIDDEN' && runtime !== 'Node') return absent('connect()')
    assert.equal(error.message, `connect ECONNREFUSED ${host}:${port}`)
    const [refusal] = await once(library.connect({ port, host, socketOptions: { IP_HDRINCL: true } }), 'error')
    assert.equal(refusal.option, 'IP_HDRINCL')
  },

  async 'an agent keeps what is named'(library, _, absent) {
    const server = await listening(
      http.createServer((_request, response) => response.end('x')),
      0,
      host,
    )
    const agent = new http.Agent({ keepAlive: true })
    agent.createConnection = library.createConnection({ SO_KEEPALIVE: false, SO_RCVBUF: asked })
    const request = http.get({ agent, host, port: server.address().port })
    if (await happened(request, 'response', absent)) {
      const { socket } = request
      request.res?.resume()
      if (request.res !== undefined) await once(request.res, 'end')
      await new Promise(resolve => setImmediate(resolve))
      assert.deepEqual([library.getsockopt(socket, 'SO_RCVBUF'), library.getsockopt(socket, 'SO_KEEPALIVE')], [answered, false])
    }
    agent.destroy()
    server.close()
    server.closeAllConnections?.()
  },
}
