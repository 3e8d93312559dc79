/**
 * What does an explanation need to know? One look at one socket, as plain data, and the settings of its network namespace.
 *
 * Everything is in the unit of its source: an option as the catalogue decodes it, a TCP_INFO field in the kernel's unit, a sysctl as its file has it.
 * `undefined` always means "could not be read". Whoever fills this in lists why in {@link State.missing}; the model widens its windows, and never takes
 * an unknown for 0 or for a default.
 */
import type { TcpInfo } from '../../codec/tcp-info.js'

/**
 * The fields of TCP_INFO that the model reads: a `TcpInfo` can be passed as it is.
 * `retransmits`, `backoff`, `rto`, `totalRto*`: how far a dying connection has come. `lastDataSent`, `lastDataRecv`, `lastAckRecv`: the clock of last
 * activity (not before the connection is established: they are the machine's uptime then). `unacked`, `sacked`: of a listener its accept queue.
 */
type InfoName =
  | 'state'
  | 'caState'
  | 'options'
  | 'retransmits'
  | 'probes'
  | 'backoff'
  | 'rto'
  | 'rtt'
  | 'rttvar'
  | 'unacked'
  | 'sacked'
  | 'lastDataSent'
  | 'lastDataRecv'
  | 'lastAckRecv'
  | 'totalRetrans'
  | 'notsentBytes'
  | 'segsIn'
  | 'sndWnd'
  | 'totalRto'
  | 'totalRtoRecoveries'
  | 'totalRtoTime'

export type Info = { readonly [Name in InfoName]?: TcpInfo[Name] | undefined }

/** The options that the model reads, each as `getsockopt` gives it. */
export interface Settings {
  readonly SO_KEEPALIVE: boolean | undefined
  /** s. Effective: the sysctl's value where it was not set. */
  readonly TCP_KEEPIDLE: number | undefined
  /** s. Effective. */
  readonly TCP_KEEPINTVL: number | undefined
  /** Probes. Effective. */
  readonly TCP_KEEPCNT: number | undefined
  /** ms; 0: not set. */
  readonly TCP_USER_TIMEOUT: number | undefined
  /** Retransmissions. Effective. Of a listener: of the SYN-ACK; there it reads as net.ipv4.tcp_syn_retries where it was not set. */
  readonly TCP_SYNCNT: number | undefined
  /** s; -1: none. Effective. */
  readonly TCP_LINGER2: number | undefined
  /** s, as the kernel rounded it; 0: off. */
  readonly TCP_DEFER_ACCEPT: number | undefined
  /** ms. 120000 where the kernel is known not to have the option (before Linux 6.15). */
  readonly TCP_RTO_MAX_MS: number | undefined
  /** us. undefined where the kernel does not have the option: a route may set another than 200 ms. */
  readonly TCP_RTO_MIN_US: number | undefined
  readonly TCP_THIN_LINEAR_TIMEOUTS: boolean | undefined
  readonly SO_LINGER: { readonly onoff: boolean; readonly linger: number } | undefined
  /** ms; null: none. */
  readonly SO_RCVTIMEO: number | null | undefined
  /** ms; null: none. */
  readonly SO_SNDTIMEO: number | null | undefined
}

/** The kernel timer that is armed, from sock_diag's inet_diag_msg (tcp_diag's inet_sk_diag_fill in net/ipv4/inet_diag.c). */
export interface PendingTimer {
  /**
   * idiag_timer: 0 none, 1 retransmission (also tail-loss probe and reordering), 2 sk_timer: keep-alive, or FIN_WAIT2 of a closed socket, 3 TIME_WAIT,
   * 4 zero-window probe. The kernel reports the first that is armed of 1, 4, 2: while one of the first two is, keep-alive is not seen.
   */
  readonly kind: 'none' | 'retransmission' | 'keepAlive' | 'timeWait' | 'probe'
  /** idiag_expires, ms until the timer is due, in whole jiffies; the timer wheel adds its lateness. 0 where it is overdue, or none is armed. */
  readonly expires: number
  /** idiag_retrans: icsk_retransmits for kind 1, icsk_probes_out for 2 and 4. */
  readonly retransmissions: number
}

/** Node's own timers on this object: what of them is set. Names are those of Node's documentation. */
export type NodeTimerName =
  /** net.Socket, http's request.setTimeout() and its `timeout`: emits 'timeout', ends nothing by itself. */
  | 'socket.setTimeout'
  /** The `timeout` of http.Agent on a socket in `freeSockets` (with the server's Keep-Alive hint): the agent destroys the socket. */
  | 'agent.timeout'
  /** http.Server: the head of a request must be complete. Found by a check every `connectionsCheckingInterval`. */
  | 'server.headersTimeout'
  /** http.Server: the whole request must be complete. Found by the same check. */
  | 'server.requestTimeout'
  /** http.Server: the next request must begin. */
  | 'server.keepAliveTimeout'
  /** http.Server: its idle timer on every socket. Destroys the socket where there is no listener. */
  | 'server.timeout'
  /** net.connect() with several addresses: the time that one attempt has, unless it is the last. */
  | 'autoSelectFamilyAttemptTimeout'

export interface NodeTimer {
  readonly name: NodeTimerName
  /** What it is set to, ms. */
  readonly milliseconds: number
  /** ms until it is due, 0 or less where it is overdue; undefined where that could not be found out: any time up to `milliseconds`. */
  readonly due: number | undefined
  /** ms between two checks, for those that an interval finds (`connectionsCheckingInterval`); 0 for a timer of its own. */
  readonly checkedEvery: number
  /** Whether a listener of the program's own is there for the event, so that Node itself does nothing. */
  readonly isListenedTo: boolean
}

/** What one look at a socket found. */
export interface State {
  /** 'tcp' is TCP over IPv4 or IPv6. 'mptcp' and everything else has timers that the model does not know, and is told so. */
  readonly protocol: 'tcp' | 'mptcp' | 'other'
  /** The descriptor is gone, or close() was called: an orphan, TIME_WAIT. SOCK_DEAD; only from sock_diag. */
  readonly isClosed: boolean
  /** fcntl(F_GETFL) & O_NONBLOCK */
  readonly isNonBlocking: boolean | undefined
  readonly settings: Settings
  /** undefined where TCP_INFO could not be read at all. */
  readonly info: Info | undefined
  /** Bytes. `unsent`: SIOCOUTQ, written and not acknowledged; `neverSent`: SIOCOUTQNSD, of these never sent. `unread`: SIOCINQ. */
  readonly queues: { readonly unread: number | undefined; readonly unsent: number | undefined; readonly neverSent: number | undefined }
  /** undefined where sock_diag could not be asked. */
  readonly timer: PendingTimer | undefined
  /**
   * ms since connect() was called, where somebody took the time (a record, a diagnostics channel). It bounds how long a connecting
   * socket has tried; undefined is common.
   */
  readonly connectingFor: number | undefined
  readonly node: readonly NodeTimer[]
  /**
   * ms that passed between the first and the last read. Every window widens by so much: at `now`, the end of the look, what was read first is that old.
   */
  readonly spread: number
  /** What could not be read, and why, one line each: 'sock_diag: EPERM', ... It becomes `unknown` in the explanation, together with what the model lacks. */
  readonly missing: readonly string[]
}

/** The settings of the socket's own network namespace, from /proc/sys/net/ipv4; each as its file has it. */
export interface Sysctls {
  /** ms of one jiffy, 1000 / HZ: what SO_RCVTIMEO of 1 us reads back as. */
  readonly jiffy: number | undefined
  /** Seen by the CLI alone: a socket's TCP_SYNCNT is effective. */
  readonly tcp_syn_retries: number | undefined
  /** 0 on a kernel known not to have it (before Linux 6.5). */
  readonly tcp_syn_linear_timeouts: number | undefined
  readonly tcp_synack_retries: number | undefined
  readonly tcp_retries2: number | undefined
  /** As stored: 0 means 8. */
  readonly tcp_orphan_retries: number | undefined
  /** s */
  readonly tcp_fin_timeout: number | undefined
  /** 3 and 4: tail-loss probes; 0: none. */
  readonly tcp_early_retrans: number | undefined
  readonly tcp_thin_linear_timeouts: number | undefined
  readonly tcp_abort_on_overflow: number | undefined
  /** ms; 120000 on a kernel known not to have it (before Linux 6.15). For the CLI: a socket's TCP_RTO_MAX_MS is effective. */
  readonly tcp_rto_max_ms: number | undefined
  /** s. For the CLI, as the two below: a socket's own options are effective. */
  readonly tcp_keepalive_time: number | undefined
  readonly tcp_keepalive_intvl: number | undefined
  readonly tcp_keepalive_probes: number | undefined
}

/** What can end a connection, or an attempt to make one. */
export type Mechanism =
  | 'SYN retransmission'
  | 'SYN-ACK retransmission'
  | 'retransmission'
  | 'TCP_USER_TIMEOUT'
  | 'keep-alive'
  | 'zero-window probe'
  | 'FIN_WAIT2'
  | 'TIME_WAIT'
  | NodeTimerName

/** One mechanism that is armed, and when it ends the connection if nothing stops it. */
export interface Ending {
  readonly mechanism: Mechanism
  /** ms after `at`; never less than 0. */
  readonly earliest: number
  /** ms after `at`; Infinity where nothing bounds it. */
  readonly latest: number
  /** The name that Node's error will carry ('ETIMEDOUT'); null where it ends without an error, or where no process is left to be told. */
  readonly code: string | null
  /** What keeps it from happening: 'the peer acknowledges'. undefined where nothing does. */
  readonly unless: string | undefined
}

export type FindingCode =
  | 'dead-peer-unnoticed'
  | 'dead-peer-noticed-late'
  | 'keep-alive-count-ignored'
  | 'user-timeout-ends-slow-reader'
  | 'user-timeout-lengthens-connect'
  | 'user-timeout-needs-keep-alive'
  | 'receive-timeout-without-effect'
  | 'send-timeout-without-effect'
  | 'linger-freezes-event-loop'
  | 'linger-resets'
  | 'fin-wait-without-timer'
  | 'fin-wait-quirk'
  | 'accept-queue-full'
  | 'deferred-accept-hides-clients'
  | 'attempt-shorter-than-connect'
  | 'node-timeout-ends-nothing'
  | 'unacknowledged-for-minutes'
  | 'retransmits-now'
  | 'window-closed'

/** What the settings mean together, and what changes it. */
export interface Finding {
  readonly code: FindingCode
  /** 'high': the connection will hang, or end, as nobody expects; 'medium': later or otherwise than expected; 'low': a setting without effect. */
  readonly severity: 'high' | 'medium' | 'low'
  /** One sentence. */
  readonly message: string
  /** The change, where there is one. `option` is the kernel's name, or a member of a Node object; `value` in the option's own unit. */
  readonly change: { readonly option: string; readonly value: unknown; readonly why: string } | undefined
}

/** Which timer ends the connection, when, and why. */
export interface Explanation {
  /** The performance.now() of the look; all times count from it. */
  readonly at: number
  /** The kernel's name of the state ('ESTABLISHED'), 'CLOSED', or of a socket that is not TCP, 'UNKNOWN'. */
  readonly state: string
  /** The mechanism that ends it first; null where nothing will. If the peer stays silent from now on, unless `unless` says otherwise. */
  readonly ends: Ending | null
  /** The others that are armed, by `earliest`. */
  readonly others: readonly Ending[]
  /** What could not be found out, and what that means for the windows: one line each. */
  readonly unknown: readonly string[]
  /** Worst first. */
  readonly findings: readonly Finding[]
  /** The answer, the reason, and what to change: three to six lines. */
  readonly text: string
}
