/** Which communication group does a TIPC socket join? */
import { flags } from './choice.js'
import { named, nested, optional, u32 } from './field.js'
import { growing } from './struct.js'

const groupFlags = flags('TIPC_GROUP', { TIPC_GROUP_LOOPBACK: 0x1, TIPC_GROUP_MEMBER_EVTS: 0x2 })

/** TIPC_GROUP_JOIN. Read, only the type comes back (net/tipc/socket.c, tipc_getsockopt): 0 outside a group. */
export const tipcGroupReq = growing('tipc_group_req', 16, {
  type: [0, u32],
  instance: [4, u32],
  scope: [8, named(u32, { TIPC_CLUSTER_SCOPE: 2, TIPC_NODE_SCOPE: 3 })],
  flags: [12, optional(nested(groupFlags))],
})
