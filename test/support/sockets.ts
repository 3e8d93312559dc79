/** WHICH real sockets does a test stand on? Connected pairs of every kind, each closed by one call. */
import * as dgram from 'node:dgram'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import * as http from 'node:http'
import * as http2 from 'node:http2'
import * as https from 'node:https'
import * as net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import * as tls from 'node:tls'
import { event } from './wait.js'

export { event, until } from './wait.js'

const read = (name: string): string => readFileSync(new URL(`./certificates/${name}`, import.meta.url), 'utf8')

/** A self-signed certificate for localhost, 127.0.0.1 and ::1, valid for a hundred years. Its key is public: it protects nothing. */
export const certificate = { cert: read('certificate.pem'), key: read('key.pem') }
/** What a client needs to trust it. */
export const trust = { ca: certificate.cert, servername: 'localhost' }

const makers = {
  tcp: () => net.createServer(),
  unix: () => net.createServer(),
  tls: () => tls.createServer(certificate),
  http: () => http.createServer(),
  https: () => https.createServer(certificate),
  http2: () => http2.createServer(),
  http2s: () => http2.createSecureServer(certificate),
}
export type ListenerKind = keyof typeof makers

export interface Listener<Server extends net.Server = net.Server> {
  readonly server: Server
  /** 0 on a unix socket. */
  readonly port: number
  /** '' on any other. */
  readonly path: string
  /** Destroys every connection the server accepted, closes it, and removes its path. May be called twice. */
  close(): Promise<void>
}

/** A listening server of that kind, on 127.0.0.1 and a free port, or on a temporary path. */
export async function listener<Kind extends ListenerKind>(kind: Kind): Promise<Listener<ReturnType<(typeof makers)[Kind]>>> {
  const server = makers[kind]() as net.Server
  const accepted = new Set<Duplex>()
  server.on('connection', (socket: Duplex) => accepted.add(socket.on('error', ignoreReset)))
  const folder = kind === 'unix' ? mkdtempSync(join(tmpdir(), 'sockets-')) : ''
  const path = folder && join(folder, 's')
  if (path) server.listen(path)
  else server.listen(0, '127.0.0.1')
  await event(server, 'listening')
  const port = path ? 0 : (server.address() as net.AddressInfo).port
  const close = async (): Promise<void> => {
    for (const socket of accepted) socket.destroy()
    if (server.listening) await new Promise(resolve => server.close(resolve))
    if (folder) rmSync(folder, { recursive: true, force: true })
  }
  return { server: server as ReturnType<(typeof makers)[Kind]>, port, path, close }
}

/** What the other end may see when a test destroys one; the last is an HTTP message that was cut off. No other error goes unreported. */
const resets: readonly unknown[] = ['ECONNRESET', 'EPIPE', 'HPE_INVALID_EOF_STATE']

function ignoreReset(error: NodeJS.ErrnoException): void {
  if (!resets.includes(error.code)) throw error
}

async function destroyed(...streams: Duplex[]): Promise<void> {
  await Promise.all(
    streams.map(async stream => {
      stream.destroy()
      if (!stream.closed) await new Promise(resolve => stream.once('close', resolve))
    }),
  )
}

/** A connected TCP client and the socket the server accepted for it. */
export async function tcpPair(options: Partial<net.TcpNetConnectOpts> = {}) {
  return streamPair(await listener('tcp'), options)
}

/** The same over a unix socket, at `path`. */
export async function unixPair() {
  return streamPair(await listener('unix'), {})
}

async function streamPair(at: Listener, options: object) {
  const { server, port, path } = at
  const arrival = event<[net.Socket]>(server, 'connection')
  const client = net.connect(path ? { path, ...options } : { port, host: '127.0.0.1', ...options }).on('error', ignoreReset)
  await event(client, 'connect')
  const [accepted] = await arrival
  const close = async (): Promise<void> => {
    await destroyed(client, accepted)
    await at.close()
  }
  return { client, accepted, server, port, path, close }
}

/** Both ends of a TLS connection, past the handshake. */
export async function tlsPair(options: tls.ConnectionOptions = {}) {
  const at = await listener('tls')
  const arrival = event<[tls.TLSSocket]>(at.server, 'secureConnection')
  const client = tls.connect({ port: at.port, host: '127.0.0.1', ...trust, ...options }).on('error', ignoreReset)
  await event(client, 'secureConnect')
  const [accepted] = await arrival
  accepted.on('error', ignoreReset)
  const close = async (): Promise<void> => {
    await destroyed(client, accepted)
    await at.close()
  }
  return { client, accepted, server: at.server, port: at.port, close }
}

/** Two UDP sockets bound to 127.0.0.1; neither is connected. */
export async function udpPair() {
  const [client, server] = await Promise.all([udpSocket(), udpSocket()])
  const close = async (): Promise<void> => {
    await Promise.all([client.close(), server.close()])
  }
  return { client: client.socket, server: server.socket, port: server.socket.address().port, close }
}

async function udpSocket() {
  const socket = dgram.createSocket('udp4')
  let isClosed = false
  socket.once('close', () => {
    isClosed = true
  })
  socket.bind(0, '127.0.0.1')
  await event(socket, 'listening')
  const close = (): Promise<void> =>
    new Promise(resolve => {
      if (isClosed) return resolve()
      socket.once('close', resolve)
      try {
        socket.close()
      } catch (error) {
        // Already closed by the test; its 'close' is still to come.
        if ((error as NodeJS.ErrnoException).code !== 'ERR_SOCKET_DGRAM_NOT_RUNNING') throw error
      }
    })
  return { socket, close }
}

/** One HTTP exchange: headers have gone both ways, neither body has ended. `agent` keeps connections alive. */
export async function httpPair(kind: 'http' | 'https' = 'http') {
  const at = await listener(kind)
  const agent = kind === 'http' ? new http.Agent({ keepAlive: true }) : new https.Agent({ keepAlive: true, ...trust })
  const arrival = event<[http.IncomingMessage, http.ServerResponse]>(at.server, 'request')
  const where = { port: at.port, host: '127.0.0.1', method: 'POST', agent }
  const client = (kind === 'http' ? http : https).request(where).on('error', ignoreReset)
  const answer = event<[http.IncomingMessage]>(client, 'response')
  client.flushHeaders()
  const [request, reply] = await arrival
  reply.flushHeaders()
  const [response] = await answer
  response.on('error', ignoreReset)
  const close = async (): Promise<void> => {
    agent.destroy()
    client.destroy()
    await at.close()
  }
  /** client: ClientRequest; response: what it got; accepted: the server's IncomingMessage; reply: its ServerResponse. */
  return { client, response, accepted: request, reply, agent, server: at.server, port: at.port, close }
}

/** One HTTP/2 exchange: both sessions, both ends of one open stream, and the server's compat objects for it. */
export async function http2Pair(kind: 'http2' | 'http2s' = 'http2') {
  const at = await listener(kind)
  const arrival = event<[http2.Http2ServerRequest, http2.Http2ServerResponse]>(at.server, 'request')
  const url = `${kind === 'http2' ? 'http' : 'https'}://127.0.0.1:${at.port}`
  const client = http2.connect(url, kind === 'http2' ? {} : { ca: trust.ca }).on('error', ignoreReset)
  const stream = client.request({ ':method': 'POST' }, { endStream: false }).on('error', ignoreReset)
  const answer = event(stream, 'response')
  const [request, reply] = await arrival
  reply.writeHead(200)
  await answer
  const acceptedStream = reply.stream.on('error', ignoreReset)
  const accepted = reply.stream.session as http2.ServerHttp2Session
  const close = async (): Promise<void> => {
    client.destroy()
    await at.close()
  }
  return { client, stream, accepted, acceptedStream, request, reply, server: at.server, port: at.port, close }
}
