/** Which values change between two reads of a socket that nobody uses? They are left out of comparisons, each for the reason given here. */
import { type KernelRow, plain } from '../support/rows.js'

interface Motion {
  /** The fields that move; the whole value where there are none. */
  readonly fields: readonly string[]
  /** Their bytes: from, to. */
  readonly bytes: readonly [from: number, to: number]
  readonly why: string
}

const tcpTimes = ['lastDataSent', 'lastAckSent', 'lastDataRecv', 'lastAckRecv']
const mptcpTimes = ['lastDataSent', 'lastDataRecv', 'lastAckRecv']
const why = 'milliseconds since an event'

const motions: Readonly<Record<string, Motion>> = {
  TCP_INFO: { fields: tcpTimes, bytes: [44, 60], why },
  MPTCP_INFO: { fields: mptcpTimes, bytes: [84, 96], why },
  MPTCP_TCPINFO: { fields: tcpTimes, bytes: [16 + 44, 16 + 60], why },
  MPTCP_FULL_INFO: { fields: mptcpTimes, bytes: [40 + 84, 40 + 96], why },
  TCP_TIMESTAMP: { fields: [], bytes: [0, 4], why: 'the clock of the connection' },
}

/** The bytes, with zeros where they move. */
export function stillBytes(row: KernelRow, bytes: Uint8Array): Buffer {
  const still = Buffer.from(bytes)
  const motion = motions[row.name]
  return motion === undefined ? still : still.fill(0, ...motion.bytes)
}

/** The value as plain data, without what moves. */
export function stillValue(row: KernelRow, value: unknown): unknown {
  const motion = motions[row.name]
  return motion?.fields.length === 0 ? typeof value : plain(value, motion?.fields)
}
