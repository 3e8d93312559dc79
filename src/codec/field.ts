/** The parts a struct is made of: one primitive, its width, and how it is read and written. */
import { namesOf } from './choice.js'
import { type Abi, type Codec, Refusal } from './codec.js'
import { checkInteger } from './scalar.js'

export interface Field<Out, In = Out> {
  readonly size: number
  readonly read: (view: DataView, at: number, abi: Abi) => Out
  readonly write: (value: In, view: DataView, at: number, abi: Abi, part: string) => void
  /** What a value of the struct may leave out: the bytes stay zero. */
  readonly isOptional: boolean
}

function integer(
  size: number,
  minimum: number,
  maximum: number,
  read: Field<number>['read'],
  write: Field<number>['write'],
): Field<number> {
  return {
    size,
    read,
    write: (value, view, at, abi, part) => write(checkInteger(value, minimum, maximum, part), view, at, abi, part),
    isOptional: false,
  }
}

export const u8 = integer(
  1,
  0,
  0xff,
  (view, at) => view.getUint8(at),
  (value, view, at) => view.setUint8(at, value),
)
export const u16 = integer(
  2,
  0,
  0xffff,
  (view, at, abi) => view.getUint16(at, abi.littleEndian),
  (value, view, at, abi) => view.setUint16(at, value, abi.littleEndian),
)
export const i16 = integer(
  2,
  -0x8000,
  0x7fff,
  (view, at, abi) => view.getInt16(at, abi.littleEndian),
  (value, view, at, abi) => view.setInt16(at, value, abi.littleEndian),
)
export const u32 = integer(
  4,
  0,
  2 ** 32 - 1,
  (view, at, abi) => view.getUint32(at, abi.littleEndian),
  (value, view, at, abi) => view.setUint32(at, value, abi.littleEndian),
)
export const i32 = integer(
  4,
  -(2 ** 31),
  2 ** 31 - 1,
  (view, at, abi) => view.getInt32(at, abi.littleEndian),
  (value, view, at, abi) => view.setInt32(at, value, abi.littleEndian),
)
/** Network byte order, whatever the machine's. */
export const be16 = integer(
  2,
  0,
  0xffff,
  (view, at) => view.getUint16(at),
  (value, view, at) => view.setUint16(at, value),
)
export const be32 = integer(
  4,
  0,
  2 ** 32 - 1,
  (view, at) => view.getUint32(at),
  (value, view, at) => view.setUint32(at, value),
)

/** A 64-bit counter as a number: bytes, microseconds. Exact up to 2^53 (9 petabytes, 285 years). */
export const u64 = integer(
  8,
  0,
  Number.MAX_SAFE_INTEGER,
  (view, at, abi) => {
    const low = view.getUint32(abi.littleEndian ? at : at + 4, abi.littleEndian)
    return view.getUint32(abi.littleEndian ? at + 4 : at, abi.littleEndian) * 2 ** 32 + low
  },
  (value, view, at, abi) => view.setBigUint64(at, BigInt(value), abi.littleEndian),
)

/** A 64-bit value that uses its whole range (a sequence number, a cookie): a bigint. */
export const u64big: Field<bigint> = {
  size: 8,
  read: (view, at, abi) => view.getBigUint64(at, abi.littleEndian),
  write(value, view, at, abi, part) {
    const expected = 'a bigint from 0 to 2^64 - 1'
    if (typeof value !== 'bigint') throw new Refusal('type', expected, part)
    if (value < 0n || value > 0xffff_ffff_ffff_ffffn) throw new Refusal('range', expected, part)
    view.setBigUint64(at, value, abi.littleEndian)
  },
  isOptional: false,
}

/** Bits of an integer of `size` bytes. C numbers a bit-field from the low end on little-endian machines and from the high end on big-endian ones. */
export function bits(size: 1 | 2 | 4, shiftLittle: number, shiftBig: number, count: number): Field<number> {
  const whole = size === 1 ? u8 : size === 2 ? u16 : u32
  const mask = 2 ** count - 1
  return {
    size,
    read: (view, at, abi) => (whole.read(view, at, abi) >>> (abi.littleEndian ? shiftLittle : shiftBig)) & mask,
    write(value, view, at, abi, part) {
      const shift = abi.littleEndian ? shiftLittle : shiftBig
      const kept = whole.read(view, at, abi) & ~(mask << shift)
      whole.write((kept | (checkInteger(value, 0, mask, part) << shift)) >>> 0, view, at, abi, part)
    },
    isOptional: false,
  }
}

/** An integer field in which any non-zero value is true. */
export function flag(of: Field<number>): Field<boolean> {
  return {
    size: of.size,
    read: (view, at, abi) => of.read(view, at, abi) !== 0,
    write(value, view, at, abi, part) {
      if (typeof value !== 'boolean') throw new Refusal('type', 'true or false', part)
      of.write(value ? 1 : 0, view, at, abi, part)
    },
    isOptional: false,
  }
}

/** A field with one value that means "none" (all ones for an unlimited rate): it reads as null, and null writes it. */
export function orNone(of: Field<number>, none: number): Field<number | null> {
  return {
    size: of.size,
    read(view, at, abi) {
      const value = of.read(view, at, abi)
      return value === none ? null : value
    },
    write: (value, view, at, abi, part) => of.write(value === null ? none : value, view, at, abi, part),
    isOptional: false,
  }
}

const allOnes = 0xffff_ffff

/** A 64-bit rate or counter whose all ones mean "none" (unlimited, no sample): null. Other values as {@link u64}. */
export const u64OrNone: Field<number | null> = {
  size: 8,
  read: (view, at, abi) => (view.getUint32(at) === allOnes && view.getUint32(at + 4) === allOnes ? null : u64.read(view, at, abi)),
  write(value, view, at, abi, part) {
    if (value !== null) return u64.write(value, view, at, abi, part)
    view.setUint32(at, allOnes)
    view.setUint32(at + 4, allOnes)
  },
  isOptional: false,
}

/** An integer that is written only within bounds narrower than its width: what the kernel would otherwise cut or misread. */
export function within(of: Field<number>, minimum: number, maximum: number): Field<number> {
  return {
    size: of.size,
    read: of.read,
    write: (value, view, at, abi, part) => of.write(checkInteger(value, minimum, maximum, part), view, at, abi, part),
    isOptional: false,
  }
}

/** An integer with named members, as `oneOf`, of a width that only structs have: reads as the name, or as the number if it has none. */
export function named<const M extends Readonly<Record<string, number>>>(of: Field<number>, members: M): Field<(keyof M & string) | number> {
  const names = namesOf(members)
  const expected = `one of ${Object.keys(members).join(', ')} (or its number)`
  return {
    size: of.size,
    read(view, at, abi) {
      const value = of.read(view, at, abi)
      return (names.get(value) as (keyof M & string) | undefined) ?? value
    },
    write(value, view, at, abi, part) {
      if (typeof value === 'number') return of.write(value, view, at, abi, part)
      if (typeof value !== 'string') throw new Refusal('type', expected, part)
      if (!Object.hasOwn(members, value)) throw new Refusal('range', expected, part)
      of.write(members[value] as number, view, at, abi, part)
    },
    isOptional: false,
  }
}

/** A codec as a field: a choice, an address, another struct. */
export function nested<Out, In>(of: Codec<Out, In>): Field<Out, In> {
  return {
    size: of.size,
    read: (view, at, abi) => of.decode(view, at, of.size, abi),
    write(value, view, at, abi, part) {
      try {
        of.encode(value, view, at, abi)
      } catch (refusal) {
        if (refusal instanceof Refusal) throw new Refusal(refusal.reason, refusal.expected, refusal.part ? `${part}.${refusal.part}` : part)
        throw refusal
      }
    },
    isOptional: false,
  }
}

/** A field that a value may leave out; its bytes are then zero. */
export function optional<Out, In>(of: Field<Out, In>): Field<Out, In> & { readonly isOptional: true } {
  return { size: of.size, read: of.read, write: of.write, isOptional: true }
}
