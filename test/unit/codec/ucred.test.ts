import { describe, expect, expectTypeOf, test } from 'vitest'
import { gids, type Ucred, ucred, xucred } from '../../../src/codec/ucred.js'
import { darwinArm64, freebsdX64, linuxMips, linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeHex, fuzzDecode, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

describe('ucred', () => {
  test('is pid, uid and gid', () => {
    expect(decodeHex(ucred, 'e75a0000e803000064000000')).toEqual({ pid: 23271, uid: 1000, gid: 100 })
    expect(decodeHex(ucred, '00005ae7000003e800000064', linuxS390x)).toEqual({ pid: 23271, uid: 1000, gid: 100 })
    expectTypeOf(ucred.decode).returns.toEqualTypeOf<Ucred | null>()
  })

  test('is null where there is no peer', () => {
    expect(decodeHex(ucred, '00000000ffffffffffffffff')).toBeNull()
  })

  test('has pid 0 for a peer in a namespace that cannot be seen', () => {
    expect(decodeHex(ucred, '00000000e8030000ffffffff')).toEqual({ pid: 0, uid: 1000, gid: 2 ** 32 - 1 })
  })

  test('is not half a struct', () => {
    expect(refusedBytes(ucred, 'e75a000000000000').expected).toBe('12 bytes, and 8 came back')
  })
})

describe('xucred', () => {
  const head = '00000000f5010000'
  const groups = (count: number) =>
    Array.from({ length: 16 }, (_, index) => (index < count ? `${(20 + index).toString(16)}000000` : '00000000')).join('')

  test('has 76 bytes on macOS', () => {
    const value = decodeHex(xucred, `${head}03000000${groups(3)}`, darwinArm64)
    expect(value).toEqual({ uid: 501, groups: [20, 21, 22], pid: undefined })
    expect(Object.isFrozen(value) && Object.isFrozen(value.groups)).toBe(true)
  })

  test('has the pid where a pointer may lie on FreeBSD', () => {
    expect(decodeHex(xucred, `${head}01000000${groups(1)}00000000e75a000000000000`, freebsdX64)).toEqual({
      uid: 501,
      groups: [20],
      pid: 23271,
    })
    const big = `00000000000001f500010000${'00000014'.padEnd(128, '0')}00005ae7`
    expect(decodeHex(xucred, big, linuxMips)).toEqual({ uid: 501, groups: [20], pid: 23271 })
  })

  test('does not believe a count that its array does not hold', () => {
    expect(decodeHex(xucred, `${head}ff7f0000${groups(16)}`, darwinArm64).groups).toHaveLength(16)
    expect(decodeHex(xucred, `${head}ffff0000${groups(16)}`, darwinArm64).groups).toEqual([])
  })

  test('of another version is refused', () => {
    expect(refusedBytes(xucred, `01000000f501000003000000${groups(3)}`, darwinArm64)).toEqual({
      reason: 'range',
      expected: 'version 0, and 1 came back',
      part: 'version',
    })
    expect(refusedBytes(xucred, head, darwinArm64).reason).toBe('length')
  })
})

describe('gids', () => {
  test('are as many as came back', () => {
    expect(decodeHex(gids, 'e9030000ea030000eb030000ec030000')).toEqual([1001, 1002, 1003, 1004])
    expect(decodeHex(gids, '000003e9ffffffff', linuxS390x)).toEqual([1001, 2 ** 32 - 1])
    expect(decodeHex(gids, '')).toEqual([])
    expect(encodeHex(gids, [1001])).toBe('e9030000')
  })

  test('are more than the codec offers, when the caller gives more room', () => {
    expect(decodeHex(gids, '01000000'.repeat(2000))).toHaveLength(2000)
  })

  test('are not cut in the middle', () => {
    expect(refusedBytes(gids, 'e90300').reason).toBe('length')
    expect(refusedValue(gids, [1, -1])).toMatchObject({ reason: 'range', part: '[1]' })
  })
})

test('credentials are only read', () => {
  for (const codec of [ucred, xucred])
    expect(refusedValue(codec, { pid: 1, uid: 1, gid: 1 })).toMatchObject({
      reason: 'type',
      expected: 'nothing: this value can only be read',
    })
})

test.each([ucred, xucred, gids])('$name withstands random bytes and strange values', codec => {
  const isVersion0 = codec === xucred ? (bytes: Uint8Array) => bytes.fill(0, 0, 4) : undefined
  expect(fuzzDecode(codec as typeof ucred, 71, isVersion0).decoded).toBeGreaterThan(0)
  expect(fuzzEncode(codec as typeof ucred, []).refused).toBeGreaterThan(0)
})
