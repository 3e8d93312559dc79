/** WHAT can be read and set at level IPPROTO_UDP on Windows alone? */
import { bool, int, uint } from '../codec/scalar.js'
import { group, rw } from './define.js'

export const udpWindows = group('IPPROTO_UDP', () => ({
  UDP_NOCHECKSUM: rw(bool, 'Sends IPv4 datagrams without a checksum.'),
  UDP_CHECKSUM_COVERAGE: rw(int, 'Part of the datagram that its checksum covers.', { unit: 'bytes' }),
  UDP_SEND_MSG_SIZE: rw(uint, 'Size of the datagrams that the system cuts a larger send into, as UDP_SEGMENT of Linux.', { unit: 'bytes' }),
  UDP_RECV_MAX_COALESCED_SIZE: rw(uint, 'Largest receive of several datagrams as one, as UDP_GRO of Linux; 0 turns it off.', { unit: 'bytes', quirks: ['A receive without the UDP_COALESCED_INFO message loses the boundaries.'] }),
}))
