/** Which members does the header of an option name, where its value is one of several or several at once? */
import { flags, oneOf } from './choice.js'
import { type Codec, codec, Refusal } from './codec.js'
import { bool, int } from './scalar.js'

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
/** IP_MTU_DISCOVER and IPV6_MTU_DISCOVER on Windows: other numbers under the same names (ws2ipdef.h, PMTUD_STATE). */
export const pmtudiscWin32 = oneOf('PMTUD_STATE', {
  IP_PMTUDISC_NOT_SET: 0,
  IP_PMTUDISC_DO: 1,
  IP_PMTUDISC_DONT: 2,
  IP_PMTUDISC_PROBE: 3,
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
/** MRT_FLUSH (linux/mroute.h). */
export const mrtFlush = flags('MRT_FLUSH', { MRT_FLUSH_MFC: 1, MRT_FLUSH_MFC_STATIC: 2, MRT_FLUSH_VIFS: 4, MRT_FLUSH_VIFS_STATIC: 8 })
/** MRT6_FLUSH (linux/mroute6.h). */
export const mrt6Flush = flags('MRT6_FLUSH', { MRT6_FLUSH_MFC: 1, MRT6_FLUSH_MFC_STATIC: 2, MRT6_FLUSH_MIFS: 4, MRT6_FLUSH_MIFS_STATIC: 8 })
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
/** IP_PORTRANGE of the BSDs and macOS (netinet/in.h). */
export const ipPortrange = oneOf('IP_PORTRANGE', { IP_PORTRANGE_DEFAULT: 0, IP_PORTRANGE_HIGH: 1, IP_PORTRANGE_LOW: 2 })
/** IPV6_PORTRANGE of the BSDs and macOS (netinet6/in6.h). */
export const ipv6Portrange = oneOf('IPV6_PORTRANGE', { IPV6_PORTRANGE_DEFAULT: 0, IPV6_PORTRANGE_HIGH: 1, IPV6_PORTRANGE_LOW: 2 })

// SOL_PACKET, SOL_XDP

/** PACKET_VERSION (linux/if_packet.h). */
export const packetVersion = oneOf('TPACKET', { TPACKET_V1: 0, TPACKET_V2: 1, TPACKET_V3: 2 })
/** PACKET_TIMESTAMP: the SOF_ flags that packet rings look at (Documentation/networking/packet_mmap.rst). */
export const packetTimestamp = flags('PACKET_TIMESTAMP', {
  SOF_TIMESTAMPING_SOFTWARE: 1 << 4,
  SOF_TIMESTAMPING_SYS_HARDWARE: 1 << 5,
  SOF_TIMESTAMPING_RAW_HARDWARE: 1 << 6,
})
/** XDP_OPTIONS (linux/if_xdp.h). */
export const xdpOptions = flags('XDP_OPTIONS', { XDP_OPTIONS_ZEROCOPY: 1 })

// SOL_CAN_RAW, SOL_TIPC, SOL_RDS, SOL_RXRPC, SOL_PPPOL2TP, SOL_PNPIPE

/** CAN_RAW_ERR_FILTER (linux/can/error.h): the classes of error frames to receive. */
export const canErrFilter = flags('CAN_ERR', {
  CAN_ERR_TX_TIMEOUT: 0x001,
  CAN_ERR_LOSTARB: 0x002,
  CAN_ERR_CRTL: 0x004,
  CAN_ERR_PROT: 0x008,
  CAN_ERR_TRX: 0x010,
  CAN_ERR_ACK: 0x020,
  CAN_ERR_BUSOFF: 0x040,
  CAN_ERR_BUSERROR: 0x080,
  CAN_ERR_RESTARTED: 0x100,
  CAN_ERR_CNT: 0x200,
})
/** TIPC_IMPORTANCE (linux/tipc.h). */
export const tipcImportance = oneOf('TIPC_IMPORTANCE', {
  TIPC_LOW_IMPORTANCE: 0,
  TIPC_MEDIUM_IMPORTANCE: 1,
  TIPC_HIGH_IMPORTANCE: 2,
  TIPC_CRITICAL_IMPORTANCE: 3,
})
/** SO_RDS_TRANSPORT (linux/rds.h). */
export const rdsTransport = oneOf('RDS_TRANS', { RDS_TRANS_NONE: -1, RDS_TRANS_IB: 0, RDS_TRANS_GAP: 1, RDS_TRANS_TCP: 2 })
/** RXRPC_MIN_SECURITY_LEVEL (linux/rxrpc.h). */
export const rxrpcSecurityLevel = oneOf('RXRPC_SECURITY', {
  RXRPC_SECURITY_PLAIN: 0,
  RXRPC_SECURITY_AUTH: 1,
  RXRPC_SECURITY_ENCRYPT: 2,
})
/** PPPOL2TP_SO_DEBUG (linux/if_pppol2tp.h). */
export const pppol2tpDebug = flags('PPPOL2TP_MSG', {
  PPPOL2TP_MSG_DEBUG: 1,
  PPPOL2TP_MSG_CONTROL: 2,
  PPPOL2TP_MSG_SEQ: 4,
  PPPOL2TP_MSG_DATA: 8,
})
/** PNPIPE_ENCAP (linux/phonet.h). */
export const pnpipeEncap = oneOf('PNPIPE_ENCAP', { PNPIPE_ENCAP_NONE: 0, PNPIPE_ENCAP_IP: 1 })

// SOL_BLUETOOTH, SOL_L2CAP, SOL_RFCOMM (bluetooth/bluetooth.h, l2cap.h, rfcomm.h)

export const btChannelPolicy = oneOf('BT_CHANNEL_POLICY', {
  BT_CHANNEL_POLICY_BREDR_ONLY: 0,
  BT_CHANNEL_POLICY_BREDR_PREFERRED: 1,
  BT_CHANNEL_POLICY_AMP_PREFERRED: 2,
})
export const btPhy = flags('BT_PHY', {
  BT_PHY_BR_1M_1SLOT: 1 << 0,
  BT_PHY_BR_1M_3SLOT: 1 << 1,
  BT_PHY_BR_1M_5SLOT: 1 << 2,
  BT_PHY_EDR_2M_1SLOT: 1 << 3,
  BT_PHY_EDR_2M_3SLOT: 1 << 4,
  BT_PHY_EDR_2M_5SLOT: 1 << 5,
  BT_PHY_EDR_3M_1SLOT: 1 << 6,
  BT_PHY_EDR_3M_3SLOT: 1 << 7,
  BT_PHY_EDR_3M_5SLOT: 1 << 8,
  BT_PHY_LE_1M_TX: 1 << 9,
  BT_PHY_LE_1M_RX: 1 << 10,
  BT_PHY_LE_2M_TX: 1 << 11,
  BT_PHY_LE_2M_RX: 1 << 12,
  BT_PHY_LE_CODED_TX: 1 << 13,
  BT_PHY_LE_CODED_RX: 1 << 14,
})
/** BT_MODE is one byte. */
export const btMode = oneOf(
  'BT_MODE',
  { BT_MODE_BASIC: 0, BT_MODE_ERTM: 1, BT_MODE_STREAMING: 2, BT_MODE_LE_FLOWCTL: 3, BT_MODE_EXT_FLOWCTL: 4 },
  1,
)
export const l2capLm = flags('L2CAP_LM', {
  L2CAP_LM_MASTER: 0x0001,
  L2CAP_LM_AUTH: 0x0002,
  L2CAP_LM_ENCRYPT: 0x0004,
  L2CAP_LM_TRUSTED: 0x0008,
  L2CAP_LM_RELIABLE: 0x0010,
  L2CAP_LM_SECURE: 0x0020,
  L2CAP_LM_FIPS: 0x0040,
})
export const rfcommLm = flags('RFCOMM_LM', {
  RFCOMM_LM_MASTER: 0x0001,
  RFCOMM_LM_AUTH: 0x0002,
  RFCOMM_LM_ENCRYPT: 0x0004,
  RFCOMM_LM_TRUSTED: 0x0008,
  RFCOMM_LM_RELIABLE: 0x0010,
  RFCOMM_LM_SECURE: 0x0020,
  RFCOMM_LM_FIPS: 0x0040,
})

// macOS (sys/socket.h, sys/socket_private.h, netinet/tcp_private.h, net/if_utun.h)

/** SO_RESTRICTIONS: bits can only be added. */
export const soRestrictions = flags('SO_RESTRICT', {
  SO_RESTRICT_DENY_IN: 0x01,
  SO_RESTRICT_DENY_OUT: 0x02,
  SO_RESTRICT_DENY_CELLULAR: 0x04,
  SO_RESTRICT_DENY_EXPENSIVE: 0x08,
  SO_RESTRICT_DENY_CONSTRAINED: 0x10,
})
export const soNetServiceType = oneOf('NET_SERVICE_TYPE', {
  NET_SERVICE_TYPE_BE: 0,
  NET_SERVICE_TYPE_BK: 1,
  NET_SERVICE_TYPE_SIG: 2,
  NET_SERVICE_TYPE_VI: 3,
  NET_SERVICE_TYPE_VO: 4,
  NET_SERVICE_TYPE_RV: 5,
  NET_SERVICE_TYPE_AV: 6,
  NET_SERVICE_TYPE_OAM: 7,
  NET_SERVICE_TYPE_RD: 8,
})
export const soNetsvcMarkingLevel = oneOf('NETSVC_MRKNG', {
  NETSVC_MRKNG_UNKNOWN: 0,
  NETSVC_MRKNG_LVL_L2: 1,
  NETSVC_MRKNG_LVL_L3L2_ALL: 2,
  NETSVC_MRKNG_LVL_L3L2_BK: 3,
})
/** SO_TRAFFIC_CLASS; SO_FLUSH takes one of these too, or SO_TC_ALL. */
export const soTrafficClass = oneOf('SO_TC', {
  SO_TC_ALL: -1,
  SO_TC_BE: 0,
  SO_TC_BK_SYS: 100,
  SO_TC_BK: 200,
  SO_TC_RD: 300,
  SO_TC_OAM: 400,
  SO_TC_AV: 500,
  SO_TC_RV: 600,
  SO_TC_VI: 700,
  SO_TC_VO: 800,
  SO_TC_CTL: 900,
})
export const tcpEcnMode = oneOf('ECN_MODE', { ECN_MODE_DEFAULT: 0, ECN_MODE_ENABLE: 1, ECN_MODE_DISABLE: 2 })
/** TCP_ENABLE_L4S has no members: 0 or 1, anything else is EINVAL (bsd/netinet/tcp_usrreq.c). */
export const tcpEnableL4s = bool
export const mptcpServiceType = oneOf('MPTCP_SVCTYPE', {
  MPTCP_SVCTYPE_HANDOVER: 0,
  MPTCP_SVCTYPE_INTERACTIVE: 1,
  MPTCP_SVCTYPE_AGGREGATE: 2,
  MPTCP_SVCTYPE_TARGET_BASED: 3,
  MPTCP_SVCTYPE_PURE_HANDOVER: 4,
})
export const utunFlags = flags('UTUN_FLAGS', {
  UTUN_FLAGS_NO_OUTPUT: 0x0001,
  UTUN_FLAGS_NO_INPUT: 0x0002,
  UTUN_FLAGS_ENABLE_PROC_UUID: 0x0004,
})

// FreeBSD (sys/socket.h, netinet/tcp.h)

export const soTsClock = oneOf('SO_TS', { SO_TS_REALTIME_MICRO: 0, SO_TS_BINTIME: 1, SO_TS_REALTIME: 2, SO_TS_MONOTONIC: 3 })
/** TCP_TXTLS_MODE, TCP_RXTLS_MODE. */
export const tcpTlsMode = oneOf('TCP_TLS_MODE', {
  TCP_TLS_MODE_NONE: 0,
  TCP_TLS_MODE_SW: 1,
  TCP_TLS_MODE_IFNET: 2,
  TCP_TLS_MODE_TOE: 3,
})

// Windows (ws2ipdef.h, mstcpip.h)

export const tcpOffloadPreference = oneOf('TCP_OFFLOAD', {
  TCP_OFFLOAD_NO_PREFERENCE: 0,
  TCP_OFFLOAD_NOT_PREFERRED: 1,
  TCP_OFFLOAD_PREFERRED: 2,
})
export const ipv6ProtectionLevel = oneOf('PROTECTION_LEVEL', {
  PROTECTION_LEVEL_UNRESTRICTED: 10,
  PROTECTION_LEVEL_EDGERESTRICTED: 20,
  PROTECTION_LEVEL_RESTRICTED: 30,
})
/** SIO_TCP_SET_ICW. */
export const tcpIcwLevel = oneOf('TCP_ICW_LEVEL', {
  TCP_ICW_LEVEL_DEFAULT: 0,
  TCP_ICW_LEVEL_HIGH: 1,
  TCP_ICW_LEVEL_VERY_HIGH: 2,
  TCP_ICW_LEVEL_AGGRESSIVE: 3,
  TCP_ICW_LEVEL_EXPERIMENTAL: 4,
  TCP_ICW_LEVEL_COMPAT: 254,
  TCP_ICW_LEVEL_MAX: 255,
})
/** SIO_RCVALL. */
export const rcvallMode = oneOf('RCVALL_VALUE', { RCVALL_OFF: 0, RCVALL_ON: 1, RCVALL_SOCKETLEVELONLY: 2, RCVALL_IPLEVEL: 3 })
