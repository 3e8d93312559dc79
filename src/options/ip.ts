/** WHAT can be read and set at level IPPROTO_IP: addressing, multicast and ancillary data of IPv4. */
import { ifindexBe, inAddr } from '../codec/address.js'
import { bytes } from '../codec/bytes.js'
import { pmtudisc } from '../codec/enums.js'
import { portRange } from '../codec/ip.js'
import { groupFilter, groupReq, groupSourceReq, ipMreqn, ipMreqSource, ipMsfilter } from '../codec/membership.js'
import { bool, int, intIn, u8int } from '../codec/scalar.js'
import { group, ro, rw, wo } from './define.js'

const onlyDatagrams = 'a datagram or raw socket (EINVAL)'
const needsExactly4 = 'The length must be exactly 4.'
const strictBool = 'Any value but 0 and 1 is EINVAL.'
const fieldOrder = 'macOS, FreeBSD and Windows order the fields of the struct differently.'

export const ip = group('IPPROTO_IP', () => ({
  IP_TOS: rw(u8int, 'Type of service byte of outgoing packets: DSCP in the upper six bits, ECN in the lower two.', { since: '1.0', quirks: ['TCP keeps the two ECN bits for itself.', 'Sets SO_PRIORITY too.'] }),
  IP_TTL: rw(intIn(-1, 255), 'Time to live of outgoing unicast packets; -1 restores the default.', { unit: 'hops', since: '1.0', quirks: ['0 is EINVAL.'] }),
  IP_HDRINCL: rw(bool, 'The caller supplies the IP header.', { since: '2.0', needs: 'a raw socket to set (ENOPROTOOPT)' }),
  IP_OPTIONS: rw(bytes(40), 'IP options of outgoing packets.', { since: '2.0', quirks: ['Reads back padded to a multiple of 4 bytes.'] }),
  IP_ROUTER_ALERT: rw(bool, 'Receives forwarded packets that carry the router alert option.', { since: '2.2', needs: 'a raw socket (EINVAL)' }),
  IP_RECVOPTS: rw(bool, 'Delivers the IP options of received packets.', { since: '2.2' }),
  IP_RETOPTS: rw(bool, 'Delivers the IP options of received packets as they came, ready to be sent back.', { since: '2.2' }),
  IP_PKTINFO: rw(bool, 'Delivers interface and destination address of each datagram (in_pktinfo).', { since: '2.2' }),
  IP_PKTOPTIONS: ro(bytes(1024), 'Control messages of what a stream socket last received.', { since: '2.2', needs: 'a stream socket (ENOPROTOOPT)' }),
  IP_MTU_DISCOVER: rw(pmtudisc, "Path MTU discovery: whether the don't-fragment bit is set, and what happens to larger packets.", { since: '2.2' }),
  IP_RECVERR: rw(bool, 'Queues errors with their origin for MSG_ERRQUEUE.', { since: '2.2', quirks: ['Turning it off empties the queue.'] }),
  IP_RECVTTL: rw(bool, 'Delivers the TTL of received packets.', { since: '2.2' }),
  IP_RECVTOS: rw(bool, 'Delivers the type of service byte of received packets.', { since: '2.2', quirks: ['The control message carries one byte.'] }),
  IP_MTU: ro(int, 'Path MTU that the kernel knows now.', { unit: 'bytes', since: '2.2', needs: 'a connected socket (ENOTCONN)' }),
  IP_FREEBIND: rw(bool, 'Lets bind() take an address that is not local, or not yet.', { since: '2.4' }),
  IP_PASSSEC: rw(bool, 'Delivers the IPsec security context of datagrams.', { since: '2.6.17' }),
  IP_TRANSPARENT: rw(bool, 'Binds to and accepts for foreign addresses: a transparent proxy.', { since: '2.6.24', needs: 'CAP_NET_ADMIN or CAP_NET_RAW to enable (EPERM)' }),
  IP_RECVORIGDSTADDR: rw(bool, 'Delivers the original destination of packets that TPROXY redirected.', { since: '2.6.29' }),
  IP_MINTTL: rw(intIn(0, 255), 'Drops packets with a lower TTL (GTSM, RFC 5082).', { unit: 'hops', since: '2.6.34' }),
  IP_NODEFRAG: rw(bool, 'Keeps netfilter from reassembling outgoing fragments.', { since: '2.6.36', needs: 'a raw socket (ENOPROTOOPT)' }),
  IP_CHECKSUM: rw(bool, 'Delivers the checksum of received packets.', { since: '4.0' }),
  IP_BIND_ADDRESS_NO_PORT: rw(bool, 'Puts the choice of the local port off from bind() to connect(), so that ports are shared among destinations.', { since: '4.2' }),
  IP_RECVFRAGSIZE: rw(bool, 'Delivers the size of the largest fragment received.', { since: '4.10', needs: onlyDatagrams }),
  IP_RECVERR_RFC4884: rw(bool, 'Keeps the ICMP extensions of RFC 4884 in queued errors.', { since: '5.9', quirks: [strictBool] }),
  IP_MULTICAST_IF: rw(inAddr, 'Local address of the interface that multicast leaves by.', { since: '1.2', needs: onlyDatagrams, quirks: ['The kernel also takes struct ip_mreqn; an interface chosen by its index reads back as 0.0.0.0.'] }),
  IP_MULTICAST_TTL: rw(intIn(-1, 255), 'Time to live of outgoing multicast packets, 1 unless set; -1 restores 1.', { unit: 'hops', since: '1.2', needs: onlyDatagrams }),
  IP_MULTICAST_LOOP: rw(bool, 'Loops sent multicast back to local listeners; true unless set.', { since: '1.2' }),
  IP_ADD_MEMBERSHIP: wo(ipMreqn, 'Joins a multicast group on an interface.', { since: '1.2', quirks: ['ENODEV without an interface, EADDRINUSE for a second join, EPROTO on TCP.', 'ENOBUFS above net.ipv4.igmp_max_memberships.'] }),
  IP_DROP_MEMBERSHIP: wo(ipMreqn, 'Leaves a multicast group.', { since: '1.2', quirks: ['EADDRNOTAVAIL when not a member.'] }),
  IP_UNBLOCK_SOURCE: wo(ipMreqSource, 'Hears a blocked source of a multicast group again.', { since: '2.4.22', quirks: [fieldOrder] }),
  IP_BLOCK_SOURCE: wo(ipMreqSource, 'Blocks a source of a multicast group.', { since: '2.4.22', quirks: [fieldOrder] }),
  IP_ADD_SOURCE_MEMBERSHIP: wo(ipMreqSource, 'Joins a multicast group for one source.', { since: '2.4.22', quirks: [fieldOrder] }),
  IP_DROP_SOURCE_MEMBERSHIP: wo(ipMreqSource, 'Leaves a multicast group for one source.', { since: '2.4.22', quirks: [fieldOrder] }),
  IP_MSFILTER: rw(ipMsfilter, 'The whole source filter of a multicast group.', { since: '2.4.22', inOut: true, quirks: ['A read takes group and interface from the buffer.'] }),
  MCAST_JOIN_GROUP: wo(groupReq, 'Joins a multicast group of either family, by interface index.', { since: '2.4.22' }),
  MCAST_BLOCK_SOURCE: wo(groupSourceReq, 'Blocks a source of a multicast group of either family.', { since: '2.4.22' }),
  MCAST_UNBLOCK_SOURCE: wo(groupSourceReq, 'Hears a blocked source of a multicast group again.', { since: '2.4.22' }),
  MCAST_LEAVE_GROUP: wo(groupReq, 'Leaves a multicast group.', { since: '2.4.22' }),
  MCAST_JOIN_SOURCE_GROUP: wo(groupSourceReq, 'Joins a multicast group for one source.', { since: '2.4.22' }),
  MCAST_LEAVE_SOURCE_GROUP: wo(groupSourceReq, 'Leaves a multicast group for one source.', { since: '2.4.22' }),
  MCAST_MSFILTER: rw(groupFilter, 'The whole source filter of a multicast group of either family.', { since: '2.4.22', inOut: true, quirks: ['A read takes group and interface from the buffer.'] }),
  IP_MULTICAST_ALL: rw(bool, 'Delivers datagrams of every group joined on this host, not of this socket alone; true unless set.', { since: '2.6.31', quirks: [strictBool] }),
  IP_UNICAST_IF: rw(ifindexBe, 'Index of the interface that unicast leaves by.', { since: '3.4', quirks: ['The kernel keeps it in network byte order.', needsExactly4] }),
  IP_LOCAL_PORT_RANGE: rw(portRange, 'Range that the local port is chosen from; 0 leaves a bound to the system.', { since: '6.3', quirks: [needsExactly4] }),
  IP_PROTOCOL: ro(int, 'Protocol of a raw socket; on other sockets the local port.', { since: '6.4' }),
}))
