/**
 * WHERE does Node open the socket of a connection, of a server, of datagrams? In methods of a libuv handle, which nobody else sees. Every private part that is
 * taken hold of before a socket exists is in this file, and each is looked for first: of a net.Socket `_handle` and `_host`; of its handle `fd`, `open`, `bind`,
 * `bind6`, `connect`, `connect6`; of a net.Server `_handle`, `_listen2`, `_listeningId`; of the handle of a dgram.Socket `open`, `bind`, `lookup`; of what
 * https.request() passes `_defaultAgent`. Reading what is there already is src/socket/internals.ts.
 */
import type { Socket as DatagramSocket } from 'node:dgram'
import * as net from 'node:net'
import { bottomOf, datagramHandle, datagramState } from '../socket/internals.js'
import { isObject, type Shape, shapeOf } from '../socket/kind.js'

/** What is to be opened: a socket of IPv4, of IPv6, a unix socket. */
export type Family = 4 | 6 | 'unix'

/** A handle of TCP or of a unix socket, without a socket: it opens one when it is first bound or connected. */
export interface Opener {
  /** Negative until it has one. */
  readonly fd: number
  /** uv_tcp_open(), uv_pipe_open(): makes `descriptor` the handle's own. 0, or libuv's number of an error. */
  open(descriptor: number): number
}

type Method = (...words: unknown[]) => unknown

const isMethod = (value: unknown): value is Method => typeof value === 'function'

/** The handle of a socket that opens the descriptor: of TLS, the one beneath. undefined where the runtime has another way. */
export function openerOf(handle: Shape): (Shape & Opener) | undefined {
  const bottom = bottomOf(handle)
  const isOpener = typeof bottom.fd === 'number' && isMethod(bottom.open) && isMethod(bottom.connect)
  // Through `unknown`: that it has the members of an Opener was just looked at.
  return isOpener ? (bottom as unknown as Shape & Opener) : undefined
}

/** What Node is about to do. */
export interface Opening {
  readonly family: Family
  readonly syscall: string
  readonly address: unknown
  readonly port: unknown
}

/** Who wants to know of handles, and to prepare them. */
export interface Preparer {
  seeHandle(handle: Shape): void
  prepare(handle: Shape & Opener, opening: Opening): number
}

/**
 * Whom to tell is kept in the objects themselves, and the functions are the same for all: with a WeakMap, or with functions made for each, a connection
 * takes half as long again.
 */
const preparer = Symbol('getsockopt')

/** A method of the handle's own that prepares, the first time that it or another of them is called, and then does what its class does. */
function preparing(name: string, family: 4 | 6): Method {
  const syscall = name.replace('6', '')
  // connect(request, address, port), bind(address, port)
  const at = syscall === 'connect' ? 1 : 0
  return function (this: Shape & Opener & { [preparer]?: Preparer | undefined }, ...words) {
    const waiting = this[preparer]
    if (waiting !== undefined) {
      this[preparer] = undefined
      // A pipe has no method for IPv6, and to ask it for its class takes longer.
      const opening = { family: this.connect6 === undefined ? ('unix' as const) : family, syscall, address: words[at], port: words[at + 1] }
      const result = waiting.prepare(this, opening)
      if (result < 0) return opening.family === 'unix' ? tellLater(words[0], this, result) : result
    }
    return (Object.getPrototypeOf(this) as Record<string, Method>)[name]?.apply(this, words)
  }
}

/**
 * A unix socket is connected in the tick in which Node is asked to, before anybody can listen to errors: libuv tells of one when the event loop comes round,
 * by the request's `oncomplete`, and so do we. Of TCP Node itself lets a tick pass before.
 */
function tellLater(request: unknown, handle: Shape, number: number): number {
  const { oncomplete } = request as { oncomplete?: (...outcome: unknown[]) => void }
  setImmediate(() => oncomplete?.(number, handle, request, false, false))
  return 0
}

const [bind, bind6, connect, connect6] = [preparing('bind', 4), preparing('bind6', 6), preparing('connect', 4), preparing('connect6', 6)]

/**
 * Has `prepare` called when the handle is about to be bound or connected for the first time. What it returns below 0 is libuv's number of an error, which
 * Node gets in the place of the call's.
 */
export function beforeOpening(handle: Shape & Opener, waiting: Preparer): void {
  const own = handle as Record<PropertyKey, unknown>
  own[preparer] = waiting
  own.bind = bind
  own.connect = connect
  if (handle.connect6 === undefined) return
  own.bind6 = bind6
  own.connect6 = connect6
}

/** Node keeps the handle under a symbol, and `_handle` is an accessor of the prototype's: it does what that does, and tells. */
function makeWatching({ get = () => undefined, set }: PropertyDescriptor): PropertyDescriptor {
  return {
    configurable: true,
    enumerable: false,
    get,
    set(this: Prepared, handle: unknown) {
      set?.call(this, handle)
      if (isObject(handle)) this[preparer]?.seeHandle(handle)
    },
  }
}
let watching: PropertyDescriptor | undefined

interface Prepared {
  [preparer]?: Preparer
}

/** Who watches the handles of a socket. */
export const preparerOf = (socket: net.Socket): Preparer | undefined => (socket as Prepared)[preparer]

/** Has `seeHandle` called with each handle that the socket gets from now on: Node makes one at connect(), and one more for each further address. False where it cannot be. */
export function watchHandles(socket: net.Socket, waiting: Preparer): boolean {
  if (socket instanceof Watched) {
    ;(socket as Prepared)[preparer] = waiting
    return true
  }
  watching ??= findWatching()
  if (watching === undefined || Object.hasOwn(socket, '_handle')) return false
  ;(socket as Prepared)[preparer] = waiting
  Object.defineProperty(socket, '_handle', watching)
  return true
}

/** A socket that is watched from the beginning. To whoever looks at it, it is a net.Socket. */
class Watched extends net.Socket {}

/** A new socket, made so that to watch it costs nothing: an accessor of the prototype's is there already, one of its own takes 3 us. */
export function createSocket(options: net.SocketConstructorOpts): net.Socket {
  watching ??= findWatching()
  if (watching === undefined) return new net.Socket(options)
  if (!Object.hasOwn(Watched.prototype, '_handle'))
    Object.defineProperties(Watched.prototype, { _handle: watching, constructor: { value: net.Socket } })
  return new Watched(options)
}

function findWatching(): PropertyDescriptor | undefined {
  const inherited = Object.getOwnPropertyDescriptor(net.Socket.prototype, '_handle')
  return inherited?.set && makeWatching(inherited)
}

/** Where a socket was told to connect to, as far as it knows: the name that was looked up, what was asked of tls.connect(). */
export function destinationOf(socket: net.Socket): { readonly host?: unknown; readonly port?: unknown; readonly path?: unknown } {
  const symbol = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'connect-options')
  const owner = shapeOf(socket)
  const options = symbol && owner[symbol]
  const { host, port, path } = isObject(options) ? options : ({} as Shape)
  return { host: host ?? owner._host, port, path }
}

/** What `_listen2` is called with: `this._listen2(address, port, family, backlog, fd, flags)` of lib/net.js. */
export type ListenWords = [address: unknown, port: unknown, family: unknown, backlog: unknown, fd: unknown, flags: unknown]
type Listen = (...words: ListenWords) => void

interface ServerParts {
  /** Opens, unless there is a handle, and listens. Node has kept the name for whoever wraps it. */
  _listen2?: Listen
  _handle: object | null
  /** Raised by each listen() and close(). */
  readonly _listeningId?: unknown
}

/** Through `unknown`: they are private, and the types do not know them. */
const partsOf = (server: net.Server): ServerParts => server as unknown as ServerParts

/** Whether servers of this runtime ask there. */
export const hasListenMethod = (): boolean => typeof partsOf(net.Server.prototype)._listen2 === 'function'

/** Puts `listen` in the place of the server's method. Returns what puts the method back. */
export function replaceListen(server: net.Server, listen: Listen): () => void {
  const parts = partsOf(server)
  const own = Object.getOwnPropertyDescriptor(parts, '_listen2')
  parts._listen2 = listen
  return () => {
    delete parts._listen2
    if (own !== undefined) Object.defineProperty(parts, '_listen2', own)
  }
}

export const listenWith = (server: net.Server, words: ListenWords): void => partsOf(server)._listen2?.(...words)
export const listeningIdOf = (server: net.Server): unknown => partsOf(server)._listeningId

/** The handle to listen with; null for none. */
export function giveHandle(server: net.Server, handle: object | null): void {
  partsOf(server)._handle = handle
}

/**
 * Has `seen` called with every handle that the server gets. Returns what ends it, and leaves the property as it was. Several may watch one server: each does
 * what the one before it does.
 */
export function watchServerHandle(server: net.Server, seen: () => void): () => void {
  const before = Object.getOwnPropertyDescriptor(server, '_handle')
  let value: unknown = before?.value
  let isOver = false
  const get = () => (before?.get ? before.get.call(server) : value)
  const set = (handle: unknown) => {
    if (before?.set) before.set.call(server, handle)
    else value = handle
    if (!isOver && isObject(handle)) seen()
  }
  Object.defineProperty(server, '_handle', { configurable: true, enumerable: true, get, set })
  return () => {
    isOver = true
    // Over a watch that began later, and goes on, nothing can be put back: this one stays beneath it, and says nothing.
    if (Object.getOwnPropertyDescriptor(server, '_handle')?.get !== get) return
    Object.defineProperty(server, '_handle', before?.get ? before : { configurable: true, enumerable: true, writable: true, value })
  }
}

type LookedUp = (error: Error | null, address: string) => void

/** A handle of UDP. */
export interface Receiver {
  bind(address: string, port: number, flags: number): number
  lookup(address: string, done: LookedUp): unknown
  /** uv_udp_open(): makes `descriptor` the handle's own. 0, or libuv's number of an error. */
  open(descriptor: number): number
}

/** The handle; undefined where the socket is closed. */
export function receiverOf(socket: DatagramSocket): Receiver | undefined {
  const handle = datagramHandle(datagramState(shapeOf(socket)))
  const isReceiver = ['bind', 'lookup', 'open'].every(name => typeof handle?.[name] === 'function')
  // Through `unknown`: that its members are functions was just looked at.
  return isReceiver ? (handle as unknown as Receiver) : undefined
}

/** Whether bind() has been called of a datagram socket that is open: Node says better what is wrong with any other. */
export function isUnbound(socket: DatagramSocket): boolean {
  const state = datagramState(shapeOf(socket))
  return state?.handle !== null && state?.bindState === 0
}

/** The agent that https.request() passes with its options, where it was given none. */
export const defaultAgentOf = ({ _defaultAgent: agent }: Shape): unknown => agent
