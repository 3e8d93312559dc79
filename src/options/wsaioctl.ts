/** WHAT does Windows answer to WSAIoctl instead of getsockopt and setsockopt? */
import { bytes } from '../codec/bytes.js'
import { rcvallMode, tcpIcwLevel } from '../codec/enums-windows.js'
import { bool, u8, u16, u64, uint } from '../codec/scalar.js'
import { sockaddr } from '../codec/sockaddr.js'
import { tcpInfoWin32 } from '../codec/tcp-info-win32.js'
import { priorityHint, socketProcessorAffinity, tcpInitialRto, tcpKeepaliveVals, timestampingConfig } from '../codec/win32.js'
import { group, ro, wo } from './define.js'

export const wsaioctl = group('WSAIOCTL', () => ({
  SIO_TCP_INFO: ro(tcpInfoWin32, 'State, round-trip times and counters of the connection.', { versions: [1, 0], quirks: ['Version 1 since Windows 10 1809, version 0 since 1703: without input the newest that the system has.'] }),
  SIO_KEEPALIVE_VALS: wo(tcpKeepaliveVals, 'Keep-alive on or off, its idle time and its interval at once.', { unit: 'ms' }),
  SIO_LOOPBACK_FAST_PATH: wo(bool, 'Fast path of loopback connections (deprecated).'),
  SIO_TCP_INITIAL_RTO: wo(tcpInitialRto, 'First retransmission timeout, and retransmissions of the SYN.', { unit: 'ms' }),
  SIO_TCP_SET_ICW: wo(tcpIcwLevel, 'Initial congestion window.'),
  SIO_TCP_SET_ACK_FREQUENCY: wo(u8, 'Segments per acknowledgement; 1 acknowledges at once, as TCP_QUICKACK of Linux.', { unit: 'segments' }),
  SIO_CPU_AFFINITY: wo(u16, 'Binds a UDP socket to a processor.'),
  SIO_SET_PRIORITY_HINT: wo(priorityHint, 'Priority of the traffic; very low uses LEDBAT.'),
  SIO_UDP_CONNRESET: wo(bool, 'Reports ICMP port unreachable on UDP as WSAECONNRESET.', { quirks: ['libuv leaves it on.'] }),
  SIO_UDP_NETRESET: wo(bool, 'Reports an expired TTL on UDP as WSAENETRESET.'),
  SIO_TIMESTAMPING: wo(timestampingConfig, 'Which receive and transmit timestamps are taken.'),
  SIO_GET_TX_TIMESTAMP: ro(u64, 'Transmit timestamp, by its id.', { inOut: true }),
  SIO_AF_UNIX_GETPEERPID: ro(uint, 'Process id of the peer of a unix socket.'),
  SIO_AF_UNIX_SETBINDPARENTPATH: wo(bytes(8), 'Handle of the directory that bind() starts from.'),
  SIO_AF_UNIX_SETCONNPARENTPATH: wo(bytes(8), 'Handle of the directory that connect() starts from.'),
  SIO_IDEAL_SEND_BACKLOG_QUERY: ro(uint, 'Bytes to keep in flight: the estimated product of bandwidth and delay.', { unit: 'bytes' }),
  SIO_BASE_HANDLE: ro(u64, 'Socket of the base provider, below layered ones.'),
  SIO_QUERY_RSS_PROCESSOR_INFO: ro(socketProcessorAffinity, 'Processor that handles the connection, as SO_INCOMING_CPU of Linux.'),
  SIO_RCVALL: wo(rcvallMode, 'Receives all packets of an interface on a raw socket.', { needs: 'an administrator' }),
  SIO_ROUTING_INTERFACE_QUERY: ro(sockaddr, 'Local address used to reach a remote one.', { inOut: true, quirks: ['The input is the remote address.'] }),
  SIO_APPLY_TRANSPORT_SETTING: wo(bytes(256), 'A setting of the transport, by its GUID.'),
  SIO_QUERY_TRANSPORT_SETTING: ro(bytes(256), 'A setting of the transport, by its GUID.', { inOut: true }),
}))
