/**
 * When does a connection end whose peer has closed its window on data already in flight? The first part of tcp_retransmit_timer and
 * tcp_rtx_probe0_timed_out in net/ipv4/tcp_timer.c.
 *
 * Retransmissions serve as probes then and are not counted. It ends when TCP_USER_TIMEOUT has passed since the first of them, or when twice TCP_RTO_MAX_MS
 * have passed both since it and since the last acknowledgement: a peer that answers keeps it alive.
 */
import { doubling } from './backoff.js'
import { type Course, findEnd } from './course.js'
import { type Cause, cause, type Look, maximaOf, unbounded } from './look.js'
import { firstTimeout, type Progress, pendingOf } from './progress.js'
import { hull, overdue, type Window } from './wheel.js'

/** What the clock of the first such retransmission reads: the waits since, each half of the next. */
function elapsedOf(look: Look, { wait }: Progress, maximum: number): Window {
  const { info, timer } = look.state
  const backoff = info?.backoff ?? 0
  if ((info?.retransmits ?? 0) > 0 || wait >= maximum) return unbounded(0)
  let { earliest, latest } = {
    earliest: 0,
    latest: wait - (timer?.expires ?? 0) + overdue(timer?.expires ?? 0, wait, look.jiffy) + look.jiffy + look.state.spread,
  }
  for (let back = 1; back < backoff; back++) {
    earliest += wait / 2 ** back
    latest += wait / 2 ** back + overdue(0, wait, look.jiffy)
  }
  return { earliest, latest }
}

function endOf(look: Look, progress: Progress, maximum: number): Window {
  const { info, settings } = look.state
  const isRunning = (info?.backoff ?? 0) > 0 || (info?.retransmits ?? 0) > 0
  const first = isRunning ? pendingOf(look, progress) : firstTimeout(look, progress)
  const { TCP_USER_TIMEOUT: user } = settings
  if (user === undefined || (user === 0 && info?.lastAckRecv === undefined)) return unbounded(first.earliest)
  const since = isRunning ? elapsedOf(look, progress, maximum) : { earliest: -first.latest, latest: -first.earliest }
  const silent = info?.lastAckRecv ?? 0
  const both = { earliest: Math.min(since.earliest, silent), latest: Math.min(since.latest, silent + look.jiffy) }
  const course: Course = {
    first,
    wait: progress.wait,
    grow: doubling(maximum),
    count: 0,
    most: Infinity,
    elapsed: user > 0 ? since : both,
    isRunning,
    limit: () => (user > 0 ? user : 2 * maximum),
    cutTo: user > 0 ? 1 : undefined,
    maximum,
    early: 1 + look.jiffy,
  }
  return findEnd(course, look.jiffy)
}

export function explainShrunkWindow(look: Look, progress: Progress | undefined): Cause {
  const { settings } = look.state
  const isByUser = (settings.TCP_USER_TIMEOUT ?? 0) > 0
  const maxima = maximaOf(look, progress?.wait ?? 0)
  const window = progress === undefined ? unbounded(0) : maxima.map(maximum => endOf(look, progress, maximum)).reduce(hull)
  return cause(
    window,
    {
      mechanism: isByUser ? 'TCP_USER_TIMEOUT' : 'zero-window probe',
      code: 'ETIMEDOUT',
      unless: isByUser ? 'the peer opens its window' : 'the peer answers',
      reason: 'The peer has closed its window on data that was in flight.',
      remedy: isByUser
        ? 'A longer TCP_USER_TIMEOUT, or 0, waits longer for the peer to read.'
        : 'TCP_RTO_MAX_MS, twice of which this takes, and TCP_USER_TIMEOUT change it.',
    },
    look,
  )
}
