/** SCTP structs about streams. */
import { expect, it } from 'vitest'
import { sctpAddStreams, sctpDefaultPrinfo, sctpPrstatus, sctpResetStreams, sctpStreamValue } from '../../../src/codec/sctp.js'
import { decodeHex, encodeHex, fuzzEncode, refusedValue } from '../../support/codecs.js'

it('SCTP_RESET_STREAMS takes some streams, or all if none is named', () => {
  expect(encodeHex(sctpResetStreams, { assocId: 1, flags: ['SCTP_STREAM_RESET_OUTGOING'], streamList: [3, 4] })).toBe(
    '010000000200020003000400',
  )
  expect(encodeHex(sctpResetStreams, { assocId: 1, flags: ['SCTP_STREAM_RESET_INCOMING'] })).toBe('0100000001000000')
  expect(refusedValue(sctpResetStreams, { flags: [], streamList: [65536] })).toMatchObject({ reason: 'range', part: 'streamList[0]' })
  expect(fuzzEncode(sctpResetStreams, [{ flags: [], streamList: [1] }]).encoded).toBeGreaterThan(0)
})

it('SCTP_ADD_STREAMS counts both directions', () => {
  expect(encodeHex(sctpAddStreams, { assocId: 1, outstrms: 2 })).toBe('0100000000000200')
})

it('SCTP_STREAM_SCHEDULER_VALUE asks by association and stream', () => {
  expect(encodeHex(sctpStreamValue, { assocId: 1, streamId: 2, streamValue: 3 })).toBe('0100000002000300')
  expect(encodeHex(sctpStreamValue, { assocId: 1, streamId: 2 })).toBe('010000000200')
})

it('SCTP_DEFAULT_PRINFO has a policy and its value', () => {
  expect(encodeHex(sctpDefaultPrinfo, { assocId: 1, value: 500, policy: 'SCTP_PR_SCTP_TTL' })).toBe('01000000f401000010000000')
  expect(decodeHex(sctpDefaultPrinfo, '01000000f401000010000000')).toEqual({ assocId: 1, value: 500, policy: 'SCTP_PR_SCTP_TTL' })
  expect(refusedValue(sctpDefaultPrinfo, { value: 1, policy: 'SCTP_PR_SCTP_ALL' })).toMatchObject({ part: 'policy' })
})

it('SCTP_PR_STREAM_STATUS asks by association, stream and policy', () => {
  expect(encodeHex(sctpPrstatus, { assocId: 1, sid: 2, policy: 'SCTP_PR_SCTP_ALL' })).toBe('0100000002008000')
  expect(decodeHex(sctpPrstatus, `0100000002008000${'05'.padEnd(16, '0')}${'06'.padEnd(16, '0')}`)).toEqual({
    assocId: 1,
    sid: 2,
    policy: 'SCTP_PR_SCTP_ALL',
    abandonedUnsent: 5,
    abandonedSent: 6,
  })
})
