/** Which sockets does the demo stand on? A client and a server of each kind on this machine, connected, with one message there and back. */
import * as dgram from 'node:dgram'
import { type EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import * as net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { certificate, key } from './demo-certificate.js'

/** Takes what is to be done when everything is closed. */
export type Later = (close: () => void) => void

export interface Opened<Socket = net.Socket | dgram.Socket> {
  readonly socket: Socket
  /** One line on how it came about. */
  readonly remark?: string
  /** Sends a message and waits for its return, so that there is something to measure. */
  readonly exchange: () => Promise<void>
}

/** The next event of that name. An error, or the end, before it is the reason why there is none. */
async function next(emitter: EventEmitter, name: string): Promise<void> {
  const over = new AbortController()
  const { signal } = over
  const end = once(emitter, 'close', { signal }).then(() => {
    throw new Error(`closed before '${name}'`)
  })
  try {
    await Promise.race([once(emitter, name, { signal }), end])
  } finally {
    over.abort()
  }
}

/** A stream that fails after it was opened is closed; whoever waits for it learns of that. */
function keep<Stream extends Duplex>(stream: Stream, later: Later): Stream {
  stream.on('error', () => stream.destroy())
  later(() => stream.destroy())
  return stream
}

async function listen(server: net.Server, where: net.ListenOptions, later: Later): Promise<number> {
  later(() => server.close())
  server.on('connection', (socket: net.Socket) => keep(socket, later))
  server.listen(where)
  await next(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const echo = (socket: Duplex) => socket.pipe(socket)

function ready<Socket extends net.Socket>(socket: Socket): Opened<Socket> {
  return {
    socket,
    async exchange() {
      socket.write('hello')
      await next(socket, 'data')
    },
  }
}

const host = '127.0.0.1'

export async function openTcp(later: Later): Promise<Opened<net.Socket>> {
  const port = await listen(net.createServer(echo), { host, port: 0 }, later)
  const socket = keep(net.connect({ host, port }), later)
  await next(socket, 'connect')
  return ready(socket)
}

export async function openTls(later: Later): Promise<Opened<net.Socket>> {
  // A Node built without OpenSSL fails here, and not when the command line starts.
  const tls = await import('node:tls')
  const port = await listen(
    tls.createServer({ cert: certificate, key }, socket => echo(keep(socket, later))),
    { host, port: 0 },
    later,
  )
  const socket = keep(tls.connect({ host, port, ca: certificate, servername: 'localhost' }), later)
  await next(socket, 'secureConnect')
  return { ...ready(socket), remark: `${socket.getProtocol()}, ${socket.getCipher().name}` }
}

/** sizeof sun_path on macOS without its NUL, the shortest of all; libuv would cut a longer path without a word. */
const LONGEST_PATH = 103

export async function openUnix(later: Later): Promise<Opened<net.Socket>> {
  const folder = mkdtempSync(join(tmpdir(), 'getsockopt-'))
  later(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'demo')
  if (Buffer.byteLength(path) > LONGEST_PATH) throw new Error(`${path} is longer than the ${LONGEST_PATH} bytes of a unix socket's path`)
  await listen(net.createServer(echo), { path }, later)
  const socket = keep(net.connect({ path }), later)
  await next(socket, 'connect')
  return ready(socket)
}

async function bind(type: dgram.SocketType, address: string, later: Later): Promise<dgram.Socket> {
  const socket = dgram.createSocket(type)
  later(() => socket.close())
  socket.bind({ address, port: 0 })
  await next(socket, 'listening')
  return socket
}

async function openDatagram(type: dgram.SocketType, address: string, later: Later): Promise<Opened<dgram.Socket>> {
  const server = await bind(type, address, later)
  server.on('message', (message, { port, address }) => server.send(message, port, address))
  const socket = await bind(type, address, later)
  socket.connect(server.address().port, address)
  await next(socket, 'connect')
  return {
    socket,
    async exchange() {
      socket.send('hello')
      await next(socket, 'message')
    },
  }
}

/** Over IPv6, to show both; over IPv4 where there is no IPv6. */
export async function openUdp(later: Later): Promise<Opened<dgram.Socket>> {
  try {
    return await openDatagram('udp6', '::1', later)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { ...(await openDatagram('udp4', host, later)), remark: `over IPv4, because IPv6 is unavailable here: ${reason}` }
  }
}
