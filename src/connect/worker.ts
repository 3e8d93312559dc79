/** WHOSE is a socket that listens in a cluster? The primary's, unless a worker says that it wants one of its own. */
import type { Cluster } from 'node:cluster'
import type { SocketOptions } from '../access/prepared.js'
import { refusedByUs } from '../errors.js'

/** Whether Node is to be told that this process opens the socket itself. SO_REUSEPORT says as much: each worker has its own. */
export function isExclusive(exclusive: boolean | undefined, socketOptions: SocketOptions): boolean {
  return exclusive === true || socketOptions.SO_REUSEPORT === true || socketOptions.SO_REUSEPORT_LB === true
}

/** @throws SocketOptionError ERR_SOCKOPT_CLUSTER_WORKER in a worker of a cluster that would share a socket of the primary's. */
export function expectOwnSocket(isOwn: boolean): void {
  // Through `unknown`: the types know the module as an ESM has it.
  if (isOwn || !(process.getBuiltinModule('node:cluster') as unknown as Cluster).isWorker) return
  throw refusedByUs(
    'ERR_SOCKOPT_CLUSTER_WORKER',
    'state',
    'in a cluster worker it is the primary that opens the socket, so that options cannot be set before it has its address: ' +
      'pass exclusive: true for a socket of this worker alone, with SO_REUSEPORT: true where several workers have the same port',
  )
}
