/** RXRPC_UPGRADEABLE_SERVICE. */
import { expect, it } from 'vitest'
import { u16Pair } from '../../../src/codec/rxrpc.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeHex, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

it('two services are two numbers', () => {
  expect(encodeHex(u16Pair, [52, 2052])).toBe('34000408')
  expect(encodeHex(u16Pair, [52, 2052], linuxS390x)).toBe('00340804')
  expect(decodeHex(u16Pair, '34000408')).toEqual([52, 2052])
})

it('one, three or other numbers are refused', () => {
  for (const value of [[1], [1, 2, 3], []]) expect(refusedValue(u16Pair, value).reason).toBe('range')
  expect(refusedValue(u16Pair, [1, 65536])).toMatchObject({ reason: 'range', part: '[1]' })
  expect(refusedValue(u16Pair, 52).expected).toBe('an array of two integers from 0 to 65535')
  expect(refusedBytes(u16Pair, '3400').reason).toBe('length')
  expect(fuzzEncode(u16Pair, [[1, 2]]).encoded).toBeGreaterThan(0)
})
