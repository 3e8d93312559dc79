/** States of sockets for the model, on Linux 6.18 with HZ 250 where nothing was changed; and what differs. */
import * as fresh from '../../../src/timeouts/explain/fresh.js'
import type { Info, PendingTimer, Settings, State, Sysctls } from '../../../src/timeouts/explain/state.js'

export type { Difference } from '../../../src/timeouts/explain/fresh.js'

export const defaults: Sysctls = {
  jiffy: 4,
  tcp_syn_retries: 6,
  tcp_syn_linear_timeouts: 4,
  tcp_synack_retries: 5,
  tcp_retries2: 15,
  tcp_orphan_retries: 0,
  tcp_fin_timeout: 60,
  tcp_early_retrans: 3,
  tcp_thin_linear_timeouts: 0,
  tcp_abort_on_overflow: 0,
  tcp_rto_max_ms: 120_000,
  tcp_keepalive_time: 7200,
  tcp_keepalive_intvl: 75,
  tcp_keepalive_probes: 9,
}

type Options = Partial<Settings>

export const timer = (kind: PendingTimer['kind'], expires: number): PendingTimer => ({ kind, expires, retransmissions: 0 })

export const stateOf = (difference: fresh.Difference = {}): State => fresh.freshState(defaults, difference)
export const connecting = (settings: Options = {}): State => fresh.connecting(defaults, settings)
export const idle = (settings: Options = {}): State => fresh.idle(defaults, settings)
export const orphaned = (settings: Options = {}): State => fresh.orphaned(defaults, settings)
export const finWaiting = (settings: Options = {}): State => fresh.finWaiting(defaults, settings)

/** The timeout of the connection that was measured was 212 ms. */
export function blocked(settings: Options = {}): State {
  const state = fresh.blocked(defaults, settings)
  return { ...state, info: { ...state.info, rto: 212_000 }, timer: timer('probe', 212) }
}

/** One segment was just sent, or what differs. */
export function sending(settings: Options = {}, different: Info = {}, expires = 204): State {
  const state = fresh.sending(defaults, settings)
  return { ...state, info: { ...state.info, ...different }, timer: timer('retransmission', expires) }
}
