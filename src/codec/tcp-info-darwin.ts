/** How is this connection doing? macOS' `struct tcp_connection_info`: milliseconds and bytes, where Linux counts microseconds and segments. */
import { flags } from './choice.js'
import type { Codec } from './codec.js'
import { bits, flag, named, nested, u8, u32, u64 } from './field.js'
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

const tcpOptions = flags('TCPCI_OPT', { TCPCI_OPT_TIMESTAMPS: 1, TCPCI_OPT_SACK: 2, TCPCI_OPT_WSCALE: 4, TCPCI_OPT_ECN: 8 })
const tcpFlags = flags('TCPCI_FLAG', { TCPCI_FLAG_LOSSRECOVERY: 1, TCPCI_FLAG_REORDERING_DETECTED: 2 })

const fields = {
  /** Connection state. */
  state: [0, named(u8, states)],
  /** Send window scale. */
  sndWscale: [1, u8],
  /** Receive window scale. */
  rcvWscale: [2, u8],
  /** What was negotiated. */
  options: [4, nested(tcpOptions)],
  /** What is going on. */
  flags: [8, nested(tcpFlags)],
  /** ms. Current retransmission timeout; 0 when the timer is idle. */
  rto: [12, u32, 'ms'],
  /** bytes. Maximum segment size. */
  maxseg: [16, u32, 'bytes'],
  /** bytes. Slow start threshold. */
  sndSsthresh: [20, u32, 'bytes'],
  /** bytes. Congestion window. */
  sndCwnd: [24, u32, 'bytes'],
  /** bytes. Send window. */
  sndWnd: [28, u32, 'bytes'],
  /** bytes. Bytes in the send buffer, in flight included. */
  sndSbbytes: [32, u32, 'bytes'],
  /** bytes. Receive window. */
  rcvWnd: [36, u32, 'bytes'],
  /** ms. Latest RTT sample. */
  rttcur: [40, u32, 'ms'],
  /** ms. Smoothed RTT. */
  srtt: [44, u32, 'ms'],
  /** ms. RTT variance. */
  rttvar: [48, u32, 'ms'],
  /** TCP Fast Open: a cookie was requested. */
  tfoCookieReq: [52, flag(bits(4, 0, 31, 1))],
  /** TCP Fast Open: a cookie was received. */
  tfoCookieRcv: [52, flag(bits(4, 1, 30, 1))],
  /** TCP Fast Open: the SYN with data was lost. */
  tfoSynLoss: [52, flag(bits(4, 2, 29, 1))],
  /** TCP Fast Open: the SYN was sent with data. */
  tfoSynDataSent: [52, flag(bits(4, 3, 28, 1))],
  /** TCP Fast Open: the SYN's data was acknowledged. */
  tfoSynDataAcked: [52, flag(bits(4, 4, 27, 1))],
  /** TCP Fast Open: data came with the SYN. */
  tfoSynDataRcv: [52, flag(bits(4, 5, 26, 1))],
  /** TCP Fast Open: a cookie request was received. */
  tfoCookieReqRcv: [52, flag(bits(4, 6, 25, 1))],
  /** TCP Fast Open: a cookie was sent. */
  tfoCookieSent: [52, flag(bits(4, 7, 24, 1))],
  /** TCP Fast Open: the peer's cookie was invalid. */
  tfoCookieInvalid: [52, flag(bits(4, 8, 23, 1))],
  /** TCP Fast Open: the peer said our cookie is wrong. */
  tfoCookieWrong: [52, flag(bits(4, 9, 22, 1))],
  /** TCP Fast Open: no cookie was received. */
  tfoNoCookieRcv: [52, flag(bits(4, 10, 21, 1))],
  /** TCP Fast Open: switched off by the heuristics. */
  tfoHeuristicsDisable: [52, flag(bits(4, 11, 20, 1))],
  /** TCP Fast Open: data sent in a SYN vanishes. */
  tfoSendBlackhole: [52, flag(bits(4, 12, 19, 1))],
  /** TCP Fast Open: data received in a SYN vanishes. */
  tfoRecvBlackhole: [52, flag(bits(4, 13, 18, 1))],
  /** TCP Fast Open: a proxy acknowledged one byte of the SYN's data. */
  tfoOnebyteProxy: [52, flag(bits(4, 14, 17, 1))],
  /** packets. Packets sent. */
  txpackets: [56, u64, 'packets'],
  /** bytes. Bytes sent. */
  txbytes: [64, u64, 'bytes'],
  /** bytes. Bytes retransmitted. */
  txretransmitbytes: [72, u64, 'bytes'],
  /** packets. Packets received. */
  rxpackets: [80, u64, 'packets'],
  /** bytes. Bytes received. */
  rxbytes: [88, u64, 'bytes'],
  /** bytes. Out-of-order bytes received. */
  rxoutoforderbytes: [96, u64, 'bytes'],
  /** packets. Packets retransmitted. */
  txretransmitpackets: [104, u64, 'packets'],
} as const

/** A field is undefined if and only if the kernel did not return it. */
export type TcpConnectionInfo = GrowingValue<typeof fields> & LazyStruct

/** TCP_CONNECTION_INFO. */
export const tcpConnectionInfo: Codec<TcpConnectionInfo> = lazy('tcp_connection_info', 112, fields, { prefix: 'tcpi_' })
