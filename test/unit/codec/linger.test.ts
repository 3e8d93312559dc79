import { describe, expect, expectTypeOf, test } from 'vitest'
import { type Linger, linger, lingerShort, lingerTicks } from '../../../src/codec/linger.js'
import { abis, darwinArm64, linuxS390x, win32X64 } from '../../support/abis.js'
import { decodeBytes, decodeHex, encodeBytes, encodeHex, fuzzDecode, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'
import { integerFrom, seeded } from '../../support/random.js'

test('linger is two ints', () => {
  expect(decodeHex(linger, '0100000005000000')).toEqual({ onoff: true, linger: 5 })
  expect(encodeHex(linger, { onoff: true, linger: 5 })).toBe('0100000005000000')
  expect(encodeHex(linger, { onoff: true, linger: 0 }, linuxS390x)).toBe('0000000100000000')
  expectTypeOf(linger.decode).returns.toExtend<Linger>()
  expectTypeOf<Linger>().toExtend<Parameters<typeof linger.encode>[0]>()
})

test('linger reads the flag in whichever bit a BSD has it, and the seconds that Linux makes of negative ones', () => {
  expect(decodeHex(linger, '8000000005000000', darwinArm64)).toEqual({ onoff: true, linger: 5 })
  expect(decodeHex(linger, '010000009de58d97')).toEqual({ onoff: true, linger: -1752308323 })
})

test('lingerShort is two u_shorts', () => {
  expect(decodeHex(lingerShort, '01000500', win32X64)).toEqual({ onoff: true, linger: 5 })
  expect(encodeHex(lingerShort, { onoff: true, linger: 65535 }, win32X64)).toBe('0100ffff')
  expect(refusedValue(lingerShort, { onoff: true, linger: 65536 }, win32X64)).toMatchObject({ reason: 'range', part: 'linger' })
  expect(refusedBytes(lingerShort, '010005', win32X64).reason).toBe('length')
})

describe('lingerTicks', () => {
  test('takes seconds and writes hundredths of them', () => {
    expect(encodeHex(lingerTicks, { onoff: true, linger: 5 }, darwinArm64)).toBe('01000000f4010000')
    expect(decodeHex(lingerTicks, '80000000f4010000', darwinArm64)).toEqual({ onoff: true, linger: 5 })
    expect(encodeHex(lingerTicks, { onoff: true, linger: 0 }, darwinArm64)).toBe('0100000000000000')
  })

  test('rounds up to a tick, never down to 0', () => {
    expect(encodeHex(lingerTicks, { onoff: true, linger: 1e-12 }, darwinArm64)).toBe('0100000001000000')
    expect(encodeHex(lingerTicks, { onoff: true, linger: 0.011 }, darwinArm64)).toBe('0100000002000000')
    expect(encodeHex(lingerTicks, { onoff: true, linger: 0.29 }, darwinArm64)).toBe('010000001d000000')
  })

  test('refuses what would wrap in the kernel’s short', () => {
    expect(encodeHex(lingerTicks, { onoff: true, linger: 327.67 }, darwinArm64)).toBe('01000000ff7f0000')
    for (const seconds of [327.68, 328, 2 ** 40, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(refusedValue(lingerTicks, { onoff: true, linger: seconds }, darwinArm64)).toEqual({
        reason: 'range',
        expected: 'a number of seconds from 0 to 327.67',
        part: 'linger',
      })
    }
    expect(refusedValue(lingerTicks, { onoff: true, linger: '1' }, darwinArm64).reason).toBe('type')
  })

  test('every tick comes back', () => {
    for (let ticks = 0; ticks <= 0x7fff; ticks += 7) {
      const bytes = encodeBytes(lingerTicks, { onoff: true, linger: ticks / 100 }, darwinArm64)
      expect(new DataView(bytes.buffer).getInt32(4, true)).toBe(ticks)
    }
  })
})

test.each([linger, lingerShort])('$size bytes: what is wrong is refused and named', codec => {
  for (const value of [-1, 0.5, 2 ** 40, Number.NaN])
    expect(refusedValue(codec, { onoff: true, linger: value })).toMatchObject({ reason: 'range', part: 'linger' })
  expect(refusedValue(codec, { onoff: true })).toMatchObject({ reason: 'type', part: 'linger' })
  expect(refusedValue(codec, { onoff: 1, linger: 1 })).toEqual({ reason: 'type', expected: 'true or false', part: 'onoff' })
  expect(refusedValue(codec, { onoff: true, linger: 1, seconds: 1 })).toMatchObject({ reason: 'type', part: 'seconds' })
  expect(refusedValue(codec, 5).expected).toBe('an object { onoff, linger }')
})

test('every form round-trips on every machine, and withstands random bytes and strange values', () => {
  const next = seeded(21)
  for (const codec of [linger, lingerShort, lingerTicks]) {
    for (const abi of Object.values(abis)) {
      for (let i = 0; i < 30; i++) {
        const value = { onoff: next() < 0.5, linger: integerFrom(next, 0, 327) }
        expect(decodeBytes(codec, encodeBytes(codec, value, abi), abi)).toEqual(value)
      }
    }
    expect(fuzzDecode(codec, 22).decoded).toBeGreaterThan(0)
    expect(fuzzEncode(codec, [{ onoff: true, linger: 5 }]).encoded).toBeGreaterThan(0)
  }
})
