import { expect, expectTypeOf, test } from 'vitest'
import { type BbrInfo, ccInfo, tcpCcInfo } from '../../../src/codec/cc-info.js'
import type { Codec } from '../../../src/codec/codec.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, fuzzDecode, fuzzEncode } from '../../support/codecs.js'

test('vegas, and those that fill its struct', () => {
  for (const codec of [ccInfo.vegas, ccInfo.illinois, ccInfo.westwood, ccInfo.nv]) {
    expect(decodeHex(codec, '01000000050000001f00000011000000')).toEqual({ enabled: true, rttcnt: 5, rtt: 31, minrtt: 17 })
  }
  expect(decodeHex(ccInfo.vegas, '00000001000000050000001f00000011', linuxS390x)).toEqual({ enabled: true, rttcnt: 5, rtt: 31, minrtt: 17 })
})

test('dctcp', () => {
  const value = { enabled: true, ceState: 1, alpha: 1024, abEcn: 1448, abTot: 2896 }
  expect(decodeHex(ccInfo.dctcp, '0100010000040000a8050000500b0000')).toEqual(value)
  expect(decodeHex(ccInfo.dctcp, '0001000100000400000005a800000b50', linuxS390x)).toEqual(value)
})

test('bbr', () => {
  const value = { bwLo: 1_000_000, bwHi: 1, minRtt: 31, pacingGain: 739, cwndGain: 512 }
  expect(decodeHex(ccInfo.bbr, '40420f00010000001f000000e302000000020000')).toEqual(value)
  expect(decodeHex(ccInfo.bbr, '000f4240000000010000001f000002e300000200', linuxS390x)).toEqual(value)
  expect(decodeHex(ccInfo.bbr, '00'.repeat(20))).toEqual({ bwLo: 0, bwHi: 0, minRtt: 0, pacingGain: 0, cwndGain: 0 })
  expectTypeOf(ccInfo.bbr.decode).returns.toEqualTypeOf<BbrInfo | null>()
})

test('a field is there if and only if it came back', () => {
  expect(decodeHex(ccInfo.bbr, '40420f00010000001f0000')).toEqual({ bwLo: 1_000_000, bwHi: 1 })
})

test('no bytes are null: the algorithm has nothing to say', () => {
  const codecs: readonly Codec<any, any>[] = [...Object.values(ccInfo), tcpCcInfo]
  for (const codec of codecs) expect(decodeHex(codec, '')).toBeNull()
})

test('an unknown algorithm’s bytes are as they are', () => {
  expect(decodeHex(tcpCcInfo, '0102')).toEqual(Buffer.of(1, 2))
  expect(tcpCcInfo.size).toBe(64)
  expectTypeOf(tcpCcInfo.decode).returns.toEqualTypeOf<Buffer | null>()
})

test.each([...Object.entries(ccInfo), ['unknown', tcpCcInfo] as const])('%s is only read, of any bytes', (_name, codec) => {
  expect(fuzzDecode(codec, 151).refused).toBe(0)
  expect(fuzzEncode(codec, []).encoded).toBe(0)
})
