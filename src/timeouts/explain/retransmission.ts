/**
 * When does a connection end whose data, or FIN, is not acknowledged? tcp_retransmit_timer, tcp_write_timeout and retransmits_timed_out in
 * net/ipv4/tcp_timer.c.
 *
 * The clock does not start when the data is sent but at the first retransmission (retrans_stamp), and nothing ends before the second. The limit is
 * TCP_USER_TIMEOUT, or the time that tcp_retries2 doublings from 200 ms would take, whatever the connection's own timeout; of a closed socket that of
 * tcp_orphan_retries. A tail-loss probe comes first, starts no clock and is not counted.
 */
import { doubling, modelTimeout, RTO_MIN } from './backoff.js'
import { type Course, findEnd } from './course.js'
import { type Cause, cause, type Look, maximaOf, unbounded } from './look.js'
import { elapsedOf, firstTimeout, type Progress, pendingOf } from './progress.js'
import { hull, shift, type Window } from './wheel.js'

/** How long the kernel goes on at each timeout, ms; undefined where a setting that decides it is unknown. */
export function limitOf({ state: { settings, isClosed }, sysctls }: Look, maximum: number): ((wait: number) => number) | undefined {
  const { TCP_USER_TIMEOUT: user } = settings
  if (user === undefined) return undefined
  if (user > 0) return () => user
  if (!isClosed) {
    const { tcp_retries2: retries } = sysctls
    return retries === undefined ? undefined : () => modelTimeout(retries, RTO_MIN, maximum)
  }
  const { tcp_orphan_retries: orphan } = sysctls
  if (orphan === undefined) return undefined
  return wait => modelTimeout(orphanRetries(orphan, wait < maximum), RTO_MIN, maximum)
}

/** tcp_orphan_retries(): 0 means 8 while the timeout has not reached its maximum, and 0 after. */
export const orphanRetries = (sysctl: number, isAlive: boolean): number => (sysctl === 0 && isAlive ? 8 : sysctl)

/** Jiffies and milliseconds are truncated before they are compared; a connection with timestamps in microseconds adds a jiffy. */
const earlyOf = ({ state, jiffy }: Look): number => (state.info?.options?.includes('TCPI_OPT_USEC_TS') === false ? 1 : 1 + jiffy)

function endOf(look: Look, progress: Progress, maximum: number): Window {
  const { state, jiffy } = look
  const limit = limitOf(look, maximum)
  const isBegun = progress.retransmits > 0
  const pending = pendingOf(look, progress)
  if (limit === undefined) return unbounded(pending.earliest)
  const user = state.settings.TCP_USER_TIMEOUT ?? 0
  const course: Course = {
    first: pending,
    wait: progress.wait,
    grow: doubling(maximum),
    count: progress.retransmits,
    most: Infinity,
    elapsed: elapsedOf(look, progress, maximum),
    isRunning: isBegun,
    limit,
    cutTo: user > 0 ? 1 : undefined,
    maximum,
    early: earlyOf(look),
  }
  const end = progress.isEven ? findEnd : irregularEnd
  if (isBegun) return end(course, jiffy)
  const timeout = firstTimeout(look, progress)
  const zero = { earliest: 0, latest: 0 }
  const afterwards = { ...course, first: { ...timeout, ...zero }, elapsed: progress.canClockBeOlder ? unbounded(0) : zero }
  return shift(end(afterwards, jiffy), timeout)
}

/**
 * The timeout does not double with each retransmission: the stream is thin, ICMP takes the backoff back (RFC 6069), or packets do not get out of this
 * machine. So a tick may come at any time from the next on, and the last one as late as doubling and no cut allow.
 */
function irregularEnd(course: Course, jiffy: number): Window {
  const { first, elapsed, limit, wait, early } = course
  const last = findEnd({ ...course, cutTo: undefined }, jiffy)
  return hull({ earliest: Math.max(first.earliest, limit(wait) - early - elapsed.latest), latest: 0 }, last)
}

function reasonOf(progress: Progress, expires: number | undefined): string {
  const { retransmits } = progress
  const next = expires === undefined ? '' : `, the next retransmission in ${Math.round(expires)} ms`
  if (retransmits === 0) return `Data is unacknowledged${next}; the clock starts at the first retransmission.`
  return `Data is unacknowledged and was sent again ${retransmits === 1 ? 'once' : `${retransmits} times`}${next}.`
}

export function explainRetransmission(look: Look, progress: Progress | undefined): Cause {
  const { settings, isClosed, timer } = look.state
  const user = settings.TCP_USER_TIMEOUT ?? 0
  const maxima = maximaOf(look, progress?.wait ?? 0)
  const window = progress === undefined ? unbounded(0) : maxima.map(maximum => endOf(look, progress, maximum)).reduce(hull)
  return cause(
    window,
    {
      mechanism: user > 0 ? 'TCP_USER_TIMEOUT' : 'retransmission',
      code: isClosed ? null : 'ETIMEDOUT',
      unless: 'the peer acknowledges',
      reason: progress === undefined ? 'Data is unacknowledged.' : reasonOf(progress, timer?.expires),
      remedy:
        user > 0
          ? `TCP_USER_TIMEOUT is ${user} ms, counted from the first retransmission; a change takes effect at the next one.`
          : isClosed
            ? 'net.ipv4.tcp_orphan_retries decides for a closed socket; TCP_USER_TIMEOUT, set before it is closed, decides in its place.'
            : 'A TCP_USER_TIMEOUT ends it sooner; it takes effect at the next retransmission.',
    },
    look,
  )
}
