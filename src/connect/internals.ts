/**
 * WHERE does Node open the socket of a connection? In methods of a libuv handle, which nobody else sees. Every private field that is taken hold of before
 * a connection exists is in this file, and each is looked for first: `_handle` of a socket; `fd`, `open`, `bind`, `bind6`, `connect`, `connect6` of its handle.
 */
import { bottomOf, isPipe } from '../socket/internals.js'
import { isObject, type Shape } from '../socket/kind.js'

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

/** Which family each method opens a socket of. */
const openings: readonly [name: string, family: 4 | 6][] = [
  ['bind', 4],
  ['bind6', 6],
  ['connect', 4],
  ['connect6', 6],
]

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
  readonly syscall: 'bind' | 'connect'
  /** Of this host, where it binds; of the peer, or a path, where it connects. */
  readonly address: unknown
  readonly port: unknown
  /** As Node's errors name it: `connect 127.0.0.1:80`, `bind ::1:0`, `connect /run/x`. */
  readonly key: string
}

/** The key of what an error of Node's is about. */
export const keyOfError = ({ syscall, address, port }: Shape): string => keyOf(String(syscall), address, port)
const keyOf = (syscall: string, address: unknown, port: unknown): string => `${syscall} ${address}${port === undefined ? '' : `:${port}`}`

/**
 * Has `prepare` called when the handle is about to be bound or connected for the first time. What it returns below 0 is libuv's number of an error, which
 * Node gets in the place of the call's.
 */
export function beforeOpening(handle: Shape & Opener, prepare: (opening: Opening) => number): void {
  const own = handle as Record<string, unknown>
  const isUnix = isPipe(handle)
  for (const [name, family] of openings) {
    const original = handle[name]
    if (!isMethod(original)) continue
    own[name] = (...words: unknown[]) => {
      for (const [each] of openings) delete own[each]
      // connect(request, address, port), bind(address, port): the address is the last but one, and all that a unix socket has.
      const syscall = name.startsWith('connect') ? 'connect' : 'bind'
      const [address, port] = syscall === 'connect' ? words.slice(1) : words
      const result = prepare({ family: isUnix ? 'unix' : family, syscall, address, port, key: keyOf(syscall, address, port) })
      return result < 0 ? result : original.apply(handle, words)
    }
  }
}

/**
 * Has `seen` called with each handle that the socket or the server gets from now on: Node makes one at connect() or listen(), and one more for each further
 * address to connect to. Returns what ends it.
 */
export function watchHandles(owner: object, seen: (handle: Shape) => void): () => void {
  const own = Object.getOwnPropertyDescriptor(owner, '_handle')
  const before = own ?? inheritedHandle(owner)
  let value: unknown = own?.value
  let isOver = false
  const get = () => (before?.get ? before.get.call(owner) : value)
  const set = (handle: unknown) => {
    if (before?.set) before.set.call(owner, handle)
    else value = handle
    if (!isOver && isObject(handle)) seen(handle)
  }
  Object.defineProperty(owner, '_handle', { configurable: true, enumerable: own?.enumerable ?? false, get, set })
  return () => {
    isOver = true
    // Over a second watch, which began later and still goes on, nothing can be put back: this one stays beneath it, and says nothing.
    if (Object.getOwnPropertyDescriptor(owner, '_handle')?.get !== get) return
    if (own === undefined) delete (owner as { _handle?: unknown })._handle
    else Object.defineProperty(owner, '_handle', own.get ? own : { ...own, value })
  }
}

/** Node keeps the handle under a symbol, and `_handle` is an accessor of the prototype's. */
function inheritedHandle(socket: object): PropertyDescriptor | undefined {
  for (let at: object | null = Object.getPrototypeOf(socket); at !== null; at = Object.getPrototypeOf(at)) {
    const found = Object.getOwnPropertyDescriptor(at, '_handle')
    if (found !== undefined) return found
  }
  return undefined
}

/** Where a socket was told to connect to, as far as it knows: the name that was looked up, what was asked of tls.connect(). */
export function destinationOf(socket: Shape): { readonly host?: unknown; readonly port?: unknown; readonly path?: unknown } {
  const symbol = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'connect-options')
  const options = symbol && socket[symbol]
  const { host, port, path } = isObject(options) ? options : ({} as Shape)
  return { host: host ?? socket._host, port, path }
}
