/** How does a packet socket receive: rings, link-layer groups, fanout, and what it lost? */
import { octetsUpTo } from './array.js'
import { flags } from './choice.js'
import { codec } from './codec.js'
import { i32, named, nested, optional, u8, u16, u32, u64 } from './field.js'
import { counted } from './list.js'
import { checkLength } from './scalar.js'
import { growing, struct } from './struct.js'

const memberships = { PACKET_MR_MULTICAST: 0, PACKET_MR_PROMISC: 1, PACKET_MR_ALLMULTI: 2, PACKET_MR_UNICAST: 3 } as const

const mreq = counted(
  struct(
    'packet_mreq',
    40,
    { ifindex: [0, i32], type: [4, named(u16, memberships)], alen: [6, u16, 'bytes'], address: [8, optional(octetsUpTo(32))] },
    { prefix: 'mr_' },
  ),
  { alen: 'address' },
)

/** PACKET_ADD_MEMBERSHIP, PACKET_DROP_MEMBERSHIP. The header has room for 8 bytes of address, the kernel for 32 (struct packet_mreq_max): InfiniBand has 20. */
export const packetMreq: typeof mreq = codec({
  ...mreq,
  decode(view, at, length, abi) {
    checkLength(length, 16)
    const whole = new DataView(new ArrayBuffer(mreq.size))
    for (let i = 0; i < Math.min(length, mreq.size); i++) whole.setUint8(i, view.getUint8(at + i))
    return mreq.decode(whole, 0, mreq.size, abi)
  },
  encode(value, view, at, abi) {
    mreq.encode(value, view, at, abi)
    return Math.max(16, 8 + view.getUint16(at + 6, abi.littleEndian))
  },
})

/** PACKET_RX_RING, PACKET_TX_RING: tpacket_req and, for TPACKET_V3, the three fields of tpacket_req3 after it. V1 and V2 ignore these. */
export const tpacketReq = struct(
  'tpacket_req3',
  28,
  {
    blockSize: [0, u32, 'bytes'],
    blockNr: [4, u32],
    frameSize: [8, u32, 'bytes'],
    frameNr: [12, u32],
    retireBlkTov: [16, optional(u32), 'ms'],
    sizeofPriv: [20, optional(u32), 'bytes'],
    featureReqWord: [24, optional(nested(flags('TP_FT', { TP_FT_REQ_FILL_RXHASH: 0x1 })))],
  },
  { prefix: 'tp_' },
)

/** PACKET_STATISTICS: 8 bytes, and 12 with TPACKET_V3. Reading starts the counters anew. */
export const tpacketStats = growing(
  'tpacket_stats_v3',
  12,
  { packets: [0, u32, 'packets'], drops: [4, u32, 'packets'], freezeQCnt: [8, u32] },
  { prefix: 'tp_' },
)

/** PACKET_ROLLOVER_STATS. */
export const rolloverStats = struct(
  'tpacket_rollover_stats',
  24,
  { all: [0, u64, 'packets'], huge: [8, u64, 'packets'], failed: [16, u64, 'packets'] },
  { prefix: 'tp_' },
)

const fanoutTypes = {
  PACKET_FANOUT_HASH: 0,
  PACKET_FANOUT_LB: 1,
  PACKET_FANOUT_CPU: 2,
  PACKET_FANOUT_ROLLOVER: 3,
  PACKET_FANOUT_RND: 4,
  PACKET_FANOUT_QM: 5,
  PACKET_FANOUT_CBPF: 6,
  PACKET_FANOUT_EBPF: 7,
} as const
/** PACKET_FANOUT_FLAG_* without the low byte, which is the type. */
const fanoutFlags = flags(
  'PACKET_FANOUT_FLAG',
  {
    PACKET_FANOUT_FLAG_ROLLOVER: 0x10,
    PACKET_FANOUT_FLAG_UNIQUEID: 0x20,
    PACKET_FANOUT_FLAG_IGNORE_OUTGOING: 0x40,
    PACKET_FANOUT_FLAG_DEFRAG: 0x80,
  },
  1,
)

/** The header swaps `id` and `type_flags` on big-endian machines, so that together they are the same u32; its bytes, from the low end: id, type, flags. */
const fanout = growing('fanout_args', 8, {
  id: [({ littleEndian }) => (littleEndian ? 0 : 2), u16],
  type: [({ littleEndian }) => (littleEndian ? 2 : 1), named(u8, fanoutTypes)],
  flags: [({ littleEndian }) => (littleEndian ? 3 : 0), optional(nested(fanoutFlags))],
  maxNumMembers: [4, optional(u32)],
})

/** PACKET_FANOUT. Read, it has no maxNumMembers, and is all zero outside a group; written without one, it is the 4 bytes that kernels before 5.11 want. */
export const fanoutArgs: typeof fanout = codec({
  ...fanout,
  encode(value, view, at, abi) {
    const bytes = fanout.encode(value, view, at, abi)
    return value.maxNumMembers === undefined ? 4 : bytes
  },
})
