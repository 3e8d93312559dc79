/** States of sockets for the model: what a look at a quiet connection on a fast link finds, and what differs. */
import type { Info, PendingTimer, Settings, State, Sysctls } from '../../../src/timeouts/explain/state.js'

/** Linux 6.18 with HZ 250, nothing changed. */
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

const settings: Settings = {
  SO_KEEPALIVE: false,
  TCP_KEEPIDLE: 7200,
  TCP_KEEPINTVL: 75,
  TCP_KEEPCNT: 9,
  TCP_USER_TIMEOUT: 0,
  TCP_SYNCNT: 6,
  TCP_LINGER2: 60,
  TCP_DEFER_ACCEPT: 0,
  TCP_RTO_MAX_MS: 120_000,
  TCP_RTO_MIN_US: 200_000,
  TCP_THIN_LINEAR_TIMEOUTS: false,
  SO_LINGER: { onoff: false, linger: 0 },
  SO_RCVTIMEO: null,
  SO_SNDTIMEO: null,
}

const info: Info = {
  state: 'ESTABLISHED',
  caState: 'Open',
  options: ['TCPI_OPT_TIMESTAMPS', 'TCPI_OPT_SACK', 'TCPI_OPT_WSCALE'],
  retransmits: 0,
  probes: 0,
  backoff: 0,
  rto: 204_000,
  rtt: 50,
  rttvar: 25,
  unacked: 0,
  sacked: 0,
  lastDataSent: 0,
  lastDataRecv: 0,
  lastAckRecv: 0,
  totalRetrans: 0,
  notsentBytes: 0,
  segsIn: 3,
  sndWnd: 65_536,
  totalRto: 0,
  totalRtoRecoveries: 0,
  totalRtoTime: 0,
}

export const none: PendingTimer = { kind: 'none', expires: 0, retransmissions: 0 }

export interface Difference extends Omit<Partial<State>, 'settings' | 'info'> {
  readonly settings?: Partial<Settings>
  readonly info?: Partial<Info>
}

export function stateOf(difference: Difference = {}): State {
  return {
    protocol: 'tcp',
    isClosed: false,
    isNonBlocking: true,
    queues: { unread: 0, unsent: 0, neverSent: 0 },
    timer: none,
    connectingFor: undefined,
    node: [],
    spread: 0,
    missing: [],
    ...difference,
    settings: { ...settings, ...difference.settings },
    info: { ...info, ...difference.info },
  }
}

const pending = (kind: PendingTimer['kind'], expires: number): PendingTimer => ({ kind, expires, retransmissions: 0 })

/** connect() was just called. */
export const connecting = (settings: Partial<Settings> = {}): State =>
  stateOf({
    settings,
    info: { state: 'SYN_SENT', rto: 1_000_000, unacked: 1, sndWnd: 0, segsIn: 0 },
    timer: pending('retransmission', 1000),
  })

/** One segment was just sent, or several. */
export const sending = (settings: Partial<Settings> = {}, different: Partial<Info> = {}, expires = 204): State =>
  stateOf({
    settings,
    info: { unacked: 1, ...different },
    queues: { unread: 0, unsent: 1000, neverSent: 0 },
    timer: pending('retransmission', expires),
  })

/** The window was just closed on queued data. */
export const blocked = (settings: Partial<Settings> = {}): State =>
  stateOf({
    settings,
    info: { sndWnd: 0, notsentBytes: 1000, rto: 212_000 },
    queues: { unread: 0, unsent: 1000, neverSent: 1000 },
    timer: pending('probe', 212),
  })

/** Nothing is in flight; keep-alive was just set. */
export const idle = (settings: Partial<Settings> = {}): State =>
  stateOf({ settings: { SO_KEEPALIVE: true, ...settings }, timer: pending('keepAlive', (settings.TCP_KEEPIDLE ?? 7200) * 1000) })
