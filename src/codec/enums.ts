/** Which members does the header of an option name, where its value is one of several or several at once? */
import { flags, oneOf } from './choice.js'
import { type Codec, codec, Refusal } from './codec.js'
import { int } from './scalar.js'

// SOL_SOCKET

/** SO_TYPE, in the numbers of every system but Linux on MIPS, which exchanges SOCK_STREAM and SOCK_DGRAM (arch/mips/include/asm/socket.h). */
export const socktype = oneOf('SOCK', {
  SOCK_STREAM: 1,
  SOCK_DGRAM: 2,
  SOCK_RAW: 3,
  SOCK_RDM: 4,
  SOCK_SEQPACKET: 5,
  SOCK_DCCP: 6,
  SOCK_PACKET: 10,
})

const linuxFamily = oneOf('AF', {
  AF_UNSPEC: 0,
  AF_UNIX: 1,
  AF_INET: 2,
  AF_AX25: 3,
  AF_IPX: 4,
  AF_APPLETALK: 5,
  AF_NETROM: 6,
  AF_BRIDGE: 7,
  AF_ATMPVC: 8,
  AF_X25: 9,
  AF_INET6: 10,
  AF_ROSE: 11,
  AF_DECnet: 12,
  AF_NETBEUI: 13,
  AF_SECURITY: 14,
  AF_KEY: 15,
  AF_NETLINK: 16,
  AF_PACKET: 17,
  AF_ASH: 18,
  AF_ECONET: 19,
  AF_ATMSVC: 20,
  AF_RDS: 21,
  AF_SNA: 22,
  AF_IRDA: 23,
  AF_PPPOX: 24,
  AF_WANPIPE: 25,
  AF_LLC: 26,
  AF_IB: 27,
  AF_MPLS: 28,
  AF_CAN: 29,
  AF_TIPC: 30,
  AF_BLUETOOTH: 31,
  AF_IUCV: 32,
  AF_RXRPC: 33,
  AF_ISDN: 34,
  AF_PHONET: 35,
  AF_IEEE802154: 36,
  AF_CAIF: 37,
  AF_ALG: 38,
  AF_NFC: 39,
  AF_VSOCK: 40,
  AF_KCM: 41,
  AF_QIPCRTR: 42,
  AF_SMC: 43,
  AF_XDP: 44,
  AF_MCTP: 45,
})
type Family = typeof linuxFamily extends Codec<infer Out> ? Out : never
const linuxInet6 = 10
/** The families that all systems number alike, but for AF_INET6, which the ABI tells. */
const shared: readonly Family[] = ['AF_UNSPEC', 'AF_UNIX', 'AF_INET']

/** SO_DOMAIN and IPV6_ADDRFORM. Linux's families where AF_INET6 is Linux's; elsewhere the four that every system has, and numbers. */
export const addressFamily: Codec<Family> = codec({
  ...linuxFamily,
  decode(view, at, length, abi) {
    const family = linuxFamily.decode(view, at, length, abi)
    if (abi.afInet6 === linuxInet6) return family
    const number = int.decode(view, at, length, abi)
    return number === abi.afInet6 ? 'AF_INET6' : (shared[number] ?? number)
  },
  encode(value, view, at, abi) {
    if (value === 'AF_INET6') return int.encode(abi.afInet6, view, at, abi)
    if (abi.afInet6 !== linuxInet6 && typeof value === 'string' && !shared.includes(value))
      throw new Refusal('range', `one of ${shared.join(', ')}, AF_INET6 (or its number)`)
    return linuxFamily.encode(value, view, at, abi)
  },
})

/** SO_PROTOCOL: what socket(2) was given, or its default. */
export const ipProtocol = oneOf('IPPROTO', {
  IPPROTO_IP: 0,
  IPPROTO_ICMP: 1,
  IPPROTO_IGMP: 2,
  IPPROTO_IPIP: 4,
  IPPROTO_TCP: 6,
  IPPROTO_EGP: 8,
  IPPROTO_PUP: 12,
  IPPROTO_UDP: 17,
  IPPROTO_IDP: 22,
  IPPROTO_TP: 29,
  IPPROTO_DCCP: 33,
  IPPROTO_IPV6: 41,
  IPPROTO_RSVP: 46,
  IPPROTO_GRE: 47,
  IPPROTO_ESP: 50,
  IPPROTO_AH: 51,
  IPPROTO_ICMPV6: 58,
  IPPROTO_MTP: 92,
  IPPROTO_BEETPH: 94,
  IPPROTO_ENCAP: 98,
  IPPROTO_PIM: 103,
  IPPROTO_COMP: 108,
  IPPROTO_L2TP: 115,
  IPPROTO_SCTP: 132,
  IPPROTO_UDPLITE: 136,
  IPPROTO_MPLS: 137,
  IPPROTO_ETHERNET: 143,
  IPPROTO_AGGFRAG: 144,
  IPPROTO_RAW: 255,
  IPPROTO_SMC: 256,
  IPPROTO_MPTCP: 262,
})

/** SO_BUF_LOCK (linux/socket.h). */
export const soBufLock = flags('SOCK_BUF_LOCK', { SOCK_SNDBUF_LOCK: 1, SOCK_RCVBUF_LOCK: 2 })

// IPPROTO_TCP

/** TCP_REPAIR (linux/tcp.h). */
export const tcpRepair = oneOf('TCP_REPAIR', { TCP_REPAIR_OFF_NO_WP: -1, TCP_REPAIR_OFF: 0, TCP_REPAIR_ON: 1 })
/** TCP_REPAIR_QUEUE (linux/tcp.h). */
export const tcpRepairQueue = oneOf('TCP_QUEUE', { TCP_NO_QUEUE: 0, TCP_RECV_QUEUE: 1, TCP_SEND_QUEUE: 2 })

// IPPROTO_IP, IPPROTO_IPV6, IPPROTO_UDP

/** IP_MTU_DISCOVER (linux/in.h). */
export const pmtudisc = oneOf('IP_PMTUDISC', {
  IP_PMTUDISC_DONT: 0,
  IP_PMTUDISC_WANT: 1,
  IP_PMTUDISC_DO: 2,
  IP_PMTUDISC_PROBE: 3,
  IP_PMTUDISC_INTERFACE: 4,
  IP_PMTUDISC_OMIT: 5,
})
/** IPV6_MTU_DISCOVER (linux/in6.h). */
export const pmtudisc6 = oneOf('IPV6_PMTUDISC', {
  IPV6_PMTUDISC_DONT: 0,
  IPV6_PMTUDISC_WANT: 1,
  IPV6_PMTUDISC_DO: 2,
  IPV6_PMTUDISC_PROBE: 3,
  IPV6_PMTUDISC_INTERFACE: 4,
  IPV6_PMTUDISC_OMIT: 5,
})
/** IPV6_ADDR_PREFERENCES (linux/in6.h, RFC 5014): one of each contrary pair. */
export const ipv6AddrPreferences = flags('IPV6_PREFER_SRC', {
  IPV6_PREFER_SRC_TMP: 0x0001,
  IPV6_PREFER_SRC_PUBLIC: 0x0002,
  IPV6_PREFER_SRC_PUBTMP_DEFAULT: 0x0100,
  IPV6_PREFER_SRC_COA: 0x0004,
  IPV6_PREFER_SRC_HOME: 0x0400,
  IPV6_PREFER_SRC_CGA: 0x0008,
  IPV6_PREFER_SRC_NONCGA: 0x0800,
})
/** UDP_ENCAP (linux/udp.h); some are set by the kernel's tunnels and cannot be set by hand. 0 is none and has no name. */
export const udpEncap = oneOf('UDP_ENCAP', {
  UDP_ENCAP_ESPINUDP_NON_IKE: 1,
  UDP_ENCAP_ESPINUDP: 2,
  UDP_ENCAP_L2TPINUDP: 3,
  UDP_ENCAP_GTP0: 4,
  UDP_ENCAP_GTP1U: 5,
  UDP_ENCAP_RXRPC: 6,
  TCP_ENCAP_ESPINTCP: 7,
  UDP_ENCAP_OVPNINUDP: 8,
})
