/** Binds like socket.bind() of dgram, with options on the socket before it has its address. */
import type { BindOptions as NodeBindOptions, Socket } from 'node:dgram'
import { closeDescriptor, SOCK_DGRAM } from '../access/open.js'
import { type OnUnsupported, prepareOptions, type SocketOptions } from '../access/prepared.js'
import { badArgument, refusedByUs } from '../errors.js'
import { shapeOf } from '../socket/kind.js'
import { type Binding, openBound } from './bound.js'
import { isUnbound, type Receiver, receiverOf } from './internals.js'
import { toLibuv } from './libuv.js'
import { type Membership, prepareMemberships } from './memberships.js'
import { insteadOfBind, isDatagramSocket } from './receiver.js'
import { keepReuse, usualForDatagrams } from './reuse.js'
import { expectOwnSocket, isExclusive } from './worker.js'

/** Those of `socket.bind()`, but for `fd`, and what is to be set. */
export interface BindOptions extends Omit<NodeBindOptions, 'fd'> {
  /** Names and values, set in this order. */
  readonly socketOptions?: SocketOptions | undefined
  /** What becomes of an option that this platform, this kernel or this kind of socket lacks: `'throw'` (default) refuses to bind, `'skip'` leaves the option out. */
  readonly onUnsupported?: OnUnsupported | undefined
  /** Multicast groups to join, each on an interface of its own, before the first datagram can be heard. */
  readonly memberships?: readonly Membership[] | undefined
}

/**
 * `socket.bind()`, and the options are on the socket before bind(2): `SO_REUSEPORT`, `IP_TRANSPARENT`, `IP_FREEBIND`, `SO_BINDTODEVICE`, a buffer that has its
 * size before the first datagram.
 *
 * ```ts
 * bind(dgram.createSocket('udp4'), { port: 5353, socketOptions: { SO_REUSEADDR: true, SO_RCVBUF: 1 << 20 },
 *   memberships: [{ group: '224.0.0.251', interface: 'eth0' }, { group: '224.0.0.251', interface: 'eth1' }] })
 * ```
 *
 * Everything else is `socket.bind()`'s: look-up of the address, `0.0.0.0` or `::` where there is none, `reuseAddr`, `ipv6Only` and `lookup` of createSocket(),
 * events and errors. Without `reuseAddr` no other socket can bind the same address, as without this function.
 * @param options `socketOptions`; `memberships`; `onUnsupported: 'skip'` leaves out what does not exist here
 * @param onListening listens once to 'listening'
 * @returns the same socket
 * @throws SocketOptionError, TypeError, RangeError at once, as `setsockopt`, for names, values and memberships that cannot be right; as `socket.bind()` for the
 * rest. What the kernel refuses is an 'error' event, a SocketOptionError that names the option, before anything is bound; of a membership right after.
 * @throws SocketOptionError ERR_SOCKOPT_CLUSTER_WORKER in a worker of a cluster, unless `exclusive` or `SO_REUSEPORT` is true
 * @see socket(2), setsockopt(2), bind(2)
 */
export function bind(socket: Socket, options: BindOptions = {}, onListening?: () => void): Socket {
  if (!isDatagramSocket(socket)) throw badArgument('type', 'socket', 'a dgram.Socket', socket)
  if (typeof options !== 'object' || options === null)
    throw badArgument('type', 'options', 'an object { port, address, socketOptions, memberships }', options)
  const { socketOptions = {}, onUnsupported, memberships = [], ...others } = options
  if ('fd' in others) throw badArgument('type', 'options.fd', 'no descriptor: it is opened here', others.fd)
  const before = [prepareOptions(socketOptions, onUnsupported)]
  const after = prepareMemberships(memberships, onUnsupported)
  const exclusive = isExclusive(others.exclusive, socketOptions)
  expectOwnSocket(exclusive)
  const start = () => void socket.bind({ ...others, exclusive }, onListening)
  const receiver = receiverOf(socket)
  const isIPv6 = shapeOf(socket).type === 'udp6'
  if (!isUnbound(socket)) start()
  else if (receiver === undefined) throw hiddenReceiver()
  else insteadOfBind(socket, receiver, opener({ type: SOCK_DGRAM, protocol: 0, isOptional: false, before, after }, isIPv6 ? 6 : 4), start)
  return socket
}

function hiddenReceiver(): Error {
  const why =
    'options cannot be set before this socket is bound: this runtime does not show where it opens it; use setsockopt once it is bound'
  return refusedByUs('ERR_SOCKOPT_HIDDEN', 'unsupported', why)
}

/** Opens, sets, binds, and hands over. 0, or libuv's number of an error. */
const opener = (binding: Binding, family: 4 | 6) => (receiver: Receiver, address: string, port: number, flags: number) => {
  const place = { family, address, port }
  const descriptor = openBound({ ...binding, before: [usualForDatagrams(place, flags), ...binding.before] }, place)
  if (descriptor === undefined || descriptor < 0) return toLibuv(descriptor)
  const taken = keepReuse(descriptor, () => receiver.open(descriptor))
  if (taken !== 0) closeDescriptor(descriptor)
  return taken
}
