/** Values whose length is their own affair. */
import { describe, expect, it } from 'vitest'
import { octetsUpTo } from '../../../src/codec/array.js'
import { bytes } from '../../../src/codec/bytes.js'
import { nested, u8, u16, u32 } from '../../../src/codec/field.js'
import { counted, list, tailed } from '../../../src/codec/list.js'
import { struct } from '../../../src/codec/struct.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeHex, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

const pairs = list('struct pair', 3, nested(struct('pair', 4, { a: [0, u16], b: [2, u16] })))

describe('a list of structs', () => {
  it('has as many elements as came back', () => {
    expect(decodeHex(pairs, '')).toEqual([])
    expect(decodeHex(pairs, '0100020003000400')).toEqual([
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ])
    expect(decodeHex(pairs, '00010002', linuxS390x)).toEqual([{ a: 1, b: 2 }])
  })
  it('refuses a part of an element', () => {
    expect(refusedBytes(pairs, '010002')).toEqual({ reason: 'length', expected: 'a multiple of 4 bytes, and 3 came back', part: undefined })
  })
  it('writes as many bytes as it has elements', () => {
    expect(encodeHex(pairs, [])).toBe('')
    expect(encodeHex(pairs, [{ a: 1, b: 2 }])).toBe('01000200')
  })
  it('refuses more than it may have, and names the element at fault', () => {
    const pair = { a: 1, b: 2 }
    expect(refusedValue(pairs, [pair, pair, pair, pair])).toMatchObject({ reason: 'range', expected: 'an array of at most 3' })
    expect(refusedValue(pairs, [pair, { a: 1, b: -1 }])).toMatchObject({ reason: 'range', part: '[1].b' })
    expect(refusedValue(pairs, { 0: pair })).toMatchObject({ reason: 'type' })
  })
})

const keyed = counted(struct('keyed', 8, { keylen: [0, u8], key: [1, octetsUpTo(7)] }), { keylen: 'key' })

describe('a field that counts another', () => {
  it('follows from what it counts', () => {
    expect(encodeHex(keyed, { key: Uint8Array.of(1, 2) })).toBe('0201020000000000')
    expect(encodeHex(keyed, { key: new Uint8Array(0) })).toBe('0000000000000000')
  })
  it('ends the other where it is read', () => {
    expect(decodeHex(keyed, '0201020304050607')).toEqual({ keylen: 2, key: Buffer.from([1, 2]) })
    expect(decodeHex(keyed, 'ff01020304050607').key).toHaveLength(7)
  })
  it('may be given if it is right', () => {
    expect(encodeHex(keyed, decodeHex(keyed, '0201020000000000'))).toBe('0201020000000000')
    expect(refusedValue(keyed, { keylen: 3, key: Uint8Array.of(1, 2) })).toEqual({
      reason: 'range',
      expected: '2, the length of key (or nothing: it follows)',
      part: 'keylen',
    })
  })
  it('leaves the other checks to the struct', () => {
    expect(refusedValue(keyed, {})).toMatchObject({ reason: 'type', part: 'key' })
    expect(refusedValue(keyed, { key: new Uint8Array(8) })).toMatchObject({ reason: 'range', part: 'key' })
    expect(refusedValue(keyed, { key: new Uint8Array(1), kye: 1 })).toMatchObject({ reason: 'type', part: 'kye' })
    expect(refusedValue(keyed, null).reason).toBe('type')
    expect(fuzzEncode(keyed, [{ key: Uint8Array.of(1) }]).encoded).toBeGreaterThan(0)
  })
})

const idents = tailed('idents', 4, { num: [0, u32] }, { name: 'ids', of: list('u16', 4, u16), count: 'num', each: 2 })
const blob = tailed('blob', 2, { len: [0, u16] }, { name: 'data', of: bytes(4), count: 'len', each: 1 })

describe('a struct that ends in an array', () => {
  it('is as large as its largest', () => {
    expect([idents.size, blob.size]).toEqual([12, 6])
  })
  it('counts what it is given', () => {
    expect(encodeHex(idents, { ids: [1, 3] })).toBe('0200000001000300')
    expect(encodeHex(idents, { ids: [1, 3] }, linuxS390x)).toBe('0000000200010003')
    expect(encodeHex(blob, { data: Uint8Array.of(9) })).toBe('010009')
  })
  it('is a question without its array', () => {
    expect(encodeHex(idents, {})).toBe('00000000')
  })
  it('reads neither past its count nor past what came back', () => {
    expect(decodeHex(idents, '010000000100ffff')).toEqual({ num: 1, ids: [1] })
    expect(decodeHex(idents, 'ff0000000100020003')).toEqual({ num: 255, ids: [1, 2] })
    expect(decodeHex(idents, '00000000')).toEqual({ num: 0, ids: [] })
    expect(refusedBytes(idents, '000000')).toMatchObject({ reason: 'length' })
  })
  it('refuses a count that is wrong, and names the element at fault', () => {
    expect(refusedValue(idents, { num: 3, ids: [1] })).toMatchObject({ reason: 'range', part: 'num' })
    expect(refusedValue(idents, { ids: [1, 65536] })).toMatchObject({ reason: 'range', part: 'ids[1]' })
    expect(refusedValue(idents, { ids: [1, 2, 3, 4, 5] })).toMatchObject({ reason: 'range', part: 'ids' })
    expect(refusedValue(blob, { data: [1] })).toMatchObject({ reason: 'type', part: 'data' })
    expect(refusedValue(blob, undefined).reason).toBe('type')
  })
  it('stays within its size whatever it is given', () => {
    expect(fuzzEncode(idents, [{ ids: [1] }]).encoded).toBeGreaterThan(0)
    expect(fuzzEncode(blob, [{ data: Uint8Array.of(1) }]).encoded).toBeGreaterThan(0)
  })
})
