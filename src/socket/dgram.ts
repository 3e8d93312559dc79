/** WHICH descriptor has a `dgram.Socket`? Never read from its `_handle`: that warns on Node 20 to 24 (DEP0112), and Node 26 has none. */
import { noDescriptor } from '../errors.js'
import { isDescriptor } from './fd.js'
import { datagramHandle, datagramState, descriptorIn, isBound, isDatagramLike } from './internals.js'
import type { Kind } from './kind.js'
import { loadElsewhere } from './on-demand.js'

export const datagramSocket: Kind = {
  matches: target => isDatagramLike(target) && datagramState(target) !== undefined,
  descriptor: (socket, subject = 'this dgram.Socket') => {
    const state = datagramState(socket)
    const handle = datagramHandle(state)
    if (handle === undefined) {
      return noDescriptor(
        'ERR_SOCKOPT_CLOSED',
        `${subject} is closed, and its descriptor may be another socket's by now; pass it before close()`,
      )
    }
    // libuv opens the socket at bind: until then the descriptor reads as -EBADF.
    const fd = descriptorIn(handle)
    if (isDescriptor(fd)) return fd
    if (isBound(state)) {
      const { denoDescriptor, windowsSocket } = loadElsewhere()
      return (
        windowsSocket(handle, subject) ??
        denoDescriptor(handle, subject) ??
        noDescriptor('ERR_SOCKOPT_HIDDEN', `${subject} is bound, but this runtime shows no descriptor of it on this platform`)
      )
    }
    return noDescriptor(
      'ERR_SOCKOPT_NOT_BOUND',
      `${subject} has no descriptor: it is not bound; call bind() and wait for 'listening' (sending binds too)`,
    )
  },
}
