/** What a multicast routing daemon gives the kernel. */
import { describe, expect, it } from 'vitest'
import { mf6cctl, mfcctl, mif6ctl, vifctl } from '../../../src/codec/mroute.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeHex, fuzzEncode, refusedValue } from '../../support/codecs.js'

describe('MRT_ADD_VIF', () => {
  it('takes an interface by address', () => {
    const vif = { vifi: 1, threshold: 1, lclAddr: '192.0.2.1', rmtAddr: '198.51.100.1' }
    expect(encodeHex(vifctl, vif)).toBe('0100000100000000c0000201c6336401')
    expect(encodeHex(vifctl, { vifi: 1, flags: ['VIFF_TUNNEL'] }, linuxS390x)).toBe('0001010000000000'.padEnd(32, '0'))
  })
  it('takes an interface by index, if the flags say so', () => {
    expect(encodeHex(vifctl, { vifi: 0, flags: ['VIFF_USE_IFINDEX'], lclIfindex: 2 })).toBe('00000800000000000200000000000000')
    expect(refusedValue(vifctl, { vifi: 0, lclIfindex: 2 })).toMatchObject({ part: 'flags' })
    expect(refusedValue(vifctl, { vifi: 0, flags: [8], lclAddr: '192.0.2.1' })).toMatchObject({ part: 'lclAddr' })
    expect(refusedValue(vifctl, { vifi: 0, lclAddr: '192.0.2.1', lclIfindex: 2 })).toMatchObject({ part: 'lclIfindex' })
  })
  it('reads both, of which the flags tell the one that is meant', () => {
    expect(decodeHex(vifctl, '0100000100000000c0000201c6336401')).toMatchObject({ vifi: 1, lclAddr: '192.0.2.1', rmtAddr: '198.51.100.1' })
    expect(fuzzEncode(vifctl, [{ vifi: 1, lclAddr: '192.0.2.1' }]).encoded).toBeGreaterThan(0)
  })
})

describe('MRT_ADD_MFC', () => {
  it('has a TTL for each of 32 interfaces', () => {
    const route = { origin: '192.0.2.1', mcastgrp: '233.252.0.1', parent: 1, ttls: [0, 1] }
    expect(encodeHex(mfcctl, route)).toBe(`c0000201e9fc0001010000010000${'00'.repeat(46)}`)
    expect(refusedValue(mfcctl, { ...route, ttls: Array(33).fill(1) })).toMatchObject({ reason: 'range', part: 'ttls' })
    expect(refusedValue(mfcctl, { ...route, mcastgrp: 'x' })).toMatchObject({ part: 'mcastgrp' })
  })
})

describe('MRT6_ADD_MIF and MRT6_ADD_MFC', () => {
  it('number interfaces', () => {
    expect(encodeHex(mif6ctl, { mifi: 1, flags: ['MIFF_REGISTER'], pifi: 3, rateLimit: 4 })).toBe('010001000300000004000000')
    expect(refusedValue(mif6ctl, { mifi: 1, pifi: 65536 })).toMatchObject({ reason: 'range', part: 'pifi' })
  })
  it('forward to a set of them', () => {
    const address = (text: string) => ({ family: 'AF_INET6', address: text }) as const
    const route = { origin: address('2001:db8::1'), mcastgrp: address('ff0e::1'), parent: 1, ifset: [0, 2, 32] }
    const bytes = encodeHex(mf6cctl, route)
    expect(bytes).toHaveLength(184)
    expect(bytes.slice(112)).toBe(`01000000${'05000000'}01000000${'00'.repeat(24)}`)
    expect(decodeHex(mf6cctl, bytes).ifset).toEqual([0, 2, 32])
    expect(refusedValue(mf6cctl, { ...route, ifset: [256] })).toMatchObject({ reason: 'range', part: 'ifset' })
    expect(refusedValue(mf6cctl, { ...route, origin: address('192.0.2.1') })).toMatchObject({ part: 'origin.address' })
  })
})
