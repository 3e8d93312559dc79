import { describe, expect, test } from 'vitest'
import { sockTxtime, soTimestamping } from '../../../src/codec/timestamping.js'
import { abis, linuxS390x } from '../../support/abis.js'
import { decodeBytes, decodeHex, encodeBytes, encodeHex, fuzzDecode, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

describe('so_timestamping', () => {
  test('is flags, and the clock since Linux 5.14', () => {
    expect(decodeHex(soTimestamping, '5800000000000000')).toEqual({
      flags: ['SOF_TIMESTAMPING_RX_SOFTWARE', 'SOF_TIMESTAMPING_SOFTWARE', 'SOF_TIMESTAMPING_RAW_HARDWARE'],
      bindPhc: 0,
    })
    expect(decodeHex(soTimestamping, '18000000')).toEqual({ flags: ['SOF_TIMESTAMPING_RX_SOFTWARE', 'SOF_TIMESTAMPING_SOFTWARE'] })
    expect(decodeHex(soTimestamping, '0000000000000000')).toEqual({ flags: [], bindPhc: 0 })
    expect(decodeHex(soTimestamping, '0000800000000007', linuxS390x)).toEqual({ flags: ['SOF_TIMESTAMPING_BIND_PHC'], bindPhc: 7 })
  })

  test('is set as eight bytes', () => {
    expect(encodeHex(soTimestamping, { flags: ['SOF_TIMESTAMPING_RX_SOFTWARE', 'SOF_TIMESTAMPING_SOFTWARE'] })).toBe('1800000000000000')
    expect(encodeHex(soTimestamping, { flags: ['SOF_TIMESTAMPING_BIND_PHC'], bindPhc: 7 }, linuxS390x)).toBe('0000800000000007')
    expect(encodeHex(soTimestamping, { flags: [1 << 20, 'SOF_TIMESTAMPING_TX_COMPLETION'] })).toBe('0000140000000000')
  })

  test('what is wrong is refused and named', () => {
    expect(refusedValue(soTimestamping, { flags: ['SOF_TIMESTAMPING_ZORK'] })).toMatchObject({
      reason: 'range',
      part: 'flags.SOF_TIMESTAMPING_ZORK',
    })
    expect(refusedValue(soTimestamping, { flags: 16 })).toMatchObject({ reason: 'type', part: 'flags' })
    expect(refusedValue(soTimestamping, { bindPhc: 1 })).toMatchObject({ reason: 'type', part: 'flags' })
    expect(refusedValue(soTimestamping, { flags: [], bindPhc: -1 })).toMatchObject({ reason: 'range', part: 'bindPhc' })
    expect(refusedValue(soTimestamping, ['SOF_TIMESTAMPING_SOFTWARE']).reason).toBe('type')
  })
})

describe('sock_txtime', () => {
  test('is a clock and flags', () => {
    expect(decodeHex(sockTxtime, '0000000000000000')).toEqual({ clockid: 'CLOCK_REALTIME', flags: [] })
    expect(decodeHex(sockTxtime, '0b00000003000000')).toEqual({
      clockid: 'CLOCK_TAI',
      flags: ['SOF_TXTIME_DEADLINE_MODE', 'SOF_TXTIME_REPORT_ERRORS'],
    })
    expect(encodeHex(sockTxtime, { clockid: 'CLOCK_MONOTONIC', flags: [] })).toBe('0100000000000000')
    expect(encodeHex(sockTxtime, { clockid: 'CLOCK_TAI', flags: ['SOF_TXTIME_REPORT_ERRORS'] }, linuxS390x)).toBe('0000000b00000002')
    expect(decodeHex(sockTxtime, '2a00000000000000').clockid).toBe(42)
  })

  test('is eight bytes, both ways', () => {
    expect(refusedBytes(sockTxtime, '00000000').expected).toBe('8 bytes, and 4 came back')
    expect(refusedValue(sockTxtime, { clockid: 'CLOCK_TAI' })).toMatchObject({ reason: 'type', part: 'flags' })
    expect(refusedValue(sockTxtime, { clockid: 'TAI', flags: [] })).toMatchObject({ reason: 'range', part: 'clockid' })
    expect(refusedValue(sockTxtime, { clockid: 2 ** 40, flags: [] })).toMatchObject({ reason: 'range', part: 'clockid' })
  })
})

test('both round-trip on every machine, and withstand random bytes and strange values', () => {
  const stamping = { flags: ['SOF_TIMESTAMPING_TX_HARDWARE', 'SOF_TIMESTAMPING_OPT_ID_TCP'], bindPhc: 2 } as const
  const txtime = { clockid: 'CLOCK_BOOTTIME', flags: ['SOF_TXTIME_DEADLINE_MODE'] } as const
  for (const abi of Object.values(abis)) {
    expect(decodeBytes(soTimestamping, encodeBytes(soTimestamping, stamping, abi), abi)).toEqual(stamping)
    expect(decodeBytes(sockTxtime, encodeBytes(sockTxtime, txtime, abi), abi)).toEqual(txtime)
  }
  expect(fuzzDecode(soTimestamping, 171).refused).toBe(0)
  expect(fuzzDecode(sockTxtime, 172).decoded).toBeGreaterThan(0)
  expect(fuzzEncode(soTimestamping, [stamping]).encoded).toBeGreaterThan(0)
  expect(fuzzEncode(sockTxtime, [txtime]).encoded).toBeGreaterThan(0)
})
