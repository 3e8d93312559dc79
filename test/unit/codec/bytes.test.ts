import { describe, expect, test } from 'vitest'
import { bytes, copyBytes, nothing, uuid } from '../../../src/codec/bytes.js'
import { linuxX64 } from '../../support/abis.js'
import { decodeBytes, decodeHex, encodeBytes, encodeHex, fuzzDecode, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'
import { integerFrom, randomBytes, seeded } from '../../support/random.js'

describe('bytes', () => {
  const codec = bytes(32)

  test('come back as many as there are, in a Buffer of their own', () => {
    const view = new DataView(Uint8Array.of(9, 1, 2, 3).buffer)
    const value = codec.decode(view, 1, 2, linuxX64)
    expect(value).toEqual(Buffer.of(1, 2))
    expect(Buffer.isBuffer(value)).toBe(true)
    view.setUint8(1, 7)
    expect(value[0]).toBe(1)
    expect(value.buffer.byteLength).toBeLessThanOrEqual(Buffer.poolSize)
    expect(codec.decode(view, 1, 0, linuxX64)).toHaveLength(0)
  })

  test('are taken from any Uint8Array, also from the middle of another', () => {
    expect(encodeHex(codec, Uint8Array.of(1, 2, 3, 4).subarray(1, 3))).toBe('0203')
    expect(encodeHex(codec, Buffer.from('key'))).toBe('6b6579')
    expect(encodeHex(codec, new Uint8Array(0))).toBe('')
    expect(encodeBytes(codec, new Uint8Array(32))).toHaveLength(32)
  })

  test('too many are refused, never cut', () => {
    expect(refusedValue(codec, new Uint8Array(33))).toEqual({
      reason: 'range',
      expected: 'a Uint8Array of at most 32 bytes',
      part: undefined,
    })
  })

  test.each([undefined, null, 'abc', [1, 2], new Uint16Array(2), new ArrayBuffer(2), { length: 1, 0: 1 }])('%j is no Uint8Array', value => {
    expect(refusedValue(codec, value)).toEqual({ reason: 'type', expected: 'a Uint8Array of at most 32 bytes', part: undefined })
  })

  test('round-trip', () => {
    const next = seeded(41)
    for (let i = 0; i < 200; i++) {
      const value = randomBytes(next, integerFrom(next, 0, 32))
      expect(decodeBytes(codec, encodeBytes(codec, value))).toEqual(Buffer.from(value))
    }
  })

  test('copyBytes reads where it is told', () => {
    expect(copyBytes(new DataView(Uint8Array.of(1, 2, 3).buffer, 1), 1, 1)).toEqual(Buffer.of(3))
  })
})

describe('nothing', () => {
  test('is undefined, and four zero bytes', () => {
    expect(encodeHex(nothing, undefined)).toBe('00000000')
    for (const value of [null, true, 0, {}]) {
      expect(refusedValue(nothing, value)).toEqual({ reason: 'type', expected: 'undefined: this option has no value', part: undefined })
    }
  })

  test('is never read', () => {
    expect(refusedBytes(nothing, '00000000')).toMatchObject({ reason: 'type', expected: 'nothing: this option has no value to read' })
  })
})

describe('uuid', () => {
  const hex = '123e4567e89b12d3a456426614174000'
  const value = '123e4567-e89b-12d3-a456-426614174000'

  test('is 16 bytes in the order of its text', () => {
    expect(decodeHex(uuid, hex)).toBe(value)
    expect(encodeHex(uuid, value)).toBe(hex)
    expect(encodeHex(uuid, value.toUpperCase())).toBe(hex)
  })

  test.each(['', value.replaceAll('-', ''), `{${value}}`, `${value} `, `${value}\n`, value.replace('1', 'g'), value.slice(1)])(
    '%j is no UUID',
    wrong => {
      expect(refusedValue(uuid, wrong)).toEqual({
        reason: 'range',
        expected: 'a UUID such as 123e4567-e89b-12d3-a456-426614174000',
        part: undefined,
      })
    },
  )

  test('needs 16 bytes and a string', () => {
    expect(refusedBytes(uuid, hex.slice(2)).expected).toBe('16 bytes, and 15 came back')
    for (const wrong of [undefined, null, 1, Buffer.from(hex, 'hex')]) expect(refusedValue(uuid, wrong).reason).toBe('type')
  })

  test('round-trips', () => {
    const next = seeded(42)
    for (let i = 0; i < 100; i++) {
      const bytes = randomBytes(next, 16)
      expect(encodeBytes(uuid, decodeBytes(uuid, bytes))).toEqual(bytes)
    }
  })
})

test.each([bytes(32), nothing, uuid])('$name withstands random bytes and strange values', codec => {
  const { decoded, refused } = fuzzDecode(codec, 43)
  expect(decoded + refused).toBeGreaterThan(0)
  expect(fuzzEncode(codec, []).refused).toBeGreaterThan(0)
})
