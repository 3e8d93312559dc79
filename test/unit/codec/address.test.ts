import { isIPv6 } from 'node:net'
import { describe, expect, test } from 'vitest'
import { ifindex, ifindexBe, in6Addr, inAddr } from '../../../src/codec/address.js'
import { abis, linuxS390x } from '../../support/abis.js'
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
import { randomBytes, seeded } from '../../support/random.js'

describe('inAddr', () => {
  test('is four bytes in network order on every machine', () => {
    for (const abi of Object.values(abis)) {
      expect(decodeHex(inAddr, '7f000001', abi)).toBe('127.0.0.1')
      expect(encodeHex(inAddr, '127.0.0.1', abi)).toBe('7f000001')
    }
    expect(decodeHex(inAddr, '00000000')).toBe('0.0.0.0')
    expect(encodeHex(inAddr, '255.255.255.255')).toBe('ffffffff')
  })

  test.each([
    '',
    '1',
    '127.1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.00',
    '0x7f.0.0.1',
    ' 1.2.3.4',
    '1.2.3.4\n',
    '1.2.3.4/8',
    '1.2.3.-4',
    '1..3.4',
    '::1',
    '１.2.3.4',
  ])('%j is no dotted quad', value => {
    expect(refusedValue(inAddr, value)).toEqual({ reason: 'range', expected: 'an IPv4 address such as 127.0.0.1', part: undefined })
  })

  test('needs a string and four bytes', () => {
    for (const value of [undefined, null, 0x7f000001, [127, 0, 0, 1]]) expect(refusedValue(inAddr, value).reason).toBe('type')
    expect(refusedBytes(inAddr, '7f0000').expected).toBe('4 bytes, and 3 came back')
  })
})

describe('in6Addr', () => {
  /** The examples of RFC 5952, sections 1 to 5. */
  test.each([
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['20010db8000000000000000000000001', '2001:db8::1'],
    ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
    ['20010db8000000000000000000020001', '2001:db8::2:1'],
    ['20010000000000010000000000000001', '2001:0:0:1::1'],
    ['20010db80aaa0000000000000000000f', '2001:db8:aaa::f'],
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['ff020000000000000000000000000000', 'ff02::'],
    ['00000000000000000000ffffc0000201', '::ffff:192.0.2.1'],
    ['0000000000000000ffff0000c0000201', '::ffff:0:c000:201'],
    ['00000000000000000000000001020304', '::102:304'],
    ['00010002000300040005000600070008', '1:2:3:4:5:6:7:8'],
    ['00010000000300040005000600070008', '1:0:3:4:5:6:7:8'],
  ])('%s is %s', (hex, value) => {
    expect(decodeHex(in6Addr, hex)).toBe(value)
    expect(decodeHex(in6Addr, hex, linuxS390x)).toBe(value)
    expect(encodeHex(in6Addr, value)).toBe(hex)
  })

  test.each([
    ['2001:DB8::A', '20010db800000000000000000000000a'],
    ['2001:0db8:0:0:0:0:0:1', '20010db8000000000000000000000001'],
    ['1:2:3:4:5:6:7::', '00010002000300040005000600070000'],
    ['::2:3:4:5:6:7:8', '00000002000300040005000600070008'],
    ['::1.2.3.4', '00000000000000000000000001020304'],
    ['1:2:3:4:5:6:1.2.3.4', '00010002000300040005000601020304'],
    ['64:ff9b::192.0.2.33', '0064ff9b0000000000000000c0000221'],
  ])('%s is taken too', (value, hex) => {
    expect(encodeHex(in6Addr, value)).toBe(hex)
  })

  test.each([
    '',
    ':',
    ':::',
    '1',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4::5:6:7:8',
    '1::2::3',
    ':1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:',
    '12345::',
    'g::',
    '::1%lo',
    '[::1]',
    ' ::1',
    '::1\n',
    '::1/128',
    '1.2.3.4',
    '::1.2.3',
    '::1.2.3.04',
    '1.2.3.4::',
    '::1.2.3.4:5',
    '1:2:3:4:5:6:7:1.2.3.4',
  ])('%j is no IPv6 address', value => {
    expect(refusedValue(in6Addr, value)).toEqual({
      reason: 'range',
      expected: 'an IPv6 address such as ::1, without a zone',
      part: undefined,
    })
  })

  test('every address round-trips and is one to Node as well', () => {
    const next = seeded(51)
    for (let i = 0; i < 2000; i++) {
      const bytes = randomBytes(next, 16)
      const value = decodeBytes(in6Addr, bytes)
      expect(isIPv6(value)).toBe(true)
      expect(toHex(encodeBytes(in6Addr, value))).toBe(toHex(bytes))
    }
  })

  test('needs a string and 16 bytes', () => {
    for (const value of [undefined, null, 1, []]) expect(refusedValue(in6Addr, value).reason).toBe('type')
    expect(refusedBytes(in6Addr, '00').expected).toBe('16 bytes, and 1 came back')
  })
})

describe('interface indices', () => {
  test('ifindex is in the order of the machine, ifindexBe in that of the network', () => {
    expect(encodeHex(ifindex, 1)).toBe('01000000')
    expect(encodeHex(ifindex, 1, linuxS390x)).toBe('00000001')
    for (const abi of Object.values(abis)) {
      expect(encodeHex(ifindexBe, 1, abi)).toBe('00000001')
      expect(decodeHex(ifindexBe, '00000001', abi)).toBe(1)
    }
  })

  test.each([ifindex, ifindexBe])('$name is from 0 to 2^31 - 1', codec => {
    expect(codec.isInt).toBe(true)
    for (const value of [-1, 2 ** 31, 0.5, Number.NaN]) {
      expect(refusedValue(codec, value)).toEqual({ reason: 'range', expected: 'an integer from 0 to 2147483647', part: undefined })
    }
    for (const value of ['lo', undefined, null]) expect(refusedValue(codec, value).reason).toBe('type')
    expect(decodeBytes(codec, encodeBytes(codec, 2 ** 31 - 1))).toBe(2 ** 31 - 1)
    expect(refusedBytes(codec, '').reason).toBe('length')
  })
})

test.each([inAddr, in6Addr, ifindex, ifindexBe])('$name withstands random bytes and strange values', codec => {
  expect(fuzzDecode(codec, 52).decoded).toBeGreaterThan(0)
  expect(fuzzEncode(codec, []).refused).toBeGreaterThan(0)
})
