/** WHAT does a multicast routing daemon set, for IPv4 and IPv6? */

import { nothing } from '../codec/bytes.js'
import { mrt6Flush, mrtFlush } from '../codec/enums-families.js'
import { mf6cctl, mfcctl, mif6ctl, vifctl } from '../codec/mroute.js'
import { bool, int, u16, uint } from '../codec/scalar.js'
import { group, ro, rw, wo } from './define.js'

const needs = 'CAP_NET_ADMIN (EACCES), a raw IGMP or ICMPv6 socket (EOPNOTSUPP)'

export const multicastRoutingIp = group('IPPROTO_IP', () => ({
  MRT_INIT: wo(int, 'Becomes the multicast router.', { since: '2.0', needs }),
  MRT_DONE: wo(nothing, 'Stops being the multicast router.', { since: '2.0', needs }),
  MRT_ADD_VIF: wo(vifctl, 'Adds a virtual interface.', { since: '2.0', needs }),
  MRT_DEL_VIF: wo(vifctl, 'Deletes a virtual interface.', { since: '2.0', needs }),
  MRT_ADD_MFC: wo(mfcctl, 'Adds a forwarding entry.', { since: '2.0', needs }),
  MRT_DEL_MFC: wo(mfcctl, 'Deletes a forwarding entry.', { since: '2.0', needs }),
  MRT_VERSION: ro(int, 'Version of the multicast routing interface.', { since: '2.0', needs: 'the raw IGMP socket that did MRT_INIT (EACCES)' }),
  MRT_ASSERT: rw(bool, 'PIM assert mode.', { since: '2.0', needs }),
  MRT_PIM: rw(bool, 'PIM mode.', { since: '2.0', needs }),
  MRT_TABLE: wo(uint, 'Number of the multicast routing table.', { since: '2.6.35', needs }),
  MRT_ADD_MFC_PROXY: wo(mfcctl, 'Adds a wildcard forwarding entry.', { since: '3.8', needs }),
  MRT_DEL_MFC_PROXY: wo(mfcctl, 'Deletes a wildcard forwarding entry.', { since: '3.8', needs }),
  MRT_FLUSH: wo(mrtFlush, 'Deletes forwarding entries, interfaces, or both.', { since: '5.1', needs }),
}))

export const multicastRoutingIpv6 = group('IPPROTO_IPV6', () => ({
  MRT6_INIT: wo(int, 'Becomes the IPv6 multicast router.', { since: '2.6.26', needs }),
  MRT6_DONE: wo(nothing, 'Stops being the IPv6 multicast router.', { since: '2.6.26', needs }),
  MRT6_ADD_MIF: wo(mif6ctl, 'Adds a multicast interface.', { since: '2.6.26', needs }),
  MRT6_DEL_MIF: wo(u16, 'Deletes a multicast interface.', { since: '2.6.26', needs }),
  MRT6_ADD_MFC: wo(mf6cctl, 'Adds a forwarding entry.', { since: '2.6.26', needs }),
  MRT6_DEL_MFC: wo(mf6cctl, 'Deletes a forwarding entry.', { since: '2.6.26', needs }),
  MRT6_VERSION: ro(int, 'Version of the IPv6 multicast routing interface.', { since: '2.6.26', needs: 'a raw ICMPv6 socket (EOPNOTSUPP)' }),
  MRT6_ASSERT: rw(bool, 'PIM assert mode.', { since: '2.6.26', needs }),
  MRT6_PIM: rw(bool, 'PIM mode.', { since: '2.6.26', needs }),
  MRT6_TABLE: wo(uint, 'Number of the IPv6 multicast routing table.', { since: '2.6.35', needs }),
  MRT6_ADD_MFC_PROXY: wo(mf6cctl, 'Adds a wildcard forwarding entry.', { since: '3.8', needs }),
  MRT6_DEL_MFC_PROXY: wo(mf6cctl, 'Deletes a wildcard forwarding entry.', { since: '3.8', needs }),
  MRT6_FLUSH: wo(mrt6Flush, 'Deletes forwarding entries, interfaces, or both.', { since: '5.1', needs }),
}))
