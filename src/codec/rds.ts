/** Which memory may the peers of an RDS socket reach, and what of a message's way is traced? */
import { array } from './array.js'
import { named, nested, optional, u8, u64, u64big } from './field.js'
import { counted } from './list.js'
import { userAddress } from './pointer.js'
import { sockaddr } from './sockaddr.js'
import { struct } from './struct.js'

const iovec = struct('rds_iovec', 16, { addr: [0, userAddress], bytes: [8, u64, 'bytes'] })

/** RDS_GET_MR: JavaScript has no memory to register, so the kernel refuses whatever is written. `flags` are RDS_RDMA_* bits. */
export const rdsGetMrArgs = struct('rds_get_mr_args', 32, {
  vec: [0, nested(iovec)],
  cookieAddr: [16, userAddress],
  flags: [24, optional(u64big)],
})

/** RDS_GET_MR_FOR_DEST. */
export const rdsGetMrForDestArgs = struct('rds_get_mr_for_dest_args', 160, {
  destAddr: [0, nested(sockaddr)],
  vec: [128, nested(iovec)],
  cookieAddr: [144, userAddress],
  flags: [152, optional(u64big)],
})

/** RDS_FREE_MR: a cookie of 0 frees all that are unused. */
export const rdsFreeMrArgs = struct('rds_free_mr_args', 16, { cookie: [0, u64big], flags: [8, optional(u64big)] })

const points = { RDS_MSG_RX_HDR_TO_DGRAM_START: 0, RDS_MSG_RX_DGRAM_REASSEMBLE: 1, RDS_MSG_RX_DGRAM_DELIVERED: 2 } as const

/** SO_RDS_MSG_RXPATH_LATENCY: the points between which the kernel measures, which come with each message. */
export const rdsRxTraceSo = counted(
  struct('rds_rx_trace_so', 4, { traces: [0, u8], tracePos: [1, array(named(u8, points), 3)] }, { prefix: 'rx_' }),
  { traces: 'tracePos' },
)
