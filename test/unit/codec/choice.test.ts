import { describe, expect, expectTypeOf, test } from 'vitest'
import { flags, namesOf, oneOf } from '../../../src/codec/choice.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeHex, fuzzDecode, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

const pmtu = oneOf('PMTU', { DONT: 0, WANT: 1, DO: 2 })
const rx = flags('RX', { HARD: 1, SOFT: 2, BOTH_OTHERS: 0x0c, TOP: 2 ** 31 })

describe('oneOf', () => {
  test('reads a member as its name and any other number as itself', () => {
    expect(decodeHex(pmtu, '02000000')).toBe('DO')
    expect(decodeHex(pmtu, '00000002', linuxS390x)).toBe('DO')
    expect(decodeHex(pmtu, '07000000')).toBe(7)
    expect(decodeHex(pmtu, 'ffffffff')).toBe(-1)
    expect(decodeHex(pmtu, '01')).toBe('WANT')
  })

  test('writes names and numbers', () => {
    expect(encodeHex(pmtu, 'DO')).toBe('02000000')
    expect(encodeHex(pmtu, 7, linuxS390x)).toBe('00000007')
  })

  test('of two names for one number the first is read, and both are written', () => {
    const codec = oneOf('SAME', { FIRST: 1, SECOND: 1 })
    expect(decodeHex(codec, '01000000')).toBe('FIRST')
    expect(encodeHex(codec, 'SECOND')).toBe('01000000')
    expect(namesOf({ FIRST: 1, SECOND: 1 }).get(1)).toBe('FIRST')
  })

  test('may be narrower than an int', () => {
    expect(encodeHex(oneOf('N', { A: 200 }, 1), 'A')).toBe('c8')
    expect(encodeHex(oneOf('N', { A: 200 }, 2), 'A', linuxS390x)).toBe('00c8')
    expect(refusedValue(oneOf('N', { A: 200 }, 1), 256).reason).toBe('range')
  })

  test('a name that is no member is refused, those of Object.prototype too', () => {
    for (const name of ['do', '', 'constructor', '__proto__', 'toString']) {
      expect(refusedValue(pmtu, name)).toEqual({ reason: 'range', expected: 'one of DONT, WANT, DO (or its number)', part: undefined })
    }
    for (const value of [null, undefined, true, ['DO'], { DO: 2 }]) expect(refusedValue(pmtu, value).reason).toBe('type')
    for (const value of [1.5, 2 ** 40, Number.NaN]) expect(refusedValue(pmtu, value).reason).toBe('range')
  })

  test('its type is its members', () => {
    expectTypeOf(pmtu.decode).returns.toEqualTypeOf<'DONT' | 'WANT' | 'DO' | number>()
  })
})

describe('flags', () => {
  test('reads the members that are set, and what is left as one number', () => {
    expect(decodeHex(rx, '00000000')).toEqual([])
    expect(decodeHex(rx, '03000000')).toEqual(['HARD', 'SOFT'])
    expect(decodeHex(rx, '00000003', linuxS390x)).toEqual(['HARD', 'SOFT'])
    expect(decodeHex(rx, '01010080')).toEqual(['HARD', 'TOP', 256])
  })

  test('a member of several bits is there when all of them are', () => {
    expect(decodeHex(rx, '0c000000')).toEqual(['BOTH_OTHERS'])
    expect(decodeHex(rx, '04000000')).toEqual([4])
  })

  test('writes names and numbers together', () => {
    expect(encodeHex(rx, [])).toBe('00000000')
    expect(encodeHex(rx, ['SOFT', 'TOP', 256])).toBe('02010080')
    expect(encodeHex(rx, ['SOFT', 'SOFT'])).toBe('02000000')
    expect(encodeHex(rx, [2 ** 32 - 1])).toBe('ffffffff')
  })

  test('the list that is read is frozen', () => {
    expect(Object.isFrozen(decodeHex(rx, '03000000'))).toBe(true)
  })

  test('what is no flag is refused, and named', () => {
    expect(refusedValue(rx, ['HARD', 'zork'])).toEqual({ reason: 'range', expected: rx.accepts, part: 'zork' })
    expect(refusedValue(rx, ['constructor']).part).toBe('constructor')
    expect(refusedValue(rx, [-1]).part).toBe('-1')
    for (const value of [[2 ** 32], [0.5], [Number.NaN]]) expect(refusedValue(rx, value).reason).toBe('range')
    for (const value of ['HARD', 1, null, undefined, { 0: 'HARD' }, [null], [{}], [Object.create(null)], [Symbol('x')]]) {
      expect(refusedValue(rx, value).reason).toBe('type')
    }
  })

  test('numbers that the width does not hold are refused', () => {
    expect(encodeHex(flags('N', { A: 128 }, 1), ['A'])).toBe('80')
    expect(encodeHex(flags('N', { A: 128 }, 2), ['A'])).toBe('8000')
    expect(refusedValue(flags('N', { A: 128 }, 1), [256]).reason).toBe('range')
    expect(refusedValue(flags('N', { A: 128 }, 2), [65536]).reason).toBe('range')
  })
})

test.each([pmtu, rx])('$name withstands random bytes and strange values', codec => {
  expect(fuzzDecode(codec, 3).decoded).toBeGreaterThan(0)
  expect(fuzzEncode(codec, []).refused).toBeGreaterThan(0)
  expect(refusedBytes(codec, '').reason).toBe('length')
  expect(codec.isInt).toBe(true)
})
