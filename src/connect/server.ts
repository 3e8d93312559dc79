/** Listens like server.listen(), with options on the socket before it has its address. */
import type { ListenOptions as NodeListenOptions, Server } from 'node:net'
import { getSystemErrorName } from 'node:util'
import { closeDescriptor, SOCK_STREAM } from '../access/open.js'
import { type Prepared, prepareOptions, type SocketOptions, setPrepared } from '../access/prepared.js'
import { badArgument, noDescriptor } from '../errors.js'
import { descriptorIn } from '../socket/internals.js'
import { type Binding, openBound, type Place } from './bound.js'
import { hasListenMethod } from './internals.js'
import { toLibuv } from './libuv.js'
import { createTcpListener, createUnixListener, failing } from './listener.js'
import { type Answer, beforeListening, hiddenServer, type Request } from './listening.js'
import type { HowToPrepare } from './prepare-socket.js'
import { protocolOf } from './protocol.js'
import { usualForListening } from './reuse.js'
import { expectOwnSocket, isExclusive } from './worker.js'

/** Those of `server.listen()`, and what is to be set. */
export interface ListenOptions extends NodeListenOptions, HowToPrepare {
  /** Names and values, set in this order. */
  readonly socketOptions?: SocketOptions | undefined
  /** A descriptor that is bound already, as of a socket that systemd has opened: the options are set before it listens. */
  readonly fd?: number | undefined
}

/**
 * `server.listen()`, and the options are on the socket before bind(2): what takes effect at bind (`SO_REUSEPORT`, `IP_TRANSPARENT`, `IP_FREEBIND`,
 * `SO_BINDTODEVICE`) does, and what accepted sockets inherit, the first of them has (docs/listening.md).
 *
 * ```ts
 * listen(http.createServer(app), { port: 443, socketOptions: { SO_REUSEPORT: true, TCP_DEFER_ACCEPT: 5, TCP_FASTOPEN: 256 } })
 * ```
 *
 * Everything else is `server.listen()`'s: look-up of the host, `::` where there is none, `path`, `backlog`, `signal`, events and errors. libuv sets
 * `SO_REUSEADDR` (not on Windows) and `IPV6_V6ONLY` by itself; where they are named here, what is named stands.
 * @param server of net, tls, http, https or http2
 * @param options `socketOptions`; `onUnsupported: 'skip'` leaves out what does not exist here; `type: 'mptcp'`
 * @param onListening listens once to 'listening'
 * @returns the same server
 * @throws SocketOptionError, TypeError, RangeError at once, as `setsockopt`, for names and values that cannot be right; as `server.listen()` for the rest.
 * What the kernel refuses is an 'error' event, a SocketOptionError that names the option, before anything listens.
 * @throws SocketOptionError ERR_SOCKOPT_CLUSTER_WORKER in a worker of a cluster, unless `exclusive` or `SO_REUSEPORT` is true
 * @see socket(2), setsockopt(2), bind(2), listen(2)
 */
export function listen<Listening extends Server>(server: Listening, options: ListenOptions, onListening?: () => void): Listening {
  if (!hasListenMethod()) throw hiddenServer()
  if (!(server instanceof process.getBuiltinModule('node:net').Server))
    throw badArgument('type', 'server', 'a server of net, tls, http, https or http2', server)
  if (typeof options !== 'object' || options === null)
    throw badArgument('type', 'options', 'an object { port, host, path, socketOptions }', options)
  const { socketOptions = {}, onUnsupported, type = 'tcp', ...others } = options
  const prepared = prepareOptions(socketOptions, onUnsupported)
  const protocol = protocolOf(others.path === undefined ? type : typeOfPath(type), onUnsupported)
  const exclusive = isExclusive(others.exclusive, socketOptions)
  expectOwnSocket(exclusive)
  const binding = { type: SOCK_STREAM, protocol, isOptional: onUnsupported === 'skip', before: [prepared], after: [] }
  beforeListening(
    server,
    request => open(request, binding, prepared),
    () => server.listen({ ...others, ...(exclusive && { exclusive }) }, onListening),
  )
  return server
}

function typeOfPath(type: unknown): unknown {
  if (type === 'mptcp') throw badArgument('range', 'type', "'tcp', or a port in the place of a path", type)
  return type
}

/** Where Node has a socket already, the options are set on that. */
function open(request: Request, binding: Binding, prepared: Prepared): Answer | undefined {
  const { fd, handle } = request
  if (fd === undefined && handle === undefined)
    return request.family === -1 ? openPath(String(request.address), prepared) : openPort(request, binding)
  const descriptor = fd ?? descriptorIn(handle) ?? -1
  if (descriptor < 0)
    throw noDescriptor('ERR_SOCKOPT_HIDDEN', 'the handle to listen on shows no descriptor: its options cannot be set before it listens')
  setPrepared(prepared, descriptor)
  return undefined
}

/** As uv_pipe_bind() does it, which remembers the path and removes it at the end. Nobody can connect before it listens. */
function openPath(path: string, prepared: Prepared): Answer {
  const where = { address: path, family: -1 }
  const handle = createUnixListener()
  if (handle === undefined)
    throw noDescriptor('ERR_SOCKOPT_NO_DESCRIPTOR', 'a path is a named pipe here, which has no socket options; listen on a port')
  if (typeof handle === 'number') return { ...where, handle: failing(toLibuv(handle)) }
  const bound = handle.bind(path)
  if (bound < 0) {
    handle.close()
    return { ...where, handle: failing(bound) }
  }
  try {
    setPrepared(prepared, handle.fd)
  } catch (refusal) {
    handle.close()
    throw refusal
  }
  return { ...where, handle }
}

/** Of no address, IPv6's any, which takes IPv4 as well; where that cannot be had at all, IPv4's any. A port that is in use is in use. */
function openPort({ address, port, family, flags }: Request, binding: Binding): Answer {
  if (address) return openAt({ address, port, family: family === 6 ? 6 : 4 }, flags, binding)
  const any = openAt({ address: '::', port, family: 6 }, flags, binding)
  const isFinal = any.errno === 0 || getSystemErrorName(any.errno) === 'EADDRINUSE'
  return isFinal ? any : openAt({ address: '0.0.0.0', port, family: 4 }, flags, binding)
}

/** `errno` is 0 where the handle has a socket, else libuv's. */
function openAt(place: Place, flags: number, binding: Binding): Answer & { readonly errno: number } {
  const { address, family } = place
  const fail = (errno: number) => ({ address, family, errno, handle: failing(errno) })
  const descriptor = openBound({ ...binding, before: [usualForListening(place, flags), ...binding.before] }, place)
  if (descriptor === undefined || descriptor < 0) return fail(toLibuv(descriptor))
  const handle = createTcpListener()
  const taken = handle?.open(descriptor) ?? toLibuv(undefined)
  if (handle !== undefined && taken === 0) return { address, family, errno: 0, handle }
  closeDescriptor(descriptor)
  handle?.close()
  return fail(taken)
}
