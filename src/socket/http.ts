/** WHICH descriptor has an HTTP message? That of its socket, for as long as it has one. Requests on one connection share it. */
import { noDescriptor } from '../errors.js'
import { bareDescriptor } from './bare.js'
import { type Answer, isObject, type Kind, nameOf, type Shape } from './kind.js'

/**
 * `IncomingMessage`, `ServerResponse`, `ClientRequest`, and any object that has a `socket`.
 *
 * When an exchange is complete, Node takes the socket from the ServerResponse and from the client's response, and leaves it on the two requests,
 * although it may be serving the next request or lie idle in an agent's pool by then. It is the same connection, so it is what they resolve to.
 */
export const message: Kind = {
  matches: target => isObject(target.socket) || (target.socket === null && isMessage(target)),
  descriptor: (target, subject = nameOf(target, 'object')) =>
    isObject(target.socket) ? socketOf(target.socket, subject) : noDescriptor('ERR_SOCKOPT_NO_DESCRIPTOR', whyNone(target, subject)),
}

/** The descriptor of a socket that another object holds. */
export function socketOf(socket: Shape, subject: string): Answer {
  return (
    bareDescriptor(socket, `the socket of ${subject}`) ??
    noDescriptor(
      'ERR_SOCKOPT_NO_DESCRIPTOR',
      `the socket of ${subject} is an object without a descriptor: a mock, or a stream; pass a real socket`,
    )
  )
}

const isMessage = (target: Shape): boolean => isOutgoing(target) || target.httpVersion !== undefined
const isOutgoing = (target: Shape): boolean => typeof target.setHeader === 'function'
const isClient = (target: Shape): boolean => isOutgoing(target) && typeof target.setSocketKeepAlive === 'function'

function whyNone(target: Shape, subject: string): string {
  if (isClient(target) && target.destroyed === true) return `${subject} was destroyed before it had a socket; make another request`
  if (isClient(target)) return `${subject} has no socket yet; wait for its 'socket' event`
  if (isOutgoing(target)) {
    const state = target.writableEnded === true ? 'has finished and let go of its socket' : 'has no socket: it is on no connection'
    return `${subject} ${state}; pass its request, or the socket itself`
  }
  return `${subject} has no socket: it is complete and has let go of it, or was never on a connection; pass its request, or the socket itself`
}
