/** WHERE do Node's own objects keep their descriptor? Every private field that the library reads is read here, and each may be missing. */
import { isObject, type Shape } from './kind.js'

/** What lies beneath a socket of Node: a libuv handle, or what stands in for one. */
export function handleOf(target: object): Shape | undefined {
  const { _handle: handle } = target as Shape
  return isObject(handle) ? handle : undefined
}

/** The descriptor in a handle: `undefined` where the handle has none to show, negative where there is none yet. Read once: `fd` is a native getter. */
export function descriptorIn(handle: Shape | undefined): number | undefined {
  const fd = handle?.fd
  return typeof fd === 'number' ? fd : undefined
}

/**
 * Whether `target` may be a `dgram.Socket`, whose `_handle` is never to be read: on Node 20 to 24 it is a getter that warns (DEP0112), and Node 26 has none.
 * Costs nothing that can be measured, where `instanceof` costs a walk up the prototypes.
 */
export function isDatagramLike(target: Shape): boolean {
  return target.addMembership !== undefined
}

let stateSymbol: symbol | undefined

/** `Symbol('state symbol')` on Node 20 to 26 and on Bun, `Symbol('kStateSymbol')` on Deno. */
const isStateSymbol = ({ description }: symbol): boolean => description === 'state symbol' || description === 'kStateSymbol'

/** What a `dgram.Socket` keeps under its state symbol: the handle, null once closed, and whether it is bound. */
export function datagramState(socket: Shape): Shape | undefined {
  let state = stateSymbol && socket[stateSymbol]
  if (state === undefined) {
    const symbol = Object.getOwnPropertySymbols(socket).find(isStateSymbol)
    if (symbol === undefined) return undefined
    stateSymbol = symbol
    state = socket[symbol]
  }
  return isObject(state) ? state : undefined
}

/** The handle in a datagram socket's state. */
export function datagramHandle(state: Shape | undefined): Shape | undefined {
  return isObject(state?.handle) ? state.handle : undefined
}

/** Whether a datagram socket is bound, by its state: 0 unbound, 1 binding, 2 bound. */
export function isBound(state: Shape | undefined): boolean {
  return state?.bindState === 2
}

/** Whether a `net.Server` has ever listened: it keeps the key of its address after it is closed. */
export function hasListened(server: Shape): boolean {
  return typeof server._connectionKey === 'string'
}

/** A cluster worker's stand-in for a listening handle that the primary holds: a plain object. A real handle is made by a class. */
export function isStandIn(handle: Shape): boolean {
  return Object.getPrototypeOf(handle) === Object.prototype && typeof handle.onconnection === 'function'
}

/** The handle at the bottom of a TLS handle; any other handle is its own. */
export function bottomOf(handle: Shape): Shape {
  let bottom = handle
  // TLS within TLS, as through an https proxy, is as deep as it gets.
  for (let depth = 0; depth < 8 && isObject(bottom._parent); depth++) bottom = bottom._parent
  return bottom
}

/** What stands where the handle of a socket would, when TLS runs over a stream written in JavaScript: a `JSStream`, on Bun and Deno a plain object. */
export function isScriptStream({ constructor: made }: Shape): boolean {
  return typeof made === 'function' && (made.name === 'JSStream' || made.name === 'Object')
}

/** The socket that a `tls.TLSSocket` was laid over, where the caller passed one. */
export function beneath(socket: Shape): Shape | undefined {
  return isObject(socket._parent) ? socket._parent : undefined
}

/** The idle timer of an object that has setTimeout(). */
export interface IdleTimer {
  /** ms */
  readonly milliseconds: number
  /** ms until it is due, 0 or less where it is overdue. */
  readonly due: number
}

/** Symbol('timeout') of lib/internal/timers.js, on Node 20 to 26. */
let timeoutSymbol: symbol | undefined

/** Its timer, undefined where none runs or where the runtime keeps it elsewhere. */
export function idleTimerOf(owner: Shape): IdleTimer | undefined {
  timeoutSymbol ??= Object.getOwnPropertySymbols(owner).find(({ description }) => description === 'timeout')
  const timer = timeoutSymbol && owner[timeoutSymbol]
  const now = timerClock()
  if (!isObject(timer) || now === undefined) return undefined
  const { _idleStart: start, _idleTimeout: milliseconds } = timer
  // Once it has fired or was cleared it runs for -1 ms.
  if (typeof start !== 'number' || typeof milliseconds !== 'number' || milliseconds < 0) return undefined
  return { milliseconds, due: start + milliseconds - now }
}

/** Now, on the clock that timers are started by, in whole ms: a timer that never runs has it. */
function timerClock(): number | undefined {
  const timer: unknown = setTimeout(() => undefined, 2 ** 31 - 1)
  clearTimeout(timer as NodeJS.Timeout)
  const start = isObject(timer) ? timer._idleStart : undefined
  return typeof start === 'number' ? start : undefined
}

/** The HTTP message that a socket carries at the moment; null between two, undefined where the socket carries no HTTP. */
export function exchangeOn(socket: Shape): Shape | null | undefined {
  const { _httpMessage: message } = socket
  return isObject(message) || message === null ? message : undefined
}

/** What every handle of libuv has: whether it keeps the event loop alive, and the switch for that. A TLS handle has none, the one beneath it does. */
export interface RefSwitch {
  hasRef(): boolean
  ref(): void
  unref(): void
}

export function refSwitchOf(handle: Shape): RefSwitch | undefined {
  const isSwitch = ['hasRef', 'ref', 'unref'].every(name => typeof handle[name] === 'function')
  // Through `unknown`: that its three members are functions was just looked at, name by name.
  return isSwitch ? (handle as unknown as RefSwitch) : undefined
}

/** Whether a handle is open and has a socket with an address: libuv's answer, which is an error for a handle that is closed or not open yet. */
export function hasAddress(handle: Shape): boolean {
  return typeof handle.getsockname === 'function' && handle.getsockname({}) === 0
}

/** A unix socket, which on Windows is a named pipe. */
export function isPipe({ constructor: made }: Shape): boolean {
  return typeof made === 'function' && made.name === 'Pipe'
}
