/** What does a C array inside a struct hold: values, bytes, or one bit per number? */
import type { Buffer } from 'node:buffer'
import { types } from 'node:util'
import { copyBytes } from './bytes.js'
import { Refusal } from './codec.js'
import type { Field } from './field.js'
import { bytesOf, itemsOf } from './own.js'

/** `u32 data[8]`. Fewer values than it has places leave the others zero; more are refused. */
export function array<Out, In>(of: Field<Out, In>, count: number): Field<readonly Out[], readonly In[]> {
  const expected = `an array of at most ${count}`
  return {
    size: of.size * count,
    read: (view, at, abi) => Object.freeze(Array.from({ length: count }, (_, index) => of.read(view, at + index * of.size, abi))),
    write(value, view, at, abi, part) {
      if (!Array.isArray(value)) throw new Refusal('type', expected, part)
      const items = itemsOf(value, count)
      if (items === undefined) throw new Refusal('range', expected, part)
      for (const [index, item] of items.entries()) of.write(item, view, at + index * of.size, abi, `${part}[${index}]`)
    },
    isOptional: false,
  }
}

function bytes(count: number, least: number): Field<Buffer, Uint8Array> {
  const expected = `a Uint8Array of ${least === count ? '' : 'at most '}${count} bytes`
  return {
    size: count,
    read: (view, at) => copyBytes(view, at, count),
    write(value, view, at, _abi, part) {
      if (!types.isUint8Array(value)) throw new Refusal('type', expected, part)
      const own = bytesOf(value)
      if (own.length > count || own.length < least) throw new Refusal('range', expected, part)
      new Uint8Array(view.buffer, view.byteOffset + at, count).set(own)
    },
    isOptional: false,
  }
}

/** Bytes of which there are always as many: a key of a known cipher. Read as a copy. */
export const octets = (count: number) => bytes(count, count)

/** Bytes of which there may be fewer, the rest being zero; another field says how many count. Read as a copy, whole. */
export const octetsUpTo = (count: number) => bytes(count, 0)

/** A set of small numbers, kept as bits in 32-bit words: the numbers whose bit is set, in order. */
export function bitSet(words: number): Field<readonly number[]> {
  const last = words * 32 - 1
  const expected = `an array of integers from 0 to ${last}`
  return {
    size: words * 4,
    read(view, at, abi) {
      const found: number[] = []
      for (let word = 0; word < words; word++) {
        const value = view.getUint32(at + word * 4, abi.littleEndian)
        for (let bit = 0; bit < 32; bit++) if ((value >>> bit) & 1) found.push(word * 32 + bit)
      }
      return Object.freeze(found)
    },
    write(value, view, at, abi, part) {
      if (!Array.isArray(value)) throw new Refusal('type', expected, part)
      const sums = new Array<number>(words).fill(0)
      for (const one of value as readonly unknown[]) {
        if (typeof one !== 'number') throw new Refusal('type', expected, part)
        if (!Number.isInteger(one) || one < 0 || one > last) throw new Refusal('range', expected, part)
        sums[one >>> 5] = ((sums[one >>> 5] as number) | (1 << (one & 31))) >>> 0
      }
      sums.forEach((sum, word) => {
        view.setUint32(at + word * 4, sum, abi.littleEndian)
      })
    },
    isOptional: false,
  }
}
