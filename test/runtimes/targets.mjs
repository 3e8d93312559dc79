/** WHICH sockets has a runtime? One of every kind, in every state, with what the library must say of each: the port it has, or the code of an error. */
import dgram from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Duplex } from 'node:stream'
import tls from 'node:tls'

export const isWindows = process.platform === 'win32'
export const runtime = 'Bun' in globalThis ? 'Bun' : 'Deno' in globalThis ? 'Deno' : 'Node'
const host = '127.0.0.1'
const insecure = { rejectUnauthorized: false }

/** What a runtime hides must be refused, and the message must name the way round. */
const hidden = { code: 'ERR_SOCKOPT_HIDDEN', message: /; (accept with|use) / }
const hiddenIn = (where, expected) => (runtime === where ? hidden : expected)
const hiddenOnWindows = expected => (isWindows ? hidden : expected)

export async function listening(server, where = { port: 0, host }) {
  server.on('tlsClientError', ignoreReset).listen(where)
  await once(server, 'listening')
  return server
}

/** Where a server can listen that is no port: a unix socket's path, on Windows the name of a pipe. */
export function temporaryPath() {
  const folder = mkdtempSync(join(tmpdir(), 'runtimes-'))
  return { path: isWindows ? `\\\\.\\pipe\\${basename(folder)}` : join(folder, 's'), remove: () => rmSync(folder, { recursive: true }) }
}

/** What the other end may see when a test destroys one. */
export function ignoreReset(error) {
  if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') throw error
}

async function closed(server) {
  await new Promise(resolve => server.close(resolve))
}

async function tcp(expect) {
  const server = net.createServer()
  expect('net.Server not listening', server, { code: 'ERR_SOCKOPT_NOT_BOUND' })
  const { port } = (await listening(server)).address()
  expect('net.Server', server, { port })
  expect('net.Socket never connected', new net.Socket(), { code: 'ERR_SOCKOPT_NOT_OPEN' })
  const arrival = once(server, 'connection')
  const client = net.connect(port, host)
  expect('net.Socket in the tick of connect()', client, { code: 'ERR_SOCKOPT_NOT_OPEN' })
  await once(client, 'connect')
  const [accepted] = await arrival
  expect('net.Socket, client', client, { port: client.localPort })
  expect('net.Socket, accepted', accepted, { port })
  client.destroy()
  expect('net.Socket destroyed', client, { code: 'ERR_SOCKOPT_CLOSED' })
  await once(accepted.resume(), 'close')
  expect('net.Socket closed by its peer', accepted, { code: 'ERR_SOCKOPT_CLOSED' })
  await closed(server)
  expect('net.Server closed', server, { code: 'ERR_SOCKOPT_CLOSED' })
}

async function unix(expect) {
  const { path, remove } = temporaryPath()
  const pipe = { code: 'ERR_SOCKOPT_NO_DESCRIPTOR', message: /is a named pipe, which on Windows is no socket/ }
  const server = await listening(net.createServer(), { path })
  const arrival = once(server, 'connection')
  const client = net.connect(path)
  await once(client, 'connect')
  const [accepted] = await arrival
  const name = isWindows ? 'named pipe' : 'unix socket'
  expect(`${name}, server`, server, isWindows ? pipe : { path })
  expect(`${name}, client`, client, isWindows ? pipe : { path: '' })
  expect(`${name}, accepted`, accepted, isWindows ? pipe : { path })
  client.destroy()
  accepted.destroy()
  await closed(server)
  remove()
}

async function secure(expect, certificate) {
  const server = await listening(tls.createServer(certificate))
  const { port } = server.address()
  expect('tls.Server', server, { port })
  const dial = async options => {
    const arrival = once(server, 'secureConnection')
    const client = tls.connect({ ...insecure, ...options })
    await once(client, 'secureConnect')
    const [accepted] = await arrival
    return { client, accepted: accepted.on('error', ignoreReset) }
  }
  const plain = await dial({ port, host })
  expect('tls.TLSSocket, client', plain.client, { port: plain.client.localPort })
  expect('tls.TLSSocket, accepted', plain.accepted, { port })

  const beneath = net.connect(port, host)
  await once(beneath, 'connect')
  const over = await dial({ socket: beneath })
  expect('tls.TLSSocket over a net.Socket', over.client, { port: beneath.localPort })

  const carrier = net.connect(port, host)
  await once(carrier, 'connect')
  const stream = new Duplex({ read: () => undefined, write: (bytes, _, done) => carrier.write(bytes, done) })
  carrier.on('data', bytes => stream.push(bytes)).on('error', ignoreReset)
  const overStream = await dial({ socket: stream })
  expect('tls.TLSSocket over a Duplex', overStream.client, { code: 'ERR_SOCKOPT_TLS_OVER_STREAM' })

  plain.client.destroy()
  expect('tls.TLSSocket destroyed', plain.client, { code: 'ERR_SOCKOPT_CLOSED' })
  for (const socket of [over.client, overStream.client, carrier, plain.accepted, over.accepted, overStream.accepted]) socket.destroy()
  await closed(server)
}

const web = (module, scheme, create) => async (expect, certificate) => {
  const server = await listening(create(certificate))
  const { port } = server.address()
  expect(`${scheme}.Server`, server, hiddenIn('Bun', { port }))
  const arrival = once(server, 'request')
  const agent = new module.Agent({ keepAlive: true })
  const request = module.get({ port, host, ...insecure, agent }).on('error', ignoreReset)
  expect(`${scheme} ClientRequest without a socket yet`, request, { code: 'ERR_SOCKOPT_NO_DESCRIPTOR' })
  const [incoming, answer] = await arrival
  expect(`${scheme} request, served`, incoming, hiddenIn('Bun', { port }))
  expect(`${scheme} response, served`, answer, hiddenIn('Bun', { port }))
  expect(`${scheme} req.socket, served`, incoming.socket, hiddenIn('Bun', { port }))
  const reply = once(request, 'response')
  answer.write('x')
  const [response] = await reply
  expect(`${scheme} ClientRequest`, request, { port: response.socket.localPort })
  expect(`${scheme} response`, response, { port: response.socket.localPort })
  answer.end()
  const free = once(agent, 'free')
  response.resume()
  await free
  expect(`${scheme} response, read to its end`, response, { code: 'ERR_SOCKOPT_NO_DESCRIPTOR' })
  agent.destroy()
  server.closeAllConnections()
  await closed(server)
}

const second = (scheme, create) => async (expect, certificate) => {
  const server = await listening(create(certificate))
  const { port } = server.address()
  expect(`${scheme} server`, server, { port })
  const served = once(server, 'stream')
  const exchanged = once(server, 'request')
  const client = http2.connect(`${scheme === 'http2' ? 'http' : 'https'}://${host}:${port}`, insecure)
  await once(client, 'connect')
  const { localPort } = client.socket
  expect(`${scheme} session, client`, client, { port: localPort })
  expect(`${scheme} session.socket`, client.socket, { port: localPort })
  const stream = client.request({ ':path': '/' }).resume()
  expect(`${scheme} stream, client`, stream, { port: localPort })
  const [accepted] = await served
  const [request, response] = await exchanged
  expect(`${scheme} stream, served`, accepted, { port })
  expect(`${scheme} session, served`, accepted.session, { port })
  expect(`${scheme} Http2ServerRequest`, request, { port })
  expect(`${scheme} Http2ServerResponse`, response, { port })
  response.end('x')
  await once(stream, 'close')
  expect(`${scheme} stream closed`, stream, { code: 'ERR_SOCKOPT_NO_DESCRIPTOR' })
  client.destroy()
  expect(`${scheme} session destroyed`, client, { code: 'ERR_SOCKOPT_NO_DESCRIPTOR' })
  await closed(server)
}

async function datagram(expect) {
  const socket = dgram.createSocket('udp4')
  expect('dgram.Socket not bound', socket, { code: 'ERR_SOCKOPT_NOT_BOUND' })
  socket.bind(0, host)
  await once(socket, 'listening')
  expect('dgram.Socket', socket, { port: socket.address().port })
  const end = once(socket, 'close')
  socket.close()
  expect('dgram.Socket closed', socket, { code: 'ERR_SOCKOPT_CLOSED' })
  await end
}

async function bound(expect, _, absent) {
  if (net.BoundSocket === undefined) return absent('net.BoundSocket')
  const forServer = new net.BoundSocket({ host, port: 0 })
  const { port } = forServer.address()
  expect('net.BoundSocket', forServer, hiddenOnWindows({ port }))
  const server = net.createServer()
  await listening(server, forServer)
  expect('net.BoundSocket, adopted by a server', forServer, { code: 'ERR_SOCKOPT_NO_DESCRIPTOR' })
  expect('net.Server, made of a net.BoundSocket', server, { port })
  const forSocket = new net.BoundSocket({ host, port: 0 })
  const socket = new net.Socket({ handle: forSocket })
  expect('net.Socket, made of a net.BoundSocket, before connect()', socket, { port: socket.localPort })
  socket.connect(port, host)
  await once(socket, 'connect')
  expect('net.Socket, made of a net.BoundSocket', socket, { port: socket.localPort })
  socket.destroy()
  await closed(server)
  const idle = new net.BoundSocket({ host, port: 0 })
  idle.close()
  expect('net.BoundSocket closed', idle, { code: 'ERR_SOCKOPT_NO_DESCRIPTOR' })
}

/** Sockets of Bun's own API show their descriptor; its web server does not. */
async function bunOwn(expect) {
  const { Bun } = globalThis
  let opened
  const accepting = new Promise(resolve => {
    opened = resolve
  })
  const socket = { data: () => undefined }
  const listener = Bun.listen({ hostname: host, port: 0, socket: { ...socket, open: opened } })
  const client = await Bun.connect({ hostname: host, port: listener.port, socket })
  expect('Bun.listen()', listener, { port: listener.port })
  expect('Bun.connect()', client, { port: client.localPort })
  expect('Bun socket, accepted', await accepting, { port: listener.port })
  client.terminate()
  listener.stop(true)
  expect('Bun.listen() stopped', listener, { code: 'ERR_SOCKOPT_NO_DESCRIPTOR' })
  const udp = await Bun.udpSocket({ hostname: host })
  expect('Bun.udpSocket()', udp, { port: udp.port })
  udp.close()
  const server = Bun.serve({ port: 0, fetch: () => new Response() })
  expect('Bun.serve()', server, hidden)
  await server.stop(true)
}

/** No socket of Deno's own API shows its descriptor. */
async function denoOwn(expect) {
  const { Deno } = globalThis
  const listener = Deno.listen({ hostname: host, port: 0 })
  const accepting = listener.accept()
  const client = await Deno.connect({ hostname: host, port: listener.addr.port })
  const accepted = await accepting
  expect('Deno.listen()', listener, hidden)
  expect('Deno.connect()', client, hidden)
  for (const each of [client, accepted, listener]) each.close()
  const server = Deno.serve({ hostname: host, port: 0, onListen: () => undefined }, () => new Response())
  expect('Deno.serve()', server, hidden)
  await server.shutdown()
}

/**
 * Each calls `expect(name, target, expected)` while the target is in that state. `expected` is `{ port }`, `{ path }`, or `{ code, message }`.
 * `absent(name)` is for what this runtime does not have at all.
 */
export function groups(folder) {
  const certificate = { cert: readFileSync(join(folder, 'certificate.pem')), key: readFileSync(join(folder, 'key.pem')) }
  const own = { Bun: [bunOwn], Deno: [denoOwn], Node: [] }[runtime]
  return [
    tcp,
    unix,
    secure,
    web(http, 'http', () => http.createServer()),
    web(https, 'https', certificate => https.createServer(certificate)),
    second('http2', () => http2.createServer()),
    second('http2 over TLS', certificate => http2.createSecureServer(certificate)),
    datagram,
    bound,
    ...own,
  ].map(group => (expect, absent) => group(expect, certificate, absent))
}
