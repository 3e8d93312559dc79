/** What is taken from one TCP socket and put into another that is under repair (TCP_REPAIR)? */
import { named, nested, u32 } from './field.js'
import { list } from './list.js'
import { struct } from './struct.js'

/** include/net/tcp.h; for the window, the value is the peer's scale in the low half and the own in the high half. */
const tcpOptions = { TCPOPT_MSS: 2, TCPOPT_WINDOW: 3, TCPOPT_SACK_PERM: 4, TCPOPT_TIMESTAMP: 8 } as const

export const tcpRepairOpt = struct('tcp_repair_opt', 8, { code: [0, named(u32, tcpOptions)], val: [4, u32] }, { prefix: 'opt_' })

/** TCP_REPAIR_OPTIONS: what the handshake agreed on. */
export const tcpRepairOpts = list('struct tcp_repair_opt', 16, nested(tcpRepairOpt))

/** TCP_REPAIR_WINDOW: exactly these 20 bytes, both ways (net/ipv4/tcp.c, tcp_repair_set_window). */
export const tcpRepairWindow = struct('tcp_repair_window', 20, {
  sndWl1: [0, u32],
  sndWnd: [4, u32, 'bytes'],
  maxWindow: [8, u32, 'bytes'],
  rcvWnd: [12, u32, 'bytes'],
  rcvWup: [16, u32],
})
