/**
 * How long does the kernel keep a closed connection? FIN_WAIT2 for TCP_LINGER2 or tcp_fin_timeout, TIME_WAIT for 60 s: tcp_fin_time, tcp_time_wait, and
 * the first part of tcp_keepalive_timer.
 *
 * A FIN_WAIT2 of more than 60 s starts as a full socket, for what is above 60 s, and when that is over lasts as long again: so 70 s are 20 s and 120 s are
 * 120 s. One that the program still holds open has no timer at all.
 */
import { type Cause, cause, type Look, unbounded } from './look.js'
import { arm, pendingTick, startTick, type Window } from './wheel.js'

/** TCP_TIMEWAIT_LEN, ms. */
const TIME_WAIT = 60_000

/** tcp_fin_time(), ms, negative: none; undefined where the setting is unknown. */
function finTime({ state: { settings, info } }: Look): number | undefined {
  const { TCP_LINGER2: linger } = settings
  if (linger === undefined) return undefined
  if (linger < 0) return -1
  return Math.max(linger * 1000, (3.5 * (info?.rto ?? 0)) / 1000)
}

function finWaitEnd(look: Look): Window {
  const { state, jiffy } = look
  const time = finTime(look)
  if (time === undefined) return unbounded(state.timer?.expires ?? 0)
  if (time < 0) return { earliest: 0, latest: 0 }
  const isLong = time > TIME_WAIT
  const { timer } = state
  if (timer?.kind === 'timeWait') return pendingTick(timer.expires, [timer.expires, time], 1, jiffy)
  const first = isLong ? time - TIME_WAIT : time
  const tick =
    timer?.kind === 'keepAlive'
      ? pendingTick(timer.expires, [timer.expires, first], 1, jiffy)
      : { ...arm(startTick(jiffy), first, jiffy), earliest: 0 }
  return isLong ? arm(tick, first, jiffy) : tick
}

/** What a closed socket waits in FIN_WAIT2 in all, from close() on; the quirk included. */
export function closedFinWait(linger: number): number {
  const time = linger * 1000
  return time > TIME_WAIT ? 2 * (time - TIME_WAIT) : time
}

export function explainFinWait(look: Look): Cause {
  return cause(
    finWaitEnd(look),
    {
      mechanism: 'FIN_WAIT2',
      code: null,
      unless: 'the peer closes its side first',
      reason: 'The socket is closed and waits for the FIN of the peer.',
      remedy: 'TCP_LINGER2, set before it is closed, or net.ipv4.tcp_fin_timeout decide how long.',
    },
    look,
  )
}

export function explainTimeWait(look: Look): Cause {
  const { state, jiffy } = look
  const expires = state.timer?.kind === 'timeWait' ? state.timer.expires : undefined
  const window =
    expires === undefined
      ? { earliest: 0, latest: arm(startTick(jiffy), TIME_WAIT, jiffy).latest }
      : pendingTick(expires, [expires, TIME_WAIT], 1, jiffy)
  return cause(
    window,
    {
      mechanism: 'TIME_WAIT',
      code: null,
      unless: undefined,
      reason: 'Both sides have closed; the kernel keeps the addresses for 60 s, so that late segments meet nobody else.',
    },
    look,
  )
}
