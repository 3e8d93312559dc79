/** How is this connection doing? Linux' `struct tcp_info`, field by field. */
import { flags } from './choice.js'
import type { Codec } from './codec.js'
import { bits, flag, named, nested, orNone, u8, u16, u32, u64, u64OrNone } from './field.js'
import type { LazyStruct } from './lazy.js'
import { type GrowingValue, lazy } from './struct.js'

/** enum in net/tcp_states.h, without TCP_. */
const states = {
  ESTABLISHED: 1,
  SYN_SENT: 2,
  SYN_RECV: 3,
  FIN_WAIT1: 4,
  FIN_WAIT2: 5,
  TIME_WAIT: 6,
  CLOSE: 7,
  CLOSE_WAIT: 8,
  LAST_ACK: 9,
  LISTEN: 10,
  CLOSING: 11,
  NEW_SYN_RECV: 12,
  BOUND_INACTIVE: 13,
} as const

/** enum tcp_ca_state, without TCP_CA_. */
const caStates = { Open: 0, Disorder: 1, CWR: 2, Recovery: 3, Loss: 4 } as const

const tcpOptions = flags(
  'TCPI_OPT',
  {
    TCPI_OPT_TIMESTAMPS: 1,
    TCPI_OPT_SACK: 2,
    TCPI_OPT_WSCALE: 4,
    TCPI_OPT_ECN: 8,
    TCPI_OPT_ECN_SEEN: 16,
    TCPI_OPT_SYN_DATA: 32,
    TCPI_OPT_USEC_TS: 64,
    TCPI_OPT_TFO_CHILD: 128,
  },
  1,
)

const fastopenFailures = {
  TFO_STATUS_UNSPEC: 0,
  TFO_COOKIE_UNAVAILABLE: 1,
  TFO_DATA_NOT_ACKED: 2,
  TFO_SYN_RETRANSMITTED: 3,
} as const

/** The first 276 bytes, which have only ever grown at their end: sizes 92 (2.4), 104 (2.6.12), 192 (4.10), 232 (5.4), 248 (6.7), 280 (6.18). */
const fields = {
  /** Connection state. */
  state: [0, named(u8, states)],
  /** Congestion avoidance state: TCP_CA_* without the prefix. */
  caState: [1, named(u8, caStates)],
  /** RTO retransmissions of the current segment; resets on progress. */
  retransmits: [2, u8, 'count'],
  /** Unanswered zero-window or keep-alive probes. */
  probes: [3, u8, 'count'],
  /** Exponential backoff counter. */
  backoff: [4, u8, 'count'],
  /** TCPI_OPT_*, as far as this kernel knows them: ECN_SEEN is Linux 3.2, SYN_DATA 3.7, USEC_TS 6.7, TFO_CHILD 6.16. */
  options: [5, nested(tcpOptions)],
  /** Peer window scale (applied to windows we may send into). */
  sndWscale: [6, bits(1, 0, 4, 4)],
  /** Our window scale. */
  rcvWscale: [6, bits(1, 4, 0, 4)],
  /** Delivery rate sample was application limited. Linux 4.9. */
  deliveryRateAppLimited: [7, flag(bits(1, 0, 7, 1))],
  /** Why the SYN's data was not accepted (enum tcp_fastopen_client_fail). Linux 5.5; before, always the first. */
  fastopenClientFail: [7, named(bits(1, 1, 5, 2), fastopenFailures)],
  /** us. Retransmission timeout (jiffy granularity). */
  rto: [8, u32, 'us'],
  /** us. Delayed ACK timeout (jiffy granularity). */
  ato: [12, u32, 'us'],
  /** bytes. Current sending MSS. */
  sndMss: [16, u32, 'bytes'],
  /** bytes. Estimated MSS used by the peer. */
  rcvMss: [20, u32, 'bytes'],
  /** segments. Segments in flight; on a listener: current accept queue length. */
  unacked: [24, u32, 'segments'],
  /** segments. SACKed segments; on a listener: accept queue limit. */
  sacked: [28, u32, 'segments'],
  /** segments. Segments marked lost. */
  lost: [32, u32, 'segments'],
  /** segments. Retransmitted segments still in flight. */
  retrans: [36, u32, 'segments'],
  /** segments. Obsolete FACK counter (always 0 since 4.15). */
  fackets: [40, u32, 'segments'],
  /** ms. Time since last data segment sent. */
  lastDataSent: [44, u32, 'ms'],
  /** ms. Never filled in: 0. */
  lastAckSent: [48, u32, 'ms'],
  /** ms. Time since last data segment received. */
  lastDataRecv: [52, u32, 'ms'],
  /** ms. Time since last ACK received. */
  lastAckRecv: [56, u32, 'ms'],
  /** bytes. Path MTU. */
  pmtu: [60, u32, 'bytes'],
  /** bytes. Receive window clamp. */
  rcvSsthresh: [64, u32, 'bytes'],
  /** us. Smoothed round-trip time. */
  rtt: [68, u32, 'us'],
  /** us. Mean deviation of the RTT. */
  rttvar: [72, u32, 'us'],
  /** segments. Slow start threshold; null is infinite, none yet. */
  sndSsthresh: [76, orNone(u32, 0x7fffffff), 'segments'],
  /** segments. Congestion window. */
  sndCwnd: [80, u32, 'segments'],
  /** bytes. Advertised MSS. */
  advmss: [84, u32, 'bytes'],
  /** segments. Reordering metric. */
  reordering: [88, u32, 'segments'],
  /** us. Receiver-side RTT estimate. */
  rcvRtt: [92, u32, 'us'],
  /** bytes. Receive queue space target (autotuning). */
  rcvSpace: [96, u32, 'bytes'],
  /** segments. Total retransmitted segments. */
  totalRetrans: [100, u32, 'segments'],
  /** bytes/s. Current pacing rate; null is unlimited. Linux 3.15. */
  pacingRate: [104, u64OrNone, 'bytes/s'],
  /** bytes/s. SO_MAX_PACING_RATE; null is unlimited. Linux 3.15. */
  maxPacingRate: [112, u64OrNone, 'bytes/s'],
  /** bytes. Bytes acknowledged by the peer (counts SYN). Linux 4.1. */
  bytesAcked: [120, u64, 'bytes'],
  /** bytes. Bytes received in order. Linux 4.1. */
  bytesReceived: [128, u64, 'bytes'],
  /** segments. Segments sent. Linux 4.2. */
  segsOut: [136, u32, 'segments'],
  /** segments. Segments received. Linux 4.2. */
  segsIn: [140, u32, 'segments'],
  /** bytes. Bytes queued but not yet sent. Linux 4.6. */
  notsentBytes: [144, u32, 'bytes'],
  /** us. Minimum RTT; null is no sample. Linux 4.6. */
  minRtt: [148, orNone(u32, 0xffffffff), 'us'],
  /** segments. Data segments received. Linux 4.6. */
  dataSegsIn: [152, u32, 'segments'],
  /** segments. Data segments sent. Linux 4.6. */
  dataSegsOut: [156, u32, 'segments'],
  /** bytes/s. Delivery rate estimate. Linux 4.9. */
  deliveryRate: [160, u64, 'bytes/s'],
  /** us. Time with data outstanding. Linux 4.10. */
  busyTime: [168, u64, 'us'],
  /** us. Time limited by the receive window. Linux 4.10. */
  rwndLimited: [176, u64, 'us'],
  /** us. Time limited by the send buffer. Linux 4.10. */
  sndbufLimited: [184, u64, 'us'],
  /** segments. Segments delivered, retransmits included. Linux 4.18. */
  delivered: [192, u32, 'segments'],
  /** segments. Delivered segments with congestion marks. Linux 4.18. */
  deliveredCe: [196, u32, 'segments'],
  /** bytes. Bytes sent, retransmits included. Linux 4.19. */
  bytesSent: [200, u64, 'bytes'],
  /** bytes. Bytes retransmitted. Linux 4.19. */
  bytesRetrans: [208, u64, 'bytes'],
  /** DSACK blocks received. Linux 4.19. */
  dsackDups: [216, u32, 'count'],
  /** Reordering events. Linux 4.19. */
  reordSeen: [220, u32, 'count'],
  /** segments. Out-of-order segments received. Linux 5.4. */
  rcvOoopack: [224, u32, 'segments'],
  /** bytes. Peer's advertised window after scaling. Linux 5.4. */
  sndWnd: [228, u32, 'bytes'],
  /** bytes. Local advertised window after scaling. Linux 6.2. */
  rcvWnd: [232, u32, 'bytes'],
  /** Path rehash attempts (PLB or timeout). Linux 6.2. */
  rehash: [236, u32, 'count'],
  /** RTO timeouts, SYN included. Linux 6.7. */
  totalRto: [240, u16, 'count'],
  /** RTO recovery episodes. Linux 6.7. */
  totalRtoRecoveries: [242, u16, 'count'],
  /** ms. Time spent in RTO recovery. Linux 6.7. */
  totalRtoTime: [244, u32, 'ms'],
  /** segments. Segments received with CE marks. Linux 6.18. */
  receivedCe: [248, u32, 'segments'],
  /** bytes. Accurate ECN: delivered ECT(1) bytes. Linux 6.18. */
  deliveredE1Bytes: [252, u32, 'bytes'],
  /** bytes. Accurate ECN: delivered ECT(0) bytes. Linux 6.18. */
  deliveredE0Bytes: [256, u32, 'bytes'],
  /** bytes. Accurate ECN: delivered CE bytes. Linux 6.18. */
  deliveredCeBytes: [260, u32, 'bytes'],
  /** bytes. Accurate ECN: received ECT(1) bytes. Linux 6.18. */
  receivedE1Bytes: [264, u32, 'bytes'],
  /** bytes. Accurate ECN: received ECT(0) bytes. Linux 6.18. */
  receivedE0Bytes: [268, u32, 'bytes'],
  /** bytes. Accurate ECN: received CE bytes. Linux 6.18. */
  receivedCeBytes: [272, u32, 'bytes'],
} as const

/** Bytes 276..279 as two u16, in 6.18 and 6.19. */
const tail618 = {
  accecnFailMode: [276, u16],
  accecnOptSeen: [278, u16],
} as const

const ecnModes = { TCPI_ECN_MODE_DISABLED: 0, TCPI_ECN_MODE_RFC3168: 1, TCPI_ECN_MODE_ACCECN: 2, TCPI_ECN_MODE_PENDING: 3 } as const

/** The same bytes as bit-fields of one u32, since 7.0. */
const tail70 = {
  ecnMode: [276, named(bits(4, 0, 30, 2), ecnModes)],
  accecnOptSeen: [276, bits(4, 2, 28, 2)],
  accecnFailMode: [276, bits(4, 4, 24, 4)],
  options2: [276, bits(4, 8, 0, 24)],
} as const

/** What bytes 276..279 say, where the kernel's release tells which of two layouts they have: see {@link tcpInfoFor}. */
export interface TcpInfoTail {
  /** Linux 7.0. */
  readonly ecnMode?: keyof typeof ecnModes | number | undefined
  /** Which Accurate ECN option was seen from the peer. Linux 6.18. */
  readonly accecnOptSeen?: number | undefined
  /** Bits: how Accurate ECN failed. Linux 6.18. */
  readonly accecnFailMode?: number | undefined
  /** More option flags; none defined yet. Linux 7.0. */
  readonly options2?: number | undefined
}

/**
 * A field is undefined if and only if the kernel did not return it. A listener fills only `state`, the pacing rates, `reordering`, `sndCwnd`,
 * `unacked` (connections that wait to be accepted) and `sacked` (how many may).
 */
export type TcpInfo = GrowingValue<typeof fields> & TcpInfoTail & LazyStruct

/** More than any kernel returns: the length that comes back says how much there is. */
const offered = 512
const shape = { prefix: 'tcpi_' }

/** `struct tcp_info` without its last four bytes, which mean one thing in 6.18 and 6.19 and another since 7.0, at the same length. */
export const tcpInfo: Codec<TcpInfo> = lazy('tcp_info', offered, fields, shape)
/** `struct tcp_info` of Linux 6.18 and 6.19. */
export const tcpInfo618: Codec<TcpInfo> = lazy('tcp_info', offered, { ...fields, ...tail618 }, shape) as Codec<TcpInfo>
/** `struct tcp_info` since Linux 7.0. */
export const tcpInfo70: Codec<TcpInfo> = lazy('tcp_info', offered, { ...fields, ...tail70 }, shape) as Codec<TcpInfo>

/** The codec for a kernel, by its release (`uname -r`: `6.18.44`, `7.0.1-2-generic`); without the last four bytes where they are not known. */
export function tcpInfoFor(release: string): Codec<TcpInfo> {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(release) ?? []
  if (major === undefined) return tcpInfo
  if (Number(major) >= 7) return tcpInfo70
  return Number(major) === 6 && Number(minor) >= 18 ? tcpInfo618 : tcpInfo
}
