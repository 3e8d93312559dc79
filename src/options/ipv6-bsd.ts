/** WHAT can be read and set at level IPPROTO_IPV6 on macOS and FreeBSD alone? */
import { ifindex } from '../codec/address.js'
import { msfilterreq } from '../codec/bsd.js'
import { bytes } from '../codec/bytes.js'
import { ipv6Portrange } from '../codec/enums-bsd.js'
import { bool, int } from '../codec/scalar.js'
import { group, no, rw } from './define.js'

export const ipv6Bsd = group('IPPROTO_IPV6', () => ({
  IPV6_PORTRANGE: rw(ipv6Portrange, 'Range that the local port is chosen from: default, high or low.'),
  IPV6_RECVRTHDRDSTOPTS: rw(bool, 'Delivers destination options that precede the routing header.'),
  IPV6_REACHCONF: no(bytes(256), 'Type of the control message that confirms reachability.'),
  IPV6_PREFER_TEMPADDR: rw(int, 'Prefers temporary source addresses.'),
  IPV6_MSFILTER: rw(msfilterreq, 'The whole source filter of a multicast group.'),
  IPV6_BOUND_IF: rw(ifindex, 'Index of the only interface the socket uses, as SO_BINDTOIFINDEX of Linux.'),
  IPV6_BINDANY: rw(bool, 'Lets bind() take any address.', { needs: 'PRIV_NETINET_BINDANY (EPERM)' }),
  IPV6_ORIGDSTADDR: rw(bool, 'Delivers the original destination of packets; another name of IPV6_RECVORIGDSTADDR.'),
}))
