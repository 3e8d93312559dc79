/** WHAT listens? A handle of libuv's that is given a descriptor, or a path; and one that can but fail, of which Node makes its own error. */
import { AF_UNIX, closeDescriptor, openSocket, SOCK_STREAM } from '../access/open.js'
import { describeErrno } from '../errors.js'
import { handleOf } from '../socket/internals.js'

/** A handle of `net.Server`, of TCP or of a unix socket. */
export interface Listener {
  /** Negative until it has one, and always on Windows. */
  readonly fd: number
  /** uv_tcp_open(), uv_pipe_open(): makes `descriptor` the handle's own. 0, or libuv's number of an error. */
  open(descriptor: number): number
  /** uv_pipe_bind(). 0, or libuv's number of an error. */
  bind(path: string): number
  close(): void
}

type Class = new (purpose: number) => Listener

/** TCPConstants.SERVER and PipeConstants.SERVER. */
const SERVER = 1

const classes: { tcp?: Class | undefined; unix?: Class | undefined } = {}

/** A handle without a socket; undefined where the runtime has none of that kind. */
export function createTcpListener(): Listener | undefined {
  classes.tcp ??= findTcp()
  return classes.tcp && new classes.tcp(SERVER)
}

/** The same; -errno where it cannot be found out what the runtime has, because no descriptor is left. Windows has none. */
export function createUnixListener(): Listener | number | undefined {
  if (classes.unix === undefined) {
    const descriptor = openSocket(AF_UNIX, SOCK_STREAM, 0)
    if (descriptor < 0) return ['EMFILE', 'ENFILE'].includes(describeErrno(descriptor).code) ? descriptor : undefined
    classes.unix = findUnix(descriptor)
  }
  return classes.unix && new classes.unix(SERVER)
}

/** A socket that connects has its handle while the name is looked up: this one is never found, and nothing is opened. */
function findTcp(): Class | undefined {
  const { Socket } = process.getBuiltinModule('node:net')
  const socket = new Socket()
  socket.connect({ host: 'nowhere.invalid', port: 1, lookup: () => undefined })
  return classOf(socket)
}

/** Node chooses the class of a handle by what the descriptor is. */
function findUnix(descriptor: number): Class | undefined {
  try {
    const { Socket } = process.getBuiltinModule('node:net')
    return classOf(new Socket({ fd: descriptor, readable: false, writable: false }))
  } catch {
    closeDescriptor(descriptor)
    return undefined
  }
}

function classOf(socket: { destroy(): unknown }): Class | undefined {
  const handle = handleOf(socket)
  socket.destroy()
  const isListener = ['open', 'bind', 'close'].every(name => typeof handle?.[name] === 'function')
  return isListener ? (handle?.constructor as Class) : undefined
}

/** In the place of a handle: listen() fails with libuv's number, so that Node makes the error, with the address, and tells everybody whom it tells. */
export const failing = (errno: number): object => ({ listen: () => errno, close: () => undefined })
