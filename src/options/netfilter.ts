/** WHAT does netfilter answer to getsockopt and setsockopt: original destinations, iptables, ipset? */
import { sockaddrIn, sockaddrIn6 } from '../codec/sockaddr.js'
import { ip6tGetEntries, ip6tGetinfo, ip6tReplace, ipSetReq, iptGetEntries, iptGetinfo, iptReplace, xtCounters } from '../codec/xtables.js'
import { group, ro, wo } from './define.js'

const needsAdmin = 'CAP_NET_ADMIN (EPERM)'
const tableName = 'The name of the table is read from the buffer.'

export const netfilterIp = group('IPPROTO_IP', () => ({
  SO_ORIGINAL_DST: ro(sockaddrIn, 'Destination of the connection before NAT or REDIRECT changed it.', { since: '2.4', needs: 'connection tracking (ENOPROTOOPT)', quirks: ['ENOENT on a connection that no NAT touched.', 'ENOPROTOOPT on UDP and raw sockets.'] }),
  IPT_SO_GET_INFO: ro(iptGetinfo, 'Description of an iptables table.', { since: '2.4', needs: needsAdmin, inOut: true, quirks: [tableName] }),
  IPT_SO_GET_ENTRIES: ro(iptGetEntries, 'Rules of an iptables table.', { since: '2.4', needs: needsAdmin, inOut: true, sizedBy: 'input', quirks: [tableName] }),
  IPT_SO_SET_REPLACE: wo(iptReplace, 'Replaces an iptables table.', { since: '2.4', needs: needsAdmin }),
  IPT_SO_SET_ADD_COUNTERS: wo(xtCounters, 'Adds to the counters of an iptables table.', { since: '2.4', needs: needsAdmin }),
  SO_IP_SET: ro(ipSetReq, 'Version, and sets by name or index, of ipset.', { since: '2.6.39', needs: needsAdmin, inOut: true, sizedBy: 'input', quirks: ['ENOPROTOOPT without ip_set.'] }),
}))

export const netfilterIpv6 = group('IPPROTO_IPV6', () => ({
  IP6T_SO_ORIGINAL_DST: ro(sockaddrIn6, 'Destination of the connection before NAT or REDIRECT changed it.', { since: '3.7', needs: 'connection tracking (ENOPROTOOPT)', quirks: ['ENOENT on a connection that no NAT touched.'] }),
  IP6T_SO_GET_INFO: ro(ip6tGetinfo, 'Description of an ip6tables table.', { since: '2.4', needs: needsAdmin, inOut: true, quirks: [tableName] }),
  IP6T_SO_GET_ENTRIES: ro(ip6tGetEntries, 'Rules of an ip6tables table.', { since: '2.4', needs: needsAdmin, inOut: true, sizedBy: 'input', quirks: [tableName] }),
  IP6T_SO_SET_REPLACE: wo(ip6tReplace, 'Replaces an ip6tables table.', { since: '2.4', needs: needsAdmin }),
  IP6T_SO_SET_ADD_COUNTERS: wo(xtCounters, 'Adds to the counters of an ip6tables table.', { since: '2.4', needs: needsAdmin }),
}))
