/** WHAT can be read and set at level IPPROTO_IP on Windows alone? */
import { ifindex } from '../codec/address.js'
import { bytes } from '../codec/bytes.js'
import { bool, int, uint } from '../codec/scalar.js'
import { ifindexList } from '../codec/win32.js'
import { group, no, ro, rw, wo } from './define.js'

export const ipWindows = group('IPPROTO_IP', () => ({
  IP_DONTFRAGMENT: rw(bool, "Sets the don't-fragment bit, as IP_PMTUDISC_DO of Linux."),
  IP_HOPLIMIT: rw(bool, 'Delivers the TTL of received packets; another name of IP_RECVTTL.'),
  IP_RECEIVE_BROADCAST: rw(bool, 'Receives broadcasts.'),
  IP_IFLIST: rw(bool, 'Restricts the socket to a list of interfaces.'),
  IP_ADD_IFLIST: wo(ifindex, 'Adds an interface to the list.'),
  IP_DEL_IFLIST: wo(ifindex, 'Removes an interface from the list.'),
  IP_GET_IFLIST: ro(ifindexList, 'Indexes of the interfaces in the list.'),
  IP_RTHDR: rw(bytes(1024), 'Source route of outgoing packets.'),
  IP_RECVRTHDR: rw(bool, 'Delivers the source route of received packets.'),
  IP_TCLASS: no(int, 'Type of the control message that carries the traffic class.'),
  IP_RECVTCLASS: rw(bool, 'Delivers the traffic class of received packets; another name of IP_RECVTOS.'),
  IP_ORIGINAL_ARRIVAL_IF: rw(bool, 'Delivers the interface that packets first arrived by.'),
  IP_ECN: rw(bool, 'Delivers the ECN bits of received packets.'),
  IP_PKTINFO_EX: no(bool, 'Type of the control message that carries extended packet information.'),
  IP_WFP_REDIRECT_RECORDS: rw(bytes(1024), 'Redirect records of the Windows Filtering Platform.'),
  IP_WFP_REDIRECT_CONTEXT: rw(bytes(1024), 'Redirect context of the Windows Filtering Platform.'),
  IP_NRT_INTERFACE: rw(ifindex, 'Index of the interface for traffic that is not routed.'),
  IP_USER_MTU: rw(uint, 'Ceiling of the path MTU.', { unit: 'bytes', quirks: ['0xffffffff is none.'] }),
}))
