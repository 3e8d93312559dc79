/** Which option is which timeout, and how is its unit milliseconds? One line per timeout; nothing else knows. */

/** What decides whether a timeout does anything on this socket. */
export interface Circumstances {
  readonly isNonBlocking: boolean
  readonly isListening: boolean
  readonly isConnected: boolean
  readonly isKeepAlive: boolean
}

/** One option as a timeout. */
export interface Knob {
  readonly option: string
  /** Milliseconds in one of the option's units. */
  readonly scale: number
  /** The option's value that means "none", where it has one. */
  readonly none?: unknown
  /** Why it does nothing here, or undefined. */
  readonly idle?: (of: Circumstances) => string | undefined
}

const blockingOnly = (call: string) => (of: Circumstances) =>
  of.isNonBlocking ? `the socket is non-blocking, as all of Node's are: only a blocking ${call} waits for it` : undefined

const keepAliveOnly = (of: Circumstances) => (of.isKeepAlive ? undefined : 'SO_KEEPALIVE is off')

const beforeConnect = (of: Circumstances) => (of.isConnected ? 'the connection is established: it only counts while connecting' : undefined)

export const knobs = {
  receive: { option: 'SO_RCVTIMEO', scale: 1, none: null, idle: blockingOnly('recv') },
  send: { option: 'SO_SNDTIMEO', scale: 1, none: null, idle: blockingOnly('send or connect') },
  user: { option: 'TCP_USER_TIMEOUT', scale: 1, none: 0 },
  idle: { option: 'TCP_KEEPIDLE', scale: 1000, idle: keepAliveOnly },
  interval: { option: 'TCP_KEEPINTVL', scale: 1000, idle: keepAliveOnly },
  finWait: { option: 'TCP_LINGER2', scale: 1000, none: -1 },
  deferAccept: {
    option: 'TCP_DEFER_ACCEPT',
    scale: 1000,
    none: 0,
    idle: of => (of.isListening ? undefined : 'only a listener defers accepting'),
  },
  retransmitMaximum: { option: 'TCP_RTO_MAX_MS', scale: 1 },
  retransmitMinimum: { option: 'TCP_RTO_MIN_US', scale: 0.001 },
  delayedAckMaximum: { option: 'TCP_DELACK_MAX_US', scale: 0.001 },
  connect: { option: 'TCP_SYNCNT', scale: Number.NaN, idle: beforeConnect },
} as const satisfies Record<string, Knob>

export type KnobName = keyof typeof knobs
