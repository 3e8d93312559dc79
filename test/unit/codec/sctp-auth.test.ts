/** SCTP structs about authenticated chunks. */
import { expect, it } from 'vitest'
import { sctpAuthchunk, sctpAuthchunks, sctpAuthkey, sctpAuthkeyid, sctpHmacalgo } from '../../../src/codec/sctp.js'
import { decodeHex, encodeHex, fuzzEncode, refusedValue } from '../../support/codecs.js'

it('SCTP_HMAC_IDENT is a list of algorithms by name', () => {
  expect(encodeHex(sctpHmacalgo, { idents: ['SCTP_AUTH_HMAC_ID_SHA256', 'SCTP_AUTH_HMAC_ID_SHA1'] })).toBe('0200000003000100')
  expect(decodeHex(sctpHmacalgo, '0200000003000900')).toEqual({ numIdents: 2, idents: ['SCTP_AUTH_HMAC_ID_SHA256', 9] })
  expect(refusedValue(sctpHmacalgo, { idents: ['SHA512'] })).toMatchObject({ reason: 'range', part: 'idents[0]' })
})

it('SCTP_AUTH_KEY counts its key', () => {
  expect(encodeHex(sctpAuthkey, { assocId: 1, keynumber: 2, key: Buffer.from('abc') })).toBe('0100000002000300616263')
  expect(encodeHex(sctpAuthkey, { keynumber: 2, key: Buffer.alloc(0) })).toBe('0000000002000000')
  expect(refusedValue(sctpAuthkey, { keynumber: 2, key: Buffer.alloc(1025) })).toMatchObject({ reason: 'range', part: 'key' })
  expect(refusedValue(sctpAuthkey, { key: Buffer.alloc(1) })).toMatchObject({ reason: 'type', part: 'keynumber' })
  expect(fuzzEncode(sctpAuthkey, [{ keynumber: 1, key: Buffer.from('x') }]).encoded).toBeGreaterThan(0)
})

it('SCTP_AUTH_ACTIVE_KEY is a number, asked by association', () => {
  expect(encodeHex(sctpAuthkeyid, { assocId: 1, keynumber: 2 })).toBe('0100000002000000')
  expect(encodeHex(sctpAuthkeyid, { assocId: 1 })).toBe('01000000')
})

it('SCTP_PEER_AUTH_CHUNKS are types, asked by association', () => {
  expect(encodeHex(sctpAuthchunks, { assocId: 1 })).toBe('0100000000000000')
  expect(decodeHex(sctpAuthchunks, '0100000002000000c180')).toEqual({ assocId: 1, numberOfChunks: 2, chunks: [0xc1, 0x80] })
  expect(encodeHex(sctpAuthchunk, { chunk: 0xc1 })).toBe('c1')
  expect(refusedValue(sctpAuthchunk, { chunk: 256 })).toMatchObject({ reason: 'range', part: 'chunk' })
})
