/**
 * When does connect() fail because nothing answers? tcp_retransmit_timer and tcp_write_timeout in net/ipv4/tcp_timer.c, in SYN_SENT.
 *
 * Two rules, and the first that holds at a tick of the timer ends it. The count: TCP_SYNCNT + tcp_syn_linear_timeouts retransmissions were made. The time
 * since connect(): TCP_USER_TIMEOUT, or else what TCP_SYNCNT doublings from 1 s amount to. So a user timeout may also lengthen an attempt.
 */
import { modelTimeout, RTO_INITIAL } from './backoff.js'
import { type Course, type End, findEnd } from './course.js'
import { type Cause, cause, type Look, maximaOf, unbounded } from './look.js'
import { arm, hull, meet, overdue, pendingTick, startTick, type Tick, type Window } from './wheel.js'

interface Rules {
  readonly retries: number
  readonly linear: number
  readonly maximum: number
  readonly user: number
}

/** The timeout after so many retransmissions: the first `linear` of them do not double it. */
const growing =
  ({ linear, maximum }: Rules) =>
  (wait: number, count: number): number =>
    count > linear ? Math.min(2 * wait, maximum) : wait

/** When the last retransmission was made, counted from connect(). */
function replay(rules: Rules, retransmits: number, jiffy: number): Tick {
  const grow = growing(rules)
  let wait = RTO_INITIAL
  let tick = startTick(jiffy)
  for (let count = 1; count <= retransmits; count++) {
    tick = arm(tick, count === 1 ? wait : cut(rules, tick, wait), jiffy, wait)
    wait = grow(wait, count)
  }
  return tick
}

/** The end of an attempt that has not begun: counted from connect(). */
export function connectEnd(rules: Rules, jiffy: number): Window {
  return findEnd({ ...courseOf(rules, jiffy), first: arm(startTick(jiffy), RTO_INITIAL, jiffy) }, jiffy)
}

function courseOf(rules: Rules, jiffy: number): Omit<Course, 'first'> {
  const { retries, linear, maximum, user } = rules
  const limit = user > 0 ? user : modelTimeout(retries, RTO_INITIAL, maximum)
  return {
    wait: RTO_INITIAL,
    grow: growing(rules),
    count: 0,
    most: retries + linear,
    elapsed: { earliest: 0, latest: jiffy },
    isRunning: false,
    limit: () => limit,
    cutTo: user > 0 ? 1 : undefined,
    maximum: Math.max(maximum, RTO_INITIAL),
    early: 1,
  }
}

/** What the kernel's clock reads: by what TCP_INFO tells, else by the retransmissions that there were. */
function elapsedOf({ state, jiffy }: Look, rules: Rules, retransmits: number, wait: number): Window {
  const tick = replay(rules, retransmits, jiffy)
  const { timer, info, connectingFor } = state
  const sinceTick =
    timer?.kind === 'retransmission'
      ? {
          earliest: Math.max(0, shortestOf(rules, tick, wait, retransmits) - timer.expires - jiffy),
          latest: wait - timer.expires + jiffy + overdue(timer.expires, wait, jiffy),
        }
      : { earliest: 0, latest: wait + overdue(0, wait, jiffy) }
  const reckoned = { earliest: tick.earliest + sinceTick.earliest, latest: tick.latest + tick.delay + sinceTick.latest + state.spread }
  const known = connectingFor === undefined ? reckoned : meet(reckoned, { earliest: 0, latest: connectingFor + state.spread })
  if (retransmits === 0 || info?.totalRtoTime === undefined || info.totalRtoRecoveries !== 1) return known
  const first = arm(startTick(jiffy), RTO_INITIAL, jiffy)
  const told = {
    earliest: first.earliest + info.totalRtoTime - 1,
    latest: first.latest + first.delay + info.totalRtoTime + 1 + state.spread,
  }
  return meet(told, known)
}

/** The wait that was armed last, at the least: connect() itself arms the whole. */
const shortestOf = (rules: Rules, tick: Tick, wait: number, retransmits: number): number =>
  retransmits === 0 ? wait : cut(rules, tick, wait)

/** The wait that a tick arms, at the least: a user timeout cuts it. */
function cut({ user }: Rules, tick: Tick, wait: number): number {
  return user > 0 ? Math.min(wait, Math.max(1, user - tick.latest)) : wait
}

function firstTick({ state, jiffy }: Look, rules: Rules, elapsed: Window, retransmits: number, wait: number): Tick {
  const tick = replay(rules, retransmits, jiffy)
  const shortest = shortestOf(rules, tick, wait, retransmits)
  if (state.timer?.kind === 'retransmission') return pendingTick(state.timer.expires, [shortest, wait], tick.grain, jiffy)
  const due = arm(tick, shortest, jiffy, wait)
  return { ...due, earliest: Math.max(0, due.earliest - elapsed.latest), latest: Math.max(0, due.latest - elapsed.earliest) }
}

/** @returns undefined where TCP_INFO does not tell how far the attempt has come. */
function windowOf(look: Look, rules: Rules): End | undefined {
  const { info } = look.state
  const retransmits = info?.retransmits
  if (retransmits === undefined || info?.rto === undefined) return undefined
  const wait = info.rto / 1000
  const elapsed = elapsedOf(look, rules, retransmits, wait)
  const first = firstTick(look, rules, elapsed, retransmits, wait)
  const grow = growing(rules)
  const before = info.totalRto ?? retransmits
  const course: Course = {
    ...courseOf(rules, look.jiffy),
    first,
    wait,
    grow: (last, count) => grow(last, count - retransmits + before),
    count: retransmits,
    elapsed,
    isRunning: retransmits > 0,
  }
  return findEnd(course, look.jiffy)
}

/** How many of the first retransmissions do not double the timeout, at the least: a doubled one tells, or how many there were. */
function leastLinear({ state: { info }, sysctls }: Look, retries: number): { readonly linear: number; readonly isKnown: boolean } {
  const { tcp_syn_linear_timeouts: told } = sysctls
  if (told !== undefined) return { linear: told, isKnown: true }
  const sent = info?.retransmits ?? 0
  const doublings = Math.log2((info?.rto ?? 0) / 1000 / RTO_INITIAL)
  if (doublings <= 0) return { linear: sent, isKnown: false }
  const isTold = Number.isInteger(doublings) && doublings <= sent
  return { linear: isTold ? sent - doublings : Math.max(0, sent - retries), isKnown: isTold }
}

/** Every window that what could not be read allows, or undefined where nothing bounds it. */
function windowsOf(look: Look): End[] | undefined {
  const { TCP_SYNCNT: retries, TCP_USER_TIMEOUT: user } = look.state.settings
  if (retries === undefined || user === undefined) return undefined
  const { linear, isKnown } = leastLinear(look, retries)
  const ends = maximaOf(look, (look.state.info?.rto ?? 0) / 1000).map(maximum => {
    const rules = { retries, linear, maximum, user }
    const end = windowOf(look, rules)
    return end === undefined || isKnown ? end : withMoreLinear(end, look, rules)
  })
  return ends.every(end => end !== undefined) ? ends : undefined
}

/** With more undoubled timeouts the count comes later, and the time at a tick that is at most one wait after the limit. */
function withMoreLinear(end: End, look: Look, rules: Rules): End {
  const limit = courseOf(rules, look.jiffy).limit(RTO_INITIAL)
  const first = Math.max(0, limit - RTO_INITIAL * (1 + (look.state.info?.retransmits ?? 0)) * 1.1)
  return { ...end, earliest: Math.min(end.earliest, first), latest: Math.max(end.latest, limit) + Math.min(rules.maximum, limit) * 1.1 }
}

export function explainSyn(look: Look): Cause {
  const { info, settings } = look.state
  const ends = windowsOf(look)
  const window = ends?.reduce<Window>(hull, { earliest: Infinity, latest: 0 }) ?? unbounded(0)
  const user = settings.TCP_USER_TIMEOUT ?? 0
  const isByUser = user > 0 && (ends ?? []).every(({ rule }) => rule === 'time')
  const count = info?.retransmits ?? 0
  return cause(
    window,
    {
      mechanism: isByUser ? 'TCP_USER_TIMEOUT' : 'SYN retransmission',
      code: 'ETIMEDOUT',
      unless: 'the peer answers',
      reason: `Nothing has answered the SYN yet; it was sent again ${count === 1 ? 'once' : `${count} times`}.`,
      remedy: isByUser
        ? 'TCP_USER_TIMEOUT limits the attempt; TCP_SYNCNT limits the retransmissions.'
        : `TCP_SYNCNT is ${settings.TCP_SYNCNT}: fewer retransmissions, or a TCP_USER_TIMEOUT, end the attempt sooner. Both count from the next tick on.`,
    },
    look,
  )
}
