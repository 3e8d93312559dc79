/** What kind of socket is it, and which levels have options on it? */
import { type Batch, prepare, Reading } from '../access/read-many.js'
import { here } from '../platform/index.js'

/** Address family, type and protocol, as the kernel names them; numbers where it has no name for them, undefined where the platform does not tell. */
export interface Identity {
  readonly domain: string | number | undefined
  readonly type: string | number | undefined
  readonly protocol: string | number | undefined
}

const asked = ['SO_DOMAIN', 'SO_TYPE', 'SO_PROTOCOL']

const names: Readonly<Record<string, string>> = {
  AF_INET: '4',
  AF_INET6: '6',
  AF_UNIX: 'unix',
  AF_NETLINK: 'netlink',
  AF_PACKET: 'packet',
  AF_VSOCK: 'vsock',
  AF_XDP: 'xdp',
  SOCK_STREAM: 'stream',
  SOCK_DGRAM: 'dgram',
  SOCK_SEQPACKET: 'seqpacket',
  SOCK_RAW: 'raw',
  IPPROTO_TCP: 'tcp',
  IPPROTO_UDP: 'udp',
  IPPROTO_MPTCP: 'mptcp',
  IPPROTO_UDPLITE: 'udplite',
  IPPROTO_SCTP: 'sctp',
}

const levelsByFamily: Readonly<Record<string, readonly string[]>> = {
  AF_INET: ['IPPROTO_IP'],
  AF_INET6: ['IPPROTO_IPV6', 'IPPROTO_IP'],
  AF_UNIX: ['SOL_LOCAL'],
  AF_NETLINK: ['SOL_NETLINK'],
  AF_PACKET: ['SOL_PACKET'],
  AF_VSOCK: ['AF_VSOCK'],
  AF_XDP: ['SOL_XDP'],
}

const levelsByProtocol: Readonly<Record<string, readonly string[]>> = {
  IPPROTO_TCP: ['IPPROTO_TCP'],
  IPPROTO_MPTCP: ['IPPROTO_TCP', 'SOL_MPTCP'],
  IPPROTO_UDP: ['IPPROTO_UDP'],
  IPPROTO_UDPLITE: ['IPPROTO_UDP', 'IPPROTO_UDPLITE'],
  IPPROTO_SCTP: ['IPPROTO_SCTP'],
  IPPROTO_RAW: ['IPPROTO_RAW'],
  IPPROTO_ICMPV6: ['IPPROTO_ICMPV6'],
}

let questions: Batch | undefined

/** What SO_DOMAIN, SO_TYPE and SO_PROTOCOL tell. macOS and Windows have only the type: there the address tells the family, and the type the protocol. */
export function identify(descriptor: number): Identity {
  questions ??= prepare(
    asked.filter(name => here().numbers[name] !== undefined),
    ['localAddress'],
  )
  const reading = new Reading(questions, descriptor)
  reading.expectSocket()
  return identityIn(reading)
}

/** The identity in a reading that has these options, as far as the platform has them, and the local address. */
export function identityIn(reading: Reading): Identity {
  const type = reading.value('SO_TYPE') as Identity['type']
  const domain = (reading.value('SO_DOMAIN') as Identity['domain']) ?? reading.address('localAddress')?.family
  const assumed = type === 'SOCK_STREAM' ? 'IPPROTO_TCP' : type === 'SOCK_DGRAM' ? 'IPPROTO_UDP' : undefined
  const isInternet = domain === 'AF_INET' || domain === 'AF_INET6'
  return { domain, type, protocol: (reading.value('SO_PROTOCOL') as Identity['protocol']) ?? (isInternet ? assumed : undefined) }
}

/** `tcp4`, `udp6`, `unix-stream`: the kind in one word. */
export function nameKind({ domain, type, protocol }: Identity): string {
  const family = names[String(domain)] ?? String(domain ?? 'unknown')
  const shape = names[String(type)] ?? String(type ?? 'unknown')
  if (domain === 'AF_INET' || domain === 'AF_INET6') return `${shape === 'raw' ? 'raw' : (names[String(protocol)] ?? shape)}${family}`
  return `${family}-${shape}`
}

/** The levels whose options this kind of socket has. */
export function levelsOf({ domain, protocol }: Identity): readonly string[] {
  return ['SOL_SOCKET', ...(levelsByFamily[String(domain)] ?? []), ...(levelsByProtocol[String(protocol)] ?? [])]
}

const usualProtocols: readonly unknown[] = ['IPPROTO_TCP', 'IPPROTO_MPTCP', 'IPPROTO_UDP', 'IPPROTO_UDPLITE']

/**
 * Whether it is of the kinds that Node itself makes. No option of another family, of a multicast router or of netfilter can be read on those:
 * ip_mroute_getsockopt wants a raw IGMP socket, netfilter's get takes its question from the buffer.
 */
export function isUsual({ domain, protocol }: Identity): boolean {
  return domain === 'AF_UNIX' || ((domain === 'AF_INET' || domain === 'AF_INET6') && usualProtocols.includes(protocol))
}
