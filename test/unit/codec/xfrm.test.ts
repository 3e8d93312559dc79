/** IPsec policies of a socket. */
import { describe, expect, it } from 'vitest'
import { sadbXPolicy, xfrmUserpolicy } from '../../../src/codec/xfrm.js'
import { linuxIa32, linuxS390x } from '../../support/abis.js'
import { decodeBytes, decodeHex, encodeBytes, encodeHex, fuzzEncode, refusedValue } from '../../support/codecs.js'

describe('IP_IPSEC_POLICY', () => {
  it('counts itself in units of 8 bytes', () => {
    expect(encodeHex(sadbXPolicy, { type: 'IPSEC_POLICY_BYPASS', dir: 'IPSEC_DIR_OUTBOUND' })).toBe('02001200040002000000000000000000')
    const requests = new Uint8Array(16).fill(0xaa)
    const bytes = encodeHex(sadbXPolicy, { type: 'IPSEC_POLICY_IPSEC', dir: 'IPSEC_DIR_INBOUND', priority: 7, requests })
    expect(bytes).toBe(`04001200020001000000000007000000${'aa'.repeat(16)}`)
    expect(decodeHex(sadbXPolicy, bytes)).toMatchObject({ len: 4, exttype: 18, dir: 'IPSEC_DIR_INBOUND', requests: Buffer.from(requests) })
  })
  it('refuses requests that are not whole', () => {
    const policy = { type: 'IPSEC_POLICY_IPSEC', dir: 'IPSEC_DIR_INBOUND' }
    expect(refusedValue(sadbXPolicy, { ...policy, requests: new Uint8Array(7) })).toMatchObject({ reason: 'range', part: 'requests' })
    expect(refusedValue(sadbXPolicy, { ...policy, requests: null })).toMatchObject({ reason: 'type', part: 'requests' })
    expect(fuzzEncode(sadbXPolicy, [policy]).encoded).toBeGreaterThan(0)
  })
})

const unlimited = {
  softByteLimit: null,
  hardByteLimit: null,
  softPacketLimit: null,
  hardPacketLimit: null,
  softAddExpiresSeconds: 0,
  hardAddExpiresSeconds: 0,
  softUseExpiresSeconds: 0,
  hardUseExpiresSeconds: 0,
}
const policy = {
  sel: { family: 'AF_INET', daddr: '192.0.2.1', prefixlenD: 32, dport: 80, dportMask: 0xffff, proto: 6 },
  lft: unlimited,
  dir: 'XFRM_POLICY_OUT',
  tmpl: [{ proto: 'IPPROTO_ESP', family: 'AF_INET6', daddr: '2001:db8::1', saddr: '2001:db8::2', reqid: 5, mode: 'XFRM_MODE_TUNNEL' }],
} as const

describe('IP_XFRM_POLICY', () => {
  it('is a policy and its templates', () => {
    const bytes = encodeBytes(xfrmUserpolicy, policy)
    expect(bytes).toHaveLength(168 + 64)
    const view = new DataView(bytes.buffer)
    expect(Buffer.from(bytes.subarray(0, 4)).toString('hex')).toBe('c0000201')
    expect([view.getUint16(32), view.getUint16(40, true), bytes[42], bytes[44], bytes[160]]).toEqual([80, 2, 32, 6, 1])
    expect(view.getBigUint64(56, true)).toBe(0xffff_ffff_ffff_ffffn)
    expect(view.getBigUint64(88, true)).toBe(0n)
    expect([bytes[168 + 20], view.getUint16(168 + 24, true), view.getUint32(168 + 44, true), bytes[168 + 48]]).toEqual([50, 10, 5, 1])
  })
  it('comes back as it went, on machines of either order', () => {
    expect(decodeHex(xfrmUserpolicy, encodeHex(xfrmUserpolicy, policy))).toMatchObject(policy)
    expect(decodeHex(xfrmUserpolicy, encodeHex(xfrmUserpolicy, policy, linuxS390x), linuxS390x)).toMatchObject(policy)
  })
  it('has its templates at 164 on ia32', () => {
    const bytes = encodeBytes(xfrmUserpolicy, policy, linuxIa32)
    expect([bytes.length, bytes[164 + 20]]).toEqual([164 + 64, 50])
    expect(decodeBytes(xfrmUserpolicy, bytes, linuxIa32)).toMatchObject(policy)
  })
  it('needs no templates to let packets pass', () => {
    const { tmpl, ...bypass } = policy
    expect(tmpl).toHaveLength(1)
    expect(encodeBytes(xfrmUserpolicy, bypass)).toHaveLength(168)
  })
  it('refuses addresses of another family, and names the part', () => {
    expect(refusedValue(xfrmUserpolicy, { ...policy, sel: { ...policy.sel, daddr: '::1' } })).toMatchObject({ part: 'sel.daddr' })
    const [template] = policy.tmpl
    expect(refusedValue(xfrmUserpolicy, { ...policy, tmpl: [{ ...template, saddr: '192.0.2.1' }] })).toMatchObject({
      part: 'tmpl[0].saddr',
    })
    expect(refusedValue(xfrmUserpolicy, { ...policy, tmpl: Array(7).fill(template) })).toMatchObject({ reason: 'range', part: 'tmpl' })
    expect(refusedValue(xfrmUserpolicy, { ...policy, lft: { ...unlimited, softByteLimit: -1 } })).toMatchObject({
      part: 'lft.softByteLimit',
    })
    expect(fuzzEncode(xfrmUserpolicy, [policy]).encoded).toBeGreaterThan(0)
  })
})
