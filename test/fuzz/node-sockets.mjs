/** WHICH sockets does Node open? A pair or a server of each kind, on loopback. `hold(target, close)` takes each of them. */
import dgram from 'node:dgram'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'

const pem = name => readFileSync(new URL(`../support/certificates/${name}.pem`, import.meta.url))
const [cert, key] = ['certificate', 'key'].map(pem)

const end = socket => socket.destroy()
const reset = socket => socket.resetAndDestroy()
const close = server => server.close()

/** A server that listens, and the port or path it has. */
async function listening(hold, server, where) {
  hold(server, close)
  server.listen(...where)
  await once(server, 'listening')
  return server
}

/** A server, and both ends of one connection to it. */
async function connected(hold, where, ending) {
  const server = await listening(hold, net.createServer(), where)
  const address = server.address()
  const client = hold(typeof address === 'string' ? net.connect(address) : net.connect(address.port, address.address), ending)
  const [[accepted]] = await Promise.all([once(server, 'connection'), once(client, 'connect')])
  hold(accepted, ending)
  return { server, client, accepted }
}

let paths = 0

export const nodeSockets = {
  tcp: hold => connected(hold, [0, '127.0.0.1'], reset),
  tcp6: hold => connected(hold, [0, '::1'], reset),
  unix: hold => connected(hold, [join(tmpdir(), `fuzz-${process.pid}-${paths++}`)], end),

  async udp(hold) {
    for (const isConnected of [false, true]) {
      const socket = hold(dgram.createSocket('udp4'), close)
      socket.bind(0, '127.0.0.1')
      await once(socket, 'listening')
      if (!isConnected) continue
      socket.connect(9, '127.0.0.1')
      await once(socket, 'connect')
    }
  },

  async tls(hold) {
    const server = await listening(hold, tls.createServer({ cert, key }), [0, '127.0.0.1'])
    const client = hold(tls.connect({ port: server.address().port, host: '127.0.0.1', rejectUnauthorized: false }), end)
    const [[accepted]] = await Promise.all([once(server, 'secureConnection'), once(client, 'secureConnect')])
    hold(accepted, end)
  },

  async http(hold) {
    const server = await listening(hold, http.createServer(), [0, '127.0.0.1'])
    const asking = hold(http.get({ port: server.address().port, host: '127.0.0.1', agent: false }), end)
    const [request, response] = await once(server, 'request')
    hold(request, end)
    hold(response, end)
    hold(request.socket, end)
    return asking
  },

  async http2(hold) {
    const server = await listening(hold, http2.createServer(), [0, '127.0.0.1'])
    const session = hold(http2.connect(`http://127.0.0.1:${server.address().port}`), end)
    const [[accepted]] = await Promise.all([once(server, 'session'), once(session, 'connect')])
    hold(accepted, end)
  },
}

/** Those that take long to open, and are opened in one epoch of seven. */
export const seldom = new Set(['tls', 'http', 'http2'])

export const closedSockets = () => {
  const datagram = dgram.createSocket('udp4')
  datagram.close()
  return [new net.Socket(), net.createServer(), datagram]
}
