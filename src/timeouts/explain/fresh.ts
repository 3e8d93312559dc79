/**
 * What would a look find at a socket that has just come into a state, and on which nothing was set? For what the settings of a machine mean before there
 * is a connection: a fast link, where the retransmission timeout is its minimum, and one segment in flight.
 */
import { RTO_INITIAL, RTO_MAX, RTO_MIN } from './backoff.js'
import type { Info, PendingTimer, Settings, State, Sysctls } from './state.js'

/** What differs from a quiet connection. */
export interface Difference extends Omit<Partial<State>, 'settings' | 'info'> {
  readonly settings?: Partial<Settings> | undefined
  readonly info?: Info | undefined
}

const pending = (kind: PendingTimer['kind'], expires: number): PendingTimer => ({ kind, expires, retransmissions: 0 })

/** The shortest retransmission timeout: a whole number of jiffies, and one for the time that even a fast link takes. */
const shortest = ({ jiffy = 4 }: Sysctls): number => Math.ceil(RTO_MIN / jiffy + 1) * jiffy

/** Nothing was set: what the options read as then. */
const unset = (sysctls: Sysctls): Settings => ({
  SO_KEEPALIVE: false,
  TCP_KEEPIDLE: sysctls.tcp_keepalive_time,
  TCP_KEEPINTVL: sysctls.tcp_keepalive_intvl,
  TCP_KEEPCNT: sysctls.tcp_keepalive_probes,
  TCP_USER_TIMEOUT: 0,
  TCP_SYNCNT: sysctls.tcp_syn_retries,
  TCP_LINGER2: sysctls.tcp_fin_timeout,
  TCP_DEFER_ACCEPT: 0,
  TCP_RTO_MAX_MS: sysctls.tcp_rto_max_ms ?? RTO_MAX,
  TCP_RTO_MIN_US: RTO_MIN * 1000,
  TCP_THIN_LINEAR_TIMEOUTS: false,
  SO_LINGER: { onoff: false, linger: 0 },
  SO_RCVTIMEO: null,
  SO_SNDTIMEO: null,
})

/** A connection that has just been quiet for no time at all. */
const quiet = (sysctls: Sysctls): Info => ({
  state: 'ESTABLISHED',
  caState: 'Open',
  options: ['TCPI_OPT_TIMESTAMPS', 'TCPI_OPT_SACK', 'TCPI_OPT_WSCALE'],
  retransmits: 0,
  probes: 0,
  backoff: 0,
  rto: shortest(sysctls) * 1000,
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
})

export function freshState(sysctls: Sysctls, { settings, info, ...rest }: Difference = {}): State {
  return {
    protocol: 'tcp',
    isClosed: false,
    isNonBlocking: true,
    queues: { unread: 0, unsent: 0, neverSent: 0 },
    timer: pending('none', 0),
    connectingFor: undefined,
    node: [],
    spread: 0,
    missing: [],
    ...rest,
    settings: { ...unset(sysctls), ...settings },
    info: { ...quiet(sysctls), ...info },
  }
}

type Options = Partial<Settings>

export const connecting = (sysctls: Sysctls, settings?: Options): State =>
  freshState(sysctls, {
    settings,
    info: { state: 'SYN_SENT', rto: RTO_INITIAL * 1000, unacked: 1, sndWnd: 0, segsIn: 0 },
    timer: pending('retransmission', RTO_INITIAL),
  })

/** One segment was just sent. */
export const sending = (sysctls: Sysctls, settings?: Options): State =>
  freshState(sysctls, {
    settings,
    info: { unacked: 1 },
    queues: { unread: 0, unsent: 1000, neverSent: 0 },
    timer: pending('retransmission', shortest(sysctls)),
  })

/** The window was just closed on queued data. */
export const blocked = (sysctls: Sysctls, settings?: Options): State =>
  freshState(sysctls, {
    settings,
    info: { sndWnd: 0, notsentBytes: 1000 },
    queues: { unread: 0, unsent: 1000, neverSent: 1000 },
    timer: pending('probe', shortest(sysctls)),
  })

/** Nothing is in flight, and keep-alive was just set. */
export function idle(sysctls: Sysctls, settings?: Options): State {
  const state = freshState(sysctls, { settings: { SO_KEEPALIVE: true, ...settings } })
  const { TCP_KEEPIDLE: after } = state.settings
  return after === undefined ? state : { ...state, timer: pending('keepAlive', after * 1000) }
}

/** Closed, with data and the FIN still unacknowledged. */
export const orphaned = (sysctls: Sysctls, settings?: Options): State => ({
  ...sending(sysctls, settings),
  isClosed: true,
  info: { ...quiet(sysctls), state: 'FIN_WAIT1', unacked: 2 },
  timer: pending('retransmission', sysctls.jiffy ?? 4),
})

/** Closed, and the FIN is acknowledged. */
export function finWaiting(sysctls: Sysctls, settings?: Options): State {
  const state = freshState(sysctls, { isClosed: true, settings, info: { state: 'FIN_WAIT2' } })
  const { TCP_LINGER2: linger = 0 } = state.settings
  const timer = linger > 60 ? pending('keepAlive', (linger - 60) * 1000) : pending('timeWait', Math.max(0, linger) * 1000)
  return { ...state, timer }
}

export const timeWaiting = (sysctls: Sysctls): State =>
  freshState(sysctls, { isClosed: true, info: { state: 'TIME_WAIT' }, timer: pending('timeWait', 60_000) })

export const listening = (sysctls: Sysctls, settings?: Options): State =>
  freshState(sysctls, { settings, info: { state: 'LISTEN', unacked: 0, sacked: 511 } })
