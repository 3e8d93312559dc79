/** WHAT can be read and set at level IPPROTO_IPV6 on macOS, FreeBSD and Windows alone? */
import { ifindex } from '../codec/address.js'
import { msfilterreq } from '../codec/bsd.js'
import { bytes } from '../codec/bytes.js'
import { ipv6Portrange, ipv6ProtectionLevel } from '../codec/enums.js'
import { bool, int, uint } from '../codec/scalar.js'
import { ifindexList } from '../codec/win32.js'
import { group, no, ro, rw, wo } from './define.js'

export const ipv6Bsd = group('IPPROTO_IPV6', {
  IPV6_PORTRANGE: rw(ipv6Portrange, 'Range that the local port is chosen from: default, high or low.'),
  IPV6_RECVRTHDRDSTOPTS: rw(bool, 'Delivers destination options that precede the routing header.'),
  IPV6_REACHCONF: no(bytes(256), 'Type of the control message that confirms reachability.'),
  IPV6_PREFER_TEMPADDR: rw(int, 'Prefers temporary source addresses.'),
  IPV6_MSFILTER: rw(msfilterreq, 'The whole source filter of a multicast group.'),
  IPV6_BOUND_IF: rw(ifindex, 'Index of the only interface the socket uses, as SO_BINDTOIFINDEX of Linux.'),
  IPV6_BINDANY: rw(bool, 'Lets bind() take any address.', { needs: 'PRIV_NETINET_BINDANY (EPERM)' }),
  IPV6_ORIGDSTADDR: rw(bool, 'Delivers the original destination of packets; another name of IPV6_RECVORIGDSTADDR.'),
})

export const ipv6Windows = group('IPPROTO_IPV6', {
  IPV6_PROTECTION_LEVEL: rw(ipv6ProtectionLevel, 'Who may reach the socket: anyone, or not across the edge, or the link only.'),
  IPV6_RECVIF: rw(bool, 'Delivers the interface that datagrams came in by.'),
  IPV6_RECVDSTADDR: rw(bool, 'Delivers the destination address of datagrams.'),
  IPV6_IFLIST: rw(bool, 'Restricts the socket to a list of interfaces.'),
  IPV6_ADD_IFLIST: wo(ifindex, 'Adds an interface to the list.'),
  IPV6_DEL_IFLIST: wo(ifindex, 'Removes an interface from the list.'),
  IPV6_GET_IFLIST: ro(ifindexList, 'Indexes of the interfaces in the list.'),
  IPV6_ECN: rw(bool, 'Delivers the ECN bits of received packets.'),
  IPV6_PKTINFO_EX: no(bool, 'Type of the control message that carries extended packet information.'),
  IPV6_WFP_REDIRECT_RECORDS: rw(bytes(1024), 'Redirect records of the Windows Filtering Platform.'),
  IPV6_WFP_REDIRECT_CONTEXT: rw(bytes(1024), 'Redirect context of the Windows Filtering Platform.'),
  IPV6_NRT_INTERFACE: rw(ifindex, 'Index of the interface for traffic that is not routed.'),
  IPV6_USER_MTU: rw(uint, 'Ceiling of the path MTU.', { unit: 'bytes', quirks: ['0xffffffff is none.'] }),
})
