/** Structs of IPPROTO_IP, IPPROTO_IPV6 and ICMP; bytes are what Linux 6.18 took or answered. */
import { describe, expect, it } from 'vitest'
import { icmp6Filter, icmpFilter, in6FlowlabelReq, in6Pktinfo, ip6Mtuinfo, portRange } from '../../../src/codec/ip.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeHex, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

describe('IP_LOCAL_PORT_RANGE', () => {
  it('has the low port in the low half', () => {
    expect(decodeHex(portRange, '409c28a0')).toEqual({ low: 40000, high: 41000 })
    expect(encodeHex(portRange, { low: 40000, high: 41000 })).toBe('409c28a0')
    expect(encodeHex(portRange, { low: 40000, high: 41000 }, linuxS390x)).toBe('a0289c40')
  })
  it('takes 0 for an end that the system chooses', () => {
    expect(encodeHex(portRange, { low: 0, high: 50000 })).toBe('000050c3')
    expect(encodeHex(portRange, { low: 50000, high: 0 })).toBe('50c30000')
    expect(encodeHex(portRange, { low: 0, high: 65535 })).toBe('0000ffff')
  })
  it('refuses a range that is none', () => {
    expect(refusedValue(portRange, { low: 41000, high: 40000 })).toMatchObject({ reason: 'range', part: 'low' })
    expect(refusedValue(portRange, { low: 1, high: 65536 })).toEqual({
      reason: 'range',
      expected: 'an integer from 0 to 65535',
      part: 'high',
    })
    expect(refusedValue(portRange, { low: 1 })).toMatchObject({ reason: 'type', part: 'high' })
    expect(fuzzEncode(portRange, [{ low: 1, high: 2 }]).encoded).toBeGreaterThan(0)
  })
})

describe('IPV6_PKTINFO', () => {
  it('is an address and an interface', () => {
    expect(encodeHex(in6Pktinfo, { addr: '::1', ifindex: 1 })).toBe(`${'00'.repeat(15)}0101000000`)
    expect(encodeHex(in6Pktinfo, { addr: '2001:db8::1' })).toBe(`20010db8${'00'.repeat(11)}0100000000`)
    expect(refusedValue(in6Pktinfo, { addr: '127.0.0.1' })).toMatchObject({ part: 'addr' })
  })
})

describe('IPV6_PATHMTU', () => {
  it('has no address on Linux', () => {
    expect(decodeHex(ip6Mtuinfo, `${'00'.repeat(28)}00000100`)).toEqual({ addr: null, mtu: 65536 })
  })
  it('has one where the kernel fills it in', () => {
    const bytes = `0a00000900000000${'00'.repeat(15)}0102000000dc050000`
    expect(decodeHex(ip6Mtuinfo, bytes)).toEqual({
      addr: { family: 'AF_INET6', address: '::1', port: 9, flowinfo: 0, scopeId: 2 },
      mtu: 1500,
    })
    expect(refusedBytes(ip6Mtuinfo, bytes.slice(2)).reason).toBe('length')
  })
})

describe('IPV6_FLOWLABEL_MGR', () => {
  const request = {
    dst: '::1',
    label: 0x12345,
    action: 'IPV6_FL_A_GET',
    share: 'IPV6_FL_S_EXCL',
    flags: ['IPV6_FL_F_CREATE'],
    expires: 10,
    linger: 5,
  } as const
  it('has the label in network order, the rest in the machine’s', () => {
    expect(encodeHex(in6FlowlabelReq, request)).toBe(`${'00'.repeat(15)}01${'00012345'}000101000a00050000000000`)
    expect(encodeHex(in6FlowlabelReq, request, linuxS390x)).toBe(`${'00'.repeat(15)}01${'00012345'}00010001000a000500000000`)
    expect(decodeHex(in6FlowlabelReq, encodeHex(in6FlowlabelReq, request))).toEqual(request)
  })
  it('asks by action and flags', () => {
    expect(encodeHex(in6FlowlabelReq, { action: 'IPV6_FL_A_GET', flags: ['IPV6_FL_F_REMOTE'] })).toBe(`${'00'.repeat(20)}00000800`)
    expect(fuzzEncode(in6FlowlabelReq, [request]).encoded).toBeGreaterThan(0)
  })
})

describe('the ICMP filters', () => {
  it('are the types whose bits are set', () => {
    expect(decodeHex(icmpFilter, '01010000')).toEqual([0, 8])
    expect(encodeHex(icmpFilter, [8, 0])).toBe('01010000')
    expect(encodeHex(icmpFilter, [8, 0], linuxS390x)).toBe('00000101')
    const bytes = '0200000000000000000000000000000001000000000000000000000000000080'
    expect(decodeHex(icmp6Filter, bytes)).toEqual([1, 128, 255])
    expect(encodeHex(icmp6Filter, [255, 1, 128])).toBe(bytes)
    expect(encodeHex(icmpFilter, [])).toBe('00000000')
  })
  it('refuse a type that there is not', () => {
    expect(refusedValue(icmpFilter, [32])).toMatchObject({ reason: 'range', part: 'types' })
    expect(refusedValue(icmp6Filter, [256])).toMatchObject({ expected: 'an array of integers from 0 to 255' })
    expect(refusedValue(icmpFilter, 256).reason).toBe('type')
    expect(refusedBytes(icmp6Filter, '0200').reason).toBe('length')
  })
})
