import { describe, expect, expectTypeOf, test } from 'vitest'
import { dwordMilliseconds, timeval, timeval64 } from '../../../src/codec/duration.js'
import { abis, darwinArm64, linuxArmv7Time64, linuxIa32, linuxMips, linuxS390x, linuxX64, win32X64 } from '../../support/abis.js'
import {
  decodeBytes,
  decodeHex,
  encodeBytes,
  encodeHex,
  fuzzDecode,
  fuzzEncode,
  refusedBytes,
  refusedValue,
  toHex,
} from '../../support/codecs.js'
import { integerFrom, seeded } from '../../support/random.js'

const expected = 'a positive number of milliseconds, or null for no timeout'

describe('timeval', () => {
  test('is 16 bytes of two longs on 64-bit machines', () => {
    expect(decodeHex(timeval, '0500000000000000a00f000000000000')).toBe(5004)
    expect(encodeHex(timeval, 5004)).toBe('0500000000000000a00f000000000000')
    expect(encodeHex(timeval, 5004, linuxS390x)).toBe('00000000000000050000000000000fa0')
    expect(decodeHex(timeval, '00000000000000050000000000000fa0', linuxS390x)).toBe(5004)
  })

  test('is 8 bytes on 32-bit machines, and 16 where their time_t has 64 bits', () => {
    expect(encodeHex(timeval, 5004, linuxIa32)).toBe('05000000a00f0000')
    expect(encodeHex(timeval, 5004, linuxMips)).toBe('0000000500000fa0')
    expect(decodeHex(timeval, '05000000a00f0000', linuxIa32)).toBe(5004)
    expect(encodeHex(timeval, 5004, linuxArmv7Time64)).toBe('0500000000000000a00f000000000000')
    expect(decodeHex(timeval, '0500000000000000a00f000000000000', linuxArmv7Time64)).toBe(5004)
  })

  test('has four bytes of microseconds and four of padding on macOS', () => {
    expect(decodeHex(timeval, '0500000000000000a00f0000deadbeef', darwinArm64)).toBe(5004)
  })

  test('is null when it is zero, and zero when it is null', () => {
    expect(decodeHex(timeval, '00000000000000000000000000000000')).toBeNull()
    expect(encodeHex(timeval, null)).toBe('00000000000000000000000000000000')
    expect(decodeHex(timeval, '0000000000000000', linuxIa32)).toBeNull()
    expectTypeOf(timeval.decode).returns.toEqualTypeOf<number | null>()
  })

  test('reads what Linux rounds to a jiffy', () => {
    expect(decodeHex(timeval, '0000000000000000a00f000000000000')).toBe(4)
    expect(decodeHex(timeval, '02000000000000000000000000000000')).toBe(2000)
  })

  test.each([
    [0.001, 0, 1],
    [0.0000001, 0, 1],
    [Number.MIN_VALUE, 0, 1],
    [1e-13, 0, 1],
    [0.0010001, 0, 2],
    [4.001, 0, 4001],
    [1.1, 0, 1100],
    [999.9999, 1, 0],
    [1000.0001, 1, 1],
    [1500.5, 1, 500_500],
    [0.1 + 0.2, 0, 300],
    [2_147_483_647_000, 2_147_483_647, 0],
  ])('%f ms are rounded up to %i s and %i us', (milliseconds, seconds, microseconds) => {
    for (const abi of [linuxX64, linuxIa32, linuxS390x]) {
      const bytes = encodeBytes(timeval, milliseconds, abi)
      const view = new DataView(bytes.buffer)
      const half = bytes.length / 2
      const long = (at: number) => (half === 4 ? view.getInt32(at, abi.littleEndian) : Number(view.getBigInt64(at, abi.littleEndian)))
      expect([long(0), long(half)]).toEqual([seconds, microseconds])
    }
  })

  test('every whole microsecond comes back as the same bytes', () => {
    const next = seeded(11)
    for (const abi of Object.values(abis)) {
      for (let i = 0; i < 300; i++) {
        const seconds = integerFrom(next, 0, i % 3 === 0 ? 100 : 2 ** 31 - 1)
        const microseconds = integerFrom(next, seconds === 0 ? 1 : 0, 999_999)
        const milliseconds = seconds * 1000 + microseconds / 1000
        const bytes = encodeBytes(timeval, milliseconds, abi)
        expect(decodeBytes(timeval, bytes, abi)).toBe(milliseconds)
        expect(toHex(encodeBytes(timeval, decodeBytes(timeval, bytes, abi), abi))).toBe(toHex(bytes))
      }
    }
  })

  test('is never shorter than what was asked for, by more than floating point', () => {
    const next = seeded(12)
    for (let i = 0; i < 2000; i++) {
      const asked = next() * 10 ** integerFrom(next, -9, 9)
      const given = decodeBytes(timeval, encodeBytes(timeval, asked)) as number
      expect(given).toBeGreaterThanOrEqual(asked * (1 - 2 ** -50) - 1e-12)
      expect(given - asked).toBeLessThan(0.0011)
    }
  })

  test.each([0, -0, -1, -0.001, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%s is refused', value => {
    for (const codec of [timeval, timeval64, dwordMilliseconds])
      expect(refusedValue(codec, value)).toEqual({ reason: 'range', expected, part: undefined })
  })

  test.each([undefined, '5', true, 5n, [5], {}])('%s is no duration', value => {
    for (const codec of [timeval, timeval64, dwordMilliseconds])
      expect(refusedValue(codec, value)).toEqual({ reason: 'type', expected, part: undefined })
  })

  test('more than its field holds is refused, not cut', () => {
    expect(encodeHex(timeval, 2_147_483_647_999.999, linuxIa32)).toBe('ffffff7f3f420f00')
    expect(refusedValue(timeval, 2_147_483_648_000, linuxIa32)).toEqual({
      reason: 'range',
      expected: `${expected}; at most 2147483647999.999`,
      part: undefined,
    })
    expect(encodeHex(timeval, 2_147_483_648_000)).toBe('00000080000000000000000000000000')
    expect(refusedValue(timeval, 2 ** 53).expected).toBe(`${expected}; at most 9007199254740991`)
  })

  test.each(['', '05', '0500000000000000', '0500000000000000a00f0000000000'])('%j is too short for 64 bits', hex => {
    expect(refusedBytes(timeval, hex).expected).toBe(`16 bytes, and ${hex.length / 2} came back`)
  })
})

test('timeval64 has 64-bit fields on every machine', () => {
  for (const abi of Object.values(abis)) {
    const hex = encodeHex(timeval64, 5004, abi)
    expect(hex).toBe(abi.littleEndian ? '0500000000000000a00f000000000000' : '00000000000000050000000000000fa0')
    expect(decodeHex(timeval64, hex, abi)).toBe(5004)
    expect(encodeHex(timeval64, 2_147_483_648_000, abi)).toHaveLength(32)
  }
})

describe('dwordMilliseconds', () => {
  test('is whole milliseconds, rounded up', () => {
    expect(encodeHex(dwordMilliseconds, 1500, win32X64)).toBe('dc050000')
    expect(encodeHex(dwordMilliseconds, 0.2, win32X64)).toBe('01000000')
    expect(encodeHex(dwordMilliseconds, 1.0001, win32X64)).toBe('02000000')
    expect(decodeHex(dwordMilliseconds, 'dc050000', win32X64)).toBe(1500)
    expect(decodeHex(dwordMilliseconds, '00000000', win32X64)).toBeNull()
    expect(encodeHex(dwordMilliseconds, null, win32X64)).toBe('00000000')
  })

  test('refuses more than 32 bits and fewer than four bytes', () => {
    expect(encodeHex(dwordMilliseconds, 2 ** 32 - 1, win32X64)).toBe('ffffffff')
    expect(refusedValue(dwordMilliseconds, 2 ** 32, win32X64).reason).toBe('range')
    expect(refusedValue(dwordMilliseconds, 2 ** 32 - 0.5, win32X64).reason).toBe('range')
    expect(refusedBytes(dwordMilliseconds, 'dc0500').expected).toBe('4 bytes, and 3 came back')
  })
})

test.each([timeval, timeval64, dwordMilliseconds])('$name withstands random bytes and strange values', codec => {
  expect(fuzzDecode(codec, 13).decoded).toBeGreaterThan(0)
  expect(fuzzEncode(codec, []).encoded).toBeGreaterThan(0)
})
