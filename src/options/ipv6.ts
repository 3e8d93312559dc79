/** WHAT can be read and set at level IPPROTO_IPV6: addressing, multicast and ancillary data of IPv6. */
import { ifindex, ifindexBe } from '../codec/address.js'
import { bytes } from '../codec/bytes.js'
import { addressFamily, ipv6AddrPreferences, pmtudisc6 } from '../codec/enums.js'
import { in6FlowlabelReq, in6Pktinfo, ip6Mtuinfo } from '../codec/ip.js'
import { groupFilter, groupReq, groupSourceReq, ipv6Mreq } from '../codec/membership.js'
import { bool, int, intIn } from '../codec/scalar.js'
import { sockaddrIn6 } from '../codec/sockaddr.js'
import { group, no, ro, rw, wo } from './define.js'

const needsRaw = 'CAP_NET_RAW to set (EPERM)'
const notStream = 'a datagram or raw socket (ENOPROTOOPT)'
const obsolete = 'Superseded by RFC 3542.'
const shortIsZero = 'A value of fewer than 4 bytes is taken as 0 without an error.'

export const ipv6 = group('IPPROTO_IPV6', () => ({
  IPV6_ADDRFORM: rw(addressFamily, 'Turns a connected IPv6 socket with a v4-mapped peer into an IPv4 socket, for good.', { since: '2.2', needs: 'a connected socket (ENOTCONN)', quirks: ['Afterwards every option of this level is EOPNOTSUPP.'] }),
  IPV6_2292PKTINFO: rw(bool, 'Delivers packet information in the form of RFC 2292.', { since: '2.2', quirks: [obsolete] }),
  IPV6_2292HOPOPTS: rw(bool, 'Delivers hop-by-hop options in the form of RFC 2292.', { since: '2.2', quirks: [obsolete] }),
  IPV6_2292DSTOPTS: rw(bool, 'Delivers destination options in the form of RFC 2292.', { since: '2.2', quirks: [obsolete] }),
  IPV6_2292RTHDR: rw(bool, 'Delivers the routing header in the form of RFC 2292.', { since: '2.2', quirks: [obsolete] }),
  IPV6_2292PKTOPTIONS: rw(bytes(1024), 'All sticky options at once, as control messages.', { since: '2.2', quirks: [obsolete, 'Readable on a stream socket only.'] }),
  IPV6_CHECKSUM: rw(int, 'Offset of the checksum that the kernel fills in and checks; -1 turns it off.', { unit: 'bytes', since: '2.2', needs: 'a raw IPv6 socket (ENOPROTOOPT)', quirks: ['EINVAL on an ICMPv6 socket and for an odd offset.'] }),
  IPV6_2292HOPLIMIT: rw(bool, 'Delivers the hop limit in the form of RFC 2292.', { since: '2.2', quirks: [obsolete] }),
  IPV6_NEXTHOP: rw(sockaddrIn6, 'Address of the next hop (RFC 3542).', { since: '2.6.14' }),
  IPV6_AUTHHDR: no(int, 'Delivery of the authentication header (RFC 2292).', { since: '2.2', quirks: ['ENOPROTOOPT: no kernel implements it.'] }),
  IPV6_FLOWINFO: rw(bool, 'Delivers flow label and traffic class of received packets.', { since: '2.2' }),
  IPV6_UNICAST_HOPS: rw(intIn(-1, 255), 'Hop limit of outgoing unicast packets; -1 restores the default.', { unit: 'hops', since: '2.2', quirks: ['Reads as the limit in force, never -1.'] }),
  IPV6_MULTICAST_IF: rw(ifindex, 'Index of the interface that multicast leaves by.', { since: '2.2', needs: notStream, quirks: ['ENODEV for an unknown index.'] }),
  IPV6_MULTICAST_HOPS: rw(intIn(-1, 255), 'Hop limit of outgoing multicast packets, 1 unless set; -1 restores 1.', { unit: 'hops', since: '2.2', needs: notStream }),
  IPV6_MULTICAST_LOOP: rw(bool, 'Loops sent multicast back to local listeners; true unless set.', { since: '2.2', quirks: ['Any value but 0 and 1 is EINVAL.'] }),
  IPV6_ADD_MEMBERSHIP: wo(ipv6Mreq, 'Joins an IPv6 multicast group on an interface.', { since: '2.2', quirks: ['EPROTO on TCP.'] }),
  IPV6_DROP_MEMBERSHIP: wo(ipv6Mreq, 'Leaves an IPv6 multicast group.', { since: '2.2' }),
  IPV6_ROUTER_ALERT: rw(int, 'Receives forwarded packets with this value of the router alert option; -1 stops.', { since: '2.2', needs: 'a raw socket to set (ENOPROTOOPT)' }),
  IPV6_MTU_DISCOVER: rw(pmtudisc6, 'Path MTU discovery: whether packets may be fragmented here, and what happens to larger ones.', { since: '2.2' }),
  IPV6_MTU: rw(int, 'Read: path MTU of a connected socket. Set: size above which packets are fragmented.', { unit: 'bytes', since: '2.2', needs: 'a connected socket to read (ENOTCONN)', quirks: ['What is set is not what is read.', 'Below 1280 is EINVAL, but for 0, which takes the limit away.'] }),
  IPV6_RECVERR: rw(bool, 'Queues errors with their origin for MSG_ERRQUEUE.', { since: '2.2', quirks: ['Turning it off empties the queue.'] }),
  IPV6_V6ONLY: rw(bool, 'Refuses IPv4-mapped traffic on this socket.', { since: '2.4.21', quirks: ['EINVAL once the socket is bound.', 'Unless set, net.ipv6.bindv6only says on Linux; true on Windows.'] }),
  IPV6_JOIN_ANYCAST: wo(ipv6Mreq, 'Joins an anycast address.', { since: '2.4', needs: 'CAP_NET_ADMIN for an address that is not local (EPERM)' }),
  IPV6_LEAVE_ANYCAST: wo(ipv6Mreq, 'Leaves an anycast address.', { since: '2.4' }),
  IPV6_MULTICAST_ALL: rw(bool, 'Delivers datagrams of every group joined on this host, not of this socket alone; true unless set.', { since: '4.20' }),
  IPV6_ROUTER_ALERT_ISOLATE: rw(bool, 'Delivers router alerts of the own network namespace only.', { since: '5.1' }),
  IPV6_RECVERR_RFC4884: rw(bool, 'Keeps the ICMP extensions of RFC 4884 in queued errors.', { since: '5.9' }),
  IPV6_FLOWLABEL_MGR: rw(in6FlowlabelReq, 'Allocates, renews and releases flow labels, and answers for one.', { since: '2.2', needs: 'CAP_NET_ADMIN for some shares (EPERM)', inOut: true, quirks: ['A read takes the request from the buffer: its action must be 0, GET.'] }),
  IPV6_FLOWINFO_SEND: rw(bool, 'Sends with the flow label of the address (sin6_flowinfo).', { since: '2.2' }),
  IPV6_HDRINCL: rw(bool, 'The caller supplies the IPv6 header.', { since: '4.5', needs: 'a raw IPv6 socket (EINVAL)' }),
  'IPPROTO_IPV6.MCAST_JOIN_GROUP': wo(groupReq, 'Joins a multicast group of either family, by interface index.', { since: '2.4.22' }),
  'IPPROTO_IPV6.MCAST_BLOCK_SOURCE': wo(groupSourceReq, 'Blocks a source of a multicast group of either family.', { since: '2.4.22' }),
  'IPPROTO_IPV6.MCAST_UNBLOCK_SOURCE': wo(groupSourceReq, 'Hears a blocked source of a multicast group again.', { since: '2.4.22' }),
  'IPPROTO_IPV6.MCAST_LEAVE_GROUP': wo(groupReq, 'Leaves a multicast group.', { since: '2.4.22' }),
  'IPPROTO_IPV6.MCAST_JOIN_SOURCE_GROUP': wo(groupSourceReq, 'Joins a multicast group for one source.', { since: '2.4.22' }),
  'IPPROTO_IPV6.MCAST_LEAVE_SOURCE_GROUP': wo(groupSourceReq, 'Leaves a multicast group for one source.', { since: '2.4.22' }),
  'IPPROTO_IPV6.MCAST_MSFILTER': rw(groupFilter, 'The whole source filter of a multicast group of either family.', { since: '2.4.22', inOut: true, quirks: ['A read takes group and interface from the buffer.'] }),
  IPV6_RECVPKTINFO: rw(bool, 'Delivers interface and destination address of each datagram (in6_pktinfo).', { since: '2.6.14' }),
  IPV6_PKTINFO: rw(in6Pktinfo, 'Source address and interface of every outgoing packet.', { since: '2.6.14' }),
  IPV6_RECVHOPLIMIT: rw(bool, 'Delivers the hop limit of received packets.', { since: '2.6.14' }),
  IPV6_HOPLIMIT: rw(int, 'Hop limit of a packet, as a control message.', { unit: 'hops', since: '2.6.14' }),
  IPV6_RECVHOPOPTS: rw(bool, 'Delivers hop-by-hop options of received packets.', { since: '2.6.14' }),
  IPV6_HOPOPTS: rw(bytes(2048), 'Hop-by-hop options header of every outgoing packet; empty if there is none.', { since: '2.6.14', needs: needsRaw }),
  IPV6_RTHDRDSTOPTS: rw(bytes(2048), 'Destination options that precede the routing header of every outgoing packet; empty if there are none.', { since: '2.6.14', needs: needsRaw }),
  IPV6_RECVRTHDR: rw(bool, 'Delivers the routing header of received packets.', { since: '2.6.14' }),
  IPV6_RTHDR: rw(bytes(2048), 'Routing header of every outgoing packet; empty if there is none.', { since: '2.6.14' }),
  IPV6_RECVDSTOPTS: rw(bool, 'Delivers destination options of received packets.', { since: '2.6.14' }),
  IPV6_DSTOPTS: rw(bytes(2048), 'Destination options header of every outgoing packet; empty if there is none.', { since: '2.6.14', needs: needsRaw }),
  IPV6_RECVPATHMTU: rw(bool, 'Delivers changes of the path MTU.', { since: '2.6.35' }),
  IPV6_PATHMTU: ro(ip6Mtuinfo, 'Destination and path MTU of a connected socket.', { since: '2.6.35', needs: 'a connected socket (ENOTCONN)', quirks: ['A buffer below 32 bytes is EINVAL.'] }),
  IPV6_DONTFRAG: rw(bool, 'Never fragments outgoing packets.', { since: '2.6.35', quirks: [shortIsZero] }),
  IPV6_USE_MIN_MTU: rw(int, 'Sends at 1280 bytes (RFC 3542): 1 always, 0 never, -1 for multicast.'),
  IPV6_RECVTCLASS: rw(bool, 'Delivers the traffic class of received packets.', { since: '2.6.14' }),
  IPV6_TCLASS: rw(intIn(-1, 255), 'Traffic class of outgoing packets; -1 restores 0.', { since: '2.6.14', quirks: ['TCP keeps the two ECN bits for itself.'] }),
  IPV6_AUTOFLOWLABEL: rw(bool, 'Derives flow labels from a hash of the flow.', { since: '3.17', quirks: [shortIsZero] }),
  IPV6_ADDR_PREFERENCES: rw(ipv6AddrPreferences, 'Preferences among source addresses (RFC 5014).', { since: '2.6.26' }),
  IPV6_MINHOPCOUNT: rw(intIn(0, 255), 'Drops packets with a lower hop limit (GTSM, RFC 5082).', { unit: 'hops', since: '2.6.35' }),
  IPV6_RECVORIGDSTADDR: rw(bool, 'Delivers the original destination of packets that TPROXY redirected.', { since: '2.6.37' }),
  IPV6_TRANSPARENT: rw(bool, 'Binds to and accepts for foreign addresses: a transparent proxy.', { since: '2.6.37', needs: 'CAP_NET_ADMIN or CAP_NET_RAW to enable (EPERM)', quirks: ['The same flag as IP_TRANSPARENT.'] }),
  IPV6_UNICAST_IF: rw(ifindexBe, 'Index of the interface that unicast leaves by.', { since: '3.4', quirks: ['The kernel keeps it in network byte order.', 'The length must be exactly 4.'] }),
  IPV6_RECVFRAGSIZE: rw(bool, 'Delivers the size of the largest fragment received.', { since: '4.10' }),
  IPV6_FREEBIND: rw(bool, 'Lets bind() take an address that is not local, or not yet.', { since: '4.15', quirks: ['The same flag as IP_FREEBIND.'] }),
}))
