/** WHAT can be read and set at level IPPROTO_UDP on macOS alone? */
import { udpKeepaliveOffload } from '../codec/darwin.js'
import { bool } from '../codec/scalar.js'
import { group, rw, wo } from './define.js'

export const udpBsd = group('IPPROTO_UDP', () => ({
  UDP_NOCKSUM: rw(bool, 'Sends datagrams without a checksum.'),
  UDP_KEEPALIVE_OFFLOAD: wo(udpKeepaliveOffload, 'Leaves keep-alive datagrams to the interface.'),
}))
