/** Everything that a socket tells without being disturbed: its options, addresses, state, queues. */
import { inspect } from 'node:util'
import { adapt } from '../access/plan.js'
import { type Batch, isReadable, prepare, type Question, Reading } from '../access/read-many.js'
import type { SocketAddress } from '../codec/sockaddr.js'
import { badArgument, SocketOptionError } from '../errors.js'
import type { Option } from '../options/define.js'
import { catalogue, type OptionValue, type ReadableName, usualRows } from '../options/index.js'
import { here } from '../platform/index.js'
import { resolve, type Target } from '../socket/resolve.js'
import { formatSnapshot } from './format-snapshot.js'
import { toJson } from './json.js'
import { type Identity, identify, identityIn, isUsual, levelsOf, nameKind } from './socket-kind.js'
import { type SocketOption, socketOption } from './socket-option.js'

/** Bytes that wait in the kernel; undefined where this kind of socket, or the platform, does not tell. */
export interface Queues {
  /** Received and not yet read by the process. */
  readonly unread: number | undefined
  /** Written and not yet acknowledged by the peer (for UDP: not yet given to the device). */
  readonly unsent: number | undefined
  /** Of these, never sent at all. */
  readonly neverSent: number | undefined
}

/** A listener's accept queue: connections that wait for accept(), and how many may. */
export interface AcceptQueue {
  readonly length: number | undefined
  readonly limit: number | undefined
}

const questions: readonly Question[] = ['localAddress', 'peerAddress', 'unread', 'unsent', 'neverSent']
/** Options that the snapshot itself speaks of, whatever names were asked for. */
const own = ['SO_COOKIE', 'SO_ACCEPTCONN', 'SO_DOMAIN', 'SO_TYPE', 'SO_PROTOCOL', 'TCP_INFO']

/** One for each kind of socket, and one for each list of names; a program that makes up lists without end must not fill memory with them. */
const batches = new Map<string, Batch>()
const MOST_BATCHES = 64

function batchOf(key: string, names: () => readonly string[]): Batch {
  let batch = batches.get(key)
  if (batch === undefined) {
    batch = prepare(names(), questions)
    if (batches.size >= MOST_BATCHES) batches.clear()
    batches.set(key, batch)
  }
  return batch
}

/** Every option of this kind of socket that one harmless read tells on this platform. */
function readableOf(identity: Identity): string[] {
  const platform = here()
  const levels = levelsOf(identity)
  const rows = isUsual(identity) ? usualRows(levels) : (Object.values(catalogue) as Option[])
  return rows
    .filter(row => levels.includes(row.level))
    .map(row => adapt(row, platform))
    .filter(adapted => adapted !== undefined && isReadable(adapted))
    .map(adapted => (adapted as NonNullable<typeof adapted>).option.name)
}

const present = (name: string): boolean => here().numbers[name] !== undefined

/** The kind decides the options. */
function batchForKind(descriptor: number): Batch {
  const identity = identify(descriptor)
  return batchOf(`${identity.domain} ${identity.type} ${identity.protocol}`, () => readableOf(identity))
}

/** The last list of names, as it was then: who polls passes the same again, and a key made of 40 names takes as long as 8 system calls. */
let last: { readonly names: readonly string[]; readonly batch: Batch } | undefined

/** The options asked for, and those that the snapshot itself speaks of. */
function batchForNames(names: readonly string[]): Batch {
  const isList = Array.isArray(names)
  for (let index = 0; index < (isList ? names.length : 1); index++) {
    if (!isList || typeof names[index] !== 'string') throw badArgument('type', 'names', 'an array of option names', names)
  }
  if (last !== undefined && isSameList(last.names, names)) return last.batch
  const batch = batchOf(JSON.stringify(names), () => [...new Set([...names, ...own.filter(present)])])
  last = { names: [...names], batch }
  return batch
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false
  return true
}

type SnapshotOptions = { readonly [Name in ReadableName]?: SocketOption<OptionValue<Name>> }

/**
 * One look at one socket. The kernel was asked when it was made; values are decoded when they are asked for.
 * Frozen in time: it holds bytes, not the descriptor, and stays right after the socket has closed.
 */
export class Snapshot {
  readonly #reading: Reading
  #options: SnapshotOptions | undefined
  #errors: Readonly<Record<string, SocketOptionError>> | undefined

  constructor(reading: Reading) {
    this.#reading = reading
    Object.freeze(this)
  }

  /** SO_COOKIE: the kernel's identity of this socket, unlike the descriptor never used again. */
  get id(): bigint | undefined {
    return this.#reading.value('SO_COOKIE') as bigint | undefined
  }

  get identity(): Identity {
    return Object.freeze(identityIn(this.#reading))
  }

  /** `tcp4`, `udp6`, `unix-stream`, ... */
  get kind(): string {
    return nameKind(this.identity)
  }

  get local(): SocketAddress | undefined {
    return this.#reading.address('localAddress')
  }

  /** undefined while the socket is not connected. */
  get remote(): SocketAddress | undefined {
    return this.#reading.address('peerAddress')
  }

  /** The state of TCP as the kernel names it; of other sockets `LISTEN`, `CONNECTED` or `UNCONNECTED`. */
  get state(): string {
    const tcp = this.tcpInfo?.state
    if (tcp !== undefined) return String(tcp)
    if (this.#reading.value('SO_ACCEPTCONN') === true) return 'LISTEN'
    return this.#reading.answer('peerAddress') >= 0 ? 'CONNECTED' : 'UNCONNECTED'
  }

  /** Every option that was read, by name. */
  get options(): SnapshotOptions {
    this.#decode()
    return this.#options as SnapshotOptions
  }

  /** Every option that was refused, with the reason. */
  get errors(): Readonly<Record<string, SocketOptionError>> {
    this.#decode()
    return this.#errors as Readonly<Record<string, SocketOptionError>>
  }

  get tcpInfo(): OptionValue<'TCP_INFO'> | undefined {
    return this.#reading.value('TCP_INFO') as OptionValue<'TCP_INFO'> | undefined
  }

  get queues(): Queues {
    const bytes = (question: Question) => {
      const answer = this.#reading.answer(question)
      return answer < 0 ? undefined : answer
    }
    return Object.freeze({ unread: bytes('unread'), unsent: bytes('unsent'), neverSent: bytes('neverSent') })
  }

  /** The accept queue of a listener (tcp_get_info in net/ipv4/tcp.c), undefined for any other socket. */
  get listen(): AcceptQueue | undefined {
    if (this.#reading.value('SO_ACCEPTCONN') !== true) return undefined
    const info = this.tcpInfo
    return Object.freeze({ length: info?.unacked, limit: info?.sacked })
  }

  /** The options that were read, in the order of the catalogue. */
  list(): readonly SocketOption[] {
    return Object.values(this.options) as SocketOption[]
  }

  #decode(): void {
    if (this.#options !== undefined) return
    const options: Record<string, SocketOption> = {}
    const errors: Record<string, SocketOptionError> = {}
    this.#reading.batch.plans.forEach(({ option, access }, index) => {
      const value = this.#reading.get(index)
      if (value instanceof SocketOptionError) errors[option.name] = value
      else options[option.name] = socketOption(option, access, value)
    })
    this.#options = Object.freeze(options) as SnapshotOptions
    this.#errors = Object.freeze(errors)
  }

  toJSON(): unknown {
    const { id, kind, state, local, remote, queues, listen, errors } = this
    const options = this.list().map(({ name, level, value, unit }) => [name, { level, value, unit }])
    const refused = Object.entries(errors).map(([name, { code, message }]) => [name, { code, message }])
    return toJson({
      id,
      kind,
      state,
      local,
      remote,
      queues,
      listen,
      options: Object.fromEntries(options),
      errors: Object.fromEntries(refused),
    })
  }

  [inspect.custom](): string {
    return formatSnapshot(this)
  }
}

/**
 * Reads every option of a socket that can be read without effect, its addresses, its state and its queues; all options in one crossing to native code.
 *
 * ```ts
 * snapshot(socket)                                  // everything
 * snapshot(socket, ['SO_RCVBUF', 'TCP_CONGESTION']) // these, and what identifies the socket
 * console.log(snapshot(socket)); JSON.stringify(snapshot(socket))
 * ```
 *
 * Options whose reading destroys something or opens a descriptor are never touched (docs/errors.md, "Hazards").
 * @throws SocketOptionError, TypeError for a target without a descriptor, or for a name that this platform does not have
 */
export function snapshot(target: Target, names?: readonly ReadableName[]): Snapshot {
  const descriptor = resolve(target)
  const batch = names === undefined ? batchForKind(descriptor) : batchForNames(names)
  const reading = new Reading(batch, descriptor)
  reading.expectSocket()
  return new Snapshot(reading)
}
