/**
 * What times out at a listener? Nothing ends the listener itself. A client that does not complete the handshake is dropped: reqsk_timer_handler in
 * net/ipv4/inet_connection_sock.c sends the SYN-ACK again after 1, 2, 4, ... s and gives up after TCP_SYNCNT of the listener or tcp_synack_retries. While
 * the queue of such clients is more than half full, sooner.
 */
import { doubling, modelTimeout, RTO_INITIAL, RTO_MAX } from './backoff.js'
import { findEnd } from './course.js'
import { type Cause, cause, type Look, unbounded } from './look.js'
import { arm, hull, startTick, type Window } from './wheel.js'

/** From the SYN until the client is dropped, with so many retransmissions of the SYN-ACK. */
export function halfOpenEnd(retries: number, maximum: number, jiffy: number): Window {
  return findEnd(
    {
      first: arm(startTick(jiffy), RTO_INITIAL, jiffy),
      wait: RTO_INITIAL,
      grow: doubling(maximum),
      count: 0,
      most: retries,
      elapsed: { earliest: 0, latest: 0 },
      isRunning: false,
      limit: () => Infinity,
      cutTo: undefined,
      maximum,
      early: 0,
    },
    jiffy,
  )
}

/** TCP_SYNCNT reads as tcp_syn_retries where it was not set, and then tcp_synack_retries counts: both, where the two cannot be told apart. */
function retriesOf({ state: { settings }, sysctls }: Look): number[] | undefined {
  const { TCP_SYNCNT: own } = settings
  const { tcp_syn_retries: unset, tcp_synack_retries: system } = sysctls
  if (own === undefined || unset === undefined) return undefined
  if (own !== unset) return [own]
  return system === undefined ? undefined : [own, system]
}

export function explainHalfOpen(look: Look): Cause {
  const maximum = look.state.settings.TCP_RTO_MAX_MS ?? RTO_MAX
  const retries = retriesOf(look)
  const window = retries?.map(count => halfOpenEnd(count, maximum, look.jiffy)).reduce(hull) ?? unbounded(RTO_INITIAL)
  return cause(
    window,
    {
      mechanism: 'SYN-ACK retransmission',
      code: null,
      unless: 'the client completes the handshake',
      reason: 'A client whose SYN arrives now and that then says nothing is dropped.',
      remedy: 'TCP_SYNCNT of the listener, or net.ipv4.tcp_synack_retries.',
    },
    look,
  )
}

/** ms for which a listener holds a silent client back (TCP_DEFER_ACCEPT), of `seconds` as the kernel has rounded them. */
export const deferredFor = (seconds: number): number => seconds * 1000

/** What TCP_DEFER_ACCEPT becomes: the time of the first SYN-ACK retransmissions that are no shorter (secs_to_retrans in net/ipv4/tcp.c). */
export function roundDeferral(seconds: number): number {
  if (seconds <= 0) return 0
  let retries = 0
  while (modelTimeout(retries, RTO_INITIAL, RTO_MAX) < seconds * 1000 && retries < 255) retries++
  return modelTimeout(retries, RTO_INITIAL, RTO_MAX) / 1000
}
