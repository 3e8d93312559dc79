/** WHAT can be read and set at level IPPROTO_IPV6 on Windows alone? */
import { ifindex } from '../codec/address.js'
import { bytes } from '../codec/bytes.js'
import { ipv6ProtectionLevel } from '../codec/enums-windows.js'
import { bool, uint } from '../codec/scalar.js'
import { ifindexList } from '../codec/win32.js'
import { group, no, ro, rw, wo } from './define.js'

export const ipv6Windows = group('IPPROTO_IPV6', () => ({
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
}))
