/** Which socket is it, for sock_diag and for the sysctls? Its cookie, its addresses, its network namespace. */
import { withScratchSocket } from '../../access/borrow.js'
import { readPlan } from '../../access/get.js'
import { planOf } from '../../access/plan.js'
import { type Batch, prepare, Reading } from '../../access/read-many.js'
import type { Inet6Address, InetAddress, SocketAddress } from '../../codec/sockaddr.js'
import { SocketOptionError } from '../../errors.js'
import { here } from '../../platform/index.js'

export interface SocketIdentity {
  readonly protocol: 'tcp' | 'mptcp' | 'other'
  readonly isNonBlocking: boolean | undefined
  /** The state of TCP as the kernel names it; undefined where it does not tell. */
  readonly state: unknown
  /** SO_COOKIE. Linux 4.12. */
  readonly cookie: bigint | undefined
  /** SO_NETNS_COOKIE. Linux 5.14. */
  readonly namespace: bigint | undefined
  readonly local: InetAddress | Inet6Address | undefined
  /** undefined while it connects. */
  readonly remote: InetAddress | Inet6Address | undefined
  /** Index of the interface it is bound to, 0 for none. */
  readonly ifindex: number
}

const asked = ['SO_TYPE', 'SO_DOMAIN', 'SO_PROTOCOL', 'SO_COOKIE', 'SO_NETNS_COOKIE', 'SO_BINDTOIFINDEX', 'TCP_INFO']
let batch: Batch | undefined

/** @throws SocketOptionError (EBADF, ENOTSOCK) */
export function readIdentity(descriptor: number): SocketIdentity {
  batch ??= prepare(
    asked.filter(name => here().numbers[name] !== undefined),
    ['localAddress', 'peerAddress', 'isNonBlocking'],
  )
  const reading = new Reading(batch, descriptor)
  reading.expectSocket()
  const [local, remote] = [toInternet(reading.address('localAddress')), toInternet(reading.address('peerAddress'))]
  const isNonBlocking = reading.answer('isNonBlocking')
  return {
    protocol: toProtocol(reading.value('SO_TYPE'), reading.value('SO_PROTOCOL'), local !== undefined),
    isNonBlocking: isNonBlocking < 0 ? undefined : isNonBlocking === 1,
    state: (reading.value('TCP_INFO') as { readonly state?: unknown } | undefined)?.state,
    cookie: reading.value('SO_COOKIE') as bigint | undefined,
    namespace: reading.value('SO_NETNS_COOKIE') as bigint | undefined,
    local,
    remote,
    ifindex: (reading.value('SO_BINDTOIFINDEX') as number | undefined) ?? 0,
  }
}

/** macOS and Windows do not tell the protocol: a stream with an internet address is TCP there. */
function toProtocol(type: unknown, protocol: unknown, isInternet: boolean): SocketIdentity['protocol'] {
  if (protocol === 'IPPROTO_MPTCP') return 'mptcp'
  return type === 'SOCK_STREAM' && isInternet && (protocol === undefined || protocol === 'IPPROTO_TCP') ? 'tcp' : 'other'
}

function toInternet(address: SocketAddress | undefined): InetAddress | Inet6Address | undefined {
  return address !== undefined && 'port' in address && 'address' in address ? (address as InetAddress | Inet6Address) : undefined
}

/** SO_NETNS_COOKIE of this thread's own network namespace; undefined before Linux 5.14 and elsewhere. */
export function readOwnNamespace(): bigint | undefined {
  try {
    return withScratchSocket(descriptor => readPlan(planOf('SO_NETNS_COOKIE'), descriptor) as bigint)
  } catch (error) {
    if (error instanceof SocketOptionError) return undefined
    throw error
  }
}
