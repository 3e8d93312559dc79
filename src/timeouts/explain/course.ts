/**
 * At which of its ticks does a backing-off timer end the connection? SYN, data, window probes and keep-alive differ in their numbers, not in this: a
 * timer fires, the kernel asks whether so many attempts or so much time are over, and if not it tries again and arms the timer anew.
 */
import { arm, DELAY, granuleOf, hull, shift, type Tick, toJiffies, type Window } from './wheel.js'

export interface Course {
  /** The next time the timer fires. */
  readonly first: Tick
  /** What was waited for before it, or will be: the kernel's current timeout (icsk_rto), ms. */
  readonly wait: number
  /** The timeout after one more attempt: so many of them were made then. */
  readonly grow: (wait: number, count: number) => number
  /** Attempts so far, as the kernel counts them. */
  readonly count: number
  /** With so many a tick ends it; Infinity: no such rule. */
  readonly most: number
  /** What the clock of this mechanism reads at the look, ms; counted from the first tick where it has not begun. */
  readonly elapsed: Window
  /** Whether that clock has begun; the first tick begins it. */
  readonly isRunning: boolean
  /** At how much time a tick ends it, ms; may depend on the timeout. Infinity: no such rule. */
  readonly limit: (wait: number) => number
  /** Whether waits are cut to what is left of the limit, as for TCP_USER_TIMEOUT; then the fewest jiffies that are waited. */
  readonly cutTo: number | undefined
  /** The longest timeout (TCP_RTO_MAX_MS), from which on it does not grow. */
  readonly maximum: number
  /** How much too early the kernel may find the limit reached, ms: it subtracts rounded times. */
  readonly early: number
}

export interface End extends Window {
  readonly rule: 'count' | 'time'
}

/** The kernel compares whole milliseconds or jiffies: a limit may seem reached up to so much too late. */
const ROUNDING = 1

/** Fires whose windows touch the limit may end it there or go on; the window is from the first that may to the first that must. */
export function findEnd(course: Course, jiffy: number): End {
  const { elapsed, limit, early, grow, most } = course
  let { first: tick, wait, count, isRunning } = course
  let end: End | undefined
  for (;;) {
    if (count >= most) return close(end, tick, 'count')
    if (isRunning) {
      const [from, until] = [limit(wait) - early - elapsed.latest, limit(wait) + ROUNDING - elapsed.earliest]
      if (tick.latest >= from) end = close(end, { earliest: Math.max(tick.earliest, from), latest: tick.latest }, 'time')
      if (tick.earliest >= until) return end ?? close(end, tick, 'time')
      tick = { ...tick, latest: Math.min(tick.latest, until) }
    }
    if (!Number.isFinite(limit(wait)) && !Number.isFinite(most)) return { earliest: Infinity, latest: Infinity, rule: 'time' }
    isRunning = true
    count++
    const isSteady = wait >= course.maximum
    wait = grow(wait, count)
    const next = armNext(course, tick, wait, jiffy)
    const skipped = isSteady ? stepsToSkip(course, tick, wait, count, jiffy) : 0
    const by = { earliest: skipped * (next.earliest - tick.earliest), latest: skipped * (next.latest - tick.latest) }
    tick = shift(next, by)
    count += skipped
  }
}

function close(end: End | undefined, window: Window, rule: End['rule']): End {
  const { earliest, latest } = end === undefined ? window : hull(end, window)
  return { earliest: Math.max(0, earliest), latest, rule: end?.rule ?? rule }
}

/** A TCP_USER_TIMEOUT of days is thousands of equal waits: so many of them surely end nothing. */
function stepsToSkip({ elapsed, limit, most, early }: Course, tick: Tick, wait: number, count: number, jiffy: number): number {
  const longest = wait + 2 * granuleOf(toJiffies(wait, jiffy)) * jiffy
  const inTime = Math.floor((limit(wait) - early - elapsed.latest - tick.latest) / longest) - 2
  const steps = Math.min(inTime, most - count - 2)
  return steps > 0 && Number.isFinite(steps) ? steps : 0
}

/** The wait, or what is left of the limit when the timer is run: the kernel rounds that up to a jiffy. */
function armNext({ elapsed, limit, cutTo }: Course, tick: Tick, wait: number, jiffy: number): Tick {
  if (cutTo === undefined) return arm(tick, wait, jiffy)
  const left = (at: number, clock: number) => Math.max(cutTo * jiffy, limit(wait) - clock - at)
  const shortest = left(tick.latest, elapsed.latest)
  const longest = left(tick.earliest, elapsed.earliest)
  if (wait <= shortest - ROUNDING) return arm(tick, wait, jiffy)
  const [least, most] = [Math.min(wait, shortest), Math.min(wait, longest)]
  const late = granuleOf(toJiffies(most, jiffy) + 1) * jiffy
  const at = (from: number, clock: number) => from + Math.min(wait, left(from, clock))
  return {
    earliest: Math.max(tick.earliest + (cutTo + 1) * jiffy, at(tick.earliest, elapsed.latest) - ROUNDING - DELAY),
    latest: at(tick.latest + tick.delay, elapsed.earliest) + jiffy + late,
    grain: granuleOf(toJiffies(least, jiffy) - 2),
    delay: DELAY,
  }
}
