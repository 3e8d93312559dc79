/** WHERE is a descriptor to be? bind(2), of which nothing but the address is known. */
import { Refusal } from '../codec/codec.js'
import { type SocketAddressInput, sockaddr } from '../codec/sockaddr.js'
import { ask, ensure, Operation, scratch } from '../native/scratch.js'

/**
 * bind(2).
 * @returns 0, or -errno: EADDRINUSE, EADDRNOTAVAIL, EACCES (a port below net.ipv4.ip_unprivileged_port_start without CAP_NET_BIND_SERVICE), EINVAL;
 * undefined for what is no address
 */
export function bindDescriptor(descriptor: number, address: SocketAddressInput): number | undefined {
  ensure(sockaddr.size)
  try {
    const length = sockaddr.encode(address, scratch.view, scratch.body, scratch.abi)
    return ask(descriptor, Operation.bind, 0, 0, length, 1, 0)
  } catch (refusal) {
    if (refusal instanceof Refusal) return undefined
    throw refusal
  }
}
