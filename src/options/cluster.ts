/** WHAT can be read and set of the transports between the nodes of a cluster: TIPC, RDS, RxRPC, KCM, SMC? */
import { nothing } from '../codec/bytes.js'
import { rdsTransport, rxrpcSecurityLevel, tipcImportance } from '../codec/enums-families.js'
import { rdsFreeMrArgs, rdsGetMrArgs, rdsGetMrForDestArgs, rdsRxTraceSo } from '../codec/rds.js'
import { u16Pair } from '../codec/rxrpc.js'
import { bool, int, uint } from '../codec/scalar.js'
import { sockaddrIn } from '../codec/sockaddr.js'
import { text } from '../codec/text.js'
import { tipcGroupReq } from '../codec/tipc.js'
import { group, ro, rw, wo } from './define.js'

export const tipc = group('SOL_TIPC', () => ({
  TIPC_IMPORTANCE: rw(tipcImportance, 'Importance of messages.', { since: '2.6.16' }),
  TIPC_SRC_DROPPABLE: rw(bool, 'Messages may be dropped here.', { since: '2.6.16' }),
  TIPC_DEST_DROPPABLE: rw(bool, 'Messages may be dropped at their destination.', { since: '2.6.16' }),
  TIPC_CONN_TIMEOUT: rw(uint, 'How long connect() may take.', { unit: 'ms', since: '2.6.16' }),
  TIPC_NODE_RECVQ_DEPTH: ro(uint, 'Depth of the receive queue of the node.', { since: '2.6.36' }),
  TIPC_SOCK_RECVQ_DEPTH: ro(uint, 'Depth of the receive queue of the socket.', { since: '2.6.36' }),
  TIPC_MCAST_BROADCAST: wo(nothing, 'Sends multicast as broadcast.', { since: '4.11' }),
  TIPC_MCAST_REPLICAST: wo(nothing, 'Sends multicast as copies to each node.', { since: '4.11' }),
  TIPC_GROUP_JOIN: rw(tipcGroupReq, 'Joins a communication group.', { since: '4.15' }),
  TIPC_GROUP_LEAVE: wo(nothing, 'Leaves the group.', { since: '4.15' }),
  TIPC_SOCK_RECVQ_USED: ro(uint, 'Size of what is in the receive queue.', { unit: 'bytes', since: '4.20' }),
  TIPC_NODELAY: wo(bool, 'Sends small messages at once instead of bundling them.', { since: '5.5' }),
}))

export const rds = group('SOL_RDS', () => ({
  RDS_CANCEL_SENT_TO: wo(sockaddrIn, 'Drops what is queued for an address.', { since: '2.6.30' }),
  RDS_GET_MR: wo(rdsGetMrArgs, 'Registers a memory region.', { since: '2.6.30', quirks: ['Takes addresses: not usable from JavaScript.'] }),
  RDS_FREE_MR: wo(rdsFreeMrArgs, 'Releases a memory region.', { since: '2.6.30' }),
  RDS_RECVERR: rw(bool, 'Reports sends that failed.', { since: '2.6.30' }),
  RDS_CONG_MONITOR: wo(bool, 'Watches congestion.', { since: '2.6.30' }),
  RDS_GET_MR_FOR_DEST: wo(rdsGetMrForDestArgs, 'Registers a memory region for one destination.', { since: '2.6.37', quirks: ['Takes addresses: not usable from JavaScript.'] }),
  SO_RDS_TRANSPORT: rw(rdsTransport, 'Transport: InfiniBand or TCP.', { since: '4.3', needs: 'a socket that is not bound (EOPNOTSUPP)' }),
  SO_RDS_MSG_RXPATH_LATENCY: wo(rdsRxTraceSo, 'Points of the receive path whose latency is traced.', { since: '4.12' }),
}))

export const rxrpc = group('SOL_RXRPC', () => ({
  RXRPC_SECURITY_KEY: wo(text(256), 'Name of the security key of a client.', { since: '2.6.22' }),
  RXRPC_SECURITY_KEYRING: wo(text(256), 'Name of the keyring of a server.', { since: '2.6.22' }),
  RXRPC_EXCLUSIVE_CONNECTION: wo(nothing, 'One call per connection (deprecated).', { since: '2.6.22' }),
  RXRPC_MIN_SECURITY_LEVEL: wo(rxrpcSecurityLevel, 'Lowest security level.', { since: '2.6.22' }),
  RXRPC_UPGRADEABLE_SERVICE: wo(u16Pair, 'A service and the one it upgrades to.', { since: '4.13' }),
  RXRPC_SUPPORTED_CMSG: ro(int, 'Highest type of control message that is supported.', { since: '4.15' }),
  RXRPC_MANAGE_RESPONSE: wo(bool, 'Leaves RESPONSE packets to the application.', { since: '6.16' }),
}))

export const kcm = group('SOL_KCM', () => ({
  KCM_RECV_DISABLE: rw(bool, 'Receives nothing on this socket of the multiplexor.', { since: '4.6' }),
}))

export const smc = group('SOL_SMC', () => ({
  SMC_LIMIT_HS: rw(bool, 'Limits SMC handshakes under pressure.', { since: '5.18' }),
}))
