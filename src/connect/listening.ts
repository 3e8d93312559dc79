/** WHAT happens when Node comes to open the socket that listens? It is asked for a handle, and listens on that. */
import type { Server } from 'node:net'
import { refusedByUs } from '../errors.js'
import { handleOf } from '../socket/internals.js'
import type { Shape } from '../socket/kind.js'
import { giveHandle, type ListenWords, listeningIdOf, listenWith, replaceListen } from './internals.js'

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

const disarms = new WeakMap<object, () => void>()

/**
 * Has `prepare` asked when `start`, which calls listen(), comes to open the socket: in its own tick, or after a look-up. Not for another call of listen()
 * that came in between. Undefined: what Node was about to listen on is as it should be. What `prepare` throws becomes an 'error' of the server.
 */
export function beforeListening(server: Server, prepare: (request: Request) => Answer | undefined, start: () => void): void {
  disarms.get(server)?.()
  const disarm = () => {
    server.off('listening', missed)
    disarms.delete(server)
    putBack()
  }
  let call: { readonly id: unknown } | undefined
  // A Node of the future may listen without asking. Nothing is left out silently.
  const missed = () => {
    if (call?.id !== listeningIdOf(server)) return
    disarm()
    server.close()
    process.nextTick(() => server.emit('error', hiddenServer()))
  }
  const putBack = replaceListen(server, (...words) => {
    disarm()
    // During the call its number is not known yet; whoever calls again, or closes, raises it.
    const isOurs = call === undefined || call.id === listeningIdOf(server)
    if (!isOurs || redirect(server, words, prepare)) listenWith(server, words)
  })
  disarms.set(server, disarm)
  try {
    start()
  } catch (error) {
    disarm()
    throw error
  }
  call = { id: listeningIdOf(server) }
  if (disarms.get(server) === disarm) server.prependListener('listening', missed)
}

/** Whether Node is to go on. */
function redirect(server: Server, words: ListenWords, prepare: (request: Request) => Answer | undefined): boolean {
  const [address, port, family, , fd, flags] = words
  const handle = handleOf(server)
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
    giveHandle(server, answer.handle)
    words[0] = answer.address
    words[2] = answer.family
    return true
  } catch (refusal) {
    if (handle !== undefined) {
      if (typeof handle.close === 'function') handle.close()
      giveHandle(server, null)
    }
    process.nextTick(() => server.emit('error', refusal))
    return false
  }
}

/** What is said where the runtime does not ask. */
export function hiddenServer(): Error {
  const why =
    'options cannot be set before a server listens: this runtime does not show where it opens the socket; use setsockopt once it listens'
  return refusedByUs('ERR_SOCKOPT_HIDDEN', 'unsupported', why)
}
