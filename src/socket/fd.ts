/** WHICH numbers can be descriptors? And which objects show theirs? */
import { badDescriptor, noDescriptor } from '../errors.js'
import { type Answer, isObject, type Kind, nameOf } from './kind.js'

/** Whether it is an integer from 0 to 2^31 - 1: the kernel takes a C int, and would drop the upper bits of anything else. */
export function isDescriptor(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value && value >= 0
}

/** A number as it was passed. Whether it is open, and is a socket, the kernel says at the call. */
export function descriptorNumber(value: unknown): Answer {
  return isDescriptor(value) ? value | 0 : badDescriptor(value)
}

/** An object with a public `fd`: a Bun socket, a file handle, `{ fd: 7 }`. */
export const publicDescriptor: Kind = {
  matches: ({ fd }) => typeof fd === 'number' || typeof fd === 'bigint' || typeof fd === 'string',
  descriptor: (target, subject = nameOf(target, 'object')) =>
    target.fd === -1
      ? noDescriptor(
          'ERR_SOCKOPT_NO_DESCRIPTOR',
          `${subject} has no descriptor: its fd is -1, so it is closed or not open yet; pass it while it is open`,
        )
      : descriptorNumber(target.fd),
}

/** `net.BoundSocket` (Node 24.19, 26.4): `fd()` is public, and throws the same error once a socket or a server has taken the handle over, and once closed. */
export const boundSocket: Kind = {
  matches: target => typeof target.fd === 'function',
  descriptor: (target, subject = nameOf(target, 'object')) => {
    try {
      const fd: unknown = (target.fd as () => unknown)()
      if (fd !== -1) return descriptorNumber(fd)
    } catch (cause) {
      const code = isObject(cause) ? cause.code : undefined
      if (code !== 'ERR_SOCKET_HANDLE_ADOPTED' && code !== 'ERR_SOCKET_CLOSED') throw cause
      if (code === 'ERR_SOCKET_CLOSED') return noDescriptor('ERR_SOCKOPT_CLOSED', `${subject} is closed; make another`, { cause })
      return noDescriptor(
        'ERR_SOCKOPT_NO_DESCRIPTOR',
        `${subject} has given its descriptor away, or is closed; pass the net.Socket or the net.Server that adopted it`,
        { cause },
      )
    }
    return noDescriptor(
      'ERR_SOCKOPT_HIDDEN',
      `${subject} has a socket, but the runtime shows no descriptor of it on this platform; use the net.Socket or the net.Server that adopts it`,
    )
  },
}
