/**
 * WHERE does Node open the socket that listens? In a method of the server that it has kept for whoever wraps it, `_listen2`, and which takes a handle that is
 * there already for the one to listen on. Every private field of a server that is taken hold of is in this file, and each is looked for first.
 */
import type { Server } from 'node:net'
import { refusedByUs } from '../errors.js'
import { handleOf } from '../socket/internals.js'
import type { Shape } from '../socket/kind.js'

/** What Node is about to listen on. */
export interface Request {
  /** Nothing for any address; a path, where the family is -1. */
  readonly address: string | null | undefined
  readonly port: number
  readonly family: unknown
  /** Of uv_tcp_bind(): 1 is UV_TCP_IPV6ONLY, 2 is UV_TCP_REUSEPORT. */
  readonly flags: number
  /** A descriptor that the caller has opened. */
  readonly fd: number | undefined
  /** A handle that the caller, or the primary of a cluster, has opened. */
  readonly handle: Shape | undefined
}

/** What it listens on instead: where, as its errors and its address say, and the handle that listens there. */
export interface Answer {
  readonly address: string
  readonly family: number
  readonly handle: object
}

type Words = [address: unknown, port: unknown, family: unknown, backlog: unknown, fd: unknown, flags: unknown]
type Method = (...words: Words) => void

/** The private fields of a server. */
interface Private {
  _listen2?: Method
  _handle: object | null
  readonly _listeningId?: unknown
}

const disarms = new WeakMap<object, () => void>()

/**
 * Has `prepare` asked when `start`, which calls listen(), comes to open the socket: in its own tick, or after a look-up. Not for another call of listen()
 * that came in between. Undefined: what Node was about to listen on is as it should be. What `prepare` throws becomes an 'error' of the server.
 */
export function beforeListening(server: Server, prepare: (request: Request) => Answer | undefined, start: () => void): void {
  disarms.get(server)?.()
  const owner = server as unknown as Private
  const own = Object.getOwnPropertyDescriptor(owner, '_listen2')
  const disarm = () => {
    server.off('listening', missed)
    disarms.delete(server)
    delete owner._listen2
    if (own !== undefined) Object.defineProperty(owner, '_listen2', own)
  }
  let call: { readonly id: unknown } | undefined
  // A Node of the future may listen without asking. Nothing is left out silently.
  const missed = () => {
    if (call?.id !== owner._listeningId) return
    disarm()
    server.close()
    process.nextTick(() => server.emit('error', hiddenServer()))
  }
  owner._listen2 = (...words) => {
    disarm()
    // During the call its number is not known yet; whoever calls again, or closes, raises it.
    const isOurs = call === undefined || call.id === owner._listeningId
    if (!isOurs || redirect(server, owner, words, prepare)) (owner._listen2 as Method)(...words)
  }
  disarms.set(server, disarm)
  try {
    start()
  } catch (error) {
    disarm()
    throw error
  }
  call = { id: owner._listeningId }
  if (disarms.get(server) === disarm) server.prependListener('listening', missed)
}

/** Whether Node is to go on. */
function redirect(server: Server, owner: Private, words: Words, prepare: (request: Request) => Answer | undefined): boolean {
  const [address, port, family, , fd, flags] = words
  const handle = handleOf(owner as unknown as Shape)
  try {
    const answer = prepare({
      address: address as Request['address'],
      port: Number(port),
      family,
      flags: Number(flags ?? 0),
      fd: typeof fd === 'number' ? fd : undefined,
      handle,
    })
    if (answer === undefined) return true
    owner._handle = answer.handle
    words[0] = answer.address
    words[2] = answer.family
    return true
  } catch (refusal) {
    if (handle !== undefined) {
      ;(handle as unknown as { close(): void }).close()
      owner._handle = null
    }
    process.nextTick(() => server.emit('error', refusal))
    return false
  }
}

/** Whether this runtime opens the socket where it is looked for. */
export function asksServer(): boolean {
  const { Server } = process.getBuiltinModule('node:net')
  return typeof (Server.prototype as unknown as Partial<Private>)._listen2 === 'function'
}

/** What is said where it does not. */
export function hiddenServer(): Error {
  const why =
    'options cannot be set before a server listens: this runtime does not show where it opens the socket; use setsockopt once it listens'
  return refusedByUs('ERR_SOCKOPT_HIDDEN', 'unsupported', why)
}
