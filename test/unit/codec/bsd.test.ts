/** Structs of the BSDs. */
import { describe, expect, it } from 'vitest'
import { acceptFilterArg, msfilterreq, splice, tcpFunctionSet, tcpPerfInfo, tlsEnable, unpcbid } from '../../../src/codec/bsd.js'
import type { Abi } from '../../../src/codec/codec.js'
import { pointer } from '../../../src/codec/pointer.js'
import { freebsdX64 } from '../../support/abis.js'
import { decodeHex, encodeBytes, encodeHex, fuzzEncode, refusedValue } from '../../support/codecs.js'

const hex = (text: string, size: number) =>
  Buffer.from(text)
    .toString('hex')
    .padEnd(size * 2, '0')
const freebsdIa32: Abi = { ...freebsdX64, wordSize: 4, timevalSize: 8, int64Alignment: 4 }

describe('SO_ACCEPTFILTER', () => {
  it('is a name and an argument', () => {
    expect(encodeHex(acceptFilterArg, { name: 'httpready' }, freebsdX64)).toBe(hex('httpready', 256))
    expect(decodeHex(acceptFilterArg, hex('dataready', 256), freebsdX64)).toEqual({ name: 'dataready', arg: '' })
    expect(refusedValue(acceptFilterArg, { name: 'x'.repeat(16) })).toMatchObject({ reason: 'range', part: 'name' })
  })
})

describe('TCP_FUNCTION_BLK', () => {
  it('is the name of a stack', () => {
    expect(encodeHex(tcpFunctionSet, { functionSetName: 'rack' }, freebsdX64)).toBe(hex('rack', 36))
    expect(decodeHex(tcpFunctionSet, `${hex('freebsd', 32)}07000000`)).toEqual({ functionSetName: 'freebsd', pcbcnt: 7 })
  })
})

describe('TCP_PERF_INFO', () => {
  it('is two arrays of counters and their clock', () => {
    const value = decodeHex(
      tcpPerfInfo,
      `${'01'.padEnd(16, '0').repeat(13)}${'02'.padEnd(16, '0').repeat(13)}${'00ca9a3b'.padEnd(16, '0')}0100000000000000`,
    )
    expect(value).toEqual({ tcpCntCounters: Array(13).fill(1), tcpProcTime: Array(13).fill(2), timebase: 1e9, tbIsStable: true })
  })
})

describe('LOCAL_PEEREID', () => {
  it('is three ids', () => {
    expect(decodeHex(unpcbid, '01000000e8030000e9030000')).toEqual({ pid: 1, euid: 1000, egid: 1001 })
  })
})

describe('SO_SPLICE', () => {
  it('writes a descriptor, a limit and a time, and reads the bytes that went', () => {
    const value = { fd: 5, max: 1000, idle: 1500 }
    expect(encodeHex(splice, value, freebsdX64)).toBe(
      `0500000000000000${'e803'.padEnd(16, '0')}${'01'.padEnd(16, '0')}${'20a107'.padEnd(16, '0')}`,
    )
    expect(encodeHex(splice, { fd: -1 }, freebsdX64)).toBe(`ffffffff${'00'.repeat(28)}`)
    expect(decodeHex(splice, 'e803000000000000', freebsdX64)).toBe(1000)
  })
  it('is shorter where a time is, and an off_t may follow at once', () => {
    expect(encodeBytes(splice, { fd: 5 }, { ...freebsdX64, wordSize: 4 })).toHaveLength(32)
    expect(encodeBytes(splice, { fd: 5 }, freebsdIa32)).toHaveLength(20)
    expect(refusedValue(splice, { fd: 5, idle: 0 }, freebsdX64)).toMatchObject({ reason: 'range', part: 'idle' })
    expect(fuzzEncode(splice, [{ fd: 5, max: 1, idle: 1 }]).encoded).toBeGreaterThan(0)
  })
})

describe('structs of pointers', () => {
  it('are not available', () => {
    expect([tlsEnable, msfilterreq]).toEqual([pointer, pointer])
  })
})
