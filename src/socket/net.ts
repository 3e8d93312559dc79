/** WHICH descriptor has a stream socket or a listening server? TCP, unix sockets, pipes; TLS too, once it is known not to be the reason. */
import { noDescriptor } from '../errors.js'
import { isDescriptor } from './fd.js'
import { descriptorIn, handleOf, hasListened, isStandIn } from './internals.js'
import { type Answer, type Kind, nameOf, type Shape } from './kind.js'
import { loadElsewhere } from './on-demand.js'
import { tlsWithoutDescriptor } from './tls.js'

/** Asked for when an object has to be classified, not at import: node:net and what it needs take longer to load than the whole library. */
const net = () => process.getBuiltinModule('node:net')

/** `net.Socket`, `tls.TLSSocket`, and whatever extends them. */
export const streamSocket: Kind = {
  matches: target => target instanceof net().Socket,
  descriptor: (socket, subject = nameOf(socket, 'net.Socket')) => {
    const handle = handleOf(socket)
    const fd = descriptorIn(handle)
    if (isDescriptor(fd)) return fd
    if (socket.destroyed === true) return closed(subject)
    const found = handle && loadElsewhere().windowsSocket(handle, subject)
    if (found !== undefined) return found
    if (socket.connecting === true) {
      return noDescriptor(
        'ERR_SOCKOPT_NOT_OPEN',
        `${subject} has no descriptor yet: it is connecting; wait for 'connect', or for the next tick where the host is an address`,
      )
    }
    if (handle === undefined) {
      // Node has no socket that is open and has no handle.
      if (socket.pending === false) return loadElsewhere().hiddenByBun(subject)
      return noDescriptor(
        'ERR_SOCKOPT_NOT_OPEN',
        `${subject} has no descriptor: it was never connected; call connect() and wait for 'connect'`,
      )
    }
    return (socket.encrypted === true ? tlsWithoutDescriptor(socket, handle, subject) : undefined) ?? hidden(handle, subject)
  },
}

/** `net.Server`, `tls.Server`, `http.Server`, `https.Server`, the servers of http2, and whatever extends them. */
export const server: Kind = {
  matches: target => target instanceof net().Server,
  descriptor: (target, subject = nameOf(target, 'server')) => {
    const handle = handleOf(target)
    const fd = descriptorIn(handle)
    if (isDescriptor(fd)) return fd
    if (handle !== undefined)
      return isStandIn(handle) ? heldByPrimary(subject) : (loadElsewhere().windowsSocket(handle, subject) ?? hidden(handle, subject))
    return hasListened(target)
      ? noDescriptor('ERR_SOCKOPT_CLOSED', `${subject} is closed; call listen() again and wait for 'listening'`)
      : noDescriptor('ERR_SOCKOPT_NOT_BOUND', `${subject} has no descriptor: it is not listening; call listen() and wait for 'listening'`)
  },
}

function closed(subject: string): Answer {
  return noDescriptor(
    'ERR_SOCKOPT_CLOSED',
    `${subject} is closed, and its descriptor may be another socket's by now; pass it before it is destroyed, or pass the one that replaced it`,
  )
}

function heldByPrimary(subject: string): Answer {
  return noDescriptor(
    'ERR_SOCKOPT_CLUSTER_WORKER',
    `${subject} has no descriptor in this cluster worker: the primary holds the listening socket and deals out connections; ` +
      'listen with { exclusive: true }, or set cluster.schedulingPolicy = cluster.SCHED_NONE in the primary. Accepted sockets do have one',
  )
}

/** It is open, and its handle has no descriptor to show. */
function hidden(handle: Shape, subject: string): Answer {
  return (
    loadElsewhere().denoDescriptor(handle, subject) ??
    noDescriptor('ERR_SOCKOPT_HIDDEN', `${subject} is open, but this runtime shows no descriptor of it on this platform`)
  )
}
