/** WHERE is an option on FreeBSD, and what differs there? */
import type { Codec } from '../codec/codec.js'
import { ipMreqSourceBsd } from '../codec/membership.js'
import { bool, int, uint } from '../codec/scalar.js'
import { tcpInfoFreebsd } from '../codec/tcp-info-freebsd.js'
import { freebsdNumbers } from './freebsd-numbers.js'
import type { Platform } from './platform.js'

const sourceFirst = { codec: ipMreqSourceBsd, reason: 'the struct has the source before the interface' }
const otherBounds = { codec: int, reason: 'other bounds than on Linux' }

export const freebsd: Platform = {
  name: 'freebsd',
  levels: {
    SOL_SOCKET: 0xffff,
    IPPROTO_TCP: 6,
    IPPROTO_IP: 0,
    IPPROTO_IPV6: 41,
    IPPROTO_ICMPV6: 58,
    IPPROTO_SCTP: 132,
    SOL_LOCAL: 0,
  },
  numbers: freebsdNumbers,
  quirks: {
    SO_MAX_PACING_RATE: { codec: uint, reason: '4 bytes' },
    TCP_KEEPIDLE: otherBounds,
    TCP_KEEPINTVL: otherBounds,
    TCP_KEEPCNT: otherBounds,
    TCP_INFO: { codec: tcpInfoFreebsd as Codec<any, any>, reason: 'another struct of the same name' },
    TCP_MD5SIG: { codec: bool, reason: 'a switch: setkey(8) manages the keys' },
    IP_UNBLOCK_SOURCE: sourceFirst,
    IP_BLOCK_SOURCE: sourceFirst,
    IP_ADD_SOURCE_MEMBERSHIP: sourceFirst,
    IP_DROP_SOURCE_MEMBERSHIP: sourceFirst,
    IP_MSFILTER: { access: 'none', reason: 'struct __msfilterreq points to memory: not usable from JavaScript' },
  },
  errnos: { 33: 'EDOM', 36: 'EINPROGRESS', 45: 'EOPNOTSUPP' },
}
