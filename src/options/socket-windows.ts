/** WHAT can be read and set at level SOL_SOCKET on Windows alone? */
import { bytes, nothing } from '../codec/bytes.js'
import { bool, int, u64, uint } from '../codec/scalar.js'
import { csaddrInfo, wsaProtocolInfoA, wsaProtocolInfoW } from '../codec/win32.js'
import { group, no, ro, rw, wo } from './define.js'

const setByLibuv = 'libuv sets it itself.'

export const socketWindows = group('SOL_SOCKET', () => ({
  SO_DONTLINGER: rw(bool, "The inverse of SO_LINGER's onoff."),
  SO_EXCLUSIVEADDRUSE: rw(bool, 'Refuses any other bind to the same address and port.', { quirks: ['Excludes SO_REUSEADDR.'] }),
  SO_BSP_STATE: ro(csaddrInfo, 'Local address, remote address, type and protocol at once.', { quirks: ['Holds pointers into its own buffer.'] }),
  SO_GROUP_ID: ro(uint, 'Reserved for socket groups.'),
  SO_GROUP_PRIORITY: rw(int, 'Reserved for socket groups.'),
  SO_MAX_MSG_SIZE: ro(uint, 'Largest datagram.', { unit: 'bytes', quirks: ['Meaningless on a stream socket.'] }),
  SO_PROTOCOL_INFOA: ro(wsaProtocolInfoA, 'Catalogue entry of the protocol, as ANSI text.'),
  SO_PROTOCOL_INFOW: ro(wsaProtocolInfoW, 'Catalogue entry of the protocol: family, type, protocol (SO_DOMAIN and SO_PROTOCOL of Linux).'),
  PVD_CONFIG: rw(bytes(1024), 'Opaque configuration of the provider.'),
  SO_CONDITIONAL_ACCEPT: rw(bool, 'Lets the application decide before the SYN is answered.'),
  SO_PAUSE_ACCEPT: rw(bool, 'Resets new connections without shrinking the backlog.'),
  SO_COMPARTMENT_ID: rw(uint, 'Network compartment of the socket.', { needs: 'an administrator' }),
  SO_RANDOMIZE_PORT: rw(bool, 'Chooses random ephemeral ports.', { quirks: ['Excludes SO_REUSE_UNICASTPORT.'] }),
  SO_PORT_SCALABILITY: rw(bool, 'Reuses wildcard ports across local addresses, for many outbound connections.'),
  SO_REUSE_UNICASTPORT: rw(bool, 'Puts the choice of the local port off to connect(), as IP_BIND_ADDRESS_NO_PORT of Linux.', { quirks: ['Since Windows 10.'] }),
  SO_REUSE_MULTICASTPORT: rw(bool, 'Shares a UDP port for multicast reception only.', { quirks: ['Since Windows 10.'] }),
  SO_TIMESTAMP_ID: no(uint, "Type of the control message that carries a timestamp's id."),
  SO_CONNDATA: rw(bytes(1024), 'OSI connect data (legacy).'),
  SO_CONNOPT: rw(bytes(1024), 'OSI connect options (legacy).'),
  SO_DISCDATA: rw(bytes(1024), 'OSI disconnect data (legacy).'),
  SO_DISCOPT: rw(bytes(1024), 'OSI disconnect options (legacy).'),
  SO_CONNDATALEN: rw(int, 'Length of the OSI connect data (legacy).', { unit: 'bytes' }),
  SO_CONNOPTLEN: rw(int, 'Length of the OSI connect options (legacy).', { unit: 'bytes' }),
  SO_DISCDATALEN: rw(int, 'Length of the OSI disconnect data (legacy).', { unit: 'bytes' }),
  SO_DISCOPTLEN: rw(int, 'Length of the OSI disconnect options (legacy).', { unit: 'bytes' }),
  SO_OPENTYPE: rw(int, 'Whether sockets that this thread creates later are overlapped.'),
  SO_MAXDG: ro(uint, 'Largest datagram (legacy).', { unit: 'bytes' }),
  SO_MAXPATHDG: ro(uint, 'Largest datagram that is not fragmented (legacy).', { unit: 'bytes' }),
  SO_UPDATE_ACCEPT_CONTEXT: wo(u64, "Takes over the listener's properties after AcceptEx; the value is the listener's SOCKET.", { quirks: [setByLibuv] }),
  SO_CONNECT_TIME: ro(uint, 'Time since the connection was established.', { unit: 's', quirks: ['0xffffffff when not connected.'] }),
  SO_UPDATE_CONNECT_CONTEXT: wo(nothing, 'Completes ConnectEx, so that shutdown() and getpeername() work.', { quirks: [setByLibuv] }),
}))
