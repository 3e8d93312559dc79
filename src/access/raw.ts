/** The form of C: level and number, ints and bytes. It knows no meaning, but it knows what must not be done. */
import { types } from 'node:util'
import { bytesOf } from '../codec/own.js'
import { badArgument, refusedByKernel, refusedByUs } from '../errors.js'
import { ask, ensure, Operation, scratch } from '../native/scratch.js'
import type { Option } from '../options/define.js'
import { catalogue, usualRows } from '../options/index.js'
import type { ReadOptions } from './get.js'
import { type Direction, findDanger } from './hazards.js'
import { type Adapted, adapt, currentPlatform } from './plan.js'

/** Not `instanceof`: that believes whatever has the prototype. */
const { isUint8Array } = types

/** The largest buffer that the raw form passes. */
const LARGEST = 1024 * 1024

type Index = Map<number, Adapted[]>

/** The rows of one level's number, by their own, as this platform has them. */
function indexOf(level: number, rowsOf: (levels: readonly string[]) => readonly Option[]): Index {
  const platform = currentPlatform()
  const index: Index = new Map()
  for (const row of rowsOf(Object.keys(platform.levels).filter(name => platform.levels[name] === level))) {
    const adapted = adapt(row, platform)
    if (adapted !== undefined) index.set(adapted.number, [...(index.get(adapted.number) ?? []), adapted])
  }
  return index
}

const usual = new Map<number, Index>()
const whole = new Map<number, Index>()

function lookUp(indexes: Map<number, Index>, level: number, number: number, rowsOf: (levels: readonly string[]) => readonly Option[]) {
  let index = indexes.get(level)
  if (index === undefined) {
    index = indexOf(level, rowsOf)
    indexes.set(level, index)
  }
  return index.get(number)
}

const allRows = (levels: readonly string[]) => (Object.values(catalogue) as Option[]).filter(({ level }) => levels.includes(level))

/**
 * Every row with this number at this level here: usually one, two where a number has another name when it is set.
 * Bluetooth's levels have the numbers of TCP's and IP's: a row of theirs counts where no usual one has its number, and so adds no hazard and hides none.
 */
const rowsAt = (level: number, number: number): readonly Adapted[] =>
  lookUp(usual, level, number, usualRows) ?? lookUp(whole, level, number, allRows) ?? []

/** What errors call an option that was given by numbers: its name too, where it has one. */
function subjectOf(level: number, number: number): { name: string; level: string; needs?: string | undefined } {
  const [row] = rowsAt(level, number)
  return row?.option ?? { name: `option ${number} at level ${level}`, level: String(level) }
}

function checkInt(name: string, value: unknown, minimum: number, maximum: number): number {
  const expected = `an integer from ${minimum} to ${maximum}`
  if (typeof value !== 'number') throw badArgument('type', name, expected, value)
  if (!Number.isInteger(value) || value < minimum || value > maximum) throw badArgument('range', name, expected, value)
  return value
}

const INT_MIN = -(2 ** 31)
const INT_MAX = 2 ** 31 - 1

function checkNumbers(level: unknown, number: unknown): void {
  checkInt('level', level, INT_MIN, INT_MAX)
  checkInt('optname', number, INT_MIN, INT_MAX)
}

/** Refuses by number what is refused by name, whichever of the rows with this number is meant. */
function guard(level: number, number: number, directions: readonly Direction[], consent?: ReadOptions): void {
  for (const { option: row } of rowsAt(level, number)) {
    for (const direction of directions) {
      const danger = findDanger(row.name, direction, consent)
      if (danger === undefined) continue
      throw refusedByUs('ERR_SOCKOPT_HAZARD', 'denied', `${row.name} is not ${direction === 'write' ? 'set' : 'read'}: ${danger}`, row)
    }
  }
}

/** `getsockopt(fd, level, number)` as a C int. Refused for what the catalogue knows to be something else. */
export function readInt(descriptor: number, level: number, number: number, how?: ReadOptions): number {
  checkNumbers(level, number)
  guard(level, number, ['read', 'bytes'], how)
  const rows = rowsAt(level, number).filter(row => row.access === 'rw' || row.access === 'ro')
  const other = rows.find(row => !row.codec.isInt)
  if (other !== undefined && rows.every(row => !row.codec.isInt)) {
    const { name: option, level: symbol } = other.option
    const message = `${option} is not an int but ${other.codec.name}: pass a buffer length to read its bytes, or read it by name`
    throw Object.assign(new TypeError(message), { code: 'ERR_SOCKOPT_TYPE', option, level: symbol })
  }
  ensure(4)
  const length = ask(descriptor, Operation.get, level, number, 4, 1, 0)
  if (length < 0) throw refusedByKernel('getsockopt', length, subjectOf(level, number), descriptor)
  if (length === 4) return scratch.view.getInt32(scratch.body, scratch.abi.littleEndian)
  if (length === 1) return scratch.view.getUint8(scratch.body)
  if (length === 2) return scratch.view.getUint16(scratch.body, scratch.abi.littleEndian)
  const message = `option ${number} at level ${level} returned ${length} bytes, which is no int: pass a buffer length to read them`
  throw refusedByUs('ERR_SOCKOPT_LENGTH', 'value', message, subjectOf(level, number), 'getsockopt')
}

/** `getsockopt(fd, level, number, buffer)`: as many bytes as came back, in a Buffer of their own. */
export function readBytes(descriptor: number, level: number, number: number, buflen: number, how?: ReadOptions): Buffer {
  checkNumbers(level, number)
  checkInt('buflen', buflen, 0, LARGEST)
  guard(level, number, ['read', 'bytes'], how)
  const rows = rowsAt(level, number).filter(row => row.access === 'rw' || row.access === 'ro')
  const unit = Math.max(1, ...rows.map(row => row.unit))
  if (rows.some(({ option }) => option.name === 'SO_PEERPIDFD') && buflen < 4) {
    throw badArgument(
      'range',
      'buflen',
      'at least 4 for SO_PEERPIDFD: with less the kernel opens a descriptor that nobody learns of',
      buflen,
    )
  }
  const given = how?.input
  if (given !== undefined && !isUint8Array(given)) throw badArgument('type', 'input', 'a Uint8Array', given)
  const input = given === undefined ? undefined : bytesOf(given)
  if (input !== undefined && input.length > buflen) throw badArgument('range', 'input', `at most buflen (${buflen}) bytes`, input.length)
  ensure(buflen)
  scratch.bytes.fill(0, scratch.body, scratch.body + buflen)
  if (input !== undefined && input.length > 0) scratch.bytes.set(input, scratch.body)
  const operation = input === undefined ? Operation.get : Operation.exchange
  const length = ask(descriptor, operation, level, number, Math.floor(buflen / unit), unit, input?.length ?? 0)
  if (length < 0) throw refusedByKernel('getsockopt', length, subjectOf(level, number), descriptor)
  return Buffer.from(scratch.bytes.subarray(scratch.body, scratch.body + Math.min(length * unit, buflen)))
}

/** `setsockopt(fd, level, number, &int)` for a number or a boolean, else the bytes as they are. */
export function writeRaw(descriptor: number, level: number, number: number, value: number | boolean | Uint8Array): void {
  checkNumbers(level, number)
  guard(level, number, ['write'])
  const length = putRaw(value)
  const result = ask(descriptor, Operation.set, level, number, length, 1, 0)
  if (result < 0) throw refusedByKernel('setsockopt', result, subjectOf(level, number), descriptor)
}

/** Puts the value into the body, and says how long it is. */
function putRaw(value: unknown): number {
  if (isUint8Array(value)) {
    const own = bytesOf(value)
    if (own.length > LARGEST) throw badArgument('range', 'value', `at most ${LARGEST} bytes`, own.length)
    ensure(own.length)
    scratch.bytes.set(own, scratch.body)
    return own.length
  }
  const int = typeof value === 'boolean' ? Number(value) : value
  if (typeof int !== 'number') throw badArgument('type', 'value', 'an integer, a boolean or a Uint8Array', value)
  checkInt('value', int, INT_MIN, 2 ** 32 - 1)
  ensure(4)
  scratch.words[scratch.body >> 2] = int
  return 4
}
