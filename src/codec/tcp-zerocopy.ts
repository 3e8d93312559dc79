/** How much could TCP_ZEROCOPY_RECEIVE map, and what is left to copy? */
import { flags } from './choice.js'
import { i32, nested, optional, u32, u64big } from './field.js'
import { userAddress } from './pointer.js'
import { growing } from './struct.js'

const zerocopyFlags = flags('TCP_RECEIVE_ZEROCOPY_FLAG', { TCP_RECEIVE_ZEROCOPY_FLAG_TLB_CLEAN_HINT: 0x1 })

/** The question is `{}`: with no address and no length the kernel maps nothing and answers what is queued (net/ipv4/tcp.c, tcp_zerocopy_receive). */
export const tcpZerocopyReceive = growing('tcp_zerocopy_receive', 64, {
  address: [0, userAddress],
  length: [8, optional(u32), 'bytes'],
  recvSkipHint: [12, optional(u32), 'bytes'],
  inq: [16, optional(u32), 'bytes'],
  err: [20, optional(i32)],
  copybufAddress: [24, userAddress],
  copybufLen: [32, optional(i32), 'bytes'],
  flags: [36, optional(nested(zerocopyFlags))],
  msgControl: [40, userAddress],
  msgControllen: [48, optional(u64big), 'bytes'],
  msgFlags: [56, optional(u32)],
})
