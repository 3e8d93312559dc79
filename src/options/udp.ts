/** WHAT can be read and set at levels IPPROTO_UDP and IPPROTO_UDPLITE? */
import { udpEncap } from '../codec/enums.js'
import { bool, int, intIn } from '../codec/scalar.js'
import { group, rw } from './define.js'

const afterRemoval = ['1 to 7 become 8.', 'Plain UDP sockets read it too; a set there is ENOPROTOOPT.', 'Linux removed UDP-Lite in 7.x.']

export const udp = group('IPPROTO_UDP', () => ({
  UDP_CORK: rw(bool, 'Gathers what is sent into one datagram until it is turned off.', { since: '2.5.44' }),
  UDP_ENCAP: rw(udpEncap, 'What the datagrams encapsulate: ESP, L2TP, ...', { since: '2.5.67', quirks: ['ENOPROTOOPT for an unknown type.', 'Reads types that only the kernel sets.'] }),
  UDP_NO_CHECK6_TX: rw(bool, 'Sends IPv6 datagrams without a checksum.', { since: '3.16' }),
  UDP_NO_CHECK6_RX: rw(bool, 'Accepts IPv6 datagrams without a checksum.', { since: '3.16' }),
  UDP_SEGMENT: rw(intIn(0, 0xffff), 'Size of the datagrams that the kernel cuts a larger send into (GSO); 0 turns it off.', { unit: 'bytes', since: '4.18' }),
  UDP_GRO: rw(bool, 'Receives several datagrams as one, with a UDP_GRO message that gives their size.', { since: '5.0' }),
}))

export const udplite = group('IPPROTO_UDPLITE', () => ({
  UDPLITE_SEND_CSCOV: rw(int, 'Part of each sent datagram that its checksum covers.', { unit: 'bytes', since: '2.6.20', quirks: afterRemoval }),
  UDPLITE_RECV_CSCOV: rw(int, 'Smallest checksum coverage of a datagram that is accepted.', { unit: 'bytes', since: '2.6.20', quirks: afterRemoval }),
}))
