/** Which packets are timed, by which clock? SO_TIMESTAMPING and SO_TXTIME. */
import { flags } from './choice.js'
import { i32, named, nested, optional, within } from './field.js'
import { growing, struct } from './struct.js'

const timestampingFlags = flags('SOF_TIMESTAMPING', {
  SOF_TIMESTAMPING_TX_HARDWARE: 1 << 0,
  SOF_TIMESTAMPING_TX_SOFTWARE: 1 << 1,
  SOF_TIMESTAMPING_RX_HARDWARE: 1 << 2,
  SOF_TIMESTAMPING_RX_SOFTWARE: 1 << 3,
  SOF_TIMESTAMPING_SOFTWARE: 1 << 4,
  SOF_TIMESTAMPING_SYS_HARDWARE: 1 << 5,
  SOF_TIMESTAMPING_RAW_HARDWARE: 1 << 6,
  SOF_TIMESTAMPING_OPT_ID: 1 << 7,
  SOF_TIMESTAMPING_TX_SCHED: 1 << 8,
  SOF_TIMESTAMPING_TX_ACK: 1 << 9,
  SOF_TIMESTAMPING_OPT_CMSG: 1 << 10,
  SOF_TIMESTAMPING_OPT_TSONLY: 1 << 11,
  SOF_TIMESTAMPING_OPT_STATS: 1 << 12,
  SOF_TIMESTAMPING_OPT_PKTINFO: 1 << 13,
  SOF_TIMESTAMPING_OPT_TX_SWHW: 1 << 14,
  SOF_TIMESTAMPING_BIND_PHC: 1 << 15,
  SOF_TIMESTAMPING_OPT_ID_TCP: 1 << 16,
  SOF_TIMESTAMPING_OPT_RX_FILTER: 1 << 17,
  SOF_TIMESTAMPING_TX_COMPLETION: 1 << 18,
})

/**
 * `struct so_timestamping`. Before Linux 5.14 only `flags` came back. `bindPhc` is the index of a PTP hardware clock's virtual clock, and
 * counts only with SOF_TIMESTAMPING_BIND_PHC; 0 unless given.
 */
export const soTimestamping = growing('so_timestamping', 8, {
  flags: [0, nested(timestampingFlags)],
  bindPhc: [4, optional(within(i32, 0, 2 ** 31 - 1))],
})

const clocks = {
  CLOCK_REALTIME: 0,
  CLOCK_MONOTONIC: 1,
  CLOCK_PROCESS_CPUTIME_ID: 2,
  CLOCK_THREAD_CPUTIME_ID: 3,
  CLOCK_MONOTONIC_RAW: 4,
  CLOCK_REALTIME_COARSE: 5,
  CLOCK_MONOTONIC_COARSE: 6,
  CLOCK_BOOTTIME: 7,
  CLOCK_REALTIME_ALARM: 8,
  CLOCK_BOOTTIME_ALARM: 9,
  CLOCK_TAI: 11,
} as const

/** `struct sock_txtime`. A socket on which nobody has set it answers CLOCK_REALTIME and no flags. */
export const sockTxtime = struct('sock_txtime', 8, {
  clockid: [0, named(i32, clocks)],
  flags: [4, nested(flags('SOF_TXTIME', { SOF_TXTIME_DEADLINE_MODE: 1 << 0, SOF_TXTIME_REPORT_ERRORS: 1 << 1 }))],
})
