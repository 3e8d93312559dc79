/** Addresses that are none. */
import { describe, expect, it } from 'vitest'
import { optional } from '../../../src/codec/field.js'
import { sockaddrIn } from '../../../src/codec/sockaddr.js'
import { struct } from '../../../src/codec/struct.js'
import { orUnspecified } from '../../../src/codec/unspecified.js'
import { darwinArm64, linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeHex, refusedBytes, refusedValue } from '../../support/codecs.js'

const codec = struct('addressed', 16, { addr: [0, optional(orUnspecified(sockaddrIn))] })
const none = '00'.repeat(16)

describe('an address that may be unspecified', () => {
  it('is null where its family is 0', () => {
    expect(decodeHex(codec, none)).toEqual({ addr: null })
    expect(decodeHex(codec, `10${none.slice(2)}`, darwinArm64)).toEqual({ addr: null })
  })
  it('is zero where it is null or left out', () => {
    expect(encodeHex(codec, { addr: null })).toBe(none)
    expect(encodeHex(codec, {})).toBe(none)
  })
  it('is an address otherwise', () => {
    const addr = { family: 'AF_INET', address: '192.0.2.1', port: 80 } as const
    expect(decodeHex(codec, encodeHex(codec, { addr }, linuxS390x), linuxS390x)).toEqual({ addr })
    expect(refusedValue(codec, { addr: { ...addr, address: '::1' } })).toMatchObject({ part: 'addr.address' })
    expect(refusedBytes(codec, `0a00${none.slice(4)}`).reason).toBe('range')
  })
})
