/** What does the congestion control algorithm know? TCP_CC_INFO, whose struct only TCP_CONGESTION tells. */
import type { Buffer } from 'node:buffer'
import { copyBytes } from './bytes.js'
import { type Codec, codec, readOnly } from './codec.js'
import { flag, u16, u32 } from './field.js'
import { type GrowingValue, growing } from './struct.js'

const accepts = 'nothing: the state of an algorithm can only be read'

/** No bytes are null: the algorithm has nothing to say (cubic, reno). */
const readable = <Out>({ name, size, layout, decode }: Codec<Out, never>): Codec<Out | null> =>
  codec<Out | null>({
    name,
    size,
    accepts,
    layout,
    decode: (view, at, length, abi) => (length === 0 ? null : decode(view, at, length, abi)),
    encode: readOnly,
  })

const vegasFields = {
  enabled: [0, flag(u32)],
  rttcnt: [4, u32, 'count'],
  /** us. */
  rtt: [8, u32, 'us'],
  /** us. */
  minrtt: [12, u32, 'us'],
} as const

const dctcpFields = {
  enabled: [0, flag(u16)],
  ceState: [2, u16],
  /** Fraction of marked bytes, in 1/1024. */
  alpha: [4, u32, '1/1024'],
  /** bytes. */
  abEcn: [8, u32, 'bytes'],
  /** bytes. */
  abTot: [12, u32, 'bytes'],
} as const

const bbrFields = {
  /** bytes/s, the low 32 bits. */
  bwLo: [0, u32, 'bytes/s'],
  /** bytes/s, the high 32 bits. */
  bwHi: [4, u32, 'bytes/s'],
  /** us. */
  minRtt: [8, u32, 'us'],
  /** 1/256. */
  pacingGain: [12, u32, '1/256'],
  /** 1/256. */
  cwndGain: [16, u32, '1/256'],
} as const

/** `struct tcpvegas_info`, which illinois, westwood and nv fill as well. */
export type VegasInfo = GrowingValue<typeof vegasFields>
/** `struct tcp_dctcp_info`. */
export type DctcpInfo = GrowingValue<typeof dctcpFields>
/** `struct tcp_bbr_info`. */
export type BbrInfo = GrowingValue<typeof bbrFields>

const vegas = readable<VegasInfo>(growing('tcpvegas_info', 16, vegasFields, { prefix: 'tcpv_' }))
const dctcp = readable<DctcpInfo>(growing('tcp_dctcp_info', 16, dctcpFields, { prefix: 'dctcp_' }))
const bbr = readable<BbrInfo>(growing('tcp_bbr_info', 20, bbrFields, { prefix: 'bbr_' }))

/** The algorithms' codecs, by their names in TCP_CONGESTION. */
export const ccInfo = Object.freeze({ vegas, illinois: vegas, westwood: vegas, nv: vegas, dctcp, bbr })

/** Of an algorithm that is not in {@link ccInfo}: its bytes as they are, or null when there are none. */
export const tcpCcInfo: Codec<Buffer | null> = readable<Buffer>(
  codec<Buffer>({ name: 'union tcp_cc_info', size: 64, accepts, decode: copyBytes, encode: readOnly }),
)
