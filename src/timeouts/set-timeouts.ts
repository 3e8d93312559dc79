/** Sets timeouts in milliseconds, whatever unit each option has. Rounded up, so that a timeout is never shorter than asked. */

import { readPlan } from '../access/get.js'
import { planOf } from '../access/plan.js'
import { encodeValue, writePlan } from '../access/set.js'
import { badArgument } from '../errors.js'
import { resolve, type Target } from '../socket/resolve.js'
import { getTimeouts, type Timeouts } from './get-timeouts.js'
import { type Knob, type KnobName, knobs } from './knobs.js'
import { MAX_SYN_RETRIES, readLinearTimeouts, synRetries } from './syn.js'

/** Milliseconds, or null for "none" where the option has a "none". */
export interface TimeoutSettings {
  /** SO_RCVTIMEO. Without effect on Node's own, non-blocking sockets. */
  readonly receive?: number | null
  /** SO_SNDTIMEO. Without effect on Node's own, non-blocking sockets. */
  readonly send?: number | null
  /** TCP_USER_TIMEOUT; null for the system's default. */
  readonly user?: number | null
  /** TCP_SYNCNT: the fewest retransmissions that try for at least so long. */
  readonly connect?: number
  /** SO_KEEPALIVE with TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT; `false` turns it off, an object turns it on. */
  readonly keepAlive?: false | { readonly idle?: number; readonly interval?: number; readonly count?: number }
  /** SO_LINGER, rounded up to seconds; 0 resets the connection on close; null turns it off. */
  readonly linger?: number | null
  /** TCP_LINGER2, rounded up to seconds; null: do not wait for the peer's FIN. */
  readonly finWait?: number | null
  /** TCP_DEFER_ACCEPT, for listeners. The kernel rounds it up to 1, 3, 7, 15, ... seconds. */
  readonly deferAccept?: number | null
  /** TCP_RTO_MAX_MS, 1000 to 120000. */
  readonly retransmitMaximum?: number
  /** TCP_RTO_MIN_US, more than one jiffy and at most 200 ms. */
  readonly retransmitMinimum?: number
  /** TCP_DELACK_MAX_US, more than one jiffy and at most 200 ms. */
  readonly delayedAckMaximum?: number
  /** Node's idle timer, by the object's own setTimeout(); null turns it off. */
  readonly node?: number | null
}

interface Step {
  readonly option: string
  readonly value: unknown
}

const direct = ['receive', 'send', 'user', 'finWait', 'deferAccept', 'retransmitMaximum', 'retransmitMinimum', 'delayedAckMaximum'] as const

function checkMilliseconds(name: string, value: unknown, canBeZero = false): number {
  const expected = canBeZero ? 'a number of milliseconds, 0 or more' : 'a positive number of milliseconds'
  if (typeof value !== 'number') throw badArgument('type', name, expected, value)
  if (!Number.isFinite(value) || value < 0 || (value === 0 && !canBeZero)) throw badArgument('range', name, expected, value)
  return value
}

/** Milliseconds to the option's unit, rounded up and so never down to 0. */
function toOption(name: KnobName, label: string, value: unknown): Step {
  const { option, scale, none }: Knob = knobs[name]
  if (value === null && none !== undefined) return { option, value: none }
  const milliseconds = checkMilliseconds(label, value)
  const isTimeval = none === null
  return { option, value: isTimeval ? milliseconds : Math.max(1, Math.ceil(Number((milliseconds / scale).toFixed(6)))) }
}

function toKeepAlive(keepAlive: unknown): Step[] {
  if (keepAlive === false) return [{ option: 'SO_KEEPALIVE', value: false }]
  if (typeof keepAlive !== 'object' || keepAlive === null)
    throw badArgument('type', 'keepAlive', 'false or { idle, interval, count }', keepAlive)
  expectKeys('keepAlive', keepAlive, ['idle', 'interval', 'count'])
  const { idle, interval, count } = keepAlive as Exclude<TimeoutSettings['keepAlive'], false | undefined>
  const steps: Step[] = []
  if (idle !== undefined) steps.push(toOption('idle', 'keepAlive.idle', idle))
  if (interval !== undefined) steps.push(toOption('interval', 'keepAlive.interval', interval))
  if (count !== undefined) steps.push({ option: 'TCP_KEEPCNT', value: count })
  return [...steps, { option: 'SO_KEEPALIVE', value: true }]
}

function toLinger(linger: number | null): Step {
  if (linger === null) return { option: 'SO_LINGER', value: { onoff: false, linger: 0 } }
  return { option: 'SO_LINGER', value: { onoff: true, linger: Math.ceil(checkMilliseconds('linger', linger, true) / 1000) } }
}

function toConnect(connect: number, descriptor: number): Step {
  const milliseconds = checkMilliseconds('connect', connect)
  const maximum = readMaximum(descriptor)
  const retries = synRetries(milliseconds, readLinearTimeouts(), maximum)
  if (retries === undefined) throw badArgument('range', 'connect', `at most what TCP_SYNCNT ${MAX_SYN_RETRIES} reaches`, connect)
  return { option: knobs.connect.option, value: retries }
}

/** TCP_RTO_MAX_MS where this kernel has it, else TCP_RTO_MAX of include/net/tcp.h. */
function readMaximum(descriptor: number): number {
  try {
    return readPlan(planOf('TCP_RTO_MAX_MS'), descriptor) as number
  } catch {
    return 120_000
  }
}

function expectKeys(label: string, value: object, known: readonly string[]): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) throw badArgument('range', label, `only ${known.join(', ')}`, key)
  }
}

const settings = [...direct, 'connect', 'keepAlive', 'linger', 'node']

/**
 * Sets timeouts, and returns all of them as they are afterwards.
 *
 * ```ts
 * setTimeouts(socket, { user: 30_000, keepAlive: { idle: 60_000, interval: 10_000, count: 3 } })
 * ```
 *
 * Everything is checked before the first option is set.
 * @throws SocketOptionError, TypeError, RangeError as `setsockopt`
 */
export function setTimeouts(target: Target, timeouts: TimeoutSettings): Timeouts {
  if (typeof timeouts !== 'object' || timeouts === null)
    throw badArgument('type', 'timeouts', 'an object of timeouts in milliseconds', timeouts)
  expectKeys('timeouts', timeouts, settings)
  const steps: Step[] = []
  for (const name of direct) {
    if (timeouts[name] !== undefined) steps.push(toOption(name, name, timeouts[name]))
  }
  if (timeouts.linger !== undefined) steps.push(toLinger(timeouts.linger))
  if (timeouts.keepAlive !== undefined) steps.push(...toKeepAlive(timeouts.keepAlive))
  if (timeouts.connect !== undefined) steps.push(toConnect(timeouts.connect, resolve(target)))
  const setNode = timeouts.node === undefined ? undefined : toNode(target, timeouts.node)
  const ready = steps.map(({ option, value }) => ({ plan: planOf(option), value }))
  const encoded = ready.map(({ plan, value }) => ({ plan, value, bytes: encodeValue(plan, value) }))
  for (const { plan, value, bytes } of encoded) writePlan(plan, resolve(target), bytes, value)
  setNode?.()
  return getTimeouts(target)
}

/** Node cuts a longer timer to this (TIMEOUT_MAX in lib/internal/timers.js). */
const MOST_MILLISECONDS = 2 ** 31 - 1

/** Node's timer belongs to the object: a descriptor has none. */
function toNode(target: unknown, value: number | null): () => void {
  const milliseconds = value === null ? 0 : Math.ceil(checkMilliseconds('node', value))
  if (milliseconds > MOST_MILLISECONDS) throw badArgument('range', 'node', `at most ${MOST_MILLISECONDS} milliseconds`, value)
  const owner = target as { setTimeout?: (milliseconds: number) => void }
  if (typeof owner?.setTimeout !== 'function') throw badArgument('type', 'node', 'nothing: this target has no setTimeout()', value)
  return () => owner.setTimeout?.(milliseconds)
}
