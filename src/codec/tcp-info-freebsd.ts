/** How is this connection doing? FreeBSD's `struct tcp_info`, as far as its kernel fills it. */
import { flags } from './choice.js'
import type { Codec } from './codec.js'
import { bits, named, nested, u8, u32, u64 } from './field.js'
import type { LazyStruct } from './lazy.js'
import { type GrowingValue, lazy } from './struct.js'

/** netinet/tcp_fsm.h, without TCPS_. */
const states = {
  CLOSED: 0,
  LISTEN: 1,
  SYN_SENT: 2,
  SYN_RECEIVED: 3,
  ESTABLISHED: 4,
  CLOSE_WAIT: 5,
  FIN_WAIT_1: 6,
  CLOSING: 7,
  LAST_ACK: 8,
  FIN_WAIT_2: 9,
  TIME_WAIT: 10,
} as const

const tcpOptions = flags(
  'TCPI_OPT',
  {
    TCPI_OPT_TIMESTAMPS: 1,
    TCPI_OPT_SACK: 2,
    TCPI_OPT_WSCALE: 4,
    TCPI_OPT_ECN: 8,
    TCPI_OPT_TOE: 16,
    TCPI_OPT_TFO: 32,
    TCPI_OPT_ACE: 64,
  },
  1,
)

/** The names that start with two underscores in netinet/tcp.h are left out: the kernel does not fill them. Congestion windows are in bytes. */
const fields = {
  state: [0, named(u8, states)],
  options: [5, nested(tcpOptions)],
  sndWscale: [6, bits(1, 0, 4, 4)],
  rcvWscale: [6, bits(1, 4, 0, 4)],
  rto: [8, u32, 'us'],
  sndMss: [16, u32, 'bytes'],
  rcvMss: [20, u32, 'bytes'],
  lastDataRecv: [52, u32, 'us'],
  rtt: [68, u32, 'us'],
  rttvar: [72, u32, 'us'],
  sndSsthresh: [76, u32, 'bytes'],
  sndCwnd: [80, u32, 'bytes'],
  rcvSpace: [96, u32, 'bytes'],
  sndWnd: [100, u32, 'bytes'],
  sndBwnd: [104, u32],
  sndNxt: [108, u32],
  rcvNxt: [112, u32],
  toeTid: [116, u32],
  sndRexmitpack: [120, u32],
  rcvOoopack: [124, u32],
  sndZerowin: [128, u32],
  deliveredCe: [132, u32],
  receivedCe: [136, u32],
  totalTlp: [164, u32],
  totalTlpBytes: [168, u64],
  sndUna: [176, u32],
  sndMax: [180, u32],
  rcvNumsacks: [184, u32],
  rcvAdv: [188, u32],
  dupacks: [192, u32],
} as const

/** A field is undefined if and only if the kernel did not return it. netinet/tcp.h declares the layout unstable. */
export type TcpInfoFreebsd = GrowingValue<typeof fields> & LazyStruct

/** FreeBSD's TCP_INFO: 240 bytes in 14 and 15. */
export const tcpInfoFreebsd: Codec<TcpInfoFreebsd> = lazy('tcp_info', 240, fields, { prefix: 'tcpi_' })
