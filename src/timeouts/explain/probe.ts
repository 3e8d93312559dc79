/**
 * When does a connection end that has data to send and may not? tcp_probe_timer in net/ipv4/tcp_timer.c, tcp_send_probe0 in net/ipv4/tcp_output.c.
 *
 * Nothing is in flight and the peer's window is closed (or this machine drops what is sent): the kernel probes, after max(RTO, 200 ms) and then ever more
 * rarely. With tcp_retries2 probes unanswered it gives up; any answer sets that count to 0. TCP_USER_TIMEOUT counts from the first probe whatever the
 * peer answers, until the window opens: so it also ends a connection whose peer is well and does not read.
 */
import { RTO_MIN } from './backoff.js'
import { type Course, type End, findEnd } from './course.js'
import { type Cause, cause, type Look, maximaOf, unbounded } from './look.js'
import { orphanRetries } from './retransmission.js'
import { arm, DELAY, granuleOf, hull, pendingTick, shift, startTick, type Tick, toJiffies, type Window } from './wheel.js'

interface Probing {
  /** icsk_probes_out: unanswered. */
  readonly probes: number
  /** icsk_backoff: sent since the window closed, answered or not. */
  readonly backoff: number
  /** ms before the first of them. */
  readonly base: number
}

function probingOf({ state: { info } }: Look): Probing | undefined {
  if (info?.probes === undefined || info.backoff === undefined || info.rto === undefined) return undefined
  return { probes: info.probes, backoff: info.backoff, base: Math.max(info.rto / 1000, RTO_MIN) }
}

/** tcp_probe0_when() */
const waitAfter = ({ base }: Probing, probes: number, maximum: number): number => Math.min(base * 2 ** probes, maximum)

function pendingOf({ state, jiffy }: Look, probing: Probing, maximum: number): Tick {
  const wait = waitAfter(probing, probing.backoff, maximum)
  const before = waitAfter(probing, probing.backoff - 1, maximum)
  const isWhole = state.settings.TCP_USER_TIMEOUT === 0 && state.settings.TCP_RTO_MAX_MS !== undefined
  const isAligned = probing.backoff > 0 && probing.probes === probing.backoff && isWhole
  const grain = isAligned ? granuleOf(toJiffies(before, jiffy) - 1) : 1
  if (state.timer?.kind === 'probe') return pendingTick(state.timer.expires, [isWhole ? wait : 2 * jiffy, wait], grain, jiffy)
  return { ...arm(startTick(jiffy), wait, jiffy), earliest: -DELAY, grain: 1 }
}

/** What the user timeout's clock reads: since the first probe of this closed window, and so after whatever was sent last. */
function elapsedOf({ state, jiffy }: Look, probing: Probing, maximum: number): Window {
  const { info, timer } = state
  let earliest = 0
  for (let sent = 1; sent < probing.backoff; sent++) earliest += waitAfter(probing, sent, maximum)
  const latest = info?.lastDataSent === undefined ? Infinity : info.lastDataSent - probing.base + 2 * jiffy + state.spread
  const expires = timer?.kind === 'probe' ? timer.expires : undefined
  const sinceLast =
    expires === undefined ? 0 : Math.max(0, shortestWait(state.settings.TCP_USER_TIMEOUT, probing, maximum) - expires - jiffy)
  return { earliest: earliest + sinceLast, latest: Math.max(latest, earliest + sinceLast) }
}

/** A user timeout may have cut the wait to anything. */
const shortestWait = (user: number | undefined, probing: Probing, maximum: number): number =>
  user === 0 ? waitAfter(probing, probing.backoff, maximum) : 0

/** Unanswered probes after which it ends: tcp_retries2, or of a closed socket tcp_orphan_retries; undefined where the sysctl is unknown. */
function mostOf({ state: { isClosed }, sysctls }: Look): number | undefined {
  if (!isClosed) return sysctls.tcp_retries2
  return sysctls.tcp_orphan_retries === undefined ? undefined : orphanRetries(sysctls.tcp_orphan_retries, true)
}

/** How the probes end it, if the peer stays silent; and how a user timeout does, whatever the peer answers. */
interface Ends {
  readonly silent: End
  readonly answered: Window | undefined
}

function endsOf(look: Look, probing: Probing, maximum: number): Ends | undefined {
  const { state, sysctls, jiffy } = look
  const { TCP_USER_TIMEOUT: user } = state.settings
  const most = mostOf(look)
  if (user === undefined || (most === undefined && user === 0)) return undefined
  const first = pendingOf(look, probing, maximum)
  const isRunning = probing.backoff > 0
  const course: Course = {
    first: isRunning ? first : { ...first, earliest: 0, latest: 0 },
    wait: waitAfter(probing, probing.backoff, maximum),
    grow: wait => Math.min(2 * wait, maximum, probing.base * 2 ** (sysctls.tcp_retries2 ?? 31)),
    count: probing.probes,
    most: most ?? Infinity,
    elapsed: isRunning ? elapsedOf(look, probing, maximum) : { earliest: 0, latest: 0 },
    isRunning,
    limit: wait => orphanLimit(look, wait, maximum, user),
    cutTo: user > 0 ? 2 : undefined,
    maximum,
    early: 1,
  }
  const begun = <W extends Window>(end: W): W => (isRunning ? end : shift(end, first))
  const isUnsure = most === undefined || state.settings.TCP_RTO_MAX_MS === undefined || hasLocalLoss(probing, sysctls.tcp_retries2)
  const widened = <W extends Window>(end: W): W => (isUnsure ? { ...end, earliest: Math.min(first.earliest, end.earliest) } : end)
  const silent = findEnd(course, jiffy)
  const byTime = user > 0 ? findEnd({ ...course, most: Infinity }, jiffy) : undefined
  return { silent: widened(begun(silent)), answered: byTime && widened(begun(answeredEnd(course, byTime, user, jiffy))) }
}

/** Each answer arms the timer anew, so that a tick may come at any time. */
function answeredEnd({ first, elapsed, isRunning }: Course, end: End, user: number, jiffy: number): Window {
  const earliest = Math.max(isRunning ? first.earliest : 0, user - elapsed.latest - jiffy)
  const latest = user - elapsed.earliest + (6 + granuleOf(toJiffies(user, jiffy) + 1)) * jiffy + first.delay
  return hull(end, { earliest, latest })
}

/** A closed socket whose wait has reached the maximum ends at the next tick, unless tcp_orphan_retries allows more. */
function orphanLimit({ state: { isClosed }, sysctls }: Look, wait: number, maximum: number, user: number): number {
  if (isClosed && wait >= maximum && sysctls.tcp_orphan_retries === 0) return 0
  return user > 0 ? user : Infinity
}

/** Probes that could not even be sent come every half second and do not double the wait. */
const hasLocalLoss = ({ probes, backoff }: Probing, retries: number | undefined): boolean => probes > backoff && backoff !== retries

/** What ends it: by the count of probes if the peer stays silent, by a user timeout even if it answers. */
export function explainProbe(look: Look): { readonly silent: Cause | undefined; readonly answered: Cause | undefined } {
  const { settings, isClosed, info } = look.state
  const probing = probingOf(look)
  const ends =
    probing === undefined ? [undefined] : maximaOf(look, look.state.timer?.expires ?? 0).map(maximum => endsOf(look, probing, maximum))
  const why = (info?.sndWnd ?? 0) > 0 ? 'Data is queued and does not leave this machine' : "Data is queued and the peer's window is closed"
  const common = {
    code: isClosed ? null : 'ETIMEDOUT',
    reason: `${why}; ${probing?.probes ?? 'some'} of ${probing?.backoff ?? 'some'} probes are unanswered.`,
  }
  const byCount = {
    ...common,
    mechanism: 'zero-window probe',
    unless: 'the peer answers a probe',
    remedy: 'A TCP_USER_TIMEOUT ends it that long after the first probe, even if the peer answers.',
  } as const
  const byUser = {
    ...common,
    mechanism: 'TCP_USER_TIMEOUT',
    unless: 'the peer opens its window',
    remedy: 'A longer TCP_USER_TIMEOUT, or 0, waits longer for the peer to read.',
  } as const
  const known = ends.filter(end => end !== undefined)
  if (known.length < ends.length) return { silent: cause(unbounded(0), byCount, look), answered: undefined }
  const isByCount = settings.TCP_USER_TIMEOUT === 0 || known.some(({ silent }) => silent.rule === 'count')
  const answered = known.map(end => end.answered).filter(end => end !== undefined)
  // Between the extremes of an unknown maximum, either rule may come first.
  const silent = [...known.map(end => end.silent), ...(settings.TCP_RTO_MAX_MS === undefined ? answered : [])]
  return {
    silent: isByCount ? cause(silent.reduce<Window>(hull, { earliest: Infinity, latest: 0 }), byCount, look) : undefined,
    answered: answered.length > 0 ? cause(answered.reduce(hull), byUser, look) : undefined,
  }
}

/** Whether the last probes were answered: then only TCP_USER_TIMEOUT ends it, while they are. */
export function isPeerAnswering({ state: { info, isClosed } }: Look): boolean {
  return !isClosed && info?.probes === 0 && (info.backoff ?? 0) > 0
}
