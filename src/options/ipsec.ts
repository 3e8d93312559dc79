/** WHAT does an IPsec key daemon set on its own sockets (levels IPPROTO_IP and IPPROTO_IPV6)? */
import { sadbXPolicy, xfrmUserpolicy } from '../codec/xfrm.js'
import { group, wo } from './define.js'

const needsAdmin = 'CAP_NET_ADMIN (EPERM)'

export const ipsecIp = group('IPPROTO_IP', () => ({
  IP_IPSEC_POLICY: wo(sadbXPolicy, 'IPsec policy of the socket, in the format of PF_KEY.', { since: '2.6.0', needs: needsAdmin }),
  IP_XFRM_POLICY: wo(xfrmUserpolicy, 'IPsec policy of the socket, in the format of XFRM.', { since: '2.6.0', needs: needsAdmin }),
}))

export const ipsecIpv6 = group('IPPROTO_IPV6', () => ({
  IPV6_IPSEC_POLICY: wo(sadbXPolicy, 'IPsec policy of the socket, in the format of PF_KEY.', { since: '2.6.0', needs: needsAdmin }),
  IPV6_XFRM_POLICY: wo(xfrmUserpolicy, 'IPsec policy of the socket, in the format of XFRM.', { since: '2.6.0', needs: needsAdmin }),
}))
