/** Arrays within structs. */
import { describe, expect, it } from 'vitest'
import { array, bitSet, octets, octetsUpTo } from '../../../src/codec/array.js'
import { nested, u16 } from '../../../src/codec/field.js'
import { struct } from '../../../src/codec/struct.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeBytes, decodeHex, encodeHex, fuzzEncode, refusedValue } from '../../support/codecs.js'

const sample = struct('sample', 24, {
  numbers: [0, array(u16, 3)],
  exact: [6, octets(2)],
  some: [8, octetsUpTo(4)],
  bits: [12, bitSet(2)],
})
const value = { numbers: [1, 2], exact: Uint8Array.of(3, 4), some: Uint8Array.of(5), bits: [0, 33] }

describe('an array in a struct', () => {
  it('leaves the places that are not given zero', () => {
    expect(encodeHex(sample, value)).toBe(`010002000000${'0304'}05000000${'0100000002000000'}00000000`)
    expect(encodeHex(sample, value, linuxS390x)).toBe(`000100020000${'0304'}05000000${'0000000100000002'}00000000`)
  })
  it('reads every place, frozen', () => {
    const read = decodeHex(sample, '010002000000030405000000010000000200000000000000')
    expect(read).toEqual({ numbers: [1, 2, 0], exact: Buffer.from([3, 4]), some: Buffer.from([5, 0, 0, 0]), bits: [0, 33] })
    expect(Object.isFrozen(read.numbers)).toBe(true)
    expect(Object.isFrozen(read.bits)).toBe(true)
  })
  it('gives bytes as a copy', () => {
    const bytes = new Uint8Array(24).fill(7)
    const { exact } = decodeBytes(sample, bytes)
    bytes.fill(9)
    expect([...exact]).toEqual([7, 7])
  })
  it('names the element at fault', () => {
    expect(refusedValue(sample, { ...value, numbers: [1, 65536] })).toMatchObject({ reason: 'range', part: 'numbers[1]' })
    // biome-ignore lint/suspicious/noSparseArray: a hole is no number.
    expect(refusedValue(sample, { ...value, numbers: [, 1] })).toMatchObject({ reason: 'type', part: 'numbers[0]' })
    expect(refusedValue(sample, { ...value, bits: [64] })).toEqual({
      reason: 'range',
      expected: 'an array of integers from 0 to 63',
      part: 'bits',
    })
  })
  it('refuses what does not fit, and never cuts it', () => {
    expect(refusedValue(sample, { ...value, numbers: [1, 2, 3, 4] })).toEqual({
      reason: 'range',
      expected: 'an array of at most 3',
      part: 'numbers',
    })
    expect(refusedValue(sample, { ...value, exact: new Uint8Array(1) }).expected).toBe('a Uint8Array of 2 bytes')
    expect(refusedValue(sample, { ...value, some: new Uint8Array(5) }).expected).toBe('a Uint8Array of at most 4 bytes')
    expect(refusedValue(sample, { ...value, some: 'abc' }).reason).toBe('type')
  })
  it('stays within its struct whatever it is given', () => {
    expect(fuzzEncode(sample, [value]).encoded).toBeGreaterThan(0)
  })
  it('names the part of an element that is a struct', () => {
    const outer = struct('outer', 8, { points: [0, array(nested(struct('point', 4, { x: [0, u16], y: [2, u16] })), 2)] })
    expect(refusedValue(outer, { points: [{ x: 1, y: 2 }, { x: 1 }] })).toMatchObject({ reason: 'type', part: 'points[1].y' })
  })
})
