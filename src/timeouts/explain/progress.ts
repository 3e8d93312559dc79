/** How far has a retransmitting connection come? What TCP_INFO and the pending timer tell of a clock that the kernel does not show. */
import type { Look } from './look.js'
import { arm, DELAY, granuleOf, hull, meet, overdue, pendingTick, type Tick, toJiffies, type Window } from './wheel.js'

export interface Progress {
  /** icsk_retransmits: timeouts without progress. */
  readonly retransmits: number
  /** icsk_rto, ms: what is waited for now; after a timeout the doubled one. */
  readonly wait: number
  /** Whether the timeout has doubled with each retransmission. */
  readonly isEven: boolean
  /** Whether the clock may have started before the first timeout: in a fast recovery that did not end. */
  readonly canClockBeOlder: boolean
}

export function progressOf({ state: { info, settings }, sysctls }: Look): Progress | undefined {
  if (info?.retransmits === undefined || info.rto === undefined || info.backoff === undefined) return undefined
  const { retransmits, backoff, rto, sacked, options, totalRetrans, totalRto, caState } = info
  const isThin = settings.TCP_THIN_LINEAR_TIMEOUTS !== false || sysctls.tcp_thin_linear_timeouts !== 0
  const onlyTimeouts = totalRetrans !== undefined && totalRto !== undefined && totalRetrans <= totalRto + 1
  const isRecovering = caState !== 'Open' && caState !== 'CWR' && caState !== 'Disorder' && (retransmits === 0 || caState !== 'Loss')
  return {
    retransmits,
    wait: rto / 1000,
    isEven: backoff >= retransmits && !isThin,
    canClockBeOlder: isRecovering || (!onlyTimeouts && (sacked !== 0 || options?.includes('TCPI_OPT_SACK') !== true)),
  }
}

/** ms since the last segment with data was sent: since the last retransmission, where that is what was sent. */
function sinceRetransmission({ state: { info } }: Look, { isEven }: Progress): number | undefined {
  const hasData = info?.state === 'ESTABLISHED' || info?.state === 'CLOSE_WAIT'
  return isEven && hasData ? info?.lastDataSent : undefined
}

/** The waits that the pending timer may have been armed for: the whole timeout, or what a user timeout had left. */
function armedFor(look: Look, progress: Progress): readonly [number, number] {
  const { settings, timer, info } = look.state
  const { wait } = progress
  const { jiffy } = look
  const user = settings.TCP_USER_TIMEOUT
  if (user === 0 || progress.retransmits === 0) return [wait, wait]
  const since = sinceRetransmission(look, progress)
  if (user === undefined || timer === undefined) return [Math.min(wait, jiffy), wait]
  const isWhole = info?.totalRtoTime !== undefined && info.totalRtoTime + timer.expires + 2 * jiffy < user
  if (isWhole) return [wait, wait]
  if (since === undefined) return [Math.min(wait, jiffy), wait]
  const armed = timer.expires + since
  return [Math.min(wait, Math.max(jiffy, armed - 2 * jiffy)), Math.min(wait, armed + 2 * jiffy)]
}

/** The granule that the last retransmission was a multiple of; 1 where an acknowledgement has come since and armed the timer anew. */
function grainOf({ state: { info, timer }, jiffy }: Look, { retransmits, wait, isEven }: Progress): number {
  if (retransmits === 0 || !isEven || info?.lastAckRecv === undefined || timer === undefined) return 1
  if (info.lastAckRecv < wait - timer.expires + jiffy) return 1
  return granuleOf(toJiffies(wait / 2, jiffy) - 1)
}

/** When the timer fires that is pending now: a retransmission, or a tail-loss probe. */
export function pendingOf(look: Look, progress: Progress): Tick {
  const { state, jiffy } = look
  const armed = armedFor(look, progress)
  if (state.timer?.kind === 'retransmission') {
    if (progress.retransmits > 0) return pendingTick(state.timer.expires, armed, grainOf(look, progress), jiffy)
    return pendingTick(state.timer.expires, [state.timer.expires, progress.wait], 1, jiffy)
  }
  const since = sinceRetransmission(look, progress)
  const [earliest, latest] = since === undefined ? [-armed[1] - jiffy, 0] : [-since - 2 * jiffy, -since]
  const tick = arm({ earliest, latest, grain: 1, delay: 0 }, armed[0], jiffy, armed[1])
  return { ...tick, earliest: Math.max(-DELAY, tick.earliest), latest: Math.max(0, tick.latest) }
}

/** Whether the pending timer may be a tail-loss probe (tcp_schedule_loss_probe): after whatever is sent, once, where SACK is used and nothing was lost. */
function canProbeBePending({ state: { info }, sysctls }: Look): boolean {
  const mode = sysctls.tcp_early_retrans
  if (mode !== undefined && mode !== 3 && mode !== 4) return false
  if (info?.options?.includes('TCPI_OPT_SACK') === false) return false
  return info?.caState === undefined || info.caState === 'Open' || info.caState === 'CWR'
}

/**
 * When the first timeout comes, which starts the clock: the pending timer, or after a tail-loss probe one whole timeout later. A probe that is due is not
 * sent while the segment waits in a queue of this machine (tcp_send_loss_probe, skb_still_in_host_queue), as on a busy one: then there is only the timeout.
 */
export function firstTimeout(look: Look, progress: Progress): Tick {
  const pending = pendingOf(look, progress)
  if (!canProbeBePending(look)) return pending
  const afterProbe = arm(pending, progress.wait, look.jiffy)
  return { ...hull(pending, afterProbe), grain: Math.min(pending.grain, afterProbe.grain), delay: DELAY }
}

/** What the kernel's clock reads: ms since the first timeout of this episode. */
export function elapsedOf(look: Look, progress: Progress, maximum: number): Window {
  const { info, spread } = look.state
  if (progress.retransmits === 0) return { earliest: 0, latest: 0 }
  const reckoned = reckon(look, progress, maximum)
  const told = info?.totalRtoTime
  const latest = progress.canClockBeOlder ? Infinity : undefined
  if (told === undefined) return { ...reckoned, latest: latest ?? reckoned.latest }
  const isFirst = info?.totalRtoRecoveries === 1
  const known = isFirst
    ? { earliest: Math.max(0, told - 1), latest: told + 1 + spread }
    : meet({ earliest: 0, latest: told + 1 + spread }, reckoned)
  return { ...known, latest: latest ?? known.latest }
}

/** By the retransmissions that there were: each waited half of the next, unless the maximum cut it. */
function reckon(look: Look, progress: Progress, maximum: number): Window {
  const { state, jiffy } = look
  const { wait, retransmits, isEven } = progress
  const expires = state.timer?.kind === 'retransmission' ? state.timer.expires : undefined
  const [shortest, longest] = armedFor(look, progress)
  let earliest = expires === undefined ? 0 : Math.max(0, shortest - expires - jiffy)
  let latest = longest - (expires ?? 0) + jiffy + overdue(expires ?? 0, longest, jiffy) + state.spread
  const isCut = wait >= maximum || !isEven
  for (let back = 1; back < retransmits; back++) {
    const least = isEven ? wait / 2 ** back : 0
    const most = isCut ? maximum : least
    earliest += least
    latest += most + overdue(0, most, jiffy)
  }
  return { earliest, latest }
}
