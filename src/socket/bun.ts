/** WHICH sockets does Bun hide? Those of its HTTP server. Its own sockets show theirs as a public `fd`, and its `node:net` as Node does. */
import { noDescriptor } from '../errors.js'
import { type Kind, nameOf } from './kind.js'

/** What `req.socket` is in a server of Bun's `node:http`, and that server itself. */
export const bunObject: Kind = {
  matches: target => 'Bun' in globalThis && (typeof target.listening === 'boolean' || 'remoteAddress' in target),
  descriptor: (target, subject = nameOf(target, 'socket')) =>
    noDescriptor(
      'ERR_SOCKOPT_HIDDEN',
      `${subject} belongs to Bun's HTTP server, which hides its descriptor; accept with net.createServer or Bun.listen instead`,
    ),
}
