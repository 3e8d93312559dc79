/** WHERE is an option on macOS, and what differs there? */
import { bytes } from '../codec/bytes.js'
import { lingerTicks } from '../codec/linger.js'
import { ipMreqSourceBsd } from '../codec/membership.js'
import { bool } from '../codec/scalar.js'
import { darwinNumbers } from './darwin-numbers.js'
import type { Platform } from './platform.js'

const sourceFirst = { codec: ipMreqSourceBsd, reason: 'the struct has the source before the interface' }

export const darwin: Platform = {
  name: 'darwin',
  levels: {
    SOL_SOCKET: 0xffff,
    IPPROTO_TCP: 6,
    IPPROTO_IP: 0,
    IPPROTO_IPV6: 41,
    IPPROTO_UDP: 17,
    IPPROTO_ICMPV6: 58,
    SOL_LOCAL: 0,
    SYSPROTO_CONTROL: 2,
  },
  numbers: darwinNumbers,
  quirks: {
    SO_LINGER: { codec: lingerTicks, reason: 'counted in ticks of 10 ms and kept in a short: 327 s at most; SO_LINGER_SEC counts seconds' },
    SO_ACCEPTCONN: { access: 'none', reason: 'a number without a getter: ENOPROTOOPT' },
    TCP_FASTOPEN: { codec: bool, reason: 'a switch, of a listening socket' },
    TCP_INFO: { codec: bytes(512), reason: 'the struct is private to Apple; TCP_CONNECTION_INFO is the public one' },
    IP_UNBLOCK_SOURCE: sourceFirst,
    IP_BLOCK_SOURCE: sourceFirst,
    IP_ADD_SOURCE_MEMBERSHIP: sourceFirst,
    IP_DROP_SOURCE_MEMBERSHIP: sourceFirst,
    IP_MSFILTER: { access: 'none', reason: 'struct __msfilterreq points to memory: not usable from JavaScript' },
  },
  errnos: { 33: 'EDOM', 36: 'EINPROGRESS', 102: 'EOPNOTSUPP' },
}
