/** What does setting do that a read cannot show? For each option that is only set: a value, and the effect that is seen by other means. */
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { family } from '../support/addresses.js'
import { type ClosedKind, type Kind, type OpenSocket, openApart } from '../support/kinds.js'
import { errnoName, probe, succeed } from '../support/probe.js'
import { exchange, rowOf } from '../support/rows.js'
import type { Absence } from './lacking.js'
import { get, routerIp, routerIpv6, set } from './trials.js'

/** How one row is acted on. Either `shows` sees the effect, or `unseen` says why nobody can. */
export interface Act {
  readonly on: Kind | (() => OpenSocket | ClosedKind)
  readonly before?: (fd: number) => void
  readonly value: unknown
  readonly shows?: (fd: number) => void
  readonly unseen?: string
  /** What an older or smaller kernel may lack. */
  readonly absent?: Absence
}

const code = (name: string) => expect.objectContaining({ code: name })

/** Doing it again is refused, so it was done. */
const onlyOnce = (name: string, value: unknown, errno: string) => (fd: number) => expect(() => set(fd, name, value)).toThrow(code(errno))

/** Undoing works once and no more, so there was something to undo. */
function isUndone(name: string, value: unknown, errno: string) {
  return (fd: number): void => {
    set(fd, name, value)
    onlyOnce(name, value, errno)(fd)
  }
}

const does =
  (...steps: readonly (readonly [name: string, value: unknown])[]) =>
  (fd: number): void => {
    for (const [name, value] of steps) set(fd, name, value)
  }

const limit = (name: string): number => Number(readFileSync(`/proc/sys/net/core/${name}`, 'utf8'))
const beyond = (name: string): number => limit(name) + 4096

/** `return 65535`: a program of one instruction that lets everything pass. */
const acceptAll = Buffer.from([6, 0, 0, 0, 0xff, 0xff, 0, 0])
const attach = (option: number) => (fd: number) => {
  succeed('attachFilter', probe.attachFilter(fd, acceptAll, option))
}

const group = { multiaddr: '232.1.1.1', ifindex: 1 }
const sources = { multiaddr: '232.1.1.1', interface: '127.0.0.1', sourceaddr: '127.0.0.2' }
const group6 = { multiaddr: 'ff31::1', ifindex: 1 }

const familyOf = (address: string): string => (address.includes(':') ? 'AF_INET6' : 'AF_INET')
const requestFor = (address: string) => ({ interface: 1, group: { family: familyOf(address), address } })
const sourceOf = (address: string, source: string) => ({ ...requestFor(address), source: { family: familyOf(source), address: source } })

/** The source filter of the socket's membership. */
const filters = (name: string, question: unknown, fmode: string, addresses: readonly string[]) => (fd: number) => {
  const filter = get(fd, name, question) as { fmode: string; slist: readonly (string | { address: string })[] }
  const found = filter.slist.map(source => (typeof source === 'string' ? source : source.address))
  expect({ fmode: filter.fmode, found }).toEqual({ fmode, found: addresses })
}
const question = { multiaddr: sources.multiaddr, interface: sources.interface }
const filtersIp = (fmode: string, addresses: readonly string[]) => filters('IP_MSFILTER', question, fmode, addresses)

/** The multicast requests that both families have, by the prefix of their names. */
function multicast(prefix: string, on: Kind, address: string, source: string): Record<string, Act> {
  const name = (request: string): string => (prefix === 'IPPROTO_IP.' ? request : prefix + request)
  const [whole, one] = [requestFor(address), sourceOf(address, source)]
  const shows = (fmode: string, addresses: readonly string[]) => filters(name('MCAST_MSFILTER'), whole, fmode, addresses)
  const joined = does([name('MCAST_JOIN_GROUP'), whole])
  const blocked = does([name('MCAST_JOIN_GROUP'), whole], [name('MCAST_BLOCK_SOURCE'), one])
  const joinedSource = does([name('MCAST_JOIN_SOURCE_GROUP'), one])
  return {
    [`${prefix}MCAST_JOIN_GROUP`]: { on, value: whole, shows: shows('MCAST_EXCLUDE', []) },
    [`${prefix}MCAST_LEAVE_GROUP`]: {
      on,
      before: joined,
      value: whole,
      shows: onlyOnce(name('MCAST_LEAVE_GROUP'), whole, 'EADDRNOTAVAIL'),
    },
    [`${prefix}MCAST_BLOCK_SOURCE`]: { on, before: joined, value: one, shows: shows('MCAST_EXCLUDE', [source]) },
    [`${prefix}MCAST_UNBLOCK_SOURCE`]: { on, before: blocked, value: one, shows: shows('MCAST_EXCLUDE', []) },
    [`${prefix}MCAST_JOIN_SOURCE_GROUP`]: { on, value: one, shows: shows('MCAST_INCLUDE', [source]) },
    [`${prefix}MCAST_LEAVE_SOURCE_GROUP`]: {
      on,
      before: joinedSource,
      value: one,
      shows: onlyOnce(name('MCAST_LEAVE_SOURCE_GROUP'), one, 'EINVAL'),
    },
  }
}

/** What is sent is refused by the policy. */
const isBlocked = (fd: number): void => {
  expect(errnoName(probe.send(fd, new Uint8Array(1), 0))).toBe('EPERM')
}
const noLimit = null
const lifetime = {
  softByteLimit: noLimit,
  hardByteLimit: noLimit,
  softPacketLimit: noLimit,
  hardPacketLimit: noLimit,
  softAddExpiresSeconds: noLimit,
  hardAddExpiresSeconds: noLimit,
  softUseExpiresSeconds: noLimit,
  hardUseExpiresSeconds: noLimit,
}
const blockingPolicy = (of: string) => ({ sel: { family: of }, lft: lifetime, dir: 'XFRM_POLICY_OUT', action: 'XFRM_POLICY_BLOCK' })
const discardingPolicy = { type: 'IPSEC_POLICY_DISCARD', dir: 'IPSEC_DIR_OUTBOUND' }

const key = { addr: { family: 'AF_INET', address: '127.0.0.9' }, key: Buffer.from('secret') }
const noKey = { ...key, key: Buffer.alloc(0) }
const prefix = { flags: ['TCP_MD5SIG_FLAG_PREFIX'], prefixlen: 24 }
const network = { addr: { family: 'AF_INET', address: '127.0.1.0' } }

const vif = { vifi: 0, flags: ['VIFF_USE_IFINDEX'], threshold: 1, lclIfindex: 1 }
const route = { origin: '10.0.0.1', mcastgrp: '239.1.1.1', parent: 0 }
const route6 = {
  origin: { family: 'AF_INET6', address: 'fd00::1' },
  mcastgrp: { family: 'AF_INET6', address: 'ff05::1' },
  parent: 0,
}
const anyRoute = { origin: '0.0.0.0', mcastgrp: '0.0.0.0', parent: 0, ttls: [1, ...Array(31).fill(0)] }
const anyRoute6 = {
  origin: { family: 'AF_INET6', address: '::' },
  mcastgrp: { family: 'AF_INET6', address: '::' },
  parent: 0,
  ifset: [0],
}
const mif = { mifi: 0, threshold: 1, pifi: 1 }
const routing = does(['MRT_INIT', 1])
const routing6 = does(['MRT6_INIT', 1])
const withVif = does(['MRT_INIT', 1], ['MRT_ADD_VIF', vif])
const withMif = does(['MRT6_INIT', 1], ['MRT6_ADD_MIF', mif])
const station = '33330badcafe'
const membership = { ifindex: 1, type: 'PACKET_MR_MULTICAST', address: Buffer.from(station, 'hex') }
const listsStation = (expected: boolean) => (): void => {
  expect(readFileSync('/proc/net/dev_mcast', 'utf8').includes(station)).toBe(expected)
}
const ring = { blockSize: 4096, blockNr: 1, frameSize: 2048, frameNr: 2 }
const ringIsThere = onlyOnce('PACKET_VERSION', 'TPACKET_V2', 'EBUSY')

/** Adds to the counters of a table, and finds the sum in its first rule. C reads it, so that nothing but the setting is tried. */
function counters(level: string, prefix: string, of: number, at: number): Act {
  const [info, entries] = [`${level}.${prefix}_SO_GET_INFO`, `${level}.${prefix}_SO_GET_ENTRIES`]
  const question = Buffer.alloc(84)
  question.write('filter')
  const counter = { pcnt: 5, bcnt: 500 }
  return {
    on: () => openApart(prefix, of, 255),
    // The table of a new namespace is made when it is first asked for: a policy for each of three hooks, and the rule that ends it.
    before: fd => void exchange(rowOf(info), fd, question, 84),
    value: { name: 'filter', numCounters: 4, counters: [counter, counter, counter, counter] },
    shows: fd => {
      const size = (exchange(rowOf(info), fd, question, 84) as Buffer).slice(80, 84)
      const asked = Buffer.concat([question.subarray(0, 32), size, Buffer.alloc(4)])
      const answer = exchange(rowOf(entries), fd, asked, 40 + Buffer.from(size).readUInt32LE())
      const rule = Buffer.from(answer as Uint8Array).subarray(40)
      expect([rule.readBigUInt64LE(at), rule.readBigUInt64LE(at + 8)]).toEqual([5n, 500n])
    },
    absent: [['ENOENT', 'ENOPROTOOPT'], 'legacy iptables (CONFIG_IP_NF_IPTABLES_LEGACY)'],
  }
}

const noGetter = 'the kernel has no getter for it'
const noProgram = 'it takes the descriptor of an eBPF program, which only bpf(2) makes'

/** By `level.name`, or by name where that is enough. */
export const acts: Readonly<Record<string, Act>> = {
  SO_SNDBUFFORCE: { on: 'tcp4', value: beyond('wmem_max'), shows: fd => expect(get(fd, 'SO_SNDBUF')).toBe(2 * beyond('wmem_max')) },
  SO_RCVBUFFORCE: { on: 'tcp4', value: beyond('rmem_max'), shows: fd => expect(get(fd, 'SO_RCVBUF')).toBe(2 * beyond('rmem_max')) },
  SO_DETACH_FILTER: { on: 'udp4', before: attach(26), value: undefined, shows: fd => expect(get(fd, 'SO_GET_FILTER')).toEqual([]) },
  SO_DETACH_REUSEPORT_BPF: {
    on: 'udp4',
    before: fd => {
      set(fd, 'SO_REUSEPORT', true)
      attach(51)(fd)
    },
    value: undefined,
    shows: onlyOnce('SO_DETACH_REUSEPORT_BPF', undefined, 'ENOENT'),
  },
  SO_CNX_ADVICE: { on: 'tcp4', value: 1, unseen: 'the kernel gives up its cached route and keeps no note of it' },
  SO_BUSY_POLL_BUDGET: { on: 'tcp4', value: 8, unseen: noGetter },
  SO_INQ: { on: 'unix-stream', value: true, unseen: 'it shows in control messages only' },

  TCP_MD5SIG: { on: 'tcp4', value: key, shows: isUndone('TCP_MD5SIG', noKey, 'ENOENT'), absent: [['ENOPROTOOPT'], 'CONFIG_TCP_MD5SIG'] },
  TCP_MD5SIG_EXT: {
    on: 'tcp4',
    value: { ...key, ...network, ...prefix },
    shows: isUndone('TCP_MD5SIG_EXT', { ...noKey, ...network, ...prefix }, 'ENOENT'),
    absent: [['ENOPROTOOPT'], 'CONFIG_TCP_MD5SIG'],
  },
  TCP_REPAIR_OPTIONS: {
    on: 'tcp4-conn',
    before: does(['TCP_REPAIR', 'TCP_REPAIR_ON']),
    value: [{ code: 'TCPOPT_MSS', val: 1000 }],
    shows: fd => expect(get(fd, 'TCP_MAXSEG')).toBe(1000),
  },

  IP_IPSEC_POLICY: { on: 'udp4-conn', value: discardingPolicy, shows: isBlocked, absent: [['EOPNOTSUPP'], 'PF_KEY (CONFIG_NET_KEY)'] },
  IP_XFRM_POLICY: { on: 'udp4-conn', value: blockingPolicy('AF_INET'), shows: isBlocked, absent: [['ENOPROTOOPT'], 'CONFIG_XFRM'] },
  IP_ADD_MEMBERSHIP: { on: 'udp4', value: group, shows: isUndone('IP_DROP_MEMBERSHIP', group, 'EADDRNOTAVAIL') },
  IP_DROP_MEMBERSHIP: {
    on: 'udp4',
    before: does(['IP_ADD_MEMBERSHIP', group]),
    value: group,
    shows: onlyOnce('IP_DROP_MEMBERSHIP', group, 'EADDRNOTAVAIL'),
  },
  IP_BLOCK_SOURCE: {
    on: 'udp4',
    before: does(['IP_ADD_MEMBERSHIP', group]),
    value: sources,
    shows: filtersIp('MCAST_EXCLUDE', ['127.0.0.2']),
  },
  IP_UNBLOCK_SOURCE: {
    on: 'udp4',
    before: does(['IP_ADD_MEMBERSHIP', group], ['IP_BLOCK_SOURCE', sources]),
    value: sources,
    shows: filtersIp('MCAST_EXCLUDE', []),
  },
  IP_ADD_SOURCE_MEMBERSHIP: { on: 'udp4', value: sources, shows: filtersIp('MCAST_INCLUDE', ['127.0.0.2']) },
  IP_DROP_SOURCE_MEMBERSHIP: {
    on: 'udp4',
    before: does(['IP_ADD_SOURCE_MEMBERSHIP', sources]),
    value: sources,
    shows: onlyOnce('IP_DROP_SOURCE_MEMBERSHIP', sources, 'EINVAL'),
  },
  ...multicast('IPPROTO_IP.', 'udp4', '232.1.1.1', '127.0.0.2'),

  MRT_INIT: { on: routerIp, value: 1, shows: fd => expect(get(fd, 'MRT_VERSION')).toBe(0x305) },
  MRT_DONE: { on: routerIp, before: routing, value: undefined, shows: onlyOnce('MRT_DONE', undefined, 'EACCES') },
  MRT_ADD_VIF: { on: routerIp, before: routing, value: vif, shows: isUndone('MRT_DEL_VIF', vif, 'EADDRNOTAVAIL') },
  MRT_DEL_VIF: { on: routerIp, before: withVif, value: vif, shows: onlyOnce('MRT_DEL_VIF', vif, 'EADDRNOTAVAIL') },
  MRT_ADD_MFC: { on: routerIp, before: withVif, value: route, shows: isUndone('MRT_DEL_MFC', route, 'ENOENT') },
  MRT_DEL_MFC: {
    on: routerIp,
    before: does(['MRT_INIT', 1], ['MRT_ADD_VIF', vif], ['MRT_ADD_MFC', route]),
    value: route,
    shows: onlyOnce('MRT_DEL_MFC', route, 'ENOENT'),
  },
  MRT_ADD_MFC_PROXY: { on: routerIp, before: withVif, value: anyRoute, shows: isUndone('MRT_DEL_MFC_PROXY', anyRoute, 'ENOENT') },
  MRT_DEL_MFC_PROXY: {
    on: routerIp,
    before: does(['MRT_INIT', 1], ['MRT_ADD_VIF', vif], ['MRT_ADD_MFC_PROXY', anyRoute]),
    value: anyRoute,
    shows: onlyOnce('MRT_DEL_MFC_PROXY', anyRoute, 'ENOENT'),
  },
  MRT_TABLE: { on: routerIp, value: 7, unseen: noGetter, absent: [['ENOPROTOOPT'], 'CONFIG_IP_MROUTE_MULTIPLE_TABLES'] },
  MRT_FLUSH: { on: routerIp, before: withVif, value: ['MRT_FLUSH_VIFS'], shows: onlyOnce('MRT_DEL_VIF', vif, 'EADDRNOTAVAIL') },
  IPT_SO_SET_ADD_COUNTERS: counters('IPPROTO_IP', 'IPT', family.ipv4, 96),

  IPV6_ADD_MEMBERSHIP: { on: 'udp6', value: group6, shows: isUndone('IPV6_DROP_MEMBERSHIP', group6, 'EADDRNOTAVAIL') },
  IPV6_DROP_MEMBERSHIP: {
    on: 'udp6',
    before: does(['IPV6_ADD_MEMBERSHIP', group6]),
    value: group6,
    shows: onlyOnce('IPV6_DROP_MEMBERSHIP', group6, 'EADDRNOTAVAIL'),
  },
  IPV6_PKTINFO: {
    on: 'tcp6',
    before: does(['IPV6_RECVPKTINFO', true]),
    value: { addr: '::1', ifindex: 1 },
    // A control message: its head, then struct in6_pktinfo with the interface at 16.
    shows: fd => expect((get(fd, 'IPV6_2292PKTOPTIONS') as Buffer).readInt32LE(16 + 16)).toBe(1),
  },
  IPV6_IPSEC_POLICY: { on: 'udp6-conn', value: discardingPolicy, shows: isBlocked, absent: [['EOPNOTSUPP'], 'PF_KEY (CONFIG_NET_KEY)'] },
  IPV6_XFRM_POLICY: { on: 'udp6-conn', value: blockingPolicy('AF_INET6'), shows: isBlocked, absent: [['ENOPROTOOPT'], 'CONFIG_XFRM'] },
  ...multicast('IPPROTO_IPV6.', 'udp6', 'ff31::1', '::2'),
  MRT6_INIT: { on: routerIpv6, value: 1, shows: onlyOnce('MRT6_INIT', 1, 'EADDRINUSE') },
  MRT6_DONE: { on: routerIpv6, before: routing6, value: undefined, shows: onlyOnce('MRT6_DONE', undefined, 'EACCES') },
  MRT6_ADD_MIF: { on: routerIpv6, before: routing6, value: mif, shows: isUndone('MRT6_DEL_MIF', 0, 'EADDRNOTAVAIL') },
  MRT6_DEL_MIF: { on: routerIpv6, before: withMif, value: 0, shows: onlyOnce('MRT6_DEL_MIF', 0, 'EADDRNOTAVAIL') },
  MRT6_ADD_MFC: { on: routerIpv6, before: withMif, value: route6, shows: isUndone('MRT6_DEL_MFC', route6, 'ENOENT') },
  MRT6_DEL_MFC: {
    on: routerIpv6,
    before: does(['MRT6_INIT', 1], ['MRT6_ADD_MIF', mif], ['MRT6_ADD_MFC', route6]),
    value: route6,
    shows: onlyOnce('MRT6_DEL_MFC', route6, 'ENOENT'),
  },
  MRT6_ADD_MFC_PROXY: { on: routerIpv6, before: withMif, value: anyRoute6, shows: isUndone('MRT6_DEL_MFC_PROXY', anyRoute6, 'ENOENT') },
  MRT6_DEL_MFC_PROXY: {
    on: routerIpv6,
    before: does(['MRT6_INIT', 1], ['MRT6_ADD_MIF', mif], ['MRT6_ADD_MFC_PROXY', anyRoute6]),
    value: anyRoute6,
    shows: onlyOnce('MRT6_DEL_MFC_PROXY', anyRoute6, 'ENOENT'),
  },
  MRT6_TABLE: { on: routerIpv6, value: 7, unseen: noGetter, absent: [['ENOPROTOOPT'], 'CONFIG_IPV6_MROUTE_MULTIPLE_TABLES'] },
  MRT6_FLUSH: { on: routerIpv6, before: withMif, value: ['MRT6_FLUSH_MIFS'], shows: onlyOnce('MRT6_DEL_MIF', 0, 'EADDRNOTAVAIL') },
  IP6T_SO_SET_ADD_COUNTERS: counters('IPPROTO_IPV6', 'IP6T', family.ipv6, 152),

  PACKET_ADD_MEMBERSHIP: { on: 'packet-raw', value: membership, shows: listsStation(true) },
  PACKET_DROP_MEMBERSHIP: {
    on: 'packet-raw',
    before: does(['PACKET_ADD_MEMBERSHIP', membership]),
    value: membership,
    shows: listsStation(false),
  },
  PACKET_RX_RING: { on: 'packet-raw', value: ring, shows: ringIsThere },
  PACKET_TX_RING: { on: 'packet-raw', value: ring, shows: ringIsThere },

  NETLINK_ADD_MEMBERSHIP: { on: 'netlink-route', value: 1, shows: fd => expect(get(fd, 'NETLINK_LIST_MEMBERSHIPS')).toEqual([1]) },
  NETLINK_DROP_MEMBERSHIP: {
    on: 'netlink-route',
    before: does(['NETLINK_ADD_MEMBERSHIP', 1], ['NETLINK_ADD_MEMBERSHIP', 3]),
    value: 1,
    shows: fd => expect(get(fd, 'NETLINK_LIST_MEMBERSHIPS')).toEqual([3]),
  },
  XDP_RX_RING: { on: 'xdp', value: 64, shows: onlyOnce('XDP_RX_RING', 64, 'EINVAL') },
  XDP_TX_RING: { on: 'xdp', value: 64, shows: onlyOnce('XDP_TX_RING', 64, 'EINVAL') },
  XDP_UMEM_FILL_RING: { on: 'xdp', value: 64, shows: onlyOnce('XDP_UMEM_FILL_RING', 64, 'EINVAL') },
  XDP_UMEM_COMPLETION_RING: { on: 'xdp', value: 64, shows: onlyOnce('XDP_UMEM_COMPLETION_RING', 64, 'EINVAL') },
  XDP_MAX_TX_SKB_BUDGET: { on: 'xdp', before: does(['XDP_TX_RING', 64]), value: 32, unseen: noGetter },
}

/** Options that are not set at all here, and why. */
export const notSet: Readonly<Record<string, string>> = {
  SO_ATTACH_BPF: noProgram,
  SO_ATTACH_REUSEPORT_EBPF: noProgram,
  IPV6_JOIN_ANYCAST: 'it takes an address of the prefix of a real interface, and would announce it on that network',
  IPV6_LEAVE_ANYCAST: 'nothing can be left that was not joined',
  SO_DEVMEM_DONTNEED: 'it takes tokens that only a network card with device memory gives',
  TCP_AO_ADD_KEY: 'no kernel that these tests were run on has CONFIG_TCP_AO',
  TCP_AO_DEL_KEY: 'no kernel that these tests were run on has CONFIG_TCP_AO',
}
