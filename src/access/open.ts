/** WHO opens a socket that is to become Node's? These functions; whoever calls them hands the descriptor over, or closes it. */
import { ask, ensure, Operation, scratch } from '../native/scratch.js'

/** Numbers that every system gives these families and this type (AF_INET6 differs: the binary knows it; on MIPS, SOCK_STREAM is 2). */
export const [AF_UNIX, AF_INET] = [1, 2]
export const [SOCK_STREAM, SOCK_DGRAM] = process.arch.startsWith('mips') ? [2, 1] : [1, 2]

/**
 * socket(2), closed on exec(). `protocol` 0 is the family's own.
 * @returns a descriptor, or -errno: EMFILE, ENFILE, EAFNOSUPPORT, EPROTONOSUPPORT, ENOBUFS
 */
export function openSocket(family: number, type: number, protocol: number): number {
  ensure(0)
  return ask(protocol, Operation.openSocket, family, type, 0, 1, 0)
}

/** close(2) of what `openSocket` returned and nobody has taken. */
export function closeDescriptor(descriptor: number): void {
  ask(descriptor, Operation.close, 0, 0, 0, 1, 0)
}

/** AF_INET6: 10 on Linux, 30 on macOS, 28 on FreeBSD, 23 on Windows. */
export function familyInet6(): number {
  ensure(0)
  return scratch.abi.afInet6
}
