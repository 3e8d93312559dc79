/** WHO makes sockets? One connection of each maker, to a server that keeps the SYN, so that what was set before it shows. */
import * as dgram from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import * as http from 'node:http'
import * as http2 from 'node:http2'
import * as https from 'node:https'
import * as net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tls from 'node:tls'
import * as undici from 'undici'

const read = name => readFileSync(new URL(`../support/certificates/${name}`, import.meta.url), 'utf8')
const certificate = { cert: read('certificate.pem'), key: read('key.pem') }
const trust = { ca: certificate.cert, servername: 'localhost' }

/** In a tick of its own, as DNS answers: for every name the address, first one that nobody listens on. */
const lookup = (_, { all }, callback) => {
  const addresses = ['127.0.0.2', '127.0.0.1'].map(address => ({ address, family: 4 }))
  setImmediate(() => (all ? callback(null, addresses) : callback(null, '127.0.0.1', 4)))
}

const answer = (_, response) => response.end('hello')
const listeners = {
  tcp: () => net.createServer(),
  tls: () => tls.createServer(certificate),
  http: () => http.createServer(answer),
  https: () => https.createServer(certificate, answer),
  http2: () => http2.createServer(answer),
  http2s: () => http2.createSecureServer(certificate, answer),
  unix: () => net.createServer(),
}

/** Each connects, waits until that is done, and returns what is to be destroyed. */
const connects = event => async socket => {
  await once(socket, event)
  return [socket]
}
async function requests(request, agent) {
  const [response] = await once(request.end(), 'response')
  response.resume()
  await once(response, 'end')
  agent?.destroy()
  return [request]
}
async function opensSession(session) {
  const stream = session.request({ ':path': '/' })
  stream.resume()
  await once(stream.end(), 'end')
  return [session]
}
async function fetches(fetch, url, dispatcher) {
  await (await fetch(url, { dispatcher })).text()
  return [dispatcher]
}

const host = '127.0.0.1'
const name = 'localhost'
/** `[what, its server, how it connects]`. */
export const clients = [
  ['net.connect() to an address', 'tcp', ({ port }) => connects('connect')(net.connect({ host, port }))],
  ['net.connect() to a name', 'tcp', ({ port }) => connects('connect')(net.connect({ host: name, port, lookup }))],
  ['net.connect() to a path', 'unix', ({ path }) => connects('connect')(net.connect(path))],
  ['new net.Socket().connect() to an address', 'tcp', ({ port }) => connects('connect')(new net.Socket().connect(port, host))],
  ['tls.connect() to an address', 'tls', ({ port }) => connects('secureConnect')(tls.connect({ host, port, ...trust }))],
  ['tls.connect() to a name', 'tls', ({ port }) => connects('secureConnect')(tls.connect({ host: name, port, lookup, ...trust }))],
  ['http.request()', 'http', ({ port }) => requests(http.request({ host, port, agent: false }))],
  [
    'http.request() of an Agent',
    'http',
    ({ port }, agent = new http.Agent({ keepAlive: true })) => requests(http.request({ host, port, agent }), agent),
  ],
  ['https.request() to an address', 'https', ({ port }) => requests(https.request({ host, port, agent: false, ...trust }))],
  ['https.request() to a name', 'https', ({ port }) => requests(https.request({ host: name, port, lookup, agent: false, ...trust }))],
  ['http2.connect() of http:', 'http2', ({ port }) => opensSession(http2.connect(`http://${host}:${port}`))],
  ['http2.connect() of https:', 'http2s', ({ port }) => opensSession(http2.connect(`https://${host}:${port}`, trust))],
  ['fetch() of http:', 'http', ({ port }) => fetches(fetch, `http://${host}:${port}`)],
  ['fetch() of https:', 'https', ({ port }) => fetches(fetch, `https://${host}:${port}`)],
  ['undici 7 of http:', 'http', ({ port }) => fetches(undici.fetch, `http://${host}:${port}`, new undici.Agent())],
  ['undici 7 of https:', 'https', ({ port }) => fetches(undici.fetch, `https://${host}:${port}`, new undici.Agent({ connect: trust }))],
]

/** A server of that kind, before it listens; `listen` does so, and returns where. */
export function createListener(kind) {
  const server = listeners[kind]()
  const folder = kind === 'unix' ? mkdtempSync(join(tmpdir(), 'makers-')) : undefined
  const path = folder && join(folder, 's')
  const accepted = new Set()
  server.on('connection', socket => accepted.add(socket.on('error', () => undefined)))
  return {
    server,
    async listen() {
      server.listen(path === undefined ? { port: 0, host } : { path })
      await once(server, 'listening')
      return { port: path === undefined ? server.address().port : 0, path }
    },
    async close() {
      for (const socket of accepted) socket.destroy()
      await new Promise(resolve => server.close(resolve))
      if (folder) rmSync(folder, { recursive: true })
    },
  }
}

export async function bindDatagrams() {
  const socket = dgram.createSocket('udp4').bind(0, host)
  await once(socket, 'listening')
  return socket
}
