import { describe, expect, test } from 'vitest'
import { bool, bool1, checkInteger, checkLength, int, intIn, rate, u8, u8int, u16, u64, uint } from '../../../src/codec/scalar.js'
import { abis, linuxS390x } from '../../support/abis.js'
import {
  decodeBytes,
  decodeHex,
  encodeBytes,
  encodeHex,
  fuzzDecode,
  fuzzEncode,
  refusalOf,
  refusedBytes,
  refusedValue,
} from '../../support/codecs.js'
import { integerFrom, seeded } from '../../support/random.js'

const integers = { int, uint, u8, u16, u8int }

describe('integers', () => {
  test('an int is four bytes in the order of the machine', () => {
    expect(encodeHex(int, -2)).toBe('feffffff')
    expect(encodeHex(int, -2, linuxS390x)).toBe('fffffffe')
    expect(encodeHex(int, 1000)).toBe('e8030000')
    expect(decodeHex(int, '000003e8', linuxS390x)).toBe(1000)
    expect(decodeHex(int, 'feffffff')).toBe(-2)
    expect(decodeHex(uint, 'feffffff')).toBe(2 ** 32 - 2)
  })

  test('the width that came back decides how an int is read', () => {
    expect(decodeHex(int, '20')).toBe(32)
    expect(decodeHex(int, 'ff')).toBe(255)
    expect(decodeHex(int, '0100')).toBe(1)
    expect(decodeHex(int, '0100', linuxS390x)).toBe(256)
    expect(decodeHex(int, 'feff')).toBe(-2)
    expect(decodeHex(uint, 'feff')).toBe(0xfffe)
    expect(decodeHex(int, 'ffffffffffffffff')).toBe(-1)
    expect(decodeHex(uint, '0000000001000000')).toBe(2 ** 32)
    expect(decodeHex(uint, '0000000100000000', linuxS390x)).toBe(2 ** 32)
  })

  test.each(['', '010203', '0102030405', '01020304050607'])('%j is no width of an integer', hex => {
    expect(refusedBytes(int, hex)).toEqual({
      reason: 'length',
      expected: `1, 2, 4 or 8 bytes, and ${hex.length / 2} came back`,
      part: undefined,
    })
  })

  test.each(Object.entries(integers))('%s round-trips within its bounds', (_name, codec) => {
    const next = seeded(1)
    const [minimum, maximum] = codec.accepts.match(/-?\d+/g)?.map(Number) ?? []
    expect(minimum).toBeDefined()
    for (const abi of Object.values(abis)) {
      for (const value of [
        minimum,
        maximum,
        ...Array.from({ length: 50 }, () => integerFrom(next, minimum as number, maximum as number)),
      ]) {
        expect(decodeBytes(codec, encodeBytes(codec, value as number, abi), abi)).toBe(value)
      }
    }
    for (const value of [(minimum as number) - 1, (maximum as number) + 1, Number.NaN, 0.5, 2 ** 40, Number.POSITIVE_INFINITY]) {
      expect(refusedValue(codec, value)).toEqual({ reason: 'range', expected: codec.accepts, part: undefined })
    }
    for (const value of ['1', null, undefined, true, 1n, [1], {}]) expect(refusedValue(codec, value).reason).toBe('type')
  })

  test('intIn names its bounds', () => {
    const codec = intIn(88, 32767)
    expect(codec).toMatchObject({ size: 4, isInt: true, accepts: 'an integer from 88 to 32767' })
    expect(encodeHex(codec, 88)).toBe('58000000')
    expect(refusedValue(codec, 87)).toMatchObject({ reason: 'range', expected: 'an integer from 88 to 32767' })
    expect(decodeHex(codec, '57000000')).toBe(87)
  })

  test('u8int writes an int and holds one byte', () => {
    expect(encodeHex(u8int, 255)).toBe('ff000000')
    expect(refusedValue(u8int, 256).reason).toBe('range')
  })

  test('what is read in a C int says so', () => {
    expect([int, uint, u16, u8, u8int, bool, bool1].every(codec => codec.isInt)).toBe(true)
    expect(u64.isInt).toBe(false)
  })
})

describe('u64', () => {
  test('is a bigint over its whole range', () => {
    expect(decodeHex(u64, '6400000000000000')).toBe(100n)
    expect(decodeHex(u64, 'ffffffffffffffff')).toBe(2n ** 64n - 1n)
    expect(encodeHex(u64, 10_000_000_000n)).toBe('00e40b5402000000')
    expect(encodeHex(u64, 10_000_000_000, linuxS390x)).toBe('00000002540be400')
  })

  test('takes 4 bytes where a kernel gives no more', () => {
    expect(decodeHex(u64, 'ffffffff')).toBe(0xffffffffn)
    expect(refusedBytes(u64, '0102030405').reason).toBe('length')
  })

  test.each([-1n, 2n ** 64n, -1, 0.5, Number.NaN, 2 ** 53])('refuses %s', value => {
    expect(refusedValue(u64, value)).toMatchObject({ reason: 'range', expected: u64.accepts })
  })

  test('refuses what is no number', () => {
    for (const value of ['1', true, null, undefined, {}]) expect(refusedValue(u64, value).reason).toBe('type')
  })
})

describe('rate', () => {
  test('is null for no limit, in 8 bytes and in 4', () => {
    expect(decodeHex(rate, 'ffffffffffffffff')).toBeNull()
    expect(decodeHex(rate, 'ffffffff')).toBeNull()
    expect(encodeHex(rate, null)).toBe('ffffffffffffffff')
  })

  test('is a number otherwise', () => {
    expect(decodeHex(rate, '00e40b5402000000')).toBe(10_000_000_000)
    expect(decodeHex(rate, '00000002540be400', linuxS390x)).toBe(10_000_000_000)
    expect(decodeHex(rate, '39300000')).toBe(12345)
    expect(encodeHex(rate, 10_000_000_000)).toBe('00e40b5402000000')
    expect(encodeHex(rate, 0, linuxS390x)).toBe('0000000000000000')
  })

  test('refuses what it does not hold', () => {
    for (const value of [-1, 0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY]) expect(refusedValue(rate, value).reason).toBe('range')
    for (const value of [undefined, '1', 1n]) expect(refusedValue(rate, value).reason).toBe('type')
    expect(refusedBytes(rate, '010203').reason).toBe('length')
  })
})

describe('booleans', () => {
  test('any non-zero value of any width is true', () => {
    expect(decodeHex(bool, '00000000')).toBe(false)
    expect(decodeHex(bool, '80000000')).toBe(true)
    expect(decodeHex(bool, '00000080')).toBe(true)
    expect(decodeHex(bool, '01')).toBe(true)
    expect(decodeHex(bool1, '01000000')).toBe(true)
  })

  test('true is 1 in the codec’s own width', () => {
    expect(encodeHex(bool, true)).toBe('01000000')
    expect(encodeHex(bool, true, linuxS390x)).toBe('00000001')
    expect(encodeHex(bool1, true)).toBe('01')
    expect(encodeHex(bool, false)).toBe('00000000')
  })

  test.each([1, 0, 'true', null, undefined, {}])('%j is no boolean', value => {
    expect(refusedValue(bool, value)).toEqual({ reason: 'type', expected: 'true or false', part: undefined })
  })
})

test('the checks name the part that is at fault', () => {
  expect(refusalOf(() => checkInteger('1', 0, 9, 'pid'))).toEqual({ reason: 'type', expected: 'an integer from 0 to 9', part: 'pid' })
  expect(refusalOf(() => checkInteger(10, 0, 9, 'pid'))).toEqual({ reason: 'range', expected: 'an integer from 0 to 9', part: 'pid' })
  expect(checkInteger(9, 0, 9)).toBe(9)
  expect(refusalOf(() => checkLength(3, 4))).toEqual({ reason: 'length', expected: '4 bytes, and 3 came back', part: undefined })
})

test.each(Object.entries({ ...integers, u64, rate, bool, bool1 }))('%s withstands random bytes and strange values', (_name, codec) => {
  expect(fuzzDecode(codec, 2).decoded).toBeGreaterThan(0)
  const { encoded, refused } = fuzzEncode(codec, [])
  expect(encoded).toBeGreaterThan(0)
  expect(refused).toBeGreaterThan(encoded)
})
