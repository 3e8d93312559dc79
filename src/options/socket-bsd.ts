/** WHAT can be read and set at level SOL_SOCKET on macOS and FreeBSD alone? */
import { acceptFilterArg, splice } from '../codec/bsd.js'
import { bytes, uuid } from '../codec/bytes.js'
import { soNke, soNpExtensions } from '../codec/darwin.js'
import { soNetServiceType, soNetsvcMarkingLevel, soRestrictions, soTrafficClass, soTsClock } from '../codec/enums-bsd.js'
import { linger } from '../codec/linger.js'
import { bool, int, uint } from '../codec/scalar.js'
import { group, no, ro, rw, wo } from './define.js'

const isPrivate = 'From a private header of macOS.'

export const socketBsd = group('SOL_SOCKET', () => ({
  SO_USELOOPBACK: rw(bool, 'Routing sockets see their own messages; others bypass the hardware where they can.'),
  SO_LINGER_SEC: rw(linger, 'SO_LINGER counted in seconds.', { unit: 's', quirks: ['SO_LINGER itself counts ticks on macOS.'] }),
  SO_TIMESTAMP_MONOTONIC: rw(bool, 'Delivers the receive time of the monotonic clock (mach absolute time).'),
  SO_TIMESTAMP_CONTINUOUS: rw(bool, 'Delivers the receive time of the continuous clock.', { quirks: [isPrivate] }),
  SO_DONTTRUNC: rw(bool, 'Keeps the unread rest of a datagram instead of dropping it.'),
  SO_WANTMORE: rw(bool, 'Hints that more data is ready.'),
  SO_WANTOOBFLAG: rw(bool, 'Flags urgent data on receive.'),
  SO_LABEL: no(bytes(256), 'Mandatory access control label of the socket.', { quirks: ['Deprecated: EOPNOTSUPP.'] }),
  SO_PEERLABEL: no(bytes(256), 'Mandatory access control label of the peer.', { quirks: ['Deprecated: EOPNOTSUPP.'] }),
  SO_NREAD: ro(int, 'Bytes that can be read: of the whole stream, or of the first datagram.', { unit: 'bytes' }),
  SO_NKE: wo(soNke, 'Attaches a kernel extension to the socket.'),
  SO_NOSIGPIPE: rw(bool, 'Raises no SIGPIPE on a write to a closed peer.'),
  SO_NOADDRERR: rw(bool, 'Fails with EADDRNOTAVAIL when the source address disappears.'),
  SO_NWRITE: ro(int, 'Bytes in the send buffer, unacknowledged ones included.', { unit: 'bytes', quirks: ['The counterpart of SIOCOUTQ on Linux.'] }),
  SO_REUSESHAREUID: rw(bool, 'Lets sockets of other users reuse the address.'),
  SO_NOTIFYCONFLICT: rw(bool, 'Notifies of a conflict between binds.', { needs: 'root to set (EPERM)' }),
  SO_UPCALLCLOSEWAIT: rw(bool, 'Makes close() wait until an upcall returns.'),
  SO_RESTRICTIONS: rw(soRestrictions, 'What the socket may not use: inbound, outbound, cellular, expensive or constrained interfaces.', { quirks: [isPrivate, 'Bits can only be added.'] }),
  SO_RANDOMPORT: rw(bool, 'Chooses a random local port.'),
  SO_NP_EXTENSIONS: rw(soNpExtensions, 'Flags and their mask; SONPX_SETOPTSHUT allows setsockopt() after shutdown().', { quirks: ['Without that flag setsockopt() after shutdown() is EINVAL.'] }),
  SO_TRAFFIC_CLASS: rw(soTrafficClass, 'Traffic service class.', { quirks: [isPrivate] }),
  SO_RECV_TRAFFIC_CLASS: rw(bool, 'Delivers the traffic class of received packets.', { quirks: [isPrivate] }),
  SO_DEFUNCTOK: rw(bool, 'Whether the system may make the socket defunct.', { quirks: [isPrivate] }),
  SO_ISDEFUNCT: ro(bool, 'Whether the system has made the socket defunct because its app is suspended.', { quirks: [isPrivate] }),
  SO_FLUSH: wo(int, 'Drops unsent data of a traffic class.', { quirks: [isPrivate] }),
  SO_RECV_ANYIF: rw(bool, 'Accepts inbound traffic from every interface.', { quirks: [isPrivate] }),
  SO_DELEGATED: wo(int, 'Acts on behalf of another process, given its pid.', { needs: 'an entitlement', quirks: [isPrivate] }),
  SO_DELEGATED_UUID: wo(uuid, 'Acts on behalf of another process, given its UUID.', { needs: 'an entitlement', quirks: [isPrivate] }),
  SO_NUMRCVPKT: ro(int, 'Datagrams in the receive buffer.', { unit: 'packets', quirks: ['ENOPROTOOPT on a stream socket.'] }),
  SO_NET_SERVICE_TYPE: rw(soNetServiceType, 'Service type of the traffic: best effort, background, video, voice, ...'),
  SO_EXTENDED_BK_IDLE: rw(int, 'Keeps the socket alive longer while the app is suspended.', { quirks: [isPrivate] }),
  SO_NETSVC_MARKING_LEVEL: ro(soNetsvcMarkingLevel, 'QoS marking in effect.'),
  SO_RESOLVER_SIGNATURE: rw(bytes(1024), 'Signed resolver data attached to the socket.'),
  SO_ACCEPTFILTER: rw(acceptFilterArg, 'Kernel filter that holds back connections until they are worth accepting (httpready, dataready).', { needs: 'a listening socket (EINVAL)' }),
  SO_BINTIME: rw(bool, 'Delivers the receive time as a bintime.'),
  SO_NO_OFFLOAD: rw(bool, 'Never offloads this socket to hardware.'),
  SO_NO_DDP: rw(bool, 'Turns direct data placement off.'),
  SO_REUSEPORT_LB: rw(bool, 'Balances connections among the sockets that share a port.', { quirks: ['SO_REUSEPORT alone does not balance on FreeBSD.'] }),
  SO_LISTENQLIMIT: ro(uint, 'Backlog limit of a listening socket.', { unit: 'connections' }),
  SO_LISTENQLEN: ro(uint, 'Established connections waiting for accept().', { unit: 'connections' }),
  SO_LISTENINCQLEN: ro(uint, 'Connections whose handshake is not complete.', { unit: 'connections' }),
  SO_SETFIB: wo(int, 'Number of the routing table (FIB).'),
  SO_USER_COOKIE: wo(uint, 'Cookie that ipfw and dummynet can match.'),
  SO_TS_CLOCK: rw(soTsClock, 'Clock of SO_TIMESTAMP.'),
  SO_SPLICE: rw(splice, 'Joins two TCP sockets within the kernel; a get returns the bytes moved.'),
}))
