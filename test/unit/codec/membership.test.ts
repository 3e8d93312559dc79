import { describe, expect, test } from 'vitest'
import type { Codec } from '../../../src/codec/codec.js'
import { groupReq, groupSourceReq, ipMreqn, ipMreqSource, ipMreqSourceBsd, ipv6Mreq } from '../../../src/codec/membership.js'
import { abis, darwinArm64, linuxIa32, linuxS390x, linuxX64, win32X64 } from '../../support/abis.js'
import { decodeBytes, decodeHex, encodeBytes, encodeHex, fuzzDecode, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

const group4 = { family: 'AF_INET', port: 0, address: '232.1.2.3' } as const
const source4 = { family: 'AF_INET', port: 0, address: '10.0.0.1' } as const
const group6 = { family: 'AF_INET6', port: 0, flowinfo: 0, address: 'ff15::1', scopeId: 0 } as const
const storage = (hex: string) => hex.padEnd(256, '0')

describe('ip_mreqn', () => {
  test('is group, address and interface', () => {
    expect(encodeHex(ipMreqn, { multiaddr: '239.1.2.3', address: '127.0.0.1', ifindex: 1 })).toBe('ef0102037f00000101000000')
    expect(encodeHex(ipMreqn, { multiaddr: '239.1.2.3', ifindex: 1 }, linuxS390x)).toBe('ef0102030000000000000001')
    expect(decodeHex(ipMreqn, 'ef0102037f00000101000000')).toEqual({ multiaddr: '239.1.2.3', address: '127.0.0.1', ifindex: 1 })
  })

  test('leaves the interface to the kernel unless told', () => {
    expect(encodeHex(ipMreqn, { multiaddr: '239.1.2.3' })).toBe('ef0102030000000000000000')
  })

  test('what is wrong is refused and named', () => {
    expect(refusedValue(ipMreqn, { address: '127.0.0.1' })).toEqual({
      reason: 'type',
      expected: 'an IPv4 address such as 127.0.0.1',
      part: 'multiaddr',
    })
    expect(refusedValue(ipMreqn, { multiaddr: '239.1.2' })).toMatchObject({ reason: 'range', part: 'multiaddr' })
    expect(refusedValue(ipMreqn, { multiaddr: '239.1.2.3', ifindex: -1 })).toMatchObject({ reason: 'range', part: 'ifindex' })
    expect(refusedValue(ipMreqn, { multiaddr: '239.1.2.3', interface: '127.0.0.1' }).part).toBe('interface')
    expect(refusedBytes(ipMreqn, 'ef0102037f000001').reason).toBe('length')
  })
})

test('ipv6_mreq is group and interface', () => {
  expect(encodeHex(ipv6Mreq, { multiaddr: 'ff02::1', ifindex: 2 })).toBe('ff02000000000000000000000000000102000000')
  expect(encodeHex(ipv6Mreq, { multiaddr: 'ff02::1' }, linuxS390x)).toBe('ff02000000000000000000000000000100000000')
  expect(decodeHex(ipv6Mreq, 'ff02000000000000000000000000000100000002', linuxS390x)).toEqual({ multiaddr: 'ff02::1', ifindex: 2 })
  expect(refusedValue(ipv6Mreq, { multiaddr: '239.1.2.3' })).toMatchObject({ reason: 'range', part: 'multiaddr' })
})

test('ip_mreq_source has the interface second on Linux and last elsewhere', () => {
  const value = { multiaddr: '232.1.2.3', interface: '127.0.0.1', sourceaddr: '10.0.0.1' }
  expect(encodeHex(ipMreqSource, value)).toBe('e80102037f0000010a000001')
  expect(encodeHex(ipMreqSourceBsd, value, darwinArm64)).toBe('e80102030a0000017f000001')
  expect(decodeHex(ipMreqSource, 'e80102037f0000010a000001')).toEqual(value)
  expect(decodeHex(ipMreqSourceBsd, 'e80102030a0000017f000001', darwinArm64)).toEqual(value)
  expect(encodeHex(ipMreqSource, { multiaddr: '232.1.2.3', sourceaddr: '10.0.0.1' })).toBe('e8010203000000000a000001')
  expect(refusedValue(ipMreqSource, { multiaddr: '232.1.2.3', interface: '127.0.0.1' }).part).toBe('sourceaddr')
})

describe('group_req', () => {
  const address = storage('02000000e8010203')

  test.each([
    ['64-bit Linux', linuxX64, `0200000000000000${address}`],
    ['32-bit Linux', linuxIa32, `02000000${address}`],
    ['big-endian Linux', linuxS390x, `0000000200000000${storage('00020000e8010203')}`],
    ['Windows', win32X64, `0200000000000000${address}`],
    ['macOS', darwinArm64, `02000000${storage('10020000e8010203')}`],
  ] as const)('has the bytes of %s', (_name, abi, hex) => {
    expect(encodeHex(groupReq, { interface: 2, group: group4 }, abi)).toBe(hex)
    expect(decodeHex(groupReq, hex, abi)).toEqual({ interface: 2, group: group4 })
    expect(refusedBytes(groupReq, hex.slice(2), abi).reason).toBe('length')
  })

  test('takes IPv6 groups', () => {
    expect(decodeBytes(groupReq, encodeBytes(groupReq, { group: group6 }))).toEqual({ interface: 0, group: group6 })
  })

  test('names the part of the address that is wrong', () => {
    expect(refusedValue(groupReq, { interface: 1, group: { family: 'AF_INET', address: 'x' } })).toMatchObject({
      reason: 'range',
      part: 'group.address',
    })
    expect(refusedValue(groupReq, { interface: 1 })).toMatchObject({ reason: 'type', part: 'group' })
    expect(refusedValue(groupReq, { interface: 'lo', group: group4 })).toMatchObject({ reason: 'type', part: 'interface' })
  })
})

test('group_source_req has two addresses', () => {
  const value = { interface: 2, group: group4, source: source4 }
  expect(encodeHex(groupSourceReq, value)).toBe(`0200000000000000${storage('02000000e8010203')}${storage('020000000a000001')}`)
  expect(encodeBytes(groupSourceReq, value)).toHaveLength(264)
  expect(encodeBytes(groupSourceReq, value, linuxIa32)).toHaveLength(260)
  expect(encodeBytes(groupSourceReq, value, darwinArm64)).toHaveLength(260)
  for (const abi of Object.values(abis)) expect(decodeBytes(groupSourceReq, encodeBytes(groupSourceReq, value, abi), abi)).toEqual(value)
  expect(refusedValue(groupSourceReq, { group: group4 }).part).toBe('source')
})

test.each<readonly [string, Codec<any, any>, object]>([
  ['ipMreqn', ipMreqn, { multiaddr: '239.1.2.3', address: '127.0.0.1', ifindex: 1 }],
  ['ipv6Mreq', ipv6Mreq, { multiaddr: 'ff02::1', ifindex: 2 }],
  ['ipMreqSource', ipMreqSource, { multiaddr: '232.1.2.3', interface: '127.0.0.1', sourceaddr: '10.0.0.1' }],
  ['ipMreqSourceBsd', ipMreqSourceBsd, { multiaddr: '232.1.2.3', interface: '127.0.0.1', sourceaddr: '10.0.0.1' }],
  ['groupReq', groupReq, { interface: 2, group: group4 }],
  ['groupSourceReq', groupSourceReq, { interface: 2, group: group4, source: source4 }],
])('%s round-trips on every machine, and withstands random bytes and strange values', (_name, codec, value) => {
  for (const abi of Object.values(abis)) expect(decodeBytes(codec, encodeBytes(codec, value, abi), abi)).toEqual(value)
  expect(fuzzDecode(codec, 81).decoded).toBeGreaterThan(0)
  expect(fuzzEncode(codec, [value]).encoded).toBeGreaterThan(0)
})
