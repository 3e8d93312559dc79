/** Which timeouts does a socket have, and what does each of them do? */
import { adapt, rowOf } from '../access/plan.js'
import { type Batch, prepare, Reading } from '../access/read-many.js'
import { here } from '../platform/index.js'
import { resolve, type Target } from '../socket/resolve.js'
import { type Circumstances, type Knob, type KnobName, knobs } from './knobs.js'
import { readLinearTimeouts, synTimeout } from './syn.js'
import { type Timeout, timeout } from './timeout.js'

/** Every timeout of a socket. A member is undefined where this kind of socket, or this platform, has no such option. */
export interface Timeouts {
  /** SO_RCVTIMEO: how long a blocking receive waits. */
  readonly receive: Timeout | undefined
  /** SO_SNDTIMEO: how long a blocking send waits. */
  readonly send: Timeout | undefined
  /** TCP_USER_TIMEOUT: how long data may stay unacknowledged before the connection ends. */
  readonly user: Timeout | undefined
  /** TCP_SYNCNT, as the time until connect() fails when nothing answers. */
  readonly connect: Timeout | undefined
  readonly keepAlive: KeepAlive | undefined
  /** SO_LINGER: what close() does with unsent data. null: it returns at once; 0: it resets the connection. */
  readonly linger: Timeout | undefined
  /** TCP_LINGER2: how long a closed socket waits for the peer's FIN; null: not at all. */
  readonly finWait: Timeout | undefined
  /** TCP_DEFER_ACCEPT: how long a listener waits for a client's first data. */
  readonly deferAccept: Timeout | undefined
  /** TCP_RTO_MAX_MS */
  readonly retransmitMaximum: Timeout | undefined
  /** TCP_RTO_MIN_US */
  readonly retransmitMinimum: Timeout | undefined
  /** TCP_DELACK_MAX_US */
  readonly delayedAckMaximum: Timeout | undefined
  /** Node's own idle timer, `socket.timeout`; it emits 'timeout' and ends nothing by itself. */
  readonly node: Timeout | undefined
}

/** SO_KEEPALIVE and its times. Without TCP_USER_TIMEOUT a dead peer is noticed after `idle + interval * count`. */
export interface KeepAlive {
  readonly enabled: boolean
  readonly idle: Timeout | undefined
  readonly interval: Timeout | undefined
  readonly count: number | undefined
}

const alsoRead = ['SO_KEEPALIVE', 'TCP_KEEPCNT', 'SO_LINGER', 'SO_ACCEPTCONN']
let batch: Batch | undefined

/** The options that this platform has, in one crossing. */
function allTimeouts(): Batch {
  const names = [...Object.values(knobs).map(({ option }) => option), ...alsoRead]
  const present = names.filter(name => {
    const row = rowOf(name)
    const adapted = row && adapt(row, here())
    return adapted !== undefined && adapted.access !== 'none' && adapted.access !== 'wo'
  })
  batch ??= prepare(present, ['isNonBlocking', 'peerAddress'])
  return batch
}

function toTimeout(name: KnobName, reading: Reading, of: Circumstances): Timeout | undefined {
  const { option, scale, none, idle }: Knob = knobs[name]
  const value = reading.value(option)
  if (value === undefined) return undefined
  const reason = idle?.(of)
  return timeout(value === none ? null : (value as number) * scale, option, reason === undefined, reason)
}

/**
 * The timeouts of a socket, each with whether it does anything.
 *
 * ```ts
 * getTimeouts(socket).receive   // { milliseconds: 5000, option: 'SO_RCVTIMEO', effective: false, reason: 'the socket is non-blocking, ...' }
 * ```
 * @throws SocketOptionError, TypeError for a target without a descriptor, as `getsockopt`
 */
export function getTimeouts(target: Target): Timeouts {
  const reading = new Reading(allTimeouts(), resolve(target))
  reading.expectSocket()
  const of: Circumstances = {
    isNonBlocking: reading.answer('isNonBlocking') === 1 || reading.answer('isNonBlocking') < 0,
    isListening: reading.value('SO_ACCEPTCONN') === true,
    isConnected: reading.answer('peerAddress') >= 0,
    isKeepAlive: reading.value('SO_KEEPALIVE') === true,
  }
  return Object.freeze({
    receive: toTimeout('receive', reading, of),
    send: toTimeout('send', reading, of),
    user: toUser(reading, of),
    connect: toConnect(reading, of),
    keepAlive: toKeepAlive(reading, of),
    linger: toLinger(reading),
    finWait: toTimeout('finWait', reading, of),
    deferAccept: toTimeout('deferAccept', reading, of),
    retransmitMaximum: toTimeout('retransmitMaximum', reading, of),
    retransmitMinimum: toTimeout('retransmitMinimum', reading, of),
    delayedAckMaximum: toTimeout('delayedAckMaximum', reading, of),
    node: toNode(target),
  })
}

/** tcp_keepalive_timer and tcp_probe_timer in net/ipv4/tcp_timer.c. */
function toUser(reading: Reading, of: Circumstances): Timeout | undefined {
  const user = toTimeout('user', reading, of)
  if (user === undefined || user.milliseconds === null) return user
  const effects = ['also ends a healthy connection whose peer does not read', ...(of.isKeepAlive ? ['replaces TCP_KEEPCNT'] : [])]
  return timeout(user.milliseconds, user.option, true, effects.join('; '))
}

function toConnect(reading: Reading, of: Circumstances): Timeout | undefined {
  const { option, idle }: Knob = knobs.connect
  const retries = reading.value(option)
  if (typeof retries !== 'number') return undefined
  const [maximum, user] = [reading.value('TCP_RTO_MAX_MS') ?? 120_000, reading.value('TCP_USER_TIMEOUT') ?? 0]
  const reason = idle?.(of) ?? (of.isListening ? 'a listener does not connect' : undefined)
  const milliseconds = synTimeout(retries, readLinearTimeouts(), maximum as number, user as number)
  return timeout(milliseconds, option, reason === undefined, reason)
}

/** SO_KEEPALIVE can be set on every socket, and means something to TCP alone. */
function toKeepAlive(reading: Reading, of: Circumstances): KeepAlive | undefined {
  const enabled = reading.value('SO_KEEPALIVE')
  const isTcp = reading.value('TCP_KEEPINTVL') !== undefined || reading.value('TCP_USER_TIMEOUT') !== undefined
  if (typeof enabled !== 'boolean' || !isTcp) return undefined
  const count = reading.value('TCP_KEEPCNT') as number | undefined
  return Object.freeze({ enabled, idle: toTimeout('idle', reading, of), interval: toTimeout('interval', reading, of), count })
}

/** socket(7): with l_linger 0 close() sends RST; with seconds it blocks, even on a non-blocking socket. */
function toLinger(reading: Reading): Timeout | undefined {
  const linger = reading.value('SO_LINGER') as { readonly onoff: boolean; readonly linger: number } | undefined
  if (linger === undefined) return undefined
  if (!linger.onoff) return timeout(null, 'SO_LINGER', true)
  if (linger.linger === 0) return timeout(0, 'SO_LINGER', true, 'close() resets the connection and drops unsent data')
  return timeout(linger.linger * 1000, 'SO_LINGER', true, 'close() blocks the event loop for up to this long while data is unsent')
}

/** `socket.timeout` is undefined until setTimeout() was called once. */
function toNode(target: unknown): Timeout | undefined {
  if (typeof target !== 'object' || target === null || !('setTimeout' in target)) return undefined
  const milliseconds = 'timeout' in target && typeof target.timeout === 'number' ? target.timeout : 0
  if (milliseconds === 0) return timeout(null, 'socket.timeout', false)
  return timeout(milliseconds, 'socket.timeout', true, "only emits 'timeout': the listener must end the socket")
}
