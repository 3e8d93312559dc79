/** HOW do the connections of undici, and with it of fetch(), come to their options? By a connector, which its dispatchers take in the place of their own. */
import type { Socket } from 'node:net'
import type { ConnectionOptions, TLSSocket } from 'node:tls'
import { prepareOptions, type SocketOptions } from '../access/prepared.js'
import { badArgument } from '../errors.js'
import type { HowToPrepare } from './prepare-socket.js'
import { type ConnectOptions, connect } from './socket.js'
import { connectTls } from './tls.js'

/** What undici asks a connector for. */
export interface ConnectorOptions {
  readonly hostname: string
  readonly host?: string | undefined
  readonly protocol: string
  readonly port: string | number
  readonly servername?: string | undefined
  readonly localAddress?: string | null | undefined
  /** The connection to a proxy, over which TLS is to be laid. */
  readonly httpSocket?: Socket | undefined
}

export type Connector = (options: ConnectorOptions, callback: (...outcome: [null, Socket | TLSSocket] | [Error, null]) => void) => Socket

/** Those of `net.connect()` and `tls.connect()`, and undici's own. */
export type ConnectorSettings = HowToPrepare &
  Omit<Partial<ConnectionOptions>, 'socket' | 'path' | 'host' | 'port' | 'timeout'> & {
    /** ms until an attempt to connect is given up with UND_ERR_CONNECT_TIMEOUT; 0 for never. Default 10 000, as undici's. */
    readonly timeout?: number | undefined
    /** Offers HTTP/2 to the server besides HTTP/1.1. Default false. */
    readonly allowH2?: boolean | undefined
    /** A unix socket in the place of the host. */
    readonly socketPath?: string | undefined
    /** TLS sessions that are kept for later connections, of one host one; default 100. */
    readonly maxCachedSessions?: number | undefined
  }

/**
 * A connector for undici's Agent, Client and Pool, so also for `fetch(url, { dispatcher })`, with options on the socket before the SYN leaves.
 *
 * ```ts
 * import { Agent, fetch } from 'undici'
 * const dispatcher = new Agent({ connect: connector({ TCP_USER_TIMEOUT: 1500, TCP_KEEPINTVL: 10 }) })
 * await fetch('https://api.example', { dispatcher })
 * ```
 *
 * It does what undici's own does: keep-alive after 60 s, no delay, a timeout of 10 s, TLS sessions; options that are named in `socketOptions` stand.
 * @param how as for `connect`, with the options of `tls.connect()`: `ca`, `cert`, `rejectUnauthorized`, `timeout`, `allowH2` ...
 * @throws SocketOptionError, TypeError, RangeError at once for names and values that cannot be right; what the kernel refuses is the error of the request
 */
export function connector(socketOptions: SocketOptions, how: ConnectorSettings = {}): Connector {
  const { timeout = 10_000, allowH2 = false, socketPath, maxCachedSessions = 100, onUnsupported, type, ...others } = how
  prepareOptions(socketOptions, onUnsupported)
  if (!(timeout >= 0 && timeout < 2 ** 31)) throw badArgument('range', 'timeout', 'milliseconds from 0 to 2147483647', timeout)
  const settings = { onUnsupported, type, socketOptions }
  const sessions = keepSessions(maxCachedSessions)
  const ALPNProtocols = allowH2 ? ['http/1.1', 'h2'] : ['http/1.1']

  return ({ hostname, protocol, port, servername, localAddress, httpSocket }, callback) => {
    const isTls = protocol === 'https:'
    const to = { ...others, host: hostname, port: Number(port) || (isTls ? 443 : 80), ...(socketPath && { path: socketPath }) }
    const bound = localAddress ? { ...to, localAddress } : to
    const name = servername || hostname
    const secure = () =>
      sessions.use(name, session =>
        connectTls({ ALPNProtocols, ...bound, ...(servername && { servername }), session, socket: httpSocket }, settings),
      )
    // Twice the usual buffer, as undici has it: an option of every stream, which the types of net.connect() do not name.
    const plain = () => connect({ highWaterMark: 64 * 1024, ...bound, ...settings } as ConnectOptions & { highWaterMark: number })
    const socket = isTls ? secure() : plain()
    socket.setKeepAlive(true, 60_000)
    socket.setNoDelay(true)
    return tell(socket, isTls ? 'secureConnect' : 'connect', timeout, `${hostname}:${port}`, callback)
  }
}

/** Calls back once, whatever comes first. */
function tell(socket: Socket, event: string, timeout: number, to: string, callback: Parameters<Connector>[1]): Socket {
  const timer = timeout === 0 ? undefined : setTimeout(() => socket.destroy(tooLate(to, timeout)), timeout)
  timer?.unref()
  let answer: typeof callback | undefined = callback
  const finish = (...outcome: Parameters<typeof callback>) => {
    clearTimeout(timer)
    const tellOnce = answer
    answer = undefined
    tellOnce?.(...outcome)
  }
  socket.once(event, () => finish(null, socket))
  socket.on('error', error => finish(error, null))
  socket.once('close', () => finish(new Error(`the connection to ${to} was closed before it stood`), null))
  return socket
}

/** undici's error by name and code: whoever retries asks for the code. */
function tooLate(to: string, timeout: number): Error {
  const error = new Error(`Connect Timeout Error (attempted address: ${to}, timeout: ${timeout}ms)`)
  return Object.assign(error, { name: 'ConnectTimeoutError', code: 'UND_ERR_CONNECT_TIMEOUT' })
}

/** The last TLS session of each server name. */
function keepSessions(most: number): { use(name: string, begin: (session: Buffer | undefined) => TLSSocket): TLSSocket } {
  const sessions = new Map<string, Buffer>()
  return {
    use(name, begin) {
      const socket = begin(sessions.get(name))
      socket.on('session', session => {
        sessions.delete(name)
        sessions.set(name, session)
        const [eldest] = sessions.keys()
        if (sessions.size > most) sessions.delete(eldest as string)
      })
      socket.once('error', () => sessions.delete(name))
      return socket
    },
  }
}
