/** Which members does the header of an option name, where only macOS and FreeBSD have the option? */
import { flags, oneOf } from './choice.js'
import { bool } from './scalar.js'

/** IP_PORTRANGE of the BSDs and macOS (netinet/in.h). */
export const ipPortrange = oneOf('IP_PORTRANGE', { IP_PORTRANGE_DEFAULT: 0, IP_PORTRANGE_HIGH: 1, IP_PORTRANGE_LOW: 2 })
/** IPV6_PORTRANGE of the BSDs and macOS (netinet6/in6.h). */
export const ipv6Portrange = oneOf('IPV6_PORTRANGE', { IPV6_PORTRANGE_DEFAULT: 0, IPV6_PORTRANGE_HIGH: 1, IPV6_PORTRANGE_LOW: 2 })

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
