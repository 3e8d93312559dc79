/** WHAT can be read and set at level IPPROTO_TCP: the options that Linux numbers, some of them known everywhere. */
import { bytes } from '../codec/bytes.js'
import { ccInfo, tcpCcInfo } from '../codec/cc-info.js'
import { tcpRepair, tcpRepairQueue } from '../codec/enums.js'
import { bool, int, intIn, uint } from '../codec/scalar.js'
import { tcpAoAdd, tcpAoDel, tcpAoInfo, tcpAoKeys, tcpAoRepair } from '../codec/tcp-ao.js'
import { tcpInfo } from '../codec/tcp-info.js'
import { tcpMd5sig } from '../codec/tcp-md5.js'
import { tcpRepairOpts, tcpRepairWindow } from '../codec/tcp-repair.js'
import { tcpZerocopyReceive } from '../codec/tcp-zerocopy.js'
import { congestion, ulp } from '../codec/text.js'
import { group, ro, rw, wo } from './define.js'

const inRepairMode = 'repair mode (EPERM)'
const strictBool = 'Any value but 0 and 1 is EINVAL.'

export const tcp = group('IPPROTO_TCP', () => ({
  TCP_NODELAY: rw(bool, 'Sends small segments at once instead of gathering them (turns the Nagle algorithm off).', { since: '1.0', quirks: ['TCP_CORK overrides it while it is on.'] }),
  TCP_MAXSEG: rw(int, 'Largest segment to send and to announce.', { unit: 'bytes', since: '1.0', quirks: ['88 to 32767 can be set on Linux; 0 takes the limit away.', 'On a connection it reads as the size in use, without the TCP options.'] }),
  TCP_CORK: rw(bool, 'Holds partial segments back, for 200 ms at most, until it is turned off.', { since: '2.2', quirks: ['TCP_NOPUSH on macOS and FreeBSD.'] }),
  TCP_KEEPIDLE: rw(intIn(1, 32767), 'Idle time before the first keep-alive probe.', { unit: 's', since: '2.4', quirks: ['Needs SO_KEEPALIVE.', 'TCP_KEEPALIVE on macOS; on Windows since 10 1709.'] }),
  TCP_KEEPINTVL: rw(intIn(1, 32767), 'Time between two keep-alive probes.', { unit: 's', since: '2.4', quirks: ['Needs SO_KEEPALIVE.'] }),
  TCP_KEEPCNT: rw(intIn(1, 127), 'Unanswered keep-alive probes after which the connection ends.', { unit: 'probes', since: '2.4', quirks: ['Needs SO_KEEPALIVE; TCP_USER_TIMEOUT overrides it.'] }),
  TCP_SYNCNT: rw(intIn(1, 127), 'Retransmissions of the SYN after which connect() gives up.', { unit: 'retransmissions', since: '2.4' }),
  TCP_LINGER2: rw(int, 'How long an orphaned connection stays in FIN_WAIT2.', { unit: 's', since: '2.4', quirks: ['0 takes net.ipv4.tcp_fin_timeout and reads as its value.', 'Negative: not at all; reads as -1.', 'At most 120.'] }),
  TCP_DEFER_ACCEPT: rw(int, 'Wakes a listener only when data has arrived, or after this time.', { unit: 's', since: '2.4', quirks: ['Kept as a number of SYN-ACK retransmissions: reads back rounded up to 1, 3, 7, 15, 31, 63, ...', 'On a connected MPTCP socket a set succeeds and does nothing.'] }),
  TCP_WINDOW_CLAMP: rw(int, 'Largest receive window to announce.', { unit: 'bytes', since: '2.4', quirks: ['0, for none, only on a closed socket (EINVAL).', 'At least half of the smallest receive buffer.'] }),
  TCP_INFO: ro(tcpInfo, 'State, timers, round-trip times, counters and limits of the connection.', {
    since: '2.4',
    quirks: ['Grows with the kernel, from 104 bytes in 2.6 to 280 in 6.18; the length says which fields exist.', 'On a listener unacked is the accept queue and sacked its limit.', 'Bytes 276 to 279 changed their meaning in 7.0 without a change of size.'],
  }),
  TCP_QUICKACK: rw(bool, 'Acknowledges at once instead of delaying.', { since: '2.4.4', quirks: ['Not permanent: the kernel falls back on its own, so set it again after each read.'] }),
  TCP_CONGESTION: rw(congestion, 'Name of the congestion control algorithm.', { since: '2.6.13', needs: 'CAP_NET_ADMIN for algorithms outside net.ipv4.tcp_allowed_congestion_control (EPERM)', quirks: ['ENOENT for an unknown name.'] }),
  TCP_MD5SIG: wo(tcpMd5sig, 'Adds or removes the MD5 key of a peer (RFC 2385).', { since: '2.6.20' }),
  TCP_THIN_LINEAR_TIMEOUTS: rw(bool, 'Retransmits a thin stream after linear instead of exponential waits.', { since: '2.6.34', quirks: [strictBool] }),
  TCP_THIN_DUPACK: rw(bool, 'Obsolete: accepted, ignored, and read as false.', { since: '2.6.34' }),
  TCP_USER_TIMEOUT: rw(intIn(0, 2 ** 31 - 1), 'How long sent data may stay unacknowledged, or unsendable for a closed window, before the connection ends with ETIMEDOUT; 0 leaves it to the system.', {
    unit: 'ms',
    since: '2.6.37',
    quirks: ['Overrides the probe count of keep-alive.', 'Ends a connection to a healthy peer that does not read.'],
  }),
  TCP_REPAIR: rw(tcpRepair, 'Checkpoint mode: on, off with a window probe, or off without (NO_WP).', { since: '3.5', needs: 'CAP_NET_ADMIN (EPERM), a closed or established socket', quirks: ['In repair mode close() sends nothing.'] }),
  TCP_REPAIR_QUEUE: rw(tcpRepairQueue, 'Queue that repair operations work on.', { since: '3.5', needs: 'repair mode (EPERM to set, EINVAL to read)' }),
  TCP_QUEUE_SEQ: rw(uint, 'Sequence number of the queue under repair.', { since: '3.5', needs: 'repair mode, and a closed socket to set (EPERM)', quirks: ['EINVAL while no queue is selected.'] }),
  TCP_REPAIR_OPTIONS: wo(tcpRepairOpts, 'Restores negotiated options: segment size, window scale, SACK, timestamps.', { since: '3.5', needs: inRepairMode }),
  TCP_FASTOPEN: rw(int, 'Enables TCP Fast Open on a listener, with this many requests pending.', { unit: 'connections', since: '3.7', quirks: ['Only on a closed or listening socket (EINVAL).'] }),
  TCP_TIMESTAMP: rw(uint, 'Current value of the TCP timestamp clock of the connection.', { since: '3.9', needs: 'repair mode to set (EPERM)', quirks: ['Newer kernels tell a microsecond clock in the lowest bit.'] }),
  TCP_NOTSENT_LOWAT: rw(uint, 'Unsent bytes in the send queue above which the socket is not writable; 0 takes the system default.', { unit: 'bytes', since: '3.12' }),
  TCP_CC_INFO: ro(tcpCcInfo, 'State of the congestion control algorithm, as that algorithm defines it.', { since: '4.1', variants: { by: 'TCP_CONGESTION', codecs: ccInfo }, quirks: ['null for algorithms that have none, such as cubic and reno.', 'The bytes do not say whose they are: TCP_CONGESTION does.'] }),
  TCP_SAVE_SYN: rw(intIn(0, 2), 'Keeps the headers of the SYN of new connections: 1 from the network header, 2 from the MAC header.', { since: '4.2', quirks: ['Set on the listener.', '2 since 5.10.'] }),
  TCP_SAVED_SYN: ro(bytes(512), 'Headers of the SYN of this connection.', { since: '4.2', quirks: ['Freed by the read: a second one gives no bytes.', 'A short buffer is EINVAL and optlen the size that is needed.'] }),
  TCP_REPAIR_WINDOW: rw(tcpRepairWindow, 'Window state, to save and restore.', { since: '4.8', needs: inRepairMode, quirks: ['The buffer must be exactly 20 bytes.'] }),
  TCP_FASTOPEN_CONNECT: rw(bool, 'Lets connect() return at once, and sends the first data with the SYN.', { since: '4.11', quirks: ['Only on a closed socket (EINVAL).', 'EOPNOTSUPP without the client bit of net.ipv4.tcp_fastopen.'] }),
  TCP_ULP: rw(ulp, 'Upper layer protocol on this connection: tls, espintcp, mptcp.', { since: '4.13', quirks: ['Cannot be removed; a second one is EEXIST.', 'tls needs a connected socket (ENOTCONN) and its module (ENOENT).'] }),
  TCP_MD5SIG_EXT: wo(tcpMd5sig, 'TCP_MD5SIG for a prefix of addresses and an interface.', { since: '4.14' }),
  TCP_FASTOPEN_KEY: rw(bytes(32), "Key of the server's Fast Open cookies: 16 bytes, or 32 with a backup.", { since: '4.15', quirks: ['Empty when no key is set and the namespace has none.'] }),
  TCP_FASTOPEN_NO_COOKIE: rw(bool, 'Sends and accepts Fast Open data without a cookie.', { since: '4.15', quirks: ['Only on a closed or listening socket (EINVAL).'] }),
  TCP_ZEROCOPY_RECEIVE: ro(tcpZerocopyReceive, 'Maps received pages into the memory of the caller.', { since: '4.18', inOut: true, quirks: ['Takes addresses: not usable from JavaScript.'] }),
  TCP_INQ: rw(bool, 'Reports with each recvmsg() how many bytes are left to read (TCP_CM_INQ).', { since: '4.18', quirks: [strictBool] }),
  TCP_TX_DELAY: rw(int, 'Delay added to every outgoing packet, for tests.', { unit: 'us', since: '5.3', quirks: ['Needs the fq qdisc.'] }),
  TCP_AO_ADD_KEY: wo(tcpAoAdd, 'Adds a master key of the TCP Authentication Option (RFC 5925).', { since: '6.7', quirks: ['ENOPROTOOPT without CONFIG_TCP_AO.'] }),
  TCP_AO_DEL_KEY: wo(tcpAoDel, 'Deletes a TCP-AO key.', { since: '6.7' }),
  TCP_AO_INFO: rw(tcpAoInfo, 'TCP-AO flags and counters of the socket.', { since: '6.7', quirks: ['ENOENT when TCP-AO is not in use.'] }),
  TCP_AO_GET_KEYS: ro(tcpAoKeys, 'TCP-AO keys that match a query.', { since: '6.7', inOut: true, quirks: ['The first element of the buffer is the query.'] }),
  TCP_AO_REPAIR: rw(tcpAoRepair, 'Sequence number extensions of TCP-AO, to save and restore.', { since: '6.7', needs: 'CAP_NET_ADMIN and a socket that can be repaired (EPERM)' }),
  TCP_IS_MPTCP: ro(bool, 'Whether the connection runs MPTCP; false on plain TCP and after a fallback.', { since: '6.10', quirks: ['The reliable test of a fallback: SO_PROTOCOL does not change.'] }),
  TCP_RTO_MAX_MS: rw(intIn(1000, 120_000), 'Longest retransmission timeout.', { unit: 'ms', since: '6.15' }),
  TCP_RTO_MIN_US: rw(int, 'Shortest retransmission timeout.', { unit: 'us', since: '6.15', quirks: ['From one jiffy to 200 ms (EINVAL); reads back rounded up to a jiffy.'] }),
  TCP_DELACK_MAX_US: rw(int, 'Longest delay of an acknowledgement.', { unit: 'us', since: '6.15', quirks: ['From one jiffy to 200 ms (EINVAL); reads back rounded up to a jiffy.'] }),
}))
