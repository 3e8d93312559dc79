import { describe, expect, expectTypeOf, test } from 'vitest'
import { bits, flag, nested, optional, u8, u16, u32, u64big } from '../../../src/codec/field.js'
import { growing, lazy, struct } from '../../../src/codec/struct.js'
import { abis, linuxIa32, linuxS390x, linuxX64 } from '../../support/abis.js'
import { decodeHex, encodeBytes, encodeHex, fuzzDecode, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

const fixed = struct('pair', 8, { first: [0, u16], last: [4, optional(u32), 'ms'] }, { prefix: 'p_' })
const grown = growing('grown', 8, { state: [0, u8], low: [1, bits(1, 0, 4, 4)], high: [1, bits(1, 4, 0, 4)], count: [4, optional(u32)] })
const worded = struct('worded', 16, { head: [0, u32], tail: [abi => abi.wordSize, u32] }, { bytes: abi => 2 * abi.wordSize })
const idle = lazy('idle', 64, { state: [0, u8], is: [1, flag(u8)], seq: [8, u64big, 'bytes'] }, { prefix: 'i_' })

describe('struct', () => {
  test('reads every field, frozen', () => {
    const value = decodeHex(fixed, '0100000002000000')
    expect(value).toEqual({ first: 1, last: 2 })
    expect(Object.isFrozen(value)).toBe(true)
    expect(decodeHex(fixed, '0001000000000002', linuxS390x)).toEqual({ first: 1, last: 2 })
    expectTypeOf(value).toEqualTypeOf<{ readonly first: number; readonly last: number }>()
  })

  test('refuses fewer bytes than its layout has, and takes more', () => {
    expect(refusedBytes(fixed, '01000000020000')).toEqual({ reason: 'length', expected: '8 bytes, and 7 came back', part: undefined })
    expect(decodeHex(fixed, '0100000002000000ff').last).toBe(2)
  })

  test('writes zeros where no field is, and where an optional one is left out', () => {
    expect(encodeHex(fixed, { first: 1 })).toBe('0100000000000000')
    expect(encodeHex(fixed, { first: 1, last: undefined })).toBe('0100000000000000')
    expect(encodeHex(fixed, { first: 1, last: 2 }, linuxS390x)).toBe('0001000000000002')
  })

  test('refuses a field that is missing, wrong or unknown, and names it', () => {
    expect(refusedValue(fixed, { last: 1 })).toEqual({ reason: 'type', expected: 'an integer from 0 to 65535', part: 'first' })
    expect(refusedValue(fixed, { first: 2 ** 40 })).toEqual({ reason: 'range', expected: 'an integer from 0 to 65535', part: 'first' })
    expect(refusedValue(fixed, { first: 1, last: null }).part).toBe('last')
    expect(refusedValue(fixed, { first: 1, lats: 2 })).toEqual({
      reason: 'type',
      expected: 'only the fields first, last',
      part: 'lats',
    })
    expect(refusedValue(fixed, { first: 1, constructor: 2 }).part).toBe('constructor')
  })

  test.each([undefined, null, 1, 'x', [], [1], () => 1])('%s is no object', value => {
    expect(refusedValue(fixed, value)).toEqual({ reason: 'type', expected: 'an object { first, last }', part: undefined })
  })

  test('its size and offsets follow the machine’s word', () => {
    expect(encodeHex(worded, { head: 1, tail: 2 })).toBe('01000000000000000200000000000000')
    expect(encodeHex(worded, { head: 1, tail: 2 }, linuxIa32)).toBe('0100000002000000')
    expect(decodeHex(worded, '0100000002000000', linuxIa32)).toEqual({ head: 1, tail: 2 })
    expect(refusedBytes(worded, '0100000002000000', linuxX64).expected).toBe('16 bytes, and 8 came back')
  })

  test('says its layout', () => {
    expect(fixed.layout).toMatchObject({ struct: 'pair', prefix: 'p_' })
    expect(Object.entries(fixed.layout?.fields ?? {}).map(([name, [offset, { size }, unit]]) => [name, offset, size, unit])).toEqual([
      ['first', 0, 2, undefined],
      ['last', 4, 4, 'ms'],
    ])
  })
})

describe('growing', () => {
  test('a field is there if and only if all of it came back', () => {
    expect(decodeHex(grown, '')).toEqual({})
    expect(decodeHex(grown, '01')).toEqual({ state: 1 })
    expect(decodeHex(grown, '0112')).toEqual({ state: 1, low: 2, high: 1 })
    expect(decodeHex(grown, '01120000050000')).toEqual({ state: 1, low: 2, high: 1 })
    expect(decodeHex(grown, '0112000005000000')).toEqual({ state: 1, low: 2, high: 1, count: 5 })
    expectTypeOf(decodeHex(grown, '')).toEqualTypeOf<{
      readonly state: number | undefined
      readonly low: number | undefined
      readonly high: number | undefined
      readonly count: number | undefined
    }>()
  })

  test('is written as a whole', () => {
    expect(encodeHex(grown, { state: 1, low: 2, high: 1 })).toBe('0112000000000000')
    expect(encodeHex(grown, { state: 1, low: 2, high: 1 }, linuxS390x)).toBe('0121000000000000')
    expect(refusedValue(grown, { state: 1, low: 2 }).part).toBe('high')
  })
})

describe('lazy', () => {
  test('reads a field when it is asked for, from the bytes as they then are', () => {
    const view = new DataView(new ArrayBuffer(16))
    const value = idle.decode(view, 0, 16, linuxX64)
    view.setUint8(0, 7)
    expect(value.state).toBe(7)
    expect(idle.isLazy).toBe(true)
    expect([fixed, grown].some(codec => codec.isLazy)).toBe(false)
  })

  test('a field that did not come back is undefined', () => {
    const value = decodeHex(idle, '0101000000000000ffffffffffffff')
    expect(value.is).toBe(true)
    expect(value.seq).toBeUndefined()
    expectTypeOf(value.seq).toEqualTypeOf<bigint | undefined>()
  })

  test('is never written', () => {
    for (const value of [undefined, {}, decodeHex(idle, '01')]) {
      expect(refusedValue(idle, value)).toMatchObject({ reason: 'type', expected: 'nothing: this struct can only be read' })
    }
  })
})

test('a struct in a struct keeps the path of what is wrong', () => {
  const outer = struct('outer', 12, { id: [0, u32], pair: [4, nested(fixed)] })
  expect(encodeHex(outer, { id: 1, pair: { first: 2, last: 3 } })).toBe('010000000200000003000000')
  expect(refusedValue(outer, { id: 1, pair: { first: 2, last: -3 } })).toMatchObject({ reason: 'range', part: 'pair.last' })
  expect(refusedValue(outer, { id: 1, pair: { first: 2, zork: 3 } }).part).toBe('pair.zork')
})

test('every machine writes what it reads', () => {
  for (const abi of Object.values(abis)) {
    for (const value of [
      { head: 0, tail: 2 ** 32 - 1 },
      { head: 2 ** 31, tail: 1 },
    ]) {
      expect(decodeHex(worded, Buffer.from(encodeBytes(worded, value, abi)).toString('hex'), abi)).toEqual(value)
    }
  }
})

test('structs withstand random bytes and strange values', () => {
  expect(fuzzDecode(fixed, 5).decoded).toBeGreaterThan(0)
  expect(fuzzDecode(grown, 6).refused).toBe(0)
  expect(fuzzDecode(idle, 7).refused).toBe(0)
  expect(fuzzEncode(fixed, [{ first: 1, last: 2 }]).refused).toBeGreaterThan(0)
  expect(fuzzEncode(worded, [{ head: 1, tail: 2 }]).refused).toBeGreaterThan(0)
})
