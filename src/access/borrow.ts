/** Who holds a descriptor that is not Node's? Only these functions, and no longer than a callback runs. */
import { constants } from 'node:os'
import { notTaken, refusedByKernel } from '../errors.js'
import { ask, ensure, Operation } from '../native/scratch.js'
import { AF_UNIX, closeDescriptor, openSocket, SOCK_DGRAM } from './open.js'

/** Closes what `opened` names, whatever becomes of `use`. */
function closeAfter<Result>(descriptor: number, use: (descriptor: number) => Result): Result {
  try {
    return use(descriptor)
  } finally {
    closeDescriptor(descriptor)
  }
}

/**
 * A socket of no use but to be asked: a unix one, which every kernel has, in the network namespace of this thread as any other. Linux.
 * @throws SocketOptionError with the errno of socket(2): EMFILE, ENFILE
 */
export function withScratchSocket<Result>(use: (descriptor: number) => Result): Result {
  const opened = openSocket(AF_UNIX, SOCK_DGRAM, 0)
  if (opened < 0) throw refusedByKernel('socket', opened, { name: 'AF_UNIX', level: 'SOL_SOCKET' }, -1)
  return closeAfter(opened, use)
}

/**
 * A duplicate of socket `fd` of process `pid`, by pidfd_getfd(2). Linux 5.6. While it is held its owner cannot end the connection.
 * @throws SocketOptionError with the errno: ESRCH no such process, EBADF no such descriptor, ENOTSOCK, EPERM not allowed, ENOSYS, EOPNOTSUPP elsewhere
 */
export function withSocketOf<Result>(pid: number, fd: number, use: (descriptor: number) => Result): Result {
  ensure(0)
  const taken = ask(0, Operation.takeDescriptor, pid, fd, 0, 1, 0)
  if (taken < 0) throw notTaken(taken, pid, fd)
  return closeAfter(taken, descriptor => {
    if (ask(descriptor, Operation.isSocket, 0, 0, 0, 1, 0) !== 1) throw notTaken(-constants.errno.ENOTSOCK, pid, fd)
    return use(descriptor)
  })
}
