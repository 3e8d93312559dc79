/** Connects like net.connect(), with options on the socket before anything is sent. */
import * as channels from 'node:diagnostics_channel'
import type { NetConnectOpts, Socket } from 'node:net'
import type { SocketOptions } from '../access/prepared.js'
import { badArgument } from '../errors.js'
import { createSocket } from './internals.js'
import { type HowToPrepare, prepareOwn } from './prepare-socket.js'

const opened = channels.channel('net.client.socket')

/** Those of `net.connect()`, and what is to be set. */
export type ConnectOptions = NetConnectOpts & HowToPrepare & { readonly socketOptions?: SocketOptions | undefined }

/**
 * `net.connect()`, and the options are on the socket before the SYN leaves: on every attempt, where a name has several addresses.
 *
 * ```ts
 * const socket = connect({ host: 'api.example', port: 443, socketOptions: { TCP_USER_TIMEOUT: 1500, SO_RCVBUF: 65536 } })
 * ```
 *
 * Everything else is `net.connect()`'s: `lookup`, `signal`, `localAddress`, `localPort`, `autoSelectFamily`, zone ids, unix paths, events and errors.
 * @param options `socketOptions`: names and values, set in this order; `onUnsupported: 'skip'` leaves out what does not exist here; `type: 'mptcp'`
 * @param onConnect listens to 'connect'
 * @returns an ordinary `net.Socket`, connecting
 * @throws SocketOptionError, TypeError, RangeError at once, as `setsockopt`, for names and values that cannot be right; as `net.connect()` for the rest.
 * What the kernel refuses is an 'error' event, a SocketOptionError that names the option, before anything is sent.
 * @see socket(2), setsockopt(2), connect(2)
 */
export function connect(options: ConnectOptions, onConnect?: () => void): Socket {
  if (typeof options !== 'object' || options === null)
    throw badArgument('type', 'options', 'an object { host, port, socketOptions }', options)
  const { socketOptions = {}, onUnsupported, type, timeout, path } = options as ConnectOptions & { path?: unknown }
  if (type === 'mptcp' && path) throw badArgument('range', 'type', "'tcp' for a path: a unix socket has no other", type)
  const socket = prepareOwn(createSocket(options), { socketOptions, onUnsupported, type })
  if (timeout) socket.setTimeout(timeout)
  if (opened.hasSubscribers) return announce(socket, () => socket.connect(options, onConnect))
  return socket.connect(options, onConnect)
}

/** Tells the channel that net.connect() tells, so that whoever watches connections sees this one. Since Node 22.17 it is Socket.connect() that does. */
function announce(socket: Socket, start: () => Socket): Socket {
  let isTold = false
  const listen = (message: unknown) => {
    isTold ||= (message as { socket?: unknown }).socket === socket
  }
  opened.subscribe(listen)
  try {
    return start()
  } finally {
    opened.unsubscribe(listen)
    if (!isTold) opened.publish({ socket })
  }
}
