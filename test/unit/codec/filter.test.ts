import { expect, expectTypeOf, test } from 'vitest'
import { type SockFilter, sockFilter, sockFilters } from '../../../src/codec/filter.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeHex, fuzzDecode, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

test('a program is its instructions', () => {
  const program = '2800000000000c00' + '1500000100080000' + '06000000ffff0000'
  expect(decodeHex(sockFilters, program)).toEqual([
    { code: 0x28, jt: 0, jf: 0, k: 0x0c0000 },
    { code: 0x15, jt: 0, jf: 1, k: 0x0800 },
    { code: 6, jt: 0, jf: 0, k: 0xffff },
  ])
  expect(decodeHex(sockFilters, '0015000100000800', linuxS390x)).toEqual([{ code: 0x15, jt: 0, jf: 1, k: 0x0800 }])
  expect(decodeHex(sockFilters, '')).toEqual([])
  expectTypeOf(sockFilters.decode).returns.toEqualTypeOf<readonly SockFilter[]>()
})

test('the longest program is BPF_MAXINSNS', () => {
  expect(sockFilters.size).toBe(4096 * 8)
})

test('half an instruction is refused', () => {
  expect(refusedBytes(sockFilters, '060000').reason).toBe('length')
})

test('is not written', () => {
  expect(refusedValue(sockFilters, [{ code: 6, jt: 0, jf: 0, k: 0 }])).toMatchObject({
    reason: 'type',
    expected: 'nothing: this value can only be read',
  })
  expect(encodeHex(sockFilter, { code: 6, jt: 0, jf: 0, k: 0xffff })).toBe('06000000ffff0000')
})

test('withstands random bytes and strange values', () => {
  expect(fuzzDecode(sockFilters, 181).decoded).toBeGreaterThan(0)
  expect(fuzzEncode(sockFilters, []).encoded).toBe(0)
})
