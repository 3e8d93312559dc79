/** Which keys authenticate a connection's segments (TCP-AO, RFC 5925), and how did that go? */
import { octetsUpTo } from './array.js'
import { flags } from './choice.js'
import { be32, bits, flag, i32, nested, optional, u8, u32, u64, within } from './field.js'
import { counted } from './list.js'
import { asked } from './query.js'
import { sockaddr } from './sockaddr.js'
import { struct } from './struct.js'
import { text } from './text.js'

const keyflags = optional(nested(flags('TCP_AO_KEYF', { TCP_AO_KEYF_IFINDEX: 1 << 0, TCP_AO_KEYF_EXCLUDE_OPT: 1 << 1 }, 1)))
const bit = (number: number) => optional(flag(bits(4, number, 31 - number, 1)))
const bit16 = (number: number) => optional(flag(bits(2, number, 15 - number, 1)))

/** TCP_AO_ADD_KEY. `algName` is one of the kernel's crypto API: `hmac(sha1)`, `cmac(aes128)`. */
export const tcpAoAdd = counted(
  struct('tcp_ao_add', 288, {
    addr: [0, nested(sockaddr)],
    algName: [128, nested(text(64))],
    ifindex: [192, optional(i32)],
    setCurrent: [196, bit(0)],
    setRnext: [196, bit(1)],
    prefix: [202, u8, 'bits'],
    sndid: [203, u8],
    rcvid: [204, u8],
    maclen: [205, optional(u8), 'bytes'],
    keyflags: [206, keyflags],
    keylen: [207, u8, 'bytes'],
    key: [208, octetsUpTo(80)],
  }),
  { keylen: 'key' },
)

/** TCP_AO_DEL_KEY. */
export const tcpAoDel = struct('tcp_ao_del', 144, {
  addr: [0, nested(sockaddr)],
  ifindex: [128, optional(i32)],
  setCurrent: [132, bit(0)],
  setRnext: [132, bit(1)],
  delAsync: [132, bit(2)],
  prefix: [138, u8, 'bits'],
  sndid: [139, u8],
  rcvid: [140, u8],
  currentKey: [141, optional(u8)],
  rnext: [142, optional(u8)],
  keyflags: [143, keyflags],
})

/** TCP_AO_INFO. To change something, say so with setCurrent, setRnext or setCounters. */
export const tcpAoInfo = struct('tcp_ao_info_opt', 48, {
  setCurrent: [0, bit(0)],
  setRnext: [0, bit(1)],
  aoRequired: [0, bit(2)],
  setCounters: [0, bit(3)],
  acceptIcmps: [0, bit(4)],
  currentKey: [6, optional(u8)],
  rnext: [7, optional(u8)],
  pktGood: [8, optional(u64), 'segments'],
  pktBad: [16, optional(u64), 'segments'],
  pktKeyNotFound: [24, optional(u64), 'segments'],
  pktAoRequired: [32, optional(u64), 'segments'],
  pktDroppedIcmp: [40, optional(u64)],
})

/**
 * TCP_AO_GET_KEYS, one key at a time: the question names it (by sndid, rcvid, addr, isCurrent, isRnext), and `nkeys` of the answer is how many match.
 * MEMORY: the length is that of one element, and the kernel writes as many elements as the question's `nkeys` allows, past the buffer
 * if that is shorter (net/ipv4/tcp_ao.c, tcp_ao_copy_mkts_to_user). So `nkeys` in is at most 1.
 */
export const tcpAoKeys = asked(
  struct('tcp_ao_getsockopt', 304, {
    addr: [0, optional(nested(sockaddr))],
    algName: [128, optional(nested(text(64)))],
    key: [192, optional(octetsUpTo(80))],
    nkeys: [272, optional(within(u32, 0, 1)), 'keys'],
    isCurrent: [276, bit16(0)],
    isRnext: [276, bit16(1)],
    getAll: [276, bit16(2)],
    sndid: [278, optional(u8)],
    rcvid: [279, optional(u8)],
    prefix: [280, optional(u8), 'bits'],
    maclen: [281, optional(u8), 'bytes'],
    keyflags: [282, keyflags],
    keylen: [283, optional(u8), 'bytes'],
    ifindex: [284, optional(i32)],
    pktGood: [288, optional(u64), 'segments'],
    pktBad: [296, optional(u64), 'segments'],
  }),
  ['addr', 'nkeys', 'isCurrent', 'isRnext', 'getAll', 'sndid', 'rcvid', 'prefix', 'keyflags', 'ifindex'],
)

/** TCP_AO_REPAIR: initial sequence numbers and the extensions that count their wraps. */
export const tcpAoRepair = struct('tcp_ao_repair', 16, { sntIsn: [0, be32], rcvIsn: [4, be32], sndSne: [8, u32], rcvSne: [12, u32] })
