/** WHAT can be read and set at level IPPROTO_TCP on macOS and FreeBSD alone? */
import { tcpFunctionSet, tcpPerfInfo, tlsEnable } from '../codec/bsd.js'
import { bytes } from '../codec/bytes.js'
import { tcpMeasureBwBurst, tcpNotifyAckId } from '../codec/darwin.js'
import { mptcpServiceType, tcpEcnMode, tcpEnableL4s, tcpTlsMode } from '../codec/enums-bsd.js'
import { bool, int, uint } from '../codec/scalar.js'
import { tcpConnectionInfo } from '../codec/tcp-info-darwin.js'
import { text } from '../codec/text.js'
import { group, ro, rw } from './define.js'

const isPrivate = 'From a private header of macOS.'

export const tcpBsd = group('IPPROTO_TCP', () => ({
  TCP_NOPUSH: rw(bool, 'Holds partial segments back, as TCP_CORK of Linux.', { quirks: ['Turning it off does not always flush on macOS.'] }),
  TCP_NOOPT: rw(bool, 'Sends no TCP options.'),
  TCP_KEEPALIVE: rw(int, 'Idle time before the first keep-alive probe (TCP_KEEPIDLE elsewhere).', { unit: 's', quirks: ['Needs SO_KEEPALIVE.', 'On Windows another name of TCP_KEEPIDLE.'] }),
  TCP_CONNECTIONTIMEOUT: rw(int, 'How long connect() may take.', { unit: 's' }),
  PERSIST_TIMEOUT: rw(int, 'How long the window of the peer may stay closed before the connection ends.', { unit: 's' }),
  TCP_RXT_CONNDROPTIME: rw(int, 'How long to retransmit before the connection ends; nearest to TCP_USER_TIMEOUT of Linux.', { unit: 's' }),
  TCP_RXT_FINDROP: rw(bool, 'Ends the connection after repeated retransmissions of the FIN.'),
  TCP_SENDMOREACKS: rw(bool, 'Acknowledges every other packet.'),
  TCP_ENABLE_ECN: rw(bool, 'Uses explicit congestion notification.'),
  TCP_CONNECTION_INFO: ro(tcpConnectionInfo, 'State, round-trip times and counters of the connection.', { quirks: ['Times are milliseconds and the congestion window bytes, unlike TCP_INFO of Linux.'] }),
  TCP_MEASURE_SND_BW: rw(bool, 'Measures the bandwidth of the sender.', { quirks: [isPrivate] }),
  TCP_MEASURE_BW_BURST: rw(tcpMeasureBwBurst, 'Size of the bursts that measure bandwidth.', { unit: 'packets', quirks: [isPrivate] }),
  TCP_PEER_PID: ro(int, 'Process id of the peer of a loopback connection.', { quirks: [isPrivate] }),
  TCP_ADAPTIVE_READ_TIMEOUT: rw(int, 'Read timeout as a multiple of the round-trip time.', { unit: 'round trips', quirks: [isPrivate] }),
  TCP_ADAPTIVE_WRITE_TIMEOUT: rw(int, 'Write timeout as a multiple of the round-trip time.', { unit: 'round trips', quirks: [isPrivate] }),
  TCP_NOTIMEWAIT: rw(bool, 'Skips TIME_WAIT.', { quirks: [isPrivate] }),
  TCP_DISABLE_BLACKHOLE_DETECTION: rw(bool, 'Turns the detection of path MTU black holes off.', { quirks: [isPrivate] }),
  TCP_ECN_MODE: rw(tcpEcnMode, 'How ECN is used.', { quirks: [isPrivate] }),
  TCP_KEEPALIVE_OFFLOAD: rw(bool, 'Leaves keep-alive to the firmware of the interface.', { quirks: [isPrivate] }),
  TCP_NOTIFY_ACKNOWLEDGEMENT: rw(tcpNotifyAckId, 'Notifies when data is acknowledged.', { quirks: [isPrivate] }),
  MPTCP_SERVICE_TYPE: rw(mptcpServiceType, 'How several paths are used.', { quirks: [isPrivate] }),
  TCP_RXT_MINIMUM_TIMEOUT: rw(int, 'Shortest time of retransmission before the connection ends.', { unit: 's', quirks: [isPrivate] }),
  TCP_ENABLE_L4S: rw(tcpEnableL4s, 'Whether L4S is used.', { quirks: [isPrivate] }),
  TCP_KEEPINIT: rw(uint, 'How long connect() may take.', { unit: 's' }),
  TCP_CCALGOOPT: rw(bytes(256), 'Options of the congestion control algorithm.'),
  TCP_MAXUNACKTIME: rw(uint, 'How long data may stay unacknowledged before the connection ends; nearest to TCP_USER_TIMEOUT of Linux.', { unit: 's', quirks: ['Since FreeBSD 13.'] }),
  TCP_IDLE_REDUCE: rw(bool, 'Shrinks the congestion window after an idle time.'),
  TCP_REMOTE_UDP_ENCAPS_PORT: rw(int, 'UDP port of the peer for TCP over UDP.'),
  TCP_DELACK: rw(bool, 'Delays acknowledgements.'),
  TCP_FIN_IS_RST: rw(bool, 'Treats a received FIN as RST.'),
  TCP_LOG_LIMIT: rw(int, 'Limit of black box log records.'),
  TCP_FUNCTION_BLK: rw(tcpFunctionSet, 'TCP stack of the connection by name: freebsd, rack, bbr.'),
  TCP_FUNCTION_ALIAS: ro(tcpFunctionSet, 'Alias of the name of the TCP stack.'),
  TCP_PERF_INFO: ro(tcpPerfInfo, 'Accounting counters.'),
  TCP_LRD: rw(bool, 'Detects lost retransmissions.'),
  TCP_PCAP_OUT: rw(int, 'Outgoing packets kept for debugging.', { unit: 'packets' }),
  TCP_PCAP_IN: rw(int, 'Incoming packets kept for debugging.', { unit: 'packets' }),
  TCP_TXTLS_ENABLE: rw(tlsEnable, 'Keys of kernel TLS for sending.'),
  TCP_TXTLS_MODE: rw(tcpTlsMode, 'Who encrypts what is sent.'),
  TCP_RXTLS_ENABLE: rw(tlsEnable, 'Keys of kernel TLS for receiving.'),
  TCP_RXTLS_MODE: ro(tcpTlsMode, 'Who decrypts what is received.'),
  TCP_IWND_NB: rw(int, 'Initial window.', { unit: 'bytes' }),
  TCP_IWND_NSEG: rw(int, 'Initial window.', { unit: 'segments' }),
  TCP_LOG: rw(int, 'State of black box logging.'),
  TCP_LOGID: rw(text(64), 'Id in the black box log.'),
  TCP_STATS: ro(bytes(1024), 'Counters in the format of stats(3).'),
}))
