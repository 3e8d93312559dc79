/** Where are the rings of an AF_XDP socket, and what did it drop? */
import { flags } from './choice.js'
import { codec, readOnly } from './codec.js'
import { nested, optional, u32, u64 } from './field.js'
import { userAddress } from './pointer.js'
import { growing, struct } from './struct.js'

const ringOffset = struct('xdp_ring_offset', 32, {
  producer: [0, u64, 'bytes'],
  consumer: [8, u64, 'bytes'],
  desc: [16, u64, 'bytes'],
  flags: [24, u64, 'bytes'],
})
const ringOffsetV1 = struct('xdp_ring_offset_v1', 24, {
  producer: [0, u64, 'bytes'],
  consumer: [8, u64, 'bytes'],
  desc: [16, u64, 'bytes'],
})

const offsets = struct('xdp_mmap_offsets', 128, {
  rx: [0, nested(ringOffset)],
  tx: [32, nested(ringOffset)],
  fr: [64, nested(ringOffset)],
  cr: [96, nested(ringOffset)],
})
const offsetsV1 = struct('xdp_mmap_offsets_v1', 96, {
  rx: [0, nested(ringOffsetV1)],
  tx: [24, nested(ringOffsetV1)],
  fr: [48, nested(ringOffsetV1)],
  cr: [72, nested(ringOffsetV1)],
})

/** Where one ring's words are in its mapping. `flags` came with Linux 5.4. */
export interface RingOffset {
  readonly producer: number
  readonly consumer: number
  readonly desc: number
  readonly flags?: number
}
/** The rings: receive, transmit, fill, completion. */
export type MmapOffsets = Readonly<Record<'rx' | 'tx' | 'fr' | 'cr', RingOffset>>

/** XDP_MMAP_OFFSETS: 128 bytes, or the 96 of before Linux 5.4, in which a ring has no flags (net/xdp/xsk.c, xsk_getsockopt). */
export const xdpMmapOffsets = codec<MmapOffsets>({
  name: offsets.name,
  size: 128,
  layout: offsets.layout,
  accepts: 'nothing: this value can only be read',
  decode: (view, at, length, abi): MmapOffsets => (length < 128 ? offsetsV1 : offsets).decode(view, at, length, abi),
  encode: readOnly,
})

const umemFlags = flags('XDP_UMEM', {
  XDP_UMEM_UNALIGNED_CHUNK_FLAG: 1 << 0,
  XDP_UMEM_TX_SW_CSUM: 1 << 1,
  XDP_UMEM_TX_METADATA_LEN: 1 << 2,
})

/** XDP_UMEM_REG: JavaScript has no memory to register, so the kernel refuses whatever is written. */
export const xdpUmemReg = struct('xdp_umem_reg', 32, {
  addr: [0, userAddress],
  len: [8, u64, 'bytes'],
  chunkSize: [16, u32, 'bytes'],
  headroom: [20, optional(u32), 'bytes'],
  flags: [24, optional(nested(umemFlags))],
  txMetadataLen: [28, optional(u32), 'bytes'],
})

/** XDP_STATISTICS: 24 bytes before Linux 5.9, 48 since. */
export const xdpStatistics = growing('xdp_statistics', 48, {
  rxDropped: [0, u64, 'packets'],
  rxInvalidDescs: [8, u64, 'packets'],
  txInvalidDescs: [16, u64, 'packets'],
  rxRingFull: [24, u64, 'packets'],
  rxFillRingEmptyDescs: [32, u64, 'packets'],
  txRingEmptyDescs: [40, u64, 'packets'],
})
