/**
 * When does an idle connection end whose peer is gone? tcp_keepalive_timer in net/ipv4/tcp_timer.c.
 *
 * Probing starts when nothing was received for TCP_KEEPIDLE, and goes on every TCP_KEEPINTVL. It ends with TCP_KEEPCNT probes unanswered; with a
 * TCP_USER_TIMEOUT instead at the first probe's turn when nothing was received for that long, and TCP_KEEPCNT is ignored. It waits while data is
 * unacknowledged or unsent.
 */
import { type Course, findEnd } from './course.js'
import { type Cause, cause, type Look, unbounded } from './look.js'
import { arm, DELAY, granuleOf, hull, pendingTick, startTick, type Tick, toJiffies, type Window } from './wheel.js'

interface Times {
  readonly idle: number
  readonly interval: number
  readonly count: number
  readonly user: number
}

function timesOf({ state: { settings } }: Look): Times | undefined {
  const { TCP_KEEPIDLE: idle, TCP_KEEPINTVL: interval, TCP_KEEPCNT: count, TCP_USER_TIMEOUT: user } = settings
  if (idle === undefined || interval === undefined || count === undefined || user === undefined) return undefined
  return { idle: idle * 1000, interval: interval * 1000, count, user }
}

/** ms since anything was received: what the kernel compares with TCP_KEEPIDLE (keepalive_time_elapsed). */
function silenceOf({ state: { info, spread }, jiffy }: Look): Window {
  const times = [info?.lastDataRecv, info?.lastAckRecv].filter(time => time !== undefined)
  if (times.length < 2) return unbounded(0)
  const least = Math.min(...times)
  return { earliest: least, latest: least + jiffy + spread }
}

/** When the timer fires next. */
function nextTick({ state, jiffy }: Look, { idle, interval }: Times, silence: Window, probes: number): Tick {
  const wait = probes > 0 ? interval : idle
  if (state.timer?.kind === 'keepAlive') {
    const shortest = probes > 0 ? wait : state.timer.expires
    const grain = probes > 1 ? granuleOf(toJiffies(interval, jiffy) - 1) : 1
    return pendingTick(state.timer.expires, [shortest, wait], grain, jiffy)
  }
  const due = arm(startTick(jiffy), wait, jiffy)
  const sent = probes > 0 ? idle + probes * interval - silence.latest : 0
  return { earliest: Math.max(0, sent), latest: due.latest, grain: 1, delay: DELAY }
}

/** When the first probe is sent: at the next tick, or where something was received since it was armed, when TCP_KEEPIDLE is over. */
function firstProbe(look: Look, times: Times, silence: Window): Tick {
  const { jiffy } = look
  const next = nextTick(look, times, silence, 0)
  const isDue = next.earliest + silence.earliest >= times.idle
  const left = (at: number, silent: number) => Math.max(0, times.idle - silent - at)
  const [shortest, longest] = [left(next.latest, silence.latest), left(next.earliest, silence.earliest)]
  if (isDue) return next
  const again = arm({ ...next, earliest: 0, latest: 0, grain: 1 }, shortest, jiffy, longest)
  const lateness = again.latest - longest
  const rearmed = {
    earliest: Math.max(next.earliest, times.idle - silence.latest),
    latest: Math.max(next.latest, times.idle - silence.earliest) + lateness,
    grain: 1,
    delay: DELAY,
  }
  return next.latest + silence.latest < times.idle ? rearmed : { ...rearmed, ...hull(next, rearmed) }
}

function endOf(look: Look, times: Times): Window {
  const probes = look.state.info?.probes
  if (probes === undefined) return unbounded(0)
  const silence = silenceOf(look)
  const course: Course = {
    first: probes > 0 ? nextTick(look, times, silence, probes) : firstProbe(look, times, silence),
    wait: times.interval,
    grow: wait => wait,
    count: probes,
    most: times.user > 0 ? Infinity : times.count,
    elapsed: silence,
    isRunning: probes > 0,
    limit: () => (times.user > 0 ? times.user : Infinity),
    cutTo: undefined,
    maximum: times.interval,
    early: look.jiffy,
  }
  return findEnd(course, look.jiffy)
}

export function explainKeepAlive(look: Look): Cause {
  const { settings, info } = look.state
  const times = timesOf(look)
  const probes = info?.probes ?? 0
  const [idle, interval, count] = [settings.TCP_KEEPIDLE, settings.TCP_KEEPINTVL, settings.TCP_KEEPCNT]
  const isByUser = (settings.TCP_USER_TIMEOUT ?? 0) > 0
  const plan = isByUser ? `until TCP_USER_TIMEOUT, ${settings.TCP_USER_TIMEOUT} ms, has passed without an answer` : `${count} times`
  return cause(
    times === undefined ? unbounded(0) : endOf(look, times),
    {
      mechanism: 'keep-alive',
      code: 'ETIMEDOUT',
      unless: 'the peer answers a probe',
      reason:
        probes > 0
          ? `${probes} keep-alive ${probes === 1 ? 'probe is' : 'probes are'} unanswered; one follows every ${interval} s, ${plan}.`
          : `The connection is idle; after ${idle} s of silence keep-alive probes the peer every ${interval} s, ${plan}.`,
      remedy: 'TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT decide how soon a dead peer is noticed.',
    },
    look,
  )
}
