/** Integers and booleans, tolerant of the width the kernel returned and strict about what it is given. */
import { type Abi, type Codec, codec, Refusal } from './codec.js'

type Width = 1 | 2 | 4 | 8

/** Reads an integer of the width that came back: Windows answers BOOL options with 1 byte, Linux short IP reads with 1. */
function readInteger(view: DataView, at: number, length: number, abi: Abi, signed: boolean): number {
  if (length === 4) return signed ? view.getInt32(at, abi.littleEndian) : view.getUint32(at, abi.littleEndian)
  if (length === 1) return view.getUint8(at)
  if (length === 2) return signed ? view.getInt16(at, abi.littleEndian) : view.getUint16(at, abi.littleEndian)
  if (length >= 8) return Number(signed ? view.getBigInt64(at, abi.littleEndian) : view.getBigUint64(at, abi.littleEndian))
  throw new Refusal('length', `1, 2, 4 or 8 bytes, and ${length} came back`)
}

function writeInteger(view: DataView, at: number, width: Width, value: number, abi: Abi): void {
  if (width === 1) view.setUint8(at, value)
  else if (width === 2) view.setUint16(at, value, abi.littleEndian)
  else if (width === 4) view.setUint32(at, value, abi.littleEndian)
  else view.setBigUint64(at, BigInt(value), abi.littleEndian)
}

/** What 4 bytes are to a scalar: with one of these, the word itself is the value. */
export type Word = 'int' | 'unsigned' | 'bool' | 'none'

const words = new WeakMap<object, Word>()

/** How a codec reads 4 bytes in this machine's own order, where that is all it does with them; `none` where it does more. */
export const wordOf = (of: Codec<any, any>): Word => words.get(of) ?? 'none'

/** What the codec itself would read from these 4 bytes, taken as a signed integer. */
export const fromWord = (word: number, as: Word): number | boolean => (as === 'int' ? word : as === 'bool' ? word !== 0 : word >>> 0)

function asWord<Out, In>(word: Word, of: Codec<Out, In>): Codec<Out, In> {
  words.set(of, word)
  return of
}

/** The value as an integer within bounds, or a Refusal that names them. NaN, fractions and bigints are refused, never rounded. */
export function checkInteger(value: unknown, minimum: number, maximum: number, part?: string): number {
  const expected = `an integer from ${minimum} to ${maximum}`
  if (typeof value !== 'number') throw new Refusal('type', expected, part)
  if (!Number.isInteger(value) || value < minimum || value > maximum) throw new Refusal('range', expected, part)
  return value
}

/** At least `needed` bytes, or a Refusal: what came back is not what was meant. */
export function checkLength(length: number, needed: number): void {
  if (length < needed) throw new Refusal('length', `${needed} bytes, and ${length} came back`)
}

function integer(name: string, width: Width, signed: boolean, minimum: number, maximum: number): Codec<number> {
  const of = codec<number>({
    name,
    size: width,
    accepts: `an integer from ${minimum} to ${maximum}`,
    isInt: width <= 4,
    decode: (view, at, length, abi) => readInteger(view, at, length, abi, signed),
    encode(value, view, at, abi) {
      writeInteger(view, at, width, checkInteger(value, minimum, maximum), abi)
      return width
    },
  })
  return asWord(signed ? 'int' : 'unsigned', of)
}

/** C `int`. */
export const int = integer('int', 4, true, -(2 ** 31), 2 ** 31 - 1)
/** C `unsigned int`. */
export const uint = integer('unsigned int', 4, false, 0, 2 ** 32 - 1)
export const u16 = integer('u16', 2, false, 0, 0xffff)
export const u8 = integer('u8', 1, false, 0, 0xff)
/** One byte of meaning in a C `int`, as IP_TOS. */
export const u8int = integer('int (0..255)', 4, true, 0, 255)

/** A C `int` that the kernel checks against bounds: the error names them before the kernel has to. */
export const intIn = (minimum: number, maximum: number) => integer(`int (${minimum}..${maximum})`, 4, true, minimum, maximum)

/** An unsigned 64-bit value that really uses its range: identities such as SO_COOKIE. */
export const u64: Codec<bigint, bigint | number> = codec({
  name: 'u64',
  size: 8,
  accepts: 'a bigint (or an integer) from 0 to 2^64 - 1',
  decode(view, at, length, abi) {
    if (length >= 8) return view.getBigUint64(at, abi.littleEndian)
    return BigInt(readInteger(view, at, length, abi, false))
  },
  encode(value, view, at, abi) {
    const expected = 'a bigint (or an integer) from 0 to 2^64 - 1'
    if (typeof value !== 'bigint' && typeof value !== 'number') throw new Refusal('type', expected)
    if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new Refusal('range', expected)
    const big = BigInt(value)
    if (big < 0n || big > 0xffff_ffff_ffff_ffffn) throw new Refusal('range', expected)
    view.setBigUint64(at, big, abi.littleEndian)
    return 8
  },
})

/** All ones: what the kernel calls "no limit" in a 64-bit rate. */
const UNLIMITED = 0xffff_ffff_ffff_ffffn

/** A rate in 64 bits (32 where only 4 bytes came back), null for no limit. Exact up to 2^53 bytes/s. */
export const rate: Codec<number | null> = codec({
  name: 'u64 rate',
  size: 8,
  accepts: 'an integer from 0 to 2^53 - 1, or null for no limit',
  decode(view, at, length, abi) {
    if (length < 8) {
      const value = readInteger(view, at, length, abi, false)
      return value === 0xffff_ffff ? null : value
    }
    const value = view.getBigUint64(at, abi.littleEndian)
    return value === UNLIMITED ? null : Number(value)
  },
  encode(value, view, at, abi) {
    const bytes = value === null ? UNLIMITED : BigInt(checkInteger(value, 0, Number.MAX_SAFE_INTEGER))
    view.setBigUint64(at, bytes, abi.littleEndian)
    return 8
  },
})

function boolean(name: string, width: Width): Codec<boolean> {
  const of = codec<boolean>({
    name,
    size: width,
    accepts: 'true or false',
    isInt: width <= 4,
    decode: (view, at, length, abi) => readInteger(view, at, length, abi, false) !== 0,
    encode(value, view, at, abi) {
      if (typeof value !== 'boolean') throw new Refusal('type', 'true or false')
      writeInteger(view, at, width, value ? 1 : 0, abi)
      return width
    },
  })
  return asWord('bool', of)
}

/** A switch in a C `int`: any non-zero value, in any width, is true (BSD answers with the flag's bit). */
export const bool = boolean('bool', 4)
/** A switch in one byte (Windows BOOLEAN, OpenBSD's IP_MULTICAST_LOOP). */
export const bool1 = boolean('bool (1 byte)', 1)
