/** What does the model need to know of this socket? One look at it: the kernel's timer, TCP_INFO, options, queues, Node's timers, and what could not be read. */
import { adapt, rowOf } from '../../access/plan.js'
import { type Batch, prepare, type Question, Reading } from '../../access/read-many.js'
import type { Inet6Address, InetAddress } from '../../codec/sockaddr.js'
import { SocketOptionError } from '../../errors.js'
import { here } from '../../platform/index.js'
import { attemptedAddress } from '../../socket/attempted.js'
import type { Info, PendingTimer, Settings, State, Sysctls } from '../explain/state.js'
import { readIdentity, readOwnNamespace, type SocketIdentity } from './identity.js'
import { readKernelTimer } from './kernel-timer.js'
import { readNodeTimers } from './node-timers.js'
import { readSysctls, unknownSysctls } from './sysctls.js'

/** One look: what `explain` takes. */
export interface Look {
  readonly state: State
  readonly sysctls: Sysctls
  /** performance.now() of the last read of what moves. */
  readonly now: number
}

/** What is the same for every socket of one call. */
export interface Surroundings {
  /** SO_NETNS_COOKIE of this thread. */
  readonly namespace: bigint | undefined
  readonly sysctls: Sysctls
}

const settings: readonly (keyof Settings)[] = [
  'SO_KEEPALIVE',
  'TCP_KEEPIDLE',
  'TCP_KEEPINTVL',
  'TCP_KEEPCNT',
  'TCP_USER_TIMEOUT',
  'TCP_SYNCNT',
  'TCP_LINGER2',
  'TCP_DEFER_ACCEPT',
  'TCP_RTO_MAX_MS',
  'TCP_RTO_MIN_US',
  'TCP_THIN_LINEAR_TIMEOUTS',
  'SO_LINGER',
  'SO_RCVTIMEO',
  'SO_SNDTIMEO',
]
const queues: readonly Question[] = ['unread', 'unsent', 'neverSent']

const isLinux = (): boolean => here().name === 'linux'

let batch: Batch | undefined

/** TCP_INFO first: it is to be as close to the timer as can be. Its fields mean what the model says on Linux alone. */
function everything(): Batch {
  const names = [...(isLinux() ? ['TCP_INFO'] : []), ...settings]
  const present = names.filter(name => {
    const row = rowOf(name)
    const adapted = row && adapt(row, here())
    return adapted !== undefined && (adapted.access === 'rw' || adapted.access === 'ro')
  })
  batch ??= prepare(present, queues)
  return batch
}

/** Sysctls and network namespace of this thread: read once for all sockets of one call. */
export function readSurroundings(): Surroundings {
  return isLinux() ? { namespace: readOwnNamespace(), sysctls: readSysctls() } : { namespace: undefined, sysctls: unknownSysctls() }
}

interface Moment {
  readonly timer: PendingTimer | string
  readonly reading: Reading
  readonly now: number
  readonly spread: number
}

function lookAt(descriptor: number, identity: SocketIdentity, attempted: InetAddress | Inet6Address | undefined): Moment {
  const before = performance.now()
  const timer = isLinux() ? readKernelTimer(identity, attempted) : 'the pending timer: only Linux tells which timer of the kernel is armed'
  const reading = new Reading(everything(), descriptor)
  const now = performance.now()
  return { timer, reading, now, spread: now - before }
}

/** ms within which the reads of one look are one moment. */
const CLOSE = 2
const MOST_LOOKS = 3

/** Whether the timer has fired between the two reads: the count that it told is no longer that of TCP_INFO. */
function isTorn({ timer, reading }: Moment): boolean {
  const info = reading.value('TCP_INFO') as Info | undefined
  if (typeof timer === 'string' || timer.kind === 'none' || timer.kind === 'timeWait' || info === undefined) return false
  return timer.retransmissions !== (timer.kind === 'retransmission' ? info.retransmits : info.probes)
}

function lookClosely(descriptor: number, identity: SocketIdentity, attempted: InetAddress | Inet6Address | undefined): Moment {
  let best = lookAt(descriptor, identity, attempted)
  for (let looks = 1; looks < MOST_LOOKS && (best.spread > CLOSE || isTorn(best)); looks++) {
    const next = lookAt(descriptor, identity, attempted)
    if (isTorn(best) || (next.spread < best.spread && !isTorn(next))) best = next
  }
  return best
}

/** undefined where the kernel refused, but for what a kernel without the option does. */
function settingsIn(reading: Reading): Settings {
  // Through `unknown`: fromEntries forgets the names, and `settings` has each key of Settings.
  const values = Object.fromEntries(settings.map(name => [name, reading.value(name)])) as unknown as Settings
  const index = reading.batch.at.get('TCP_RTO_MAX_MS')
  const refused = index === undefined ? undefined : reading.get(index)
  const isBeforeOption = refused instanceof SocketOptionError && refused.code === 'ENOPROTOOPT' && isLinux()
  return isBeforeOption ? { ...values, TCP_RTO_MAX_MS: 120_000 } : values
}

/** Whether the socket is of another network namespace; undefined where the kernel does not tell. One that sock_diag finds is of this one. */
function isForeign({ namespace }: SocketIdentity, { namespace: own }: Surroundings, timer: PendingTimer | string): boolean | undefined {
  if (namespace !== undefined && own !== undefined) return namespace !== own
  return typeof timer === 'string' ? undefined : false
}

const elsewhere = 'sysctls: the socket belongs to another network namespace, whose settings and timers cannot be read from this one'
const unreadable = 'sysctls: /proc/sys/net/ipv4 cannot be read'
const unsure = 'sysctls: the kernel does not tell of which network namespace the socket is'

/** Looks at the socket behind `descriptor`; `target` is the object that it belongs to, where there is one. @throws SocketOptionError (EBADF, ENOTSOCK) */
export function collect(descriptor: number, target: unknown, surroundings: Surroundings): Look {
  const identity = readIdentity(descriptor)
  const attempted = toSocketAddress(attemptedAddress(target), identity)
  const { timer, reading, now, spread } = lookClosely(descriptor, identity, attempted)
  const info = reading.value('TCP_INFO') as Info | undefined
  const node = readNodeTimers(target)
  const isTcp = identity.protocol === 'tcp'
  const foreign = isForeign(identity, surroundings, timer)
  const missing = [
    ...(isTcp && info === undefined ? [isLinux() ? 'TCP_INFO: the kernel refused it' : 'TCP_INFO: known on Linux alone'] : []),
    ...(isTcp && !isLinux() ? ['sysctls: known on Linux alone'] : []),
    ...(isTcp && foreign === true ? [elsewhere] : []),
    ...(isTcp && foreign === undefined && isLinux() ? [unsure] : []),
    ...(isTcp && foreign === false && surroundings.sysctls.tcp_retries2 === undefined ? [unreadable] : []),
    ...(isTcp && typeof timer === 'string' && foreign !== true ? [timer] : []),
    ...node.missing,
  ]
  const bytes = (question: Question) => (reading.answer(question) < 0 ? undefined : reading.answer(question))
  const state: State = {
    protocol: identity.protocol,
    isClosed: false,
    isNonBlocking: identity.isNonBlocking,
    settings: settingsIn(reading),
    info,
    queues: { unread: bytes('unread'), unsent: bytes('unsent'), neverSent: bytes('neverSent') },
    timer: typeof timer === 'string' || foreign === true ? undefined : timer,
    connectingFor: undefined,
    node: node.timers,
    spread,
    missing,
  }
  return { state, sysctls: foreign === false ? surroundings.sysctls : unknownSysctls(), now }
}

function toSocketAddress(
  attempted: ReturnType<typeof attemptedAddress>,
  { local }: SocketIdentity,
): InetAddress | Inet6Address | undefined {
  if (attempted === undefined || local === undefined) return undefined
  const { address, port, isIPv6 } = attempted
  if ((local.family === 'AF_INET6') !== isIPv6) return undefined
  return isIPv6 ? { family: 'AF_INET6', port, flowinfo: 0, address, scopeId: 0 } : { family: 'AF_INET', port, address }
}
