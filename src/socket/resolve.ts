/** WHICH socket? From whatever the caller holds to the descriptor it has at this moment, or to the reason why it has none. */
import { badDescriptor, badTarget, noDescriptor } from '../errors.js'
import { bareDescriptor } from './bare.js'
import { descriptorNumber, isDescriptor } from './fd.js'
import { descriptorIn, handleOf, isDatagramLike } from './internals.js'
import { type Answer, isObject, type Shape } from './kind.js'
import { loadHolders } from './on-demand.js'

export type { BoundSocket, DescriptorHolder, Target } from './target.js'

/**
 * The descriptor of `target`, to be used in this tick: after an await it may be closed, and its number another socket's. On Deno it is a duplicate,
 * which is closed by then.
 *
 * @throws SocketOptionError of kind `state`, whose code says which case it is: ERR_SOCKOPT_NOT_OPEN, _CLOSED, _NOT_BOUND, _CLUSTER_WORKER,
 * _TLS_OVER_STREAM, _HIDDEN, _NO_DESCRIPTOR.
 * @throws TypeError ERR_SOCKOPT_TARGET for what can never be a socket; RangeError ERR_SOCKOPT_RANGE for a number that can never be a descriptor.
 */
export function resolve(target: unknown): number {
  let answer: Answer
  try {
    answer = isObject(target) ? (shortcut(target) ?? search(target)) : plain(target)
  } catch (cause) {
    answer = foreign(target, cause)
  }
  if (typeof answer === 'number') return answer
  throw answer
}

/** Nearly every call: an open socket or server of `node:net` or `node:tls`. What remains of its time is Node's own `fd` getter. */
function shortcut(target: Shape): number | undefined {
  if (isDatagramLike(target)) return undefined
  const fd = descriptorIn(handleOf(target))
  return isDescriptor(fd) ? fd : undefined
}

function search(target: Shape): Answer {
  return (
    bareDescriptor(target) ??
    loadHolders()
      .find(kind => kind.matches(target))
      ?.descriptor(target) ??
    badTarget(target)
  )
}

function plain(target: unknown): Answer {
  if (typeof target === 'number') return descriptorNumber(target)
  return typeof target === 'bigint' ? badDescriptor(target) : badTarget(target)
}

/** A getter or a Proxy of somebody else threw while it was looked at. */
function foreign(target: unknown, cause: unknown): Error {
  if (isObject(cause) && cause.code === 'ERR_HTTP2_SOCKET_UNBOUND') {
    return noDescriptor(
      'ERR_SOCKOPT_NO_DESCRIPTOR',
      'this socket of an Http2Session is gone: the session is destroyed; open another session',
      { cause },
    )
  }
  return badTarget(target, { cause })
}
