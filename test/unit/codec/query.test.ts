/** Structs that are question and answer. */
import { describe, expect, it } from 'vitest'
import { optional, u16, u32 } from '../../../src/codec/field.js'
import { asked } from '../../../src/codec/query.js'
import { struct } from '../../../src/codec/struct.js'
import { encodeHex, fuzzEncode, refusedValue } from '../../support/codecs.js'

const codec = asked(struct('asked', 12, { id: [0, optional(u32)], sid: [4, optional(u16)], value: [8, u32] }), ['id', 'sid'])

describe('a struct that is both question and answer', () => {
  it('is written whole as a value', () => {
    expect(encodeHex(codec, { id: 1, sid: 2, value: 3 })).toBe('010000000200000003000000')
    expect(encodeHex(codec, { value: 3 })).toBe('000000000000000003000000')
  })
  it('is written as far as it asks, which no kernel takes for a value to set', () => {
    expect(encodeHex(codec, { id: 1 })).toBe('010000000000')
    expect(encodeHex(codec, {})).toBe('000000000000')
    expect(encodeHex(codec, { sid: 7 })).toBe('000000000700')
  })
  it('checks the parts of a question', () => {
    expect(refusedValue(codec, { id: -1 })).toMatchObject({ reason: 'range', part: 'id' })
    expect(refusedValue(codec, { id: 'x' })).toMatchObject({ reason: 'type', part: 'id' })
    expect(refusedValue(codec, { id: 1, vlaue: 2 })).toMatchObject({ reason: 'type', part: 'vlaue' })
  })
  it('says what it takes', () => {
    expect(codec.accepts).toBe('an object { id, sid, value }, or as a question { id, sid }')
  })
  it('stays within its size whatever it is given', () => {
    expect(fuzzEncode(codec, [{ id: 1, sid: 2, value: 3 }, { id: 1 }]).encoded).toBeGreaterThan(0)
  })
})
