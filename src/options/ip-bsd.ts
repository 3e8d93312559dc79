/** WHAT can be read and set at level IPPROTO_IP on macOS and FreeBSD alone? */
import { ifindex, inAddr } from '../codec/address.js'
import { ipPortrange } from '../codec/enums-bsd.js'
import { bool, int } from '../codec/scalar.js'
import { group, no, rw, wo } from './define.js'

export const ipBsd = group('IPPROTO_IP', () => ({
  IP_RECVRETOPTS: rw(bool, 'Delivers the IP options of received packets, ready to be sent back; on Linux another name of IP_RETOPTS.'),
  IP_RECVDSTADDR: rw(bool, 'Delivers the destination address of datagrams.'),
  IP_MULTICAST_VIF: rw(int, 'Virtual interface that multicast leaves by.'),
  IP_PORTRANGE: rw(ipPortrange, 'Range that the local port is chosen from: default, high or low.'),
  IP_RECVIF: rw(bool, 'Delivers the interface that datagrams came in by.'),
  IP_STRIPHDR: rw(bool, 'Strips the IP header from what a raw socket receives.'),
  IP_BOUND_IF: rw(ifindex, 'Index of the only interface the socket uses, as SO_BINDTOIFINDEX of Linux.'),
  IP_DONTFRAG: rw(bool, "Sets the don't-fragment bit."),
  IP_TRAFFIC_MGT_BACKGROUND: rw(int, 'Treats the traffic as background traffic.'),
  IP_MULTICAST_IFINDEX: rw(ifindex, 'Index of the interface that multicast leaves by.'),
  IP_BINDANY: rw(bool, 'Lets bind() take any address.', { needs: 'PRIV_NETINET_BINDANY (EPERM)' }),
  IP_BINDMULTI: rw(bool, 'Lets several sockets bind one address.'),
  IP_RSS_LISTEN_BUCKET: wo(int, 'Receive-side scaling bucket of a listener.'),
  IP_SENDSRCADDR: no(inAddr, 'Type of the control message that sets the source address.', { quirks: ['Same number as IP_RECVDSTADDR.'] }),
  IP_ONESBCAST: rw(bool, 'Sends broadcasts to 255.255.255.255.'),
}))
