import { describe, expect, test } from 'vitest'
import { congestion, ifname, label, text, ulp } from '../../../src/codec/text.js'
import { decodeBytes, decodeHex, encodeBytes, encodeHex, fuzzDecode, fuzzEncode, refusedValue } from '../../support/codecs.js'
import { integerFrom, pick, seeded } from '../../support/random.js'

describe('text', () => {
  const codec = text(8)

  test('ends at the first NUL, or with the bytes', () => {
    expect(decodeHex(codec, '6162630000000000')).toBe('abc')
    expect(decodeHex(codec, '616263')).toBe('abc')
    expect(decodeHex(codec, '61620063')).toBe('ab')
    expect(decodeHex(codec, '6162636465666768')).toBe('abcdefgh')
    expect(decodeHex(codec, '')).toBe('')
    expect(decodeHex(codec, '00')).toBe('')
  })

  test('is written with its NUL', () => {
    expect(encodeHex(codec, 'abc')).toBe('61626300')
    expect(encodeHex(codec, '')).toBe('00')
    expect(encodeHex(codec, 'abcdefg')).toBe('6162636465666700')
  })

  test('is counted in bytes of UTF-8 and never cut', () => {
    expect(encodeHex(codec, 'äöü')).toBe('c3a4c3b6c3bc00')
    expect(refusedValue(codec, 'äöüä')).toEqual({ reason: 'range', expected: 'a string of at most 7 bytes', part: undefined })
    expect(refusedValue(codec, 'abcdefgh').reason).toBe('range')
    expect(refusedValue(codec, 'x'.repeat(2 ** 20)).reason).toBe('range')
  })

  test('has no NUL and no half characters', () => {
    expect(refusedValue(codec, 'a\0b')).toEqual({ reason: 'range', expected: 'a string of at most 7 bytes, without NUL', part: undefined })
    expect(refusedValue(codec, 'abc\0').reason).toBe('range')
    expect(refusedValue(codec, '\ud800').expected).toContain('no lone surrogates')
    expect(encodeHex(codec, '\u{1f600}')).toBe('f09f988000')
  })

  test('bytes that are not UTF-8 become U+FFFD', () => {
    expect(decodeHex(codec, 'ff61')).toBe('\ufffda')
  })

  test.each([undefined, null, 1, true, ['a'], new Uint8Array(1)])('%j is no string', value => {
    expect(refusedValue(codec, value)).toEqual({ reason: 'type', expected: 'a string of at most 7 bytes', part: undefined })
  })

  test('says what the caller of text() wants it to say', () => {
    expect(refusedValue(text(4, 'a key'), 'long key').expected).toBe('a key')
  })

  test('round-trips', () => {
    const next = seeded(31)
    for (let i = 0; i < 500; i++) {
      const value = Array.from({ length: integerFrom(next, 0, 3) }, () => pick(next, ['a', 'ß', ' ', '-', '\u{7f}', '%'])).join('')
      expect(decodeBytes(codec, encodeBytes(codec, value))).toBe(value)
    }
  })
})

describe('ifname', () => {
  test('an unbound socket answers with no bytes, a bound one with a name and its NUL', () => {
    expect(decodeHex(ifname, '')).toBe('')
    expect(decodeHex(ifname, '6c6f00')).toBe('lo')
  })

  test("'' unbinds, and 15 bytes are the longest name", () => {
    expect(encodeHex(ifname, '')).toBe('00')
    expect(encodeHex(ifname, 'lo')).toBe('6c6f00')
    expect(encodeBytes(ifname, 'x'.repeat(15))).toHaveLength(16)
    expect(refusedValue(ifname, 'x'.repeat(16)).expected).toBe("the name of an interface, at most 15 bytes, or '' for none")
  })
})

describe('congestion', () => {
  test('reads the 16 bytes that Linux pads and the name alone', () => {
    expect(decodeHex(congestion, '62627200000000000000000000000000')).toBe('bbr')
    expect(decodeHex(congestion, '6262720000000000')).toBe('bbr')
    expect(decodeHex(congestion, '626272')).toBe('bbr')
  })

  test('takes 1 to 15 bytes', () => {
    expect(encodeHex(congestion, 'reno')).toBe('72656e6f00')
    expect(encodeBytes(congestion, 'x'.repeat(15))).toHaveLength(16)
    for (const name of ['', 'x'.repeat(16), 'reno\0']) expect(refusedValue(congestion, name).reason).toBe('range')
    expect(refusedValue(congestion, '').expected).toBe('the name of a congestion control algorithm, 1 to 15 bytes')
  })
})

test('ulp reads none as an empty string, and does not write it', () => {
  expect(decodeHex(ulp, '')).toBe('')
  expect(decodeHex(ulp, '746c7300')).toBe('tls')
  expect(encodeHex(ulp, 'tls')).toBe('746c7300')
  expect(refusedValue(ulp, '').expected).toBe('the name of an upper layer protocol, 1 to 15 bytes')
})

test('label reads security contexts with and without their NUL', () => {
  const context = 'unconfined_u:unconfined_r:unconfined_t:s0'
  expect(decodeBytes(label, Buffer.from(context))).toBe(context)
  expect(decodeBytes(label, Buffer.from(`${context}\0`))).toBe(context)
  expect(label.size).toBe(4096)
})

test.each([text(8), ifname, congestion, ulp, label])('$name withstands random bytes and strange values', codec => {
  expect(fuzzDecode(codec, 32).refused).toBe(0)
  expect(fuzzEncode(codec, []).refused).toBeGreaterThan(0)
})
