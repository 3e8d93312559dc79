/** CAN sockets. */
import { describe, expect, it } from 'vitest'
import { canFilters, canIsotpFc, canIsotpLl, canIsotpOptions, canRawVcid, j1939Filters } from '../../../src/codec/can.js'
import { linuxIa32, linuxS390x } from '../../support/abis.js'
import { decodeBytes, decodeHex, encodeBytes, encodeHex, fuzzEncode, refusedValue } from '../../support/codecs.js'

describe('CAN_RAW_FILTER', () => {
  it('is a list of identifiers and masks', () => {
    const filters = [
      { id: 0x123, mask: 0x7ff },
      { id: 0x80000123, mask: 0x9fffffff },
    ]
    expect(encodeHex(canFilters, filters)).toBe('23010000ff07000023010080ffffff9f')
    expect(decodeHex(canFilters, encodeHex(canFilters, filters, linuxS390x), linuxS390x)).toEqual(filters)
    expect(encodeHex(canFilters, [])).toBe('')
  })
  it('takes 512 at most', () => {
    expect(refusedValue(canFilters, Array(513).fill({ id: 1, mask: 1 })).expected).toBe('an array of at most 512')
    expect(refusedValue(canFilters, [{ id: -1, mask: 0 }])).toMatchObject({ reason: 'range', part: '[0].id' })
  })
})

describe('CAN_RAW_XL_VCID_OPTS', () => {
  it('is four bytes', () => {
    expect(encodeHex(canRawVcid, { flags: ['CAN_RAW_XL_VCID_RX_FILTER'], rxVcid: 2, rxVcidMask: 0xff })).toBe('040002ff')
  })
})

describe('ISO-TP', () => {
  it('has its options in 12 bytes, its flow control and link layer in 3', () => {
    const options = {
      flags: ['CAN_ISOTP_EXTEND_ADDR', 'CAN_ISOTP_DYN_FC_PARMS'],
      frameTxtime: 50000,
      extAddress: 1,
      txpadContent: 0xcc,
    } as const
    expect(encodeHex(canIsotpOptions, options)).toBe('0220000050c3000001cc0000')
    expect(decodeHex(canIsotpOptions, '0220000050c3000001cc0000')).toMatchObject(options)
    expect(encodeHex(canIsotpFc, { bs: 8, stmin: 0xf5 })).toBe('08f500')
    expect(encodeHex(canIsotpLl, { mtu: 72, txDl: 64, txFlags: 1 })).toBe('484001')
    expect(fuzzEncode(canIsotpOptions, [options]).encoded).toBeGreaterThan(0)
  })
})

describe('SO_J1939_FILTER', () => {
  it('has names of 64 bits', () => {
    const filter = {
      name: 0x8000_0000_0000_0001n,
      nameMask: 0xffff_ffff_ffff_ffffn,
      pgn: 0x3ff00,
      pgnMask: 0x3ffff,
      addr: 0x80,
      addrMask: 0xff,
    }
    expect(encodeHex(j1939Filters, [filter])).toBe('0100000000000080ffffffffffffffff00ff0300ffff030080ff000000000000')
    expect(decodeHex(j1939Filters, encodeHex(j1939Filters, [filter]))).toEqual([filter])
    const two = encodeBytes(j1939Filters, [filter, { name: 1n }], linuxIa32)
    expect([two.length, two[28]]).toEqual([56, 1])
    expect(decodeBytes(j1939Filters, two, linuxIa32)).toMatchObject([filter, { name: 1n }])
    expect(refusedValue(j1939Filters, [{ ...filter, name: 1 }])).toMatchObject({ reason: 'type', part: '[0].name' })
    expect(refusedValue(j1939Filters, [{ pgn: 0x40001 }])).toMatchObject({ reason: 'range', part: '[0].pgn' })
  })
})
