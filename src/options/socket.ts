/** WHAT can be read and set at level SOL_SOCKET: the options that Linux numbers, most of them known everywhere. */
import { ifindex } from '../codec/address.js'
import { nothing } from '../codec/bytes.js'
import { dmabufTokens } from '../codec/dmabuf.js'
import { timeval, timeval64 } from '../codec/duration.js'
import { addressFamily, ipProtocol, soBufLock, socktype } from '../codec/enums.js'
import { sockFilters } from '../codec/filter.js'
import { linger } from '../codec/linger.js'
import { meminfo } from '../codec/meminfo.js'
import { pointer } from '../codec/pointer.js'
import { bool, int, intIn, rate, u64, uint } from '../codec/scalar.js'
import { sockaddr } from '../codec/sockaddr.js'
import { ifname, label } from '../codec/text.js'
import { sockTxtime, soTimestamping } from '../codec/timestamping.js'
import { gids, ucred } from '../codec/ucred.js'
import { group, no, ro, rw, wo } from './define.js'

const droppedOnMptcp = 'On an MPTCP socket a set succeeds and does nothing.'
const needsExactly4 = 'The length must be exactly 4.'
const neverImplemented = 'ENOPROTOOPT: no kernel implements it.'

export const socket = group('SOL_SOCKET', () => ({
  SO_DEBUG: rw(bool, 'Records protocol debugging information for this socket.', { since: '1.0', needs: 'CAP_NET_ADMIN to enable (EACCES)' }),
  SO_REUSEADDR: rw(bool, 'Lets bind() take a local address that other sockets still hold: in TIME_WAIT, or all with this option on.', { since: '1.0', quirks: ['Node sets it on every listening TCP socket, except on Windows.', 'On Windows it lets two live listeners share a port; SO_EXCLUSIVEADDRUSE prevents that.'] }),
  SO_TYPE: ro(socktype, 'Type of the socket: stream, datagram, raw, ...', { since: '1.0' }),
  SO_ERROR: ro(int, 'Pending asynchronous error as an errno, 0 if there is none; reading clears it.', {
    since: '1.0',
    quirks: ['A destructive read: on a connecting socket it takes the error that Node is about to report.', 'A soft error (an ICMP message that did not end the connection) is returned and cleared when no hard error is pending.'],
  }),
  SO_DONTROUTE: rw(bool, 'Bypasses the routing table: sends only to directly connected hosts.', { since: '1.0', quirks: ['Setting it drops the cached route.', droppedOnMptcp] }),
  SO_BROADCAST: rw(bool, 'Permits datagrams to broadcast addresses; without it they fail with EACCES.', { since: '1.0', quirks: [droppedOnMptcp] }),
  SO_SNDBUF: rw(int, 'Limit of the send buffer.', { unit: 'bytes', since: '1.0', quirks: ['Linux stores and returns twice what is set.', 'Clamped to net.core.wmem_max without an error; at least 4608.', 'Ends send autotuning (see SO_BUF_LOCK).'] }),
  SO_RCVBUF: rw(int, 'Limit of the receive buffer.', {
    unit: 'bytes',
    since: '1.0',
    quirks: ['Linux stores and returns twice what is set.', 'Clamped to net.core.rmem_max without an error; at least 2304.', 'Ends receive autotuning (see SO_BUF_LOCK).', 'Affects TCP window scaling only when set before connect() or listen().'],
  }),
  SO_SNDBUFFORCE: wo(int, 'SO_SNDBUF without the net.core.wmem_max ceiling.', { unit: 'bytes', since: '2.6.14', needs: 'CAP_NET_ADMIN (EPERM)', quirks: ['Read the result as SO_SNDBUF: twice what was set.', 'A negative value becomes the minimum.'] }),
  SO_RCVBUFFORCE: wo(int, 'SO_RCVBUF without the net.core.rmem_max ceiling.', { unit: 'bytes', since: '2.6.14', needs: 'CAP_NET_ADMIN (EPERM)', quirks: ['Read the result as SO_RCVBUF: twice what was set.'] }),
  SO_KEEPALIVE: rw(bool, 'Probes the peer of an idle connection and ends the connection when it does not answer.', { since: '1.0', quirks: ['TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT set the timing (TCP_KEEPALIVE for the idle time on macOS).', 'No probe is sent while data is unacknowledged.'] }),
  SO_OOBINLINE: rw(bool, 'Delivers urgent data within the normal stream.', { since: '1.0' }),
  SO_NO_CHECK: rw(bool, 'Sends IPv4 UDP datagrams without a checksum.', { since: '1.0', quirks: [droppedOnMptcp] }),
  SO_PRIORITY: rw(int, 'Queueing priority of outgoing packets.', { since: '2.0', needs: 'CAP_NET_RAW or CAP_NET_ADMIN outside 0..6 (EPERM)', quirks: ['Setting IP_TOS rewrites it.'] }),
  SO_LINGER: rw(linger, 'What close() does with unsent data: onoff false leaves it to the kernel; true waits up to linger seconds, and 0 seconds discards it and sends RST.', {
    unit: 's',
    since: '1.0',
    quirks: ['On a Node socket a wait of more than 0 seconds stalls the event loop in destroy().', 'Turning it off does not store linger: the previous seconds read back.', 'A 4-byte value is EINVAL.'],
  }),
  SO_BSDCOMPAT: rw(int, 'Historical no-op: a set is ignored and a get reads 0.', { since: '2.0' }),
  SO_REUSEPORT: rw(bool, 'Lets several sockets of one user bind the same address and port; the kernel balances load among them.', { since: '3.9', quirks: ['EOPNOTSUPP on a socket that is not IP since about 6.13.', 'FreeBSD balances load only with SO_REUSEPORT_LB.'] }),
  SO_PASSCRED: rw(bool, 'Attaches SCM_CREDENTIALS to messages received on a unix or netlink socket.', { since: '2.2', quirks: ['EOPNOTSUPP on other sockets since 6.16, for get and set.'] }),
  SO_PEERCRED: ro(ucred, 'Process, user and group of the peer of a unix socket, as they were at connect(), listen() or socketpair().', {
    since: '2.2',
    quirks: ['Never fails: on any other socket the kernel answers pid 0, uid and gid -1, which reads as null.', "pid is 0 for a peer outside the reader's pid namespace."],
  }),
  SO_RCVLOWAT: rw(int, 'Bytes that must be queued before the socket is readable.', { unit: 'bytes', since: '2.4', quirks: ['0 becomes 1, a negative value INT_MAX.', 'TCP clamps it to half of the receive buffer, or of tcp_rmem[2], and heeds it in poll() since 4.18.'] }),
  SO_SNDLOWAT: rw(int, 'Bytes that must be free before the socket is writable.', { unit: 'bytes', since: '2.4' }),
  SO_RCVTIMEO: rw(timeval, 'Timeout of a blocking receive; null is none.', {
    unit: 'ms',
    since: '2.3.41',
    quirks: [
      "No effect on Node's sockets: they never block.",
      "The kernel's struct timeval is seconds and microseconds; the value is milliseconds with fractions.",
      'Rounded up to a jiffy: 1 us reads back as 1 to 10 ms.',
      'null on read has two causes: no timeout, or a negative one set in C, which makes every receive fail at once.',
      'The number is 66 on 32-bit Linux with a 64-bit time_t.',
    ],
  }),
  SO_SNDTIMEO: rw(timeval, 'Timeout of a blocking send, and on Linux of a blocking connect(); null is none.', {
    unit: 'ms',
    since: '2.3.41',
    quirks: ["No effect on Node's sockets: they never block.", "The kernel's struct timeval is seconds and microseconds; the value is milliseconds with fractions.", 'Rounded up to a jiffy, as SO_RCVTIMEO.', 'A connect() that it ends fails with EINPROGRESS.'],
  }),
  SO_RCVTIMEO_NEW: rw(timeval64, 'SO_RCVTIMEO with a timeval of two 64-bit fields on every machine.', { unit: 'ms', since: '5.1', quirks: ["The kernel's struct is seconds and microseconds.", 'The same timeout as SO_RCVTIMEO.'] }),
  SO_SNDTIMEO_NEW: rw(timeval64, 'SO_SNDTIMEO with a timeval of two 64-bit fields on every machine.', { unit: 'ms', since: '5.1', quirks: ["The kernel's struct is seconds and microseconds.", 'The same timeout as SO_SNDTIMEO.'] }),
  SO_BINDTODEVICE: rw(ifname, 'Name of the only network interface the socket uses; the empty string unbinds.', { since: '2.0.30', needs: 'CAP_NET_RAW to change an existing binding; since 5.7 none for a first one (EPERM)', quirks: ['Readable since 3.8; a buffer below 16 bytes is EINVAL.', 'On macOS since 15.4.'] }),
  SO_ATTACH_FILTER: wo(pointer, 'Attaches a classic BPF filter to what the socket receives.', { since: '2.2', needs: 'CAP_NET_ADMIN on a TCP socket in kernels since 6.12.107 and 6.18.44 (EPERM)', quirks: ['Sockets accepted from a listener inherit its filter.', 'Reading this number is SO_GET_FILTER.'] }),
  SO_DETACH_FILTER: wo(nothing, 'Removes the classic or eBPF filter.', { since: '2.2', quirks: ['ENOENT when there is none, EPERM after SO_LOCK_FILTER.'] }),
  SO_GET_FILTER: ro(sockFilters, 'The attached classic BPF program.', { unit: 'instructions', since: '3.8', counted: 8, quirks: ['Shares its number with SO_ATTACH_FILTER.', 'optlen counts instructions of 8 bytes: a call that takes it for bytes overruns its buffer.', 'EACCES for an eBPF filter.'] }),
  SO_PEERNAME: ro(sockaddr, 'Address of the peer, as getpeername() gives it.', { since: '2.4', sizedBy: 'peer', quirks: ['A buffer larger than the address is EINVAL.'] }),
  SO_ACCEPTCONN: ro(bool, 'Whether the socket is listening.', { since: '2.2' }),
  SO_PEERSEC: ro(label, 'Security label of the peer (SELinux, AppArmor, Smack).', { since: '2.6.2', quirks: ['ENOPROTOOPT when no security module gives labels.', 'A short buffer is ERANGE and optlen the size that is needed.'] }),
  SO_PASSSEC: rw(bool, 'Attaches SCM_SECURITY labels to received messages.', { since: '2.6.18', quirks: ['EOPNOTSUPP since 6.16 on sockets other than unix and netlink, and without CONFIG_SECURITY_NETWORK.'] }),
  SO_TIMESTAMP: rw(bool, 'Delivers the receive time as an SCM_TIMESTAMP message (timeval).', { since: '2.2', quirks: ['Reads false once SO_TIMESTAMPNS is on: they share their flags.', 'The number is 63 on 32-bit Linux with a 64-bit time_t.'] }),
  SO_TIMESTAMPNS: rw(bool, 'Delivers the receive time as an SCM_TIMESTAMPNS message (timespec).', { since: '2.6.22', quirks: ['The number is 64 on 32-bit Linux with a 64-bit time_t.'] }),
  SO_TIMESTAMPING: rw(soTimestamping, 'Which transmit and receive timestamps are generated and reported, by software and hardware.', { since: '2.6.30', quirks: ['4 bytes of flags; 8 with bind_phc since 5.14.', 'Unknown flags are EINVAL, and so is OPT_STATS without OPT_TSONLY.'] }),
  SO_TIMESTAMP_NEW: rw(bool, 'SO_TIMESTAMP with 64-bit time.', { since: '5.1' }),
  SO_TIMESTAMPNS_NEW: rw(bool, 'SO_TIMESTAMPNS with 64-bit time.', { since: '5.1' }),
  SO_TIMESTAMPING_NEW: rw(soTimestamping, 'SO_TIMESTAMPING with 64-bit time.', { since: '5.1', quirks: ['Reads zero unless the flags were set through this same option.'] }),
  SO_MARK: rw(uint, 'Mark of outgoing packets for routing and firewall rules.', { since: '2.6.25', needs: 'CAP_NET_ADMIN, or CAP_NET_RAW since 5.17 (EPERM)' }),
  SO_PROTOCOL: ro(ipProtocol, 'Protocol the socket was created with.', { since: '2.6.32', quirks: ['IPPROTO_MPTCP stays after a fallback to TCP: TCP_IS_MPTCP tells.'] }),
  SO_DOMAIN: ro(addressFamily, 'Address family of the socket.', { since: '2.6.32', quirks: ['Turns from AF_INET6 to AF_INET after IPV6_ADDRFORM.'] }),
  SO_RXQ_OVFL: rw(bool, 'Delivers the count of dropped packets with each received one.', { since: '2.6.33', quirks: [droppedOnMptcp] }),
  SO_WIFI_STATUS: rw(bool, 'Reports on the error queue whether 802.11 frames were acknowledged.', { since: '3.3', quirks: [droppedOnMptcp] }),
  SO_PEEK_OFF: rw(int, 'Offset at which MSG_PEEK reads, advancing with each peek; -1 turns it off.', { unit: 'bytes', since: '3.4', quirks: ['Unix sockets since 3.4, UDP 4.10, TCP 6.9; EOPNOTSUPP elsewhere.', 'Setting it on a unix socket can be interrupted (EINTR).'] }),
  SO_NOFCS: rw(bool, 'Tells the driver that the last four bytes are the frame check sequence.', { since: '3.4', quirks: [droppedOnMptcp] }),
  SO_LOCK_FILTER: rw(bool, 'Freezes the attached filter: it can no longer be changed or removed.', { since: '3.9', quirks: ['One way: clearing it is EPERM for everyone.'] }),
  SO_SELECT_ERR_QUEUE: rw(bool, 'Raises POLLPRI when the error queue has entries.', { since: '3.10', quirks: [droppedOnMptcp] }),
  SO_BUSY_POLL: rw(int, 'Time to poll the device queue for data before a receive sleeps.', { unit: 'us', since: '3.11', needs: 'CAP_NET_ADMIN to raise it on older kernels; none in 6.18', quirks: ['ENOPROTOOPT without CONFIG_NET_RX_BUSY_POLL.'] }),
  SO_MAX_PACING_RATE: rw(rate, 'Ceiling of the rate at which the fq qdisc, or TCP itself, paces packets.', { unit: 'bytes/s', since: '3.13', quirks: ['4 bytes are a u32; 8 bytes a u64 since 5.0.'] }),
  SO_BPF_EXTENSIONS: ro(int, 'Largest classic BPF extension offset the kernel knows.', { since: '3.14' }),
  SO_INCOMING_CPU: rw(int, 'CPU that last handled packets of the flow, -1 if unknown; set, it steers a SO_REUSEPORT group.', { since: '3.19', quirks: ['Settable since 4.4.'] }),
  SO_ATTACH_BPF: wo(int, 'Attaches an eBPF socket filter, given the descriptor of the program.', { since: '3.19', quirks: [needsExactly4] }),
  SO_ATTACH_REUSEPORT_CBPF: wo(pointer, 'Classic BPF program that picks the socket within a SO_REUSEPORT group.', { since: '4.5' }),
  SO_ATTACH_REUSEPORT_EBPF: wo(int, 'eBPF program, given by descriptor, that picks the socket within a SO_REUSEPORT group.', { since: '4.5', quirks: [needsExactly4] }),
  SO_DETACH_REUSEPORT_BPF: wo(nothing, 'Removes the program that picks a socket in the SO_REUSEPORT group.', { since: '5.3', quirks: ['ENOENT when there is none.'] }),
  SO_CNX_ADVICE: wo(int, 'Advice on the path: 1 says that it looks bad, and the kernel tries another route.', { since: '4.6' }),
  SO_MEMINFO: ro(meminfo, 'Memory the socket uses, its limits, and the packets it dropped.', { since: '4.12', quirks: ['The array grows at its end.', 'drops counts packets; all else is bytes.'] }),
  SO_INCOMING_NAPI_ID: ro(uint, 'Id of the device queue that last delivered to this socket; 0 if unknown or loopback.', { since: '4.12' }),
  SO_COOKIE: ro(u64, 'Identity of the socket, unique until the next boot; sock_diag gives the same.', { since: '4.12', quirks: ['A buffer below 8 bytes is EINVAL.'] }),
  SO_PEERGROUPS: ro(gids, 'Supplementary group ids of the peer of a unix socket, as they were at connect().', { since: '4.13', quirks: ['ENODATA without peer credentials.', 'A short buffer is ERANGE and optlen the size that is needed.'] }),
  SO_ZEROCOPY: rw(bool, 'Allows sends with MSG_ZEROCOPY.', { since: '4.14', quirks: ['TCP, UDP, RDS and vsock; EOPNOTSUPP elsewhere.', 'Any value but 0 and 1 is EINVAL.'] }),
  SO_TXTIME: rw(sockTxtime, 'Accepts a launch time with each packet (SCM_TXTIME), of the given clock.', { since: '4.19', needs: 'CAP_NET_ADMIN for a clock other than CLOCK_MONOTONIC (EPERM)' }),
  SO_BINDTOIFINDEX: rw(ifindex, 'Index of the only network interface the socket uses; 0 unbinds.', { since: '5.1', needs: 'CAP_NET_RAW to change an existing binding (EPERM)', quirks: ['ENODEV for an unknown index.'] }),
  SO_PREFER_BUSY_POLL: rw(bool, 'Prefers busy polling to interrupts for this socket.', { since: '5.11', needs: 'CAP_NET_ADMIN to enable (EPERM)' }),
  SO_BUSY_POLL_BUDGET: wo(int, 'Packets one round of busy polling may take.', { unit: 'packets', since: '5.11', needs: 'CAP_NET_ADMIN to raise (EPERM)' }),
  SO_NETNS_COOKIE: ro(u64, 'Identity of the network namespace of the socket.', { since: '5.14', quirks: ['The buffer must be exactly 8 bytes.'] }),
  SO_BUF_LOCK: rw(soBufLock, 'Which buffer sizes are locked against autotuning: SO_SNDBUF and SO_RCVBUF lock theirs.', { since: '5.15', quirks: ['Clearing a bit is the only way back to autotuning.', 'Other bits are EINVAL.'] }),
  SO_RESERVE_MEM: rw(int, 'Memory reserved for this socket.', { unit: 'bytes', since: '5.16', quirks: ['0 to 1 GiB.', 'EOPNOTSUPP without memory cgroup accounting.'] }),
  SO_TXREHASH: rw(intIn(-1, 1), 'Whether a retransmission picks a new transmit hash, and so maybe a new path: 1 yes, 0 no, -1 as net.core.txrehash says.', { since: '5.18', quirks: ['-1 reads back as the resolved value, or as 255.', 'EOPNOTSUPP on sockets other than TCP; older kernels accept it.'] }),
  SO_RCVMARK: rw(bool, 'Delivers the mark of each received packet.', { since: '5.19', needs: 'CAP_NET_ADMIN or CAP_NET_RAW on older kernels; none in 6.18' }),
  SO_PASSPIDFD: rw(bool, 'Attaches SCM_PIDFD to messages received on a unix socket.', { since: '6.5', quirks: ['EOPNOTSUPP on other sockets since 6.16.'] }),
  SO_PEERPIDFD: ro(int, 'Opens a pidfd of the peer process of a unix socket.', { since: '6.5', quirks: ['Each read creates a descriptor that the caller must close.', 'A buffer below 4 bytes creates one that cannot be found.', 'ENODATA without a peer; answers for a reaped peer since 6.16.'] }),
  SO_DEVMEM_LINEAR: no(nothing, 'Type of a control message of device-memory TCP: a linear buffer.', { since: '6.12' }),
  SO_DEVMEM_DMABUF: no(nothing, 'Type of a control message of device-memory TCP: a dma-buf fragment.', { since: '6.12' }),
  SO_DEVMEM_DONTNEED: wo(dmabufTokens, 'Returns fragments of device memory to the kernel.', { since: '6.12', quirks: ['The system call returns the number of tokens freed.'] }),
  SO_RCVPRIORITY: rw(bool, 'Delivers the priority of each received packet.', { since: '6.14' }),
  SO_PASSRIGHTS: rw(bool, 'Whether a peer may send descriptors (SCM_RIGHTS) over a unix socket; true unless set.', { since: '6.16', quirks: ['EOPNOTSUPP on other sockets.'] }),
  SO_INQ: wo(bool, 'Reports with each read of a unix stream how many bytes are left (SCM_INQ).', { since: '6.17', quirks: [needsExactly4, 'ENOPROTOOPT on other sockets.'] }),
  SO_RIGHTS_NOTRUNC: wo(bool, 'Keeps a message with SCM_RIGHTS whole instead of cutting it to the control buffer.', { since: '7.3', quirks: [needsExactly4] }),
  SO_SECURITY_AUTHENTICATION: no(int, 'Reserved for IPv6 authentication levels.', { since: '2.0', quirks: [neverImplemented] }),
  SO_SECURITY_ENCRYPTION_TRANSPORT: no(int, 'Reserved for IPv6 transport encryption levels.', { since: '2.0', quirks: [neverImplemented] }),
  SO_SECURITY_ENCRYPTION_NETWORK: no(int, 'Reserved for IPv6 network encryption levels.', { since: '2.0', quirks: [neverImplemented] }),
}))
