import { describe, expect, test } from 'vitest'
import type { Abi } from '../../../src/codec/codec.js'
import {
  be16,
  be32,
  bits,
  type Field,
  flag,
  i16,
  i32,
  named,
  nested,
  optional,
  orNone,
  u8,
  u16,
  u32,
  u64,
  u64big,
  u64OrNone,
  within,
} from '../../../src/codec/field.js'
import { bool } from '../../../src/codec/scalar.js'
import { struct } from '../../../src/codec/struct.js'
import { abis, linuxS390x, linuxX64 } from '../../support/abis.js'
import { fromHex, refusalOf, toHex } from '../../support/codecs.js'
import { integerFrom, seeded } from '../../support/random.js'

const read = <Out>(field: Field<Out, any>, hex: string, abi: Abi = linuxX64): Out => {
  const bytes = fromHex(hex)
  expect(bytes.length).toBe(field.size)
  return field.read(new DataView(bytes.buffer), 0, abi)
}
const write = <In>(field: Field<any, In>, value: In, abi: Abi = linuxX64, over = 0): string => {
  const bytes = new Uint8Array(field.size).fill(over)
  field.write(value, new DataView(bytes.buffer), 0, abi, 'part')
  return toHex(bytes)
}
const refused = (field: Field<any, any>, value: unknown) => refusalOf(() => write(field, value))

describe('integers', () => {
  test.each([
    ['u8', u8, 'fe', 'fe', 254],
    ['u16', u16, '0102', '0201', 513],
    ['i16', i16, 'feff', 'fffe', -2],
    ['u32', u32, '01020304', '04030201', 0x04030201],
    ['i32', i32, 'feffffff', 'fffffffe', -2],
    ['be16', be16, '0102', '0102', 258],
    ['be32', be32, '01020304', '01020304', 0x01020304],
    ['u64', u64, '0100000002000000', '0000000200000001', 2 ** 33 + 1],
  ] as const)('%s reads and writes both byte orders', (_name, field, little, big, value) => {
    expect(read(field, little)).toBe(value)
    expect(read(field, big, linuxS390x)).toBe(value)
    expect(write(field, value)).toBe(little)
    expect(write(field, value, linuxS390x)).toBe(big)
  })

  test.each([
    ['u8', u8, 0, 255],
    ['u16', u16, 0, 65535],
    ['i16', i16, -32768, 32767],
    ['be16', be16, 0, 65535],
    ['u32', u32, 0, 2 ** 32 - 1],
    ['be32', be32, 0, 2 ** 32 - 1],
    ['i32', i32, -(2 ** 31), 2 ** 31 - 1],
    ['u64', u64, 0, Number.MAX_SAFE_INTEGER],
  ] as const)('%s round-trips within its bounds and refuses beyond them', (_name, field, minimum, maximum) => {
    const next = seeded(4)
    for (const abi of Object.values(abis)) {
      for (const value of [minimum, maximum, ...Array.from({ length: 30 }, () => integerFrom(next, minimum, maximum))]) {
        expect(read(field, write(field, value, abi), abi)).toBe(value)
      }
    }
    const expected = `an integer from ${minimum} to ${maximum}`
    for (const value of [minimum - 1, maximum + 1, 0.5, Number.NaN])
      expect(refused(field, value)).toEqual({ reason: 'range', expected, part: 'part' })
    for (const value of [undefined, null, '1', 1n]) expect(refused(field, value)).toEqual({ reason: 'type', expected, part: 'part' })
  })

  test('u64big holds all of 64 bits', () => {
    expect(read(u64big, 'ffffffffffffffff')).toBe(2n ** 64n - 1n)
    expect(write(u64big, 1n, linuxS390x)).toBe('0000000000000001')
    expect(refused(u64big, 1)).toEqual({ reason: 'type', expected: 'a bigint from 0 to 2^64 - 1', part: 'part' })
    expect(refused(u64big, -1n).reason).toBe('range')
    expect(refused(u64big, 2n ** 64n).reason).toBe('range')
  })

  test('within refuses what its field would take, and reads it all the same', () => {
    const field = within(i32, 0, 9)
    expect(write(field, 9)).toBe('09000000')
    expect(refused(field, -1)).toEqual({ reason: 'range', expected: 'an integer from 0 to 9', part: 'part' })
    expect(read(field, 'ffffffff')).toBe(-1)
  })
})

describe('bits', () => {
  const low = bits(1, 0, 4, 4)
  const high = bits(1, 4, 0, 4)
  const wide = bits(4, 8, 0, 24)

  test('are counted from the low end on little-endian machines and from the high end on others', () => {
    expect(read(low, '7a')).toBe(0xa)
    expect(read(high, '7a')).toBe(0x7)
    expect(read(low, '7a', linuxS390x)).toBe(0x7)
    expect(read(high, '7a', linuxS390x)).toBe(0xa)
    expect(read(wide, 'ff010203')).toBe(0x030201)
    expect(read(wide, 'ff010203', linuxS390x)).toBe(0x010203)
  })

  test('leave their neighbours as they are', () => {
    expect(write(low, 0, linuxX64, 0xff)).toBe('f0')
    expect(write(high, 5, linuxX64, 0xff)).toBe('5f')
    expect(write(low, 5, linuxS390x, 0xff)).toBe('5f')
    expect(write(wide, 0, linuxX64, 0xff)).toBe('ff000000')
    expect(write(wide, 0xffffff, linuxS390x)).toBe('00ffffff')
  })

  test('refuse what they cannot hold', () => {
    expect(refused(low, 16)).toEqual({ reason: 'range', expected: 'an integer from 0 to 15', part: 'part' })
    expect(refused(low, undefined).reason).toBe('type')
  })
})

describe('meanings', () => {
  test('flag is true for any non-zero value', () => {
    const field = flag(u32)
    expect(read(field, '80000000')).toBe(true)
    expect(read(field, '00000000')).toBe(false)
    expect(write(field, true, linuxS390x)).toBe('00000001')
    expect(refused(field, 1)).toEqual({ reason: 'type', expected: 'true or false', part: 'part' })
  })

  test('orNone reads its one value as null, and writes it', () => {
    const field = orNone(u32, 0x7fffffff)
    expect(read(field, 'ffffff7f')).toBeNull()
    expect(read(field, 'feffff7f')).toBe(0x7ffffffe)
    expect(write(field, null)).toBe('ffffff7f')
    expect(write(field, 1)).toBe('01000000')
    expect(refused(field, undefined).reason).toBe('type')
  })

  test('u64OrNone takes all ones for null, and nothing else', () => {
    expect(read(u64OrNone, 'ffffffffffffffff')).toBeNull()
    expect(read(u64OrNone, 'feffffffffffffff')).not.toBeNull()
    expect(read(u64OrNone, '00e40b5402000000')).toBe(10_000_000_000)
    expect(write(u64OrNone, null, linuxS390x)).toBe('ffffffffffffffff')
    expect(write(u64OrNone, 1)).toBe('0100000000000000')
    expect(refused(u64OrNone, 2 ** 64).reason).toBe('range')
  })

  test('named reads members as names and other numbers as themselves', () => {
    const field = named(bits(1, 1, 5, 2), { NONE: 0, SOME: 1, ALL: 2 })
    expect(read(field, '04')).toBe('ALL')
    expect(read(field, '06')).toBe(3)
    expect(write(field, 'SOME', linuxX64, 0xff)).toBe('fb')
    expect(write(field, 3)).toBe('06')
    expect(refused(field, 'zork')).toEqual({ reason: 'range', expected: 'one of NONE, SOME, ALL (or its number)', part: 'part' })
    expect(refused(field, 'constructor').reason).toBe('range')
    expect(refused(field, 4).reason).toBe('range')
    expect(refused(field, undefined).reason).toBe('type')
  })

  test('nested puts its own name before that of the part at fault', () => {
    const inner = struct('inner', 4, { a: [0, u16], b: [2, u16] })
    const field = nested(inner)
    expect(read(field, '01000200')).toEqual({ a: 1, b: 2 })
    expect(write(field, { a: 1, b: 2 })).toBe('01000200')
    expect(refused(field, { a: 1, b: -1 }).part).toBe('part.b')
    expect(refused(nested(bool), 1).part).toBe('part')
  })

  test('nested lets errors that are no refusals through', () => {
    const trap = {
      get a(): number {
        throw new RangeError('not a refusal')
      },
      b: 1,
    }
    expect(() => write(nested(struct('inner', 4, { a: [0, u16], b: [2, u16] })), trap)).toThrow(RangeError)
  })

  test('optional differs only in that it may be left out', () => {
    expect(optional(u16)).toEqual({ ...u16, isOptional: true })
    expect(
      [u8, flag(u8), orNone(u8, 0), nested(bool), bits(1, 0, 0, 1), named(u8, {}), within(u8, 0, 1)].some(field => field.isOptional),
    ).toBe(false)
  })
})
