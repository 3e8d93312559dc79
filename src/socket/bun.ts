/** WHICH sockets does Bun hide? Those of its HTTP server. Its own sockets show theirs as a public `fd`, and its `node:net` as Node does. */
import { noDescriptor } from '../errors.js'
import { type Kind, nameOf } from './kind.js'

/** A server of Bun's `node:http`, what its `res.socket` is once the response has ended, and `Bun.serve()`. */
export const bunObject: Kind = {
  matches: target =>
    'Bun' in globalThis &&
    (typeof target.listening === 'boolean' || 'remoteAddress' in target || typeof target.pendingRequests === 'number'),
  descriptor: (target, subject = nameOf(target, 'remoteAddress' in target ? 'socket' : 'server')) => hiddenByBun(subject),
}

/** Such a server's `req.socket` is a `net.Socket` too: open, and without a handle. */
export function hiddenByBun(subject: string): Error {
  return noDescriptor(
    'ERR_SOCKOPT_HIDDEN',
    `${subject} belongs to Bun's HTTP implementation, which hides its descriptors; accept with net.createServer or Bun.listen instead`,
  )
}
