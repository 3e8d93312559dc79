/** HOW does a socket that is not connected yet come to its options? They are set at each attempt, and stand when Node sets its own afterwards. */
import { Socket } from 'node:net'
import { type OnUnsupported, prepareOptions, type SocketOptions } from '../access/prepared.js'
import { badArgument, refusedByUs } from '../errors.js'
import { bottomOf, descriptorIn, handleOf, hasAddress } from '../socket/internals.js'
import { arrange } from './attempt.js'
import { settingOf } from './held.js'
import { openerOf } from './internals.js'
import { protocolOf } from './protocol.js'

/** How the options are set. */
export interface HowToPrepare {
  /** What becomes of an option that this platform, this kernel or this kind of socket lacks: `'throw'` (default) refuses the connection, `'skip'` leaves the option out. */
  readonly onUnsupported?: OnUnsupported | undefined
  /** `'mptcp'` opens a socket of Multipath TCP (Linux 5.6, `socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP)`), which falls back to TCP where the peer has none. */
  readonly type?: 'tcp' | 'mptcp' | undefined
}

/**
 * Arranges for a socket to have options before it is connected: at each attempt that it makes, a descriptor is opened (socket(2)), the options are set
 * (setsockopt(2)), and Node binds and connects that one.
 *
 * ```ts
 * const socket = prepareSocket(new net.Socket(), { TCP_USER_TIMEOUT: 1500, SO_RCVBUF: 65536 })
 * socket.connect(5432, 'db.example')
 *
 * prepareSocket(tls.connect({ host, port }), { TCP_SYNCNT: 2 })   // in the tick of tls.connect(), which opens nothing before the next
 * ```
 *
 * An option that is named here stands: `setKeepAlive()` and `setNoDelay()`, whoever calls them, change only what is not named, and undo a `setsockopt` of what is.
 * @returns the same socket
 * @throws SocketOptionError, TypeError, RangeError at once, as `setsockopt`, for what cannot be right on any socket of this platform. What the kernel refuses is an
 * 'error' event, a SocketOptionError that names the option, before anything is sent.
 * @throws SocketOptionError ERR_SOCKOPT_TOO_LATE of kind `state` for a socket that is connecting or connected already
 */
export function prepareSocket<Prepared extends Socket>(socket: Prepared, socketOptions: SocketOptions, how: HowToPrepare = {}): Prepared {
  const { onUnsupported, type = 'tcp' } = how
  if (!(socket instanceof Socket)) throw badArgument('type', 'socket', 'a net.Socket or a tls.TLSSocket', socket)
  const prepared = prepareOptions(socketOptions, onUnsupported)
  const protocol = protocolOf(type, onUnsupported)
  expectUnconnected(socket)
  const set = settingOf(prepared)
  const handle = handleOf(socket)
  const opened = handle && openerOf(handle)
  if (opened !== undefined && opened.fd >= 0) set(opened.fd, opened, socket)
  const arrangement = arrange(socket, set)
  if (protocol !== 0) Object.assign(arrangement, { protocol, isOptional: onUnsupported === 'skip' })
  return socket
}

/** A socket that is open and neither connecting nor connected is bound: it was made from a descriptor, or from a net.BoundSocket. */
function expectUnconnected(socket: Socket): void {
  const handle = handleOf(socket)
  const isOpen = handle !== undefined && ((descriptorIn(handle) ?? -1) >= 0 || hasAddress(bottomOf(handle)))
  if (!isOpen || (!socket.connecting && socket.remotePort === undefined && socket.remoteAddress === undefined)) return
  throw refusedByUs(
    'ERR_SOCKOPT_TOO_LATE',
    'state',
    `this socket is ${socket.connecting ? 'connecting' : 'connected'} already; prepare it before connect(), or use setsockopt for what can still be set`,
  )
}

/** The options and how to set them, together. */
export type Settings = HowToPrepare & { readonly socketOptions: SocketOptions }

/** The same for a socket that was made for this, which nobody has yet: it is destroyed where it cannot be prepared. */
export function prepareOwn<Own extends Socket>(socket: Own, { socketOptions, ...how }: Settings): Own {
  try {
    return prepareSocket(socket, socketOptions, how)
  } catch (error) {
    socket.destroy()
    throw error
  }
}
