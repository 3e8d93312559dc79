import { describe, expect, expectTypeOf, test } from 'vitest'
import { type GroupFilterInput, groupFilter, type IpMsfilterInput, ipMsfilter } from '../../../src/codec/membership.js'
import { abis, linuxIa32, linuxS390x, linuxX64 } from '../../support/abis.js'
import { decodeBytes, decodeHex, encodeBytes, encodeHex, fuzzDecode, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

const storage = (hex: string) => hex.padEnd(256, '0')

describe('ip_msfilter', () => {
  test('is read with the sources that came back', () => {
    expect(decodeHex(ipMsfilter, 'e80102037f00000101000000010000000a000001')).toEqual({
      multiaddr: '232.1.2.3',
      interface: '127.0.0.1',
      fmode: 'MCAST_INCLUDE',
      numsrc: 1,
      slist: ['10.0.0.1'],
    })
    expect(decodeHex(ipMsfilter, 'e80102037f00000100000001000000010a000001', linuxS390x)).toMatchObject({
      fmode: 'MCAST_INCLUDE',
      numsrc: 1,
    })
  })

  test('says how many sources there are where they did not fit', () => {
    const value = decodeHex(ipMsfilter, 'e80102037f00000101000000040000000a0000010a000002')
    expect(value.numsrc).toBe(4)
    expect(value.slist).toEqual(['10.0.0.1', '10.0.0.2'])
  })

  test('is set with its list', () => {
    const value: IpMsfilterInput = {
      multiaddr: '232.1.2.3',
      interface: '127.0.0.1',
      fmode: 'MCAST_INCLUDE',
      slist: ['10.0.0.1', '10.0.0.2'],
    }
    expect(encodeHex(ipMsfilter, value)).toBe('e80102037f00000101000000020000000a0000010a000002')
    expect(encodeHex(ipMsfilter, { ...value, slist: [] })).toBe('e80102037f0000010100000000000000')
    expect(encodeHex(ipMsfilter, { ...value, numsrc: 2 })).toHaveLength(48)
  })

  test('is queried with room for just as many sources as its size has', () => {
    const query = encodeBytes(ipMsfilter, { multiaddr: '232.1.2.3' })
    expect(query).toHaveLength(16)
    const numsrc = new DataView(query.buffer).getUint32(12, true)
    expect(16 + 4 * numsrc).toBe(ipMsfilter.size)
  })

  test('what is wrong is refused and named', () => {
    const value = { multiaddr: '232.1.2.3', fmode: 'MCAST_INCLUDE', slist: ['10.0.0.1'] }
    expect(refusedValue(ipMsfilter, { ...value, slist: ['10.0.0.1', 'x'] })).toMatchObject({ reason: 'range', part: 'slist[1]' })
    expect(refusedValue(ipMsfilter, { ...value, fmode: undefined })).toMatchObject({ reason: 'type', part: 'fmode' })
    expect(refusedValue(ipMsfilter, { ...value, fmode: 'INCLUDE' })).toMatchObject({ reason: 'range', part: 'fmode' })
    expect(refusedValue(ipMsfilter, { ...value, slist: undefined })).toMatchObject({ reason: 'type', part: 'slist' })
    expect(refusedValue(ipMsfilter, { ...value, slist: '10.0.0.1' })).toMatchObject({ reason: 'type', part: 'slist' })
    expect(refusedValue(ipMsfilter, { ...value, slist: Array(65).fill('10.0.0.1') })).toMatchObject({ reason: 'range', part: 'slist' })
    expect(refusedValue(ipMsfilter, { multiaddr: '232.1.2.3', numsrc: 1000 })).toMatchObject({ part: 'slist' })
    expect(refusedValue(ipMsfilter, { ...value, numsrc: 2 })).toEqual({
      reason: 'range',
      expected: '1, the length of slist (or nothing: it follows)',
      part: 'numsrc',
    })
    expect(refusedValue(ipMsfilter, { ...value, group: 1 }).part).toBe('group')
    expect(refusedValue(ipMsfilter, { fmode: 0, slist: [] }).part).toBe('multiaddr')
    expect(refusedValue(ipMsfilter, []).reason).toBe('type')
    expect(refusedBytes(ipMsfilter, 'e80102037f000001010000').reason).toBe('length')
  })

  test('a value that was read can be set again', () => {
    const read = decodeHex(ipMsfilter, 'e80102037f00000101000000010000000a000001')
    expectTypeOf(read).toExtend<IpMsfilterInput>()
    expect(encodeHex(ipMsfilter, read)).toBe('e80102037f00000101000000010000000a000001')
  })
})

describe('group_filter', () => {
  const group = { family: 'AF_INET', port: 0, address: '232.1.2.3' } as const
  const source = { family: 'AF_INET', port: 0, address: '10.0.0.1' } as const
  const value: GroupFilterInput = { interface: 1, group, fmode: 'MCAST_EXCLUDE', slist: [source] }

  test.each([
    ['64-bit', linuxX64, `0100000000000000${storage('02000000e8010203')}0000000001000000${storage('020000000a000001')}`],
    ['32-bit', linuxIa32, `01000000${storage('02000000e8010203')}0000000001000000${storage('020000000a000001')}`],
    ['big-endian', linuxS390x, `0000000100000000${storage('00020000e8010203')}0000000000000001${storage('000200000a000001')}`],
  ] as const)('has the bytes of %s Linux', (_name, abi, hex) => {
    expect(encodeHex(groupFilter, value, abi)).toBe(hex)
    expect(decodeHex(groupFilter, hex, abi)).toEqual({ ...value, numsrc: 1 })
    expect(decodeHex(groupFilter, hex.slice(0, -2), abi).slist).toEqual([])
  })

  test('is queried with room for just as many sources as its size has, on every machine', () => {
    for (const abi of Object.values(abis)) {
      const query = encodeBytes(groupFilter, { interface: 1, group }, abi)
      const numsrc = new DataView(query.buffer).getUint32(query.length - 4, abi.littleEndian)
      expect(query.length + 128 * numsrc).toBeLessThanOrEqual(groupFilter.size)
      expect(numsrc).toBe(64)
    }
  })

  test('names the part of the source that is wrong', () => {
    expect(refusedValue(groupFilter, { ...value, slist: [source, { ...source, port: -1 }] })).toMatchObject({
      reason: 'range',
      part: 'slist[1].port',
    })
    expect(refusedValue(groupFilter, { interface: 1, fmode: 0, slist: [] }).part).toBe('group')
  })

  test('round-trips on every machine', () => {
    for (const abi of Object.values(abis)) {
      expect(decodeBytes(groupFilter, encodeBytes(groupFilter, { ...value, slist: Array(64).fill(source) }, abi), abi).slist).toHaveLength(
        64,
      )
    }
  })
})

test('both withstand random bytes and strange values', () => {
  const good = { multiaddr: '232.1.2.3', interface: '127.0.0.1', fmode: 'MCAST_INCLUDE', slist: ['10.0.0.1'] }
  expect(fuzzDecode(ipMsfilter, 91).decoded).toBeGreaterThan(0)
  expect(fuzzEncode(ipMsfilter, [good]).encoded).toBeGreaterThan(0)
  const group = { family: 'AF_INET6', address: 'ff15::1' }
  expect(fuzzDecode(groupFilter, 92).decoded).toBeGreaterThan(0)
  expect(fuzzEncode(groupFilter, [{ group, fmode: 1, slist: [group] }]).encoded).toBeGreaterThan(0)
})
