/** WHAT can be read and set of a netlink socket (level SOL_NETLINK)? */
import { nlGroups, nlMmapReq } from '../codec/netlink.js'
import { bool, int } from '../codec/scalar.js'
import { group, no, ro, rw, wo } from './define.js'

const removed = 'ENOPROTOOPT since 4.6.'

export const netlink = group('SOL_NETLINK', () => ({
  NETLINK_ADD_MEMBERSHIP: wo(int, 'Joins a multicast group, given its number.', { since: '2.6.14', needs: 'CAP_NET_ADMIN for some protocols (EPERM)' }),
  NETLINK_DROP_MEMBERSHIP: wo(int, 'Leaves a multicast group.', { since: '2.6.14' }),
  NETLINK_PKTINFO: rw(bool, 'Delivers the group that a message came by (nl_pktinfo).', { since: '2.6.14' }),
  NETLINK_BROADCAST_ERROR: rw(bool, 'Tells the sender of a broadcast that it was not delivered.', { since: '2.6.30' }),
  NETLINK_NO_ENOBUFS: rw(bool, 'Does not report an overrun as ENOBUFS.', { since: '2.6.30' }),
  NETLINK_RX_RING: no(nlMmapReq, 'Memory-mapped receive ring.', { since: '3.10', quirks: [removed] }),
  NETLINK_TX_RING: no(nlMmapReq, 'Memory-mapped transmit ring.', { since: '3.10', quirks: [removed] }),
  NETLINK_LISTEN_ALL_NSID: rw(bool, 'Receives from every network namespace that has an id here.', { since: '4.2', needs: 'CAP_NET_BROADCAST (EPERM)' }),
  NETLINK_LIST_MEMBERSHIPS: ro(nlGroups, 'Bit map of the groups joined.', { since: '4.2', quirks: ['optlen is the size that is needed, even above that of the buffer.'] }),
  NETLINK_CAP_ACK: rw(bool, 'Leaves the request out of acknowledgements.', { since: '4.3' }),
  NETLINK_EXT_ACK: rw(bool, 'Asks for error text in acknowledgements.', { since: '4.12' }),
  NETLINK_GET_STRICT_CHK: rw(bool, 'Checks the headers of GET requests strictly.', { since: '4.20' }),
}))
