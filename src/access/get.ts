/** Reads an option: descriptor -> one system call -> decoded value. The only way any feature reads one. */
import { constants } from 'node:os'
import { types } from 'node:util'
import { Refusal } from '../codec/codec.js'
import { bytesOf } from '../codec/own.js'
import { fromWord } from '../codec/scalar.js'
import { type Line, offsetOf } from '../codec/struct.js'
import { badArgument, refusedByKernel, refusedByUs, type SocketOptionError, undecodable } from '../errors.js'
import { ask, askFor, ensure, Operation, retain, scratch } from '../native/scratch.js'
import { type Consent, findDanger } from './hazards.js'
import { type Plan, planOf } from './plan.js'

/** How to read an option that is not merely read. */
export interface ReadOptions extends Consent {
  /** For in/out options (IP_MSFILTER, SCTP_STATUS): the query that getsockopt reads from the buffer first, as bytes or as the option's own value. */
  readonly input?: unknown
  /** Take one field of a struct and make no struct: for a process that looks at thousands of sockets. */
  readonly field?: string
}

/** The largest buffer that a read is retried with after ERANGE. */
const LARGEST = 1024 * 1024
const { EINVAL, ERANGE } = constants.errno
/** sizeof(int) */
const WORD = 4

/** @throws SocketOptionError when the kernel refuses, or when the bytes are not what the codec reads. */
export function readPlan(plan: Plan, descriptor: number, how?: ReadOptions): unknown {
  const field = how?.field
  if (field !== undefined) return readField(plan, descriptor, field)
  if (!plan.isSimple) return readSpecial(plan, descriptor, how)
  const length = askFor(plan, descriptor)
  // Most options are such words, and to call a codec that V8 cannot foresee takes a tenth of the whole read.
  if (length === WORD && plan.word !== 'none') return fromWord(scratch.words[scratch.body >> 2] as number, plan.word)
  if (length < 0) return retryLarger(plan, descriptor, length)
  return decode(plan, descriptor, length)
}

/** The field that was asked for last: who looks at thousands of sockets takes the same one of each, and finding it anew takes a twentieth of the read. */
const last: { plan: Plan | undefined; name: string | undefined; line: Line | undefined } = {
  plan: undefined,
  name: undefined,
  line: undefined,
}

function findField(plan: Plan, name: string): Line {
  if (plan === last.plan && name === last.name) return last.line as Line
  const fields = plan.isSimple ? plan.codec.layout?.fields : undefined
  if (fields === undefined) throw badArgument('type', 'field', `nothing: ${plan.option.name} has no fields to take one of`, name)
  if (typeof name !== 'string' || !Object.hasOwn(fields, name))
    throw badArgument(
      typeof name === 'string' ? 'range' : 'type',
      `${plan.option.name}: field`,
      `one of ${Object.keys(fields).join(', ')}`,
      name,
    )
  const line = fields[name] as Line
  last.plan = plan
  last.name = name
  last.line = line
  return line
}

/** One field, read where the kernel left it: undefined if and only if the kernel did not return it. */
function readField(plan: Plan, descriptor: number, name: string): unknown {
  const line = findField(plan, name)
  const length = askFor(plan, descriptor)
  if (length < 0) throw refusedByKernel('getsockopt', length, plan.option, descriptor)
  const offset = offsetOf(line, scratch.abi)
  return offset + line[1].size <= length ? line[1].read(scratch.view, scratch.body + offset, scratch.abi) : undefined
}

type Reader = Pick<Plan['codec'], 'decode'>

/** A Refusal of the codec is about the bytes: an error of the option. Whatever a codec that is not ours throws goes through. */
function decodeAt(reader: Reader, view: DataView, at: number, length: number, { option }: Plan, descriptor: number): unknown {
  try {
    return reader.decode(view, at, length, scratch.abi)
  } catch (refusal) {
    if (refusal instanceof Refusal) throw undecodable(option, descriptor, refusal)
    throw refusal
  }
}

function decode(plan: Plan, descriptor: number, length: number): unknown {
  const value = decodeAt(plan.codec, scratch.view, scratch.body, length, plan, descriptor)
  if (plan.codec.isLazy) retain(length)
  return value
}

/** ERANGE says that the value is larger than the buffer (SO_PEERGROUPS, SO_PEERSEC): ask again, once, with room for the largest. */
function retryLarger(plan: Plan, descriptor: number, refused: number): unknown {
  if (refused === -ERANGE && plan.codec.size < LARGEST) {
    ensure(LARGEST)
    const length = ask(descriptor, Operation.get, plan.level, plan.number, LARGEST, 1, 0)
    if (length >= 0) return decode(plan, descriptor, length)
  }
  throw refusedByKernel('getsockopt', refused, plan.option, descriptor)
}

/** @throws SocketOptionError for what can only be set, for what is no option here, and for what harms when it is read, unless `how` consents. */
export function expectReadable({ option, access }: Pick<Plan, 'option' | 'access'>, how?: Consent): void {
  if (access === 'wo') throw refusedByUs('ERR_SOCKOPT_WRITE_ONLY', 'unsupported', `${option.name} can only be set`, option)
  if (access === 'none')
    throw refusedByUs('ERR_SOCKOPT_UNSUPPORTED', 'unsupported', `${option.name} is no socket option here: ${option.doc}`, option)
  const danger = findDanger(option.name, 'read', how)
  if (danger !== undefined) throw refusedByUs('ERR_SOCKOPT_HAZARD', 'denied', `${option.name} is not read: ${danger}`, option, 'getsockopt')
}

/** Every option that takes more than one read: refused ones, in/out ones, ones whose form another option tells. */
function readSpecial(plan: Plan, descriptor: number, how: ReadOptions | undefined): unknown {
  const { option } = plan
  expectReadable(plan, how)
  expectFamily(plan, descriptor)
  if (option.versions !== undefined && how?.input === undefined) return readNewest(plan, descriptor, option.versions)
  if (option.inOut || plan.level === -1) return exchange(plan, descriptor, how?.input)
  if (option.variants !== undefined) return readVariant(plan, descriptor)
  if (plan.unit !== 1) return readCounted(plan, descriptor)
  ensure(plan.codec.size)
  let length = -EINVAL
  for (const capacity of capacitiesOf(plan, descriptor)) {
    if (length === -EINVAL) length = ask(descriptor, Operation.get, plan.level, plan.number, capacity, 1, 0)
  }
  if (length < 0) return retryLarger(plan, descriptor, length)
  return plan.isForeign ? decodeForeign(plan, descriptor, length) : decode(plan, descriptor, length)
}

/** A codec that is not ours gets a copy: nothing it does can reach the arena. */
function decodeForeign(plan: Plan, descriptor: number, length: number): unknown {
  return decodeAt(plan.codec, copyOfBody(length), 0, length, plan, descriptor)
}

const copyOfBody = (length: number): DataView => new DataView(scratch.bytes.slice(scratch.body, scratch.body + length).buffer)

/** The lengths to offer, one after the other while the kernel answers EINVAL. */
function capacitiesOf(plan: Plan, descriptor: number): readonly number[] {
  const { sizedBy } = plan.option
  if (sizedBy === 'peer') return [peerLength(plan, descriptor)]
  return Array.isArray(sizedBy) ? sizedBy : [plan.capacity]
}

/** SO_PEERNAME answers EINVAL to a buffer larger than the address: its length comes from getpeername(2). Without a peer the option itself says why. */
function peerLength({ codec }: Plan, descriptor: number): number {
  ensure(codec.size)
  const length = ask(descriptor, Operation.peerAddress, 0, 0, codec.size, 1, 0)
  return length < 0 ? codec.size : Math.min(length, codec.size)
}

/** The level's number belongs to another protocol too: on a TCP socket SOL_L2CAP's options would read TCP's. */
export function expectFamily(plan: Plan, descriptor: number): void {
  const { family } = plan.option
  if (family === undefined) return
  const found = readPlan(planOf('SO_DOMAIN'), descriptor)
  if (found !== family) throw ofOtherFamily(plan, descriptor, found)
}

/** The option's level is another protocol's on a socket of the family `found`. */
export function ofOtherFamily({ option }: Plan, descriptor: number, found: unknown): SocketOptionError {
  const message = `${option.name} exists on ${option.family} sockets only; fd ${descriptor} is ${String(found)}`
  return refusedByUs('ERR_SOCKOPT_UNSUPPORTED', 'unsupported', message, option)
}

/** An option whose struct is told by another one: TCP_CC_INFO by TCP_CONGESTION. Its own bytes first, so that its refusal is its own. */
function readVariant(plan: Plan, descriptor: number): unknown {
  ensure(plan.codec.size)
  const length = ask(descriptor, Operation.get, plan.level, plan.number, plan.capacity, 1, 0)
  if (length < 0) throw refusedByKernel('getsockopt', length, plan.option, descriptor)
  const view = copyOfBody(length)
  const { by, codecs } = plan.option.variants as NonNullable<Plan['option']['variants']>
  const which = length === 0 ? '' : String(readPlan(planOf(by), descriptor))
  const codec: Reader = (Object.hasOwn(codecs, which) ? codecs[which] : undefined) ?? plan.codec
  return decodeAt(codec, view, 0, length, plan, descriptor)
}

/** An option whose optlen counts something other than bytes: asked for the count first, then for all of it. */
function readCounted(plan: Plan, descriptor: number): unknown {
  ensure(0)
  const count = ask(descriptor, Operation.get, plan.level, plan.number, 0, plan.unit, 0)
  if (count < 0) throw refusedByKernel('getsockopt', count, plan.option, descriptor)
  ensure(count * plan.unit)
  const read = ask(descriptor, Operation.get, plan.level, plan.number, count, plan.unit, 0)
  if (read < 0) throw refusedByKernel('getsockopt', read, plan.option, descriptor)
  return decode(plan, descriptor, read * plan.unit)
}

/** The first `length` of `bytes`; none, which the kernel refuses, where a codec that is not ours has given the memory away. */
export const written = (bytes: Uint8Array, length: number): Uint8Array =>
  bytes.length === 0 ? new Uint8Array(0) : bytes.subarray(0, length)

/** An in/out option: the query goes into the buffer, the answer comes out of it. */
function exchange(plan: Plan, descriptor: number, input: unknown): unknown {
  const length = askWith(plan, descriptor, encodeInput(plan, input))
  if (length < 0) throw refusedByKernel('getsockopt', length, plan.option, descriptor)
  return plan.isForeign ? decodeForeign(plan, descriptor, length) : decode(plan, descriptor, length)
}

/** Puts the query into the buffer and asks. The length of the answer, or -errno. */
function askWith(plan: Plan, descriptor: number, query: Uint8Array): number {
  ensure(plan.codec.size)
  scratch.bytes.fill(0, scratch.body, scratch.body + plan.codec.size)
  if (query.length > 0) scratch.bytes.set(query, scratch.body)
  const capacity = plan.option.sizedBy === 'input' && query.length > 0 ? query.length : plan.capacity
  return ask(descriptor, Operation.exchange, plan.level, plan.number, capacity, 1, query.length)
}

/** An answer that has versions: the first that the system takes. */
function readNewest(plan: Plan, descriptor: number, versions: readonly number[]): unknown {
  let length = -EINVAL
  for (const version of versions) if (length < 0) length = askWith(plan, descriptor, new Uint8Array(Uint32Array.of(version).buffer))
  if (length < 0) throw refusedByKernel('getsockopt', length, plan.option, descriptor)
  return decode(plan, descriptor, length)
}

/** Without input, the query that the codec makes of nothing; where it makes none, a buffer of zeros. */
function encodeInput(plan: Plan, input: unknown): Uint8Array {
  const { codec, option } = plan
  if (types.isUint8Array(input)) {
    const danger = findDanger(option.name, 'bytes', undefined)
    if (danger !== undefined)
      throw refusedByUs('ERR_SOCKOPT_HAZARD', 'denied', `${option.name} is not read: ${danger}`, option, 'getsockopt')
    const own = bytesOf(input)
    if (own.length > codec.size) throw badArgument('range', `${option.name}: input`, `at most ${codec.size} bytes`, own.length)
    return own
  }
  const bytes = new Uint8Array(codec.size)
  ensure(0)
  try {
    return written(bytes, codec.encode(input, new DataView(bytes.buffer), 0, scratch.abi))
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    if (input === undefined) return new Uint8Array(0)
    const part = refusal.part === undefined ? '' : `.${refusal.part}`
    throw badArgument(refusal.reason === 'type' ? 'type' : 'range', `${option.name}: input${part}`, refusal.expected, input)
  }
}
