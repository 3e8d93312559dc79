/** How is this connection doing? Windows' TCP_INFO_v0 and v1, which SIO_TCP_INFO answers with. */
import type { Codec } from './codec.js'
import { flag, i32, named, u8, u32, u64 } from './field.js'
import type { LazyStruct } from './lazy.js'
import { type GrowingValue, lazy } from './struct.js'

/** TCPSTATE of mstcpip.h, without TCPSTATE_. */
const states = {
  CLOSED: 0,
  LISTEN: 1,
  SYN_SENT: 2,
  SYN_RCVD: 3,
  ESTABLISHED: 4,
  FIN_WAIT_1: 5,
  FIN_WAIT_2: 6,
  CLOSE_WAIT: 7,
  CLOSING: 8,
  LAST_ACK: 9,
  TIME_WAIT: 10,
} as const

/** Version 0 is the first 88 bytes (Windows 10 1703), version 1 all 136 (1809). Units are in the third place, and in the names. */
const fields = {
  state: [0, named(i32, states)],
  mss: [4, u32, 'bytes'],
  connectionTimeMs: [8, u64, 'ms'],
  timestampsEnabled: [16, flag(u8)],
  rttUs: [20, u32, 'us'],
  minRttUs: [24, u32, 'us'],
  bytesInFlight: [28, u32, 'bytes'],
  cwnd: [32, u32, 'bytes'],
  sndWnd: [36, u32, 'bytes'],
  rcvWnd: [40, u32, 'bytes'],
  rcvBuf: [44, u32, 'bytes'],
  bytesOut: [48, u64, 'bytes'],
  bytesIn: [56, u64, 'bytes'],
  bytesReordered: [64, u32, 'bytes'],
  bytesRetrans: [68, u32, 'bytes'],
  fastRetrans: [72, u32, 'count'],
  dupAcksIn: [76, u32, 'count'],
  timeoutEpisodes: [80, u32, 'count'],
  synRetrans: [84, u8, 'count'],
  sndLimTransRwin: [88, u32, 'transitions'],
  sndLimTimeRwin: [92, u32, 'ms'],
  sndLimBytesRwin: [96, u64, 'bytes'],
  sndLimTransCwnd: [104, u32, 'transitions'],
  sndLimTimeCwnd: [108, u32, 'ms'],
  sndLimBytesCwnd: [112, u64, 'bytes'],
  sndLimTransSnd: [120, u32, 'transitions'],
  sndLimTimeSnd: [124, u32, 'ms'],
  sndLimBytesSnd: [128, u64, 'bytes'],
} as const

/** A field is undefined if and only if the system did not return it: the `sndLim` ones need version 1. */
export type TcpInfoWin32 = GrowingValue<typeof fields> & LazyStruct

/** SIO_TCP_INFO. */
export const tcpInfoWin32: Codec<TcpInfoWin32> = lazy('TCP_INFO_v1', 136, fields)
