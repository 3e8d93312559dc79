/** iptables and ipset through socket options; bytes are what Linux 6.18 answered. */
import { describe, expect, it } from 'vitest'
import { pointer } from '../../../src/codec/pointer.js'
import { ip6tReplace, ipSetReq, iptGetEntries, iptGetinfo, iptReplace, xtCounters } from '../../../src/codec/xtables.js'
import { linuxIa32, linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeBytes, encodeHex, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

const hex = (text: string, size: number) =>
  Buffer.from(text)
    .toString('hex')
    .padEnd(size * 2, '0')

describe('IPT_SO_GET_INFO', () => {
  it('asks by name', () => {
    expect(encodeHex(iptGetinfo, { name: 'filter' })).toBe(hex('filter', 32))
    expect(refusedValue(iptGetinfo, { name: 'x'.repeat(32) })).toMatchObject({ reason: 'range', part: 'name' })
  })
  it('answers hooks, entries and size', () => {
    const bytes = `${hex('filter', 32)}0e000000ffffffff000000009800000030010000ffffffffffffffff000000009800000030010000ffffffff0400000078020000`
    expect(decodeHex(iptGetinfo, bytes)).toEqual({
      name: 'filter',
      validHooks: 14,
      hookEntry: [0xffffffff, 0, 152, 304, 0xffffffff],
      underflow: [0xffffffff, 0, 152, 304, 0xffffffff],
      numEntries: 4,
      size: 632,
    })
    expect(refusedBytes(iptGetinfo, bytes.slice(2)).reason).toBe('length')
  })
})

describe('IPT_SO_GET_ENTRIES', () => {
  it('asks with as many bytes as the answer takes', () => {
    const question = encodeBytes(iptGetEntries, { name: 'nat', size: 632 })
    expect(question).toHaveLength(40 + 632)
    expect(Buffer.from(question.subarray(0, 40)).toString('hex')).toBe(`${hex('nat', 32)}7802000000000000`)
    expect(refusedValue(iptGetEntries, { name: 'nat', size: 65537 })).toMatchObject({ reason: 'range', part: 'size' })
    expect(refusedValue(iptGetEntries, { name: 'nat' })).toMatchObject({ reason: 'type', part: 'size' })
  })
  it('has no padding before the rules on ia32', () => {
    const question = encodeBytes(iptGetEntries, { name: 'nat', size: 632 }, linuxIa32)
    expect(question).toHaveLength(36 + 632)
    const rules = { name: 'nat', size: 4, entrytable: Buffer.from('aabbccdd', 'hex') }
    expect(decodeHex(iptGetEntries, `${hex('nat', 32)}04000000aabbccddee`, linuxIa32)).toEqual(rules)
  })
  it('gives the rules as they are', () => {
    expect(decodeHex(iptGetEntries, `${hex('nat', 32)}0400000000000000aabbccddee`)).toEqual({
      name: 'nat',
      size: 4,
      entrytable: Buffer.from('aabbccdd', 'hex'),
    })
  })
})

describe('IPT_SO_SET_REPLACE', () => {
  it('is a struct of pointers', () => {
    expect(iptReplace).toBe(pointer)
    expect(ip6tReplace).toBe(pointer)
  })
})

describe('IPT_SO_SET_ADD_COUNTERS', () => {
  it('counts its pairs', () => {
    const counters = [
      { pcnt: 1, bcnt: 2 },
      { pcnt: 3, bcnt: 4 },
    ]
    const bytes = `${hex('nat', 32)}0200000000000000${['01', '02', '03', '04'].map(one => one.padEnd(16, '0')).join('')}`
    expect(encodeHex(xtCounters, { name: 'nat', counters })).toBe(bytes)
    expect(decodeHex(xtCounters, bytes)).toEqual({ name: 'nat', numCounters: 2, counters })
    const packed = bytes.replace('0200000000000000', '02000000')
    expect(encodeHex(xtCounters, { name: 'nat', counters }, linuxIa32)).toBe(packed)
    expect(decodeHex(xtCounters, packed, linuxIa32)).toEqual({ name: 'nat', numCounters: 2, counters })
    expect(refusedValue(xtCounters, { name: 'nat', counters: [{ pcnt: 1 }] })).toMatchObject({ part: 'counters[0].bcnt' })
  })
})

describe('SO_IP_SET', () => {
  it('asks for the version of the protocol', () => {
    expect(encodeHex(ipSetReq, { op: 'IP_SET_OP_VERSION' })).toBe('0001000000000000')
    expect(encodeHex(ipSetReq, { op: 'IP_SET_OP_VERSION' }, linuxS390x)).toBe('0000010000000000')
    expect(decodeHex(ipSetReq, '0001000007000000')).toEqual({ op: 'IP_SET_OP_VERSION', version: 7 })
  })
  it('asks by name for the index', () => {
    expect(encodeHex(ipSetReq, { op: 'IP_SET_OP_GET_BYNAME', version: 7, name: 'a' })).toBe(`0600000007000000${hex('a', 32)}`)
    expect(decodeHex(ipSetReq, `06000000070000000300${'00'.repeat(30)}`)).toEqual({ op: 'IP_SET_OP_GET_BYNAME', version: 7, index: 3 })
  })
  it('asks by index for the name', () => {
    expect(encodeHex(ipSetReq, { op: 'IP_SET_OP_GET_BYINDEX', version: 7, index: 3 })).toBe(`07000000070000000300${'00'.repeat(30)}`)
    expect(decodeHex(ipSetReq, `0700000007000000${hex('a', 32)}`)).toEqual({ op: 'IP_SET_OP_GET_BYINDEX', version: 7, name: 'a' })
  })
  it('asks by name for index and family', () => {
    const question = encodeHex(ipSetReq, { op: 'IP_SET_OP_GET_FNAME', version: 7, name: 'a' })
    expect(question).toBe(`080000000700000000000000${hex('a', 32)}`)
    expect(decodeHex(ipSetReq, `0800000007000000020000000300${'00'.repeat(30)}`)).toEqual({
      op: 'IP_SET_OP_GET_FNAME',
      version: 7,
      family: 2,
      index: 3,
    })
  })
  it('refuses an operation that it does not know, or without what it asks by', () => {
    expect(refusedValue(ipSetReq, { op: 'IP_SET_OP_CREATE' })).toMatchObject({ reason: 'range', part: 'op' })
    expect(refusedValue(ipSetReq, { op: 'IP_SET_OP_GET_BYNAME', version: 7 })).toMatchObject({ part: 'name' })
    expect(refusedValue(ipSetReq, { op: 'IP_SET_OP_GET_BYINDEX', version: 7, name: 'a' })).toMatchObject({ part: 'index' })
    expect(decodeHex(ipSetReq, '0900000007000000')).toEqual({ op: 9, version: 7 })
    expect(fuzzEncode(ipSetReq, [{ op: 'IP_SET_OP_GET_BYNAME', version: 7, name: 'a' }]).encoded).toBeGreaterThan(0)
  })
})
