/** Structs that carry memory addresses. */
import { describe, expect, it } from 'vitest'
import type { Codec } from '../../../src/codec/codec.js'
import { optional, u32 } from '../../../src/codec/field.js'
import { pointer, userAddress } from '../../../src/codec/pointer.js'
import { struct } from '../../../src/codec/struct.js'
import { decodeHex, encodeHex, refusedBytes, refusedValue, strangeValues } from '../../support/codecs.js'

/** As a caller without types has it. */
const untyped = pointer as unknown as Codec<unknown>

describe('a struct of pointers', () => {
  it('refuses every value', () => {
    for (const value of strangeValues)
      expect(refusedValue(untyped, value).expected).toBe('a struct of pointers; not available from JavaScript')
  })
  it('refuses all bytes', () => {
    expect(refusedBytes(untyped, '00').reason).toBe('type')
    expect(refusedBytes(untyped, '').reason).toBe('type')
  })
})

describe('an address among other fields', () => {
  const region = struct('region', 16, { addr: [0, userAddress], length: [8, optional(u32)] })

  it('is written as zero', () => {
    expect(encodeHex(region, { length: 1 })).toBe('00000000000000000100000000000000')
  })
  it('cannot be given', () => {
    for (const addr of [0, 1n, 0x7fff_0000_0000n, null, '0x1'])
      expect(refusedValue(region, { addr, length: 1 })).toMatchObject({ reason: 'type', part: 'addr' })
  })
  it('can be read', () => {
    expect(decodeHex(region, '00000000ff7f0000 0100000000000000').addr).toBe(0x7fff_0000_0000n)
  })
})
