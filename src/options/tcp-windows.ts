/** WHAT can be read and set at level IPPROTO_TCP on Windows alone? */
import { tcpOffloadPreference } from '../codec/enums-windows.js'
import { bool, int } from '../codec/scalar.js'
import { icmpErrorInfo } from '../codec/win32.js'
import { group, ro, rw } from './define.js'

export const tcpWindows = group('IPPROTO_TCP', () => ({
  TCP_EXPEDITED_1122: rw(bool, 'Sends urgent data as RFC 1122 says.'),
  TCP_MAXRT: rw(int, 'How long to retransmit before the connection ends, -1 for ever; nearest to TCP_USER_TIMEOUT of Linux.', { unit: 's' }),
  TCP_STDURG: rw(int, 'How the urgent pointer is understood.'),
  TCP_NOURG: rw(bool, 'Ignores urgent data.'),
  TCP_ATMARK: ro(int, 'Whether the next byte is at the urgent mark.'),
  TCP_NOSYNRETRIES: rw(bool, 'Does not retransmit the SYN.'),
  TCP_TIMESTAMPS: rw(bool, 'Uses TCP timestamps (RFC 1323).'),
  TCP_OFFLOAD_PREFERENCE: rw(tcpOffloadPreference, 'Whether the connection prefers hardware offload.'),
  TCP_CONGESTION_ALGORITHM: rw(int, 'Number of the congestion control algorithm (reserved).'),
  TCP_DELAY_FIN_ACK: rw(bool, 'Delays the acknowledgement of a FIN.'),
  TCP_MAXRTMS: rw(int, 'TCP_MAXRT in milliseconds.', { unit: 'ms', quirks: ['Only in recent SDKs.'] }),
  TCP_FAIL_CONNECT_ON_ICMP_ERROR: rw(bool, 'Lets an ICMP error fail connect() at once.'),
  TCP_ICMP_ERROR_INFO: ro(icmpErrorInfo, 'The ICMP error that failed connect().'),
  TCP_BSDURGENT: rw(bool, 'Understands urgent data as BSD does.'),
}))
