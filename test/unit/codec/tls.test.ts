/** Kernel TLS: a struct for each cipher. */
import { describe, expect, it } from 'vitest'
import { tlsCryptoInfo, tlsCryptoInfos } from '../../../src/codec/tls.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeBytes, encodeHex, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

const aes128 = {
  version: 'TLS_1_3_VERSION',
  cipherType: 'TLS_CIPHER_AES_GCM_128',
  iv: Buffer.alloc(8, 1),
  key: Buffer.alloc(16, 2),
  salt: Buffer.alloc(4, 3),
  recSeq: Buffer.alloc(8, 4),
} as const

describe('TLS_TX', () => {
  it('is the header, then iv, key, salt and sequence without gaps', () => {
    const bytes = `04033300${'01'.repeat(8)}${'02'.repeat(16)}${'03'.repeat(4)}${'04'.repeat(8)}`
    expect(encodeHex(tlsCryptoInfo, aes128)).toBe(bytes)
    expect(decodeHex(tlsCryptoInfo, bytes)).toEqual(aes128)
    expect(encodeHex(tlsCryptoInfo, aes128, linuxS390x).slice(0, 8)).toBe('03040033')
  })
  it('is the header alone if no more was asked for', () => {
    expect(decodeHex(tlsCryptoInfo, '03033600')).toEqual({ version: 'TLS_1_2_VERSION', cipherType: 'TLS_CIPHER_CHACHA20_POLY1305' })
    expect(decodeHex(tlsCryptoInfo, '03036300')).toEqual({ version: 'TLS_1_2_VERSION', cipherType: 99 })
    expect(decodeHex(tlsCryptoInfo, '00000000')).toEqual({ version: 0, cipherType: 0 })
    expect(refusedBytes(tlsCryptoInfo, '0303').reason).toBe('length')
  })
  it('has the length of the cipher', () => {
    const sizes = Object.fromEntries(Object.entries(tlsCryptoInfos).map(([name, { size }]) => [name.replace('TLS_CIPHER_', ''), size]))
    expect(sizes).toEqual({
      AES_GCM_128: 40,
      AES_GCM_256: 56,
      AES_CCM_128: 40,
      CHACHA20_POLY1305: 56,
      SM4_GCM: 40,
      SM4_CCM: 40,
      ARIA_GCM_128: 40,
      ARIA_GCM_256: 56,
    })
    const chacha = {
      ...aes128,
      cipherType: 'TLS_CIPHER_CHACHA20_POLY1305',
      iv: Buffer.alloc(12),
      key: Buffer.alloc(32),
      salt: Buffer.alloc(0),
    } as const
    expect(encodeBytes(tlsCryptoInfo, chacha)).toHaveLength(56)
  })
  it('refuses parts of another length', () => {
    expect(refusedValue(tlsCryptoInfo, { ...aes128, key: Buffer.alloc(15) })).toEqual({
      reason: 'range',
      expected: 'a Uint8Array of 16 bytes',
      part: 'key',
    })
    expect(refusedValue(tlsCryptoInfo, { ...aes128, key: Buffer.alloc(32) })).toMatchObject({ part: 'key' })
    expect(refusedValue(tlsCryptoInfo, { ...aes128, salt: undefined })).toMatchObject({ reason: 'type', part: 'salt' })
    expect(refusedValue(tlsCryptoInfo, { ...aes128, cipherType: 'TLS_CIPHER_NULL' })).toMatchObject({ part: 'cipherType' })
    expect(refusedValue(tlsCryptoInfo, { ...aes128, cipherType: 51 })).toMatchObject({ part: 'cipherType' })
    expect(refusedValue(tlsCryptoInfo, { ...aes128, cipherType: 'toString' })).toMatchObject({ part: 'cipherType' })
    expect(fuzzEncode(tlsCryptoInfo, [aes128]).encoded).toBeGreaterThan(0)
  })
})
