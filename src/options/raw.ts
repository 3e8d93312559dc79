/** WHAT can be read and set on raw sockets: levels IPPROTO_RAW and IPPROTO_ICMPV6? */
import { icmp6Filter, icmpFilter } from '../codec/ip.js'
import { bool, int } from '../codec/scalar.js'
import { group, rw } from './define.js'

export const raw = group('IPPROTO_RAW', () => ({
  ICMP_FILTER: rw(icmpFilter, 'ICMP types that the socket does not receive.', { since: '2.2', needs: 'a raw ICMP socket (EOPNOTSUPP)', quirks: ['The level is 255, not that of ICMP.'] }),
  'IPPROTO_RAW.IPV6_CHECKSUM': rw(int, 'Offset of the checksum that the kernel fills in, also on an ICMPv6 socket; -1 turns it off.', { unit: 'bytes', since: '2.6', needs: 'a raw IPv6 socket' }),
  'IPPROTO_RAW.IPV6_HDRINCL': rw(bool, 'The caller supplies the IPv6 header.', { since: '4.5', needs: 'a raw IPv6 socket' }),
}))

export const icmpv6 = group('IPPROTO_ICMPV6', () => ({
  ICMPV6_FILTER: rw(icmp6Filter, 'ICMPv6 types: on Linux those that are dropped, elsewhere the only ones received.', { since: '2.2', needs: 'a raw ICMPv6 socket', quirks: ['A short set changes the leading bytes only.'] }),
}))
