/** Which value shows that an option was really set? Only where "true for false, one more for a number" will not do, each line saying why. */
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { getsockopt, setsockopt } from '../../src/index.js'
import { family, loopback6 } from '../support/addresses.js'
import { type ClosedKind, type Kind, type OpenSocket, openApart, openOther } from '../support/kinds.js'
import type { Capability } from '../support/needs.js'
import { probe, succeed } from '../support/probe.js'
import type { Absence } from './lacking.js'

/** How one row is tried. */
export interface Trial {
  /** The kind of socket, or another one: the first kind that answers unless given. */
  readonly on?: Kind | (() => OpenSocket | ClosedKind)
  /** What brings the socket into the state the option needs. */
  readonly before?: (fd: number) => void
  /** The value to set, or how it follows from the one found. */
  readonly set?: unknown
  /** What reads back, where that is not what was set: a value, or how it follows from the one set and the one found. */
  readonly reads?: unknown
  /** What is to be seen instead of reading back. */
  readonly shows?: (fd: number) => void
  /** Why `reads` or `shows`. */
  readonly why?: string
  /** What a read asks, for in/out options. */
  readonly input?: unknown
  /** What this value needs, where the row itself needs less. */
  readonly privileges?: Capability
  /** What an older or smaller kernel may lack. */
  readonly absent?: Absence
}

/** By name, without the types: a table's values are of every type. */
export const get = (fd: number, name: string, input?: unknown): unknown =>
  getsockopt(fd, name as 'SO_TYPE', input === undefined ? undefined : { input })
export const set = (fd: number, name: string, value: unknown): void => setsockopt(fd, name as 'SO_LINGER', value as never)

const doubled = (value: number): number => value * 2
const enterRepair = (fd: number): void => set(fd, 'TCP_REPAIR', 'TCP_REPAIR_ON')
const enterQueue = (fd: number): void => {
  enterRepair(fd)
  set(fd, 'TCP_REPAIR_QUEUE', 'TCP_SEND_QUEUE')
}

/** Another algorithm than the one found; reno is always there. */
function otherAlgorithm(found: string): string | undefined {
  const available = readFileSync('/proc/sys/net/ipv4/tcp_available_congestion_control', 'utf8').trim().split(' ')
  return found === 'reno' ? available.find(name => name !== 'reno') : 'reno'
}

export const routerIp = (): OpenSocket | ClosedKind => openApart('raw4-igmp', family.ipv4, 2)
export const routerIpv6 = (): OpenSocket | ClosedKind => openApart('raw6-icmpv6', family.ipv6, 58)
const becomeRouter = (fd: number): void => set(fd, 'MRT_INIT', 1)
const becomeRouter6 = (fd: number): void => set(fd, 'MRT6_INIT', 1)

/** A padding option of six bytes, in an extension header of eight. */
const paddingHeader = Buffer.from([0, 0, 1, 4, 0, 0, 0, 0])

/** sockaddr_ll of the loopback, for a protocol that nobody speaks (0x88b5, for local experiments): the socket runs and receives nothing. */
function packetSocketOnLoopback(): OpenSocket | ClosedKind {
  const address = new Uint8Array(20)
  const view = new DataView(address.buffer)
  new Uint16Array(address.buffer, 0, 1)[0] = family.packet
  view.setUint16(2, 0x88b5)
  new Int32Array(address.buffer, 4, 1)[0] = 1
  return openOther('packet-raw on the loopback', family.packet, 3, 0, address)
}

const label = 0x12345

/** A datagram socket connected with a flow label of its own. */
function connectWithLabel(fd: number): void {
  set(fd, 'IPV6_FLOWINFO_SEND', true)
  const address = loopback6(9)
  new DataView(address.buffer).setUint32(4, label)
  succeed('connect', probe.connect(fd, address))
}

/** A control message that carries a destination options header (RFC 2292). */
function controlMessage(): Uint8Array {
  const bytes = new Uint8Array(24)
  new BigUint64Array(bytes.buffer)[0] = 24n
  new Int32Array(bytes.buffer).set([41, 59], 2)
  bytes.set(paddingHeader, 16)
  return bytes
}

const group = { multiaddr: '232.1.1.1', interface: '127.0.0.1' }
const groupOf = (address: string) => ({
  interface: 1,
  group: { family: address.includes(':') ? 'AF_INET6' : 'AF_INET', address },
})
const jiffies = 'rounded up to a jiffy'

/** By `level.name`, or by name where that is enough. */
export const trials: Readonly<Record<string, Trial>> = {
  SO_SNDBUF: { set: 65_536, reads: doubled, why: 'the kernel doubles it, for its own bookkeeping (socket(7))' },
  SO_RCVBUF: { set: 65_536, reads: doubled, why: 'the kernel doubles it, for its own bookkeeping (socket(7))' },
  SO_LINGER: { set: { onoff: true, linger: 7 } },
  SO_BSDCOMPAT: { set: 1, reads: 0, why: 'accepted and ignored (net/core/sock.c)' },
  SO_RCVTIMEO: { set: 5000 },
  SO_SNDTIMEO: { set: 5000 },
  SO_RCVTIMEO_NEW: { set: 5000 },
  SO_SNDTIMEO_NEW: { set: 5000 },
  SO_BINDTODEVICE: { set: 'lo' },
  SO_TIMESTAMPING: {
    set: { flags: ['SOF_TIMESTAMPING_RX_SOFTWARE', 'SOF_TIMESTAMPING_SOFTWARE'] },
    reads: { flags: ['SOF_TIMESTAMPING_RX_SOFTWARE', 'SOF_TIMESTAMPING_SOFTWARE'], bindPhc: 0 },
    why: 'what was left out reads as 0',
  },
  SO_TIMESTAMPING_NEW: {
    set: { flags: ['SOF_TIMESTAMPING_RX_SOFTWARE', 'SOF_TIMESTAMPING_SOFTWARE'] },
    reads: { flags: ['SOF_TIMESTAMPING_RX_SOFTWARE', 'SOF_TIMESTAMPING_SOFTWARE'], bindPhc: 0 },
    why: 'what was left out reads as 0',
  },
  SO_MAX_PACING_RATE: { set: 1_000_000 },
  SO_TXTIME: { set: { clockid: 'CLOCK_MONOTONIC', flags: ['SOF_TXTIME_REPORT_ERRORS'] } },
  SO_BUF_LOCK: { set: ['SOCK_SNDBUF_LOCK'] },
  SO_RESERVE_MEM: { set: 65_536, absent: [['EOPNOTSUPP'], 'memory accounting for the cgroup of this process'] },

  TCP_DEFER_ACCEPT: { set: 5, reads: 7, why: 'kept as a number of retransmissions: 1, 3, 7, 15, ... seconds (tcp(7))' },
  TCP_WINDOW_CLAMP: { set: 65_536 },
  TCP_CONGESTION: { set: otherAlgorithm },
  TCP_THIN_DUPACK: { set: true, reads: false, why: 'accepted and ignored since 4.18 (net/ipv4/tcp.c)' },
  TCP_REPAIR: { on: 'tcp4', set: 'TCP_REPAIR_ON' },
  TCP_REPAIR_QUEUE: { on: 'tcp4', before: enterRepair, set: 'TCP_SEND_QUEUE' },
  TCP_QUEUE_SEQ: { on: 'tcp4', before: enterQueue },
  TCP_REPAIR_WINDOW: {
    on: 'tcp4-conn',
    before: enterRepair,
    set: (found: { maxWindow: number }) => ({ ...found, maxWindow: found.maxWindow + 1 }),
  },
  TCP_TIMESTAMP: {
    on: 'tcp4-conn',
    before: enterRepair,
    set: 1_000_000,
    reads: () => expect.toSatisfy((value: number) => value >= 1_000_000 && value < 1_060_000, 'within a minute of what was set'),
    why: 'it is a clock, in milliseconds',
  },
  TCP_FASTOPEN_KEY: { set: Buffer.from('0123456789abcdef') },
  TCP_ULP: { on: 'tcp4-conn', set: 'tls', absent: [['ENOENT'], 'kernel TLS'] },
  TCP_AO_REPAIR: { on: 'tcp4-conn', before: enterRepair, absent: [['ENOPROTOOPT'], 'CONFIG_TCP_AO'] },
  TCP_RTO_MAX_MS: { set: 60_000 },
  TCP_RTO_MIN_US: { set: 99_999, reads: 100_000, why: jiffies },
  TCP_DELACK_MAX_US: { set: 99_999, reads: 100_000, why: jiffies },

  IP_TOS: { set: 0x10 },
  IP_HDRINCL: { on: 'raw4-icmp' },
  IP_OPTIONS: {
    set: Buffer.from([1, 1, 1]),
    reads: Buffer.from([1, 1, 1, 0]),
    why: 'padded to a multiple of 4 bytes (net/ipv4/ip_options.c)',
  },
  IP_ROUTER_ALERT: { on: 'raw4-icmp' },
  IP_MTU_DISCOVER: { set: 'IP_PMTUDISC_DO' },
  IP_NODEFRAG: { on: 'raw4-icmp' },
  IP_RECVFRAGSIZE: { on: 'udp4' },
  IP_MULTICAST_IF: { on: 'udp4', set: '127.0.0.1' },
  IP_MULTICAST_TTL: { on: 'udp4' },
  IP_LOCAL_PORT_RANGE: { set: { low: 40_000, high: 41_000 } },
  IP_MSFILTER: {
    on: 'udp4',
    before: fd => set(fd, 'IP_ADD_MEMBERSHIP', { multiaddr: group.multiaddr, ifindex: 1 }),
    input: group,
    set: { ...group, fmode: 'MCAST_INCLUDE', slist: ['127.0.0.2', '127.0.0.3'] },
    reads: { ...group, fmode: 'MCAST_INCLUDE', numsrc: 2, slist: ['127.0.0.2', '127.0.0.3'] },
    why: 'the kernel counts the sources',
  },
  'IPPROTO_IP.MCAST_MSFILTER': {
    on: 'udp4',
    before: fd => set(fd, 'MCAST_JOIN_GROUP', groupOf('232.1.1.1')),
    input: groupOf('232.1.1.1'),
    set: { ...groupOf('232.1.1.1'), fmode: 'MCAST_INCLUDE', slist: [{ family: 'AF_INET', address: '127.0.0.2' }] },
    reads: () => expect.objectContaining({ fmode: 'MCAST_INCLUDE', numsrc: 1, slist: [expect.objectContaining({ address: '127.0.0.2' })] }),
    why: 'the kernel counts the sources, and an address reads with its port',
  },
  MRT_ASSERT: { on: routerIp, before: becomeRouter },
  MRT_PIM: { on: routerIp, before: becomeRouter },

  IPV6_ADDRFORM: {
    on: 'tcp6-mapped-conn',
    set: 'AF_INET',
    shows: fd => expect(get(fd, 'SO_DOMAIN')).toBe('AF_INET'),
    why: 'the socket is an IPv4 one from then on, and has no option of IPv6 (ipv6(7))',
  },
  IPV6_2292PKTOPTIONS: {
    on: 'tcp6',
    set: controlMessage(),
    privileges: 'CAP_NET_RAW',
    shows: fd => expect(get(fd, 'IPV6_DSTOPTS')).toEqual(paddingHeader),
    why: 'a read gives what was received; what was set shows in the option of each header (RFC 2292)',
  },
  'IPPROTO_IPV6.IPV6_CHECKSUM': { on: 'raw6-udp', set: 4 },
  IPV6_MULTICAST_IF: { on: 'udp6' },
  IPV6_MULTICAST_HOPS: { on: 'udp6' },
  IPV6_ROUTER_ALERT: {
    on: () => openOther('raw6-raw', family.ipv6, 3, 255),
    set: 5,
    reads: 1,
    why: 'a read tells only that there is one (net/ipv6/ipv6_sockglue.c)',
  },
  IPV6_MTU_DISCOVER: { set: 'IPV6_PMTUDISC_DO' },
  IPV6_MTU: {
    on: 'udp6-conn',
    set: 1280,
    reads: (_: number, found: number) => found,
    why: 'set is the size of fragments, read the MTU of the path',
  },
  IPV6_FLOWLABEL_MGR: {
    on: 'udp6',
    set: { action: 'IPV6_FL_A_GET', dst: '::1', label, share: 'IPV6_FL_S_ANY', flags: ['IPV6_FL_F_CREATE'] },
    shows: fd => {
      connectWithLabel(fd)
      expect(get(fd, 'IPV6_FLOWLABEL_MGR', { action: 'IPV6_FL_A_GET' })).toMatchObject({ label, dst: '::1', share: 'IPV6_FL_S_ANY' })
    },
    why: 'it answers for the label that the socket is connected with',
  },
  'IPPROTO_IPV6.MCAST_MSFILTER': {
    on: 'udp6',
    before: fd => set(fd, 'IPPROTO_IPV6.MCAST_JOIN_GROUP', groupOf('ff31::1')),
    input: groupOf('ff31::1'),
    set: { ...groupOf('ff31::1'), fmode: 'MCAST_INCLUDE', slist: [{ family: 'AF_INET6', address: '::2' }] },
    reads: () => expect.objectContaining({ fmode: 'MCAST_INCLUDE', numsrc: 1, slist: [expect.objectContaining({ address: '::2' })] }),
    why: 'the kernel counts the sources, and an address reads with its port',
  },
  IPV6_HOPOPTS: { set: paddingHeader },
  IPV6_RTHDRDSTOPTS: { set: paddingHeader },
  IPV6_DSTOPTS: { set: paddingHeader },
  IPV6_RTHDR: { set: Buffer.from([0, 2, 4, 0, 0, 0, 0, 0, ...Array(15).fill(0), 1]), absent: [['EINVAL'], 'CONFIG_IPV6_SEG6_LWTUNNEL'] },
  IPV6_TCLASS: { set: 0x10 },
  IPV6_ADDR_PREFERENCES: {
    set: ['IPV6_PREFER_SRC_PUBLIC'],
    reads: ['IPV6_PREFER_SRC_PUBLIC', 'IPV6_PREFER_SRC_HOME'],
    why: 'the kernel knows no care-of addresses, so it always prefers those of home (net/ipv6/ipv6_sockglue.c)',
  },
  MRT6_ASSERT: { on: routerIpv6, before: becomeRouter6 },
  MRT6_PIM: { on: routerIpv6, before: becomeRouter6 },

  UDP_ENCAP: { set: 'UDP_ENCAP_ESPINUDP', absent: [['ENOPROTOOPT'], 'CONFIG_XFRM'] },
  UDPLITE_SEND_CSCOV: { on: 'udplite4', set: 16 },
  UDPLITE_RECV_CSCOV: { on: 'udplite4', set: 16 },
  ICMP_FILTER: { set: [8] },
  'IPPROTO_RAW.IPV6_CHECKSUM': { on: 'raw6-udp', set: 4 },
  ICMPV6_FILTER: { set: [128] },

  PACKET_VERSION: { set: 'TPACKET_V2' },
  PACKET_TIMESTAMP: { set: ['SOF_TIMESTAMPING_RAW_HARDWARE'] },
  PACKET_FANOUT: {
    on: packetSocketOnLoopback,
    set: { id: process.pid & 0xffff, type: 'PACKET_FANOUT_LB' },
    reads: { id: process.pid & 0xffff, type: 'PACKET_FANOUT_LB', flags: [] },
    why: 'what was left out reads as none',
  },
  PACKET_VNET_HDR_SZ: { set: 12 },

  SO_VM_SOCKETS_BUFFER_SIZE: { set: 131_072n },
  SO_VM_SOCKETS_BUFFER_MIN_SIZE: { set: 256n },
  SO_VM_SOCKETS_BUFFER_MAX_SIZE: { set: 1_048_576n },
  SO_VM_SOCKETS_CONNECT_TIMEOUT: { set: 5000 },
  SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW: { set: 5000 },
}
