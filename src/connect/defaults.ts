/** HOW do sockets come to options that this code did not make? Node tells of each on a channel of node:diagnostics_channel. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { Server, Socket } from 'node:net'
import { type OnUnsupported, prepareOptions, type SocketOptions } from '../access/prepared.js'
import { badArgument } from '../errors.js'
import { isObject, type Shape } from '../socket/kind.js'
import { treatAccepted, treatDatagrams, treatServer } from './incoming.js'
import type { ApplyReport } from './outcome.js'
import { treatClient } from './outgoing.js'
import { rankBelow } from './rank.js'
import { isDatagramSocket } from './receiver.js'
import { type ApplyCandidate, callQuietly, type Task } from './task.js'

/** Which sockets get the options, and who is told. */
export interface HowToApply {
  /** Sockets that connect, of net and tls and whatever is built on them. Default true. */
  readonly clients?: boolean | undefined
  /** `'listening'`: servers of net and whatever is built on it; `'accepted'`: the sockets that they accept; true: both. Default false. */
  readonly servers?: boolean | 'listening' | 'accepted' | undefined
  /** Sockets of dgram. Default false. */
  readonly datagrams?: boolean | undefined
  /** Says which of them, once for each. One that throws says no, and the error is a warning of the process. */
  readonly filter?: ((candidate: ApplyCandidate) => boolean) | undefined
  /** Ends it. One that is aborted already lets nothing begin. */
  readonly signal?: AbortSignal | undefined
  /** Told once for each socket, when it is connected, listens, is accepted or bound. An error that it throws is a warning of the process. */
  readonly onReport?: ((report: ApplyReport) => void) | undefined
  /** What becomes of an option that this platform lacks: `'throw'` (default) refuses the call, `'skip'` leaves the option out. */
  readonly onUnsupported?: OnUnsupported | undefined
}

/** What ends it. */
export interface Application extends Disposable {
  /** Sets nothing more, and asks and tells nobody. What was set stays. May be called twice. */
  stop(): void
}

/** Messages are whatever was published, by whomever. */
type Treat = (task: Task, message: Shape, via: string) => void

const clients: Readonly<Record<string, Treat>> = {
  'net.client.socket': (task, { socket }, via) => socket instanceof Socket && treatClient(task, socket, via, {}, true),
  // Where Node tells of net.connect() alone, these are the first to tell of https and of whatever else connects a socket of its own making.
  'http.client.request.start': (task, { request }, via) => {
    const { socket, reusedSocket, host, socketPath: path } = isObject(request) ? request : ({} as Shape)
    if (socket instanceof Socket && reusedSocket !== true) treatClient(task, socket, via, path ? { path } : { host }, false)
  },
  'undici:client:connected': (task, { socket, connectParams }, via) => {
    const { hostname: host, port } = isObject(connectParams) ? connectParams : ({} as Shape)
    if (socket instanceof Socket) treatClient(task, socket, via, { host, port }, false)
  },
}
const listening: Readonly<Record<string, Treat>> = {
  'tracing:net.server.listen:asyncStart': (task, { server, options }, via) =>
    server instanceof Server && treatServer(task, server, via, isObject(options) ? options : {}),
  'tracing:net.server.listen:asyncEnd': (task, { server }) => server instanceof Server && task.listening.get(server)?.(true),
}
const accepted: Readonly<Record<string, Treat>> = {
  'net.server.socket': (task, { socket }, via) => socket instanceof Socket && treatAccepted(task, socket, via),
}
const datagrams: Readonly<Record<string, Treat>> = {
  'udp.socket': (task, { socket }, via) => isDatagramSocket(socket) && treatDatagrams(task, socket, via),
}

/**
 * From now on, sets options on every socket that this process makes, whoever makes it: the http and https of Node, fetch(), undici, a database driver.
 * As early as Node tells of them: connections before the SYN leaves (docs/apply-to-all.md has the exceptions, most of them on Node 20).
 *
 * ```ts
 * applyToAll({ TCP_USER_TIMEOUT: 30_000, SO_KEEPALIVE: true, TCP_KEEPIDLE: 60 }, { filter: ({ host }) => host !== '127.0.0.1' })
 * ```
 *
 * An option that is refused is reported, and the connection goes on. What a socket was made with (`connect`, `createConnection`, `prepareSocket`) stands against
 * this, and what was applied first stands against what is applied later; `setKeepAlive()` and `setNoDelay()` change only what is not named.
 * Nothing is thrown into other code, and nothing keeps the process alive.
 * @param how which sockets, and who is told
 * @returns what ends it: `stop()`, or `using`
 * @throws SocketOptionError, TypeError, RangeError at once, as `setsockopt`, for names and values that cannot be right
 * @see setsockopt(2)
 */
export function applyToAll(socketOptions: SocketOptions, how: HowToApply = {}): Application {
  const { channels, filter, signal, onReport, onUnsupported } = checked(how)
  const prepared = prepareOptions(socketOptions, onUnsupported)
  const subscriptions: (() => void)[] = []
  const task: Task = { prepared, rank: rankBelow(), filter, onReport, seen: new WeakSet(), listening: new WeakMap(), isOver: false }
  const stop = () => {
    task.isOver = true
    signal?.removeEventListener('abort', stop)
    for (const end of subscriptions.splice(0)) end()
  }
  const application = { stop, [Symbol.dispose]: stop }
  if (signal?.aborted) return application

  for (const [name, treat] of Object.entries(channels)) {
    const listen = (message: unknown) => {
      if (isObject(message)) callQuietly('what sets options', () => treat(task, message, name))
    }
    subscribe(name, listen)
    subscriptions.push(() => void unsubscribe(name, listen))
  }
  signal?.addEventListener('abort', stop)
  return application
}

/** The channels that are asked for. Each property is read once. */
function checked(how: HowToApply) {
  if (!isObject(how))
    throw badArgument('type', 'how', 'an object { clients, servers, datagrams, filter, signal, onReport, onUnsupported }', how)
  const {
    clients: isClients = true,
    servers = false,
    datagrams: isDatagrams = false,
    filter,
    signal,
    onReport,
    onUnsupported,
  } = how as HowToApply
  if (typeof isClients !== 'boolean') throw badArgument('type', 'clients', 'true or false', isClients)
  if (typeof isDatagrams !== 'boolean') throw badArgument('type', 'datagrams', 'true or false', isDatagrams)
  if (![true, false, 'listening', 'accepted'].includes(servers))
    throw badArgument('range', 'servers', "true, false, 'listening' or 'accepted'", servers)
  if (filter !== undefined && typeof filter !== 'function') throw badArgument('type', 'filter', 'a function', filter)
  if (onReport !== undefined && typeof onReport !== 'function') throw badArgument('type', 'onReport', 'a function', onReport)
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw badArgument('type', 'signal', 'an AbortSignal', signal)
  const channels = {
    ...(isClients && clients),
    ...((servers === true || servers === 'listening') && listening),
    ...((servers === true || servers === 'accepted') && accepted),
    ...(isDatagrams && datagrams),
  }
  return { channels, filter, signal, onReport, onUnsupported }
}
