/** SCTP structs about an association as a whole. */
import { describe, expect, it } from 'vitest'
import {
  sctpAssocIds,
  sctpAssocparams,
  sctpAssocT,
  sctpAssocValue,
  sctpEvent,
  sctpEventSubscribe,
  sctpInitmsg,
  sctpPeeloffArg,
  sctpPeeloffFlagsArg,
  sctpRtoinfo,
  sctpSackInfo,
  sctpSetadaptation,
  sctpSndinfo,
  sctpSndrcvinfo,
} from '../../../src/codec/sctp.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeHex, fuzzEncode, refusedValue } from '../../support/codecs.js'

describe('SCTP_RTOINFO', () => {
  const info = { assocId: 1, initial: 3000, max: 60000, min: 1000 }
  it('is an association and three times', () => {
    expect(encodeHex(sctpRtoinfo, info)).toBe('01000000b80b000060ea0000e8030000')
    expect(decodeHex(sctpRtoinfo, '0000000100000bb80000ea60000003e8', linuxS390x)).toEqual(info)
  })
  it('asks with the association alone, in too few bytes to be set', () => {
    expect(encodeHex(sctpRtoinfo, { assocId: 1 })).toBe('01000000')
    expect(refusedValue(sctpRtoinfo, { assocId: 1, initial: 3000 })).toMatchObject({ reason: 'type', part: 'max' })
    expect(fuzzEncode(sctpRtoinfo, [info]).encoded).toBeGreaterThan(0)
  })
})

describe('SCTP_ASSOCINFO and SCTP_INITMSG', () => {
  it('have 16-bit counts', () => {
    expect(encodeHex(sctpAssocparams, { assocId: 0, asocmaxrxt: 10, cookieLife: 60000 })).toBe('000000000a000000000000000000000060ea0000')
    expect(encodeHex(sctpInitmsg, { numOstreams: 10, maxInstreams: 20, maxAttempts: 4, maxInitTimeo: 5000 })).toBe('0a00140004008813')
    expect(refusedValue(sctpInitmsg, { numOstreams: 65536, maxInstreams: 1, maxAttempts: 1, maxInitTimeo: 1 })).toMatchObject({
      part: 'numOstreams',
    })
  })
})

describe('default send parameters', () => {
  it('have flags by name', () => {
    expect(encodeHex(sctpSndrcvinfo, { stream: 1, flags: ['SCTP_UNORDERED', 'SCTP_EOF'], ppid: 2, timetolive: 3, assocId: 4 })).toBe(
      '0100000001020000020000000000000003000000000000000000000004000000',
    )
    expect(encodeHex(sctpSndinfo, { sid: 1, flags: ['SCTP_SENDALL'], ppid: 2, context: 3, assocId: 4 })).toBe(
      '01004000020000000300000004000000',
    )
    expect(decodeHex(sctpSndinfo, '01004000020000000300000004000000')).toEqual({
      sid: 1,
      flags: ['SCTP_SENDALL'],
      ppid: 2,
      context: 3,
      assocId: 4,
    })
    expect(refusedValue(sctpSndinfo, { sid: 1, flags: ['SCTP_X'] })).toMatchObject({ reason: 'range', part: 'flags.SCTP_X' })
  })
})

describe('numbers of an association', () => {
  it('are a value, a delay, an adaptation, an id', () => {
    expect(encodeHex(sctpAssocValue, { assocId: 1, assocValue: 7 })).toBe('0100000007000000')
    expect(encodeHex(sctpAssocValue, { assocValue: 7 })).toBe('0000000007000000')
    expect(encodeHex(sctpAssocValue, {})).toBe('00000000')
    expect(encodeHex(sctpSackInfo, { delay: 200, freq: 2 })).toBe('00000000c800000002000000')
    expect(encodeHex(sctpSetadaptation, { adaptationInd: 1 })).toBe('01000000')
    expect(encodeHex(sctpAssocT, 5)).toBe('05000000')
  })
})

describe('SCTP_EVENTS', () => {
  it('is a byte for each event, as many as the kernel knows', () => {
    expect(encodeHex(sctpEventSubscribe, { dataIoEvent: true, shutdownEvent: true })).toBe('0100000000010000000000000000')
    const old = decodeHex(sctpEventSubscribe, '0100000000010000000000')
    expect(old).toMatchObject({ dataIoEvent: true, shutdownEvent: true, streamResetEvent: false })
    expect(old.assocResetEvent).toBeUndefined()
    expect(refusedValue(sctpEventSubscribe, { dataIoEvent: 1 })).toMatchObject({ expected: 'true or false', part: 'dataIoEvent' })
  })
})

describe('SCTP_EVENT', () => {
  it('asks by association and type', () => {
    expect(encodeHex(sctpEvent, { assocId: 1, type: 'SCTP_SENDER_DRY_EVENT', on: true })).toBe('0100000009800100')
    expect(encodeHex(sctpEvent, { assocId: 1, type: 'SCTP_SENDER_DRY_EVENT' })).toBe('010000000980')
    expect(decodeHex(sctpEvent, '0100000009800100')).toEqual({ assocId: 1, type: 'SCTP_SENDER_DRY_EVENT', on: true })
  })
})

describe('SCTP_GET_ASSOC_ID_LIST', () => {
  it('lists signed ids', () => {
    expect(decodeHex(sctpAssocIds, '020000000100000003000000')).toEqual({ numberOfIds: 2, assocId: [1, 3] })
    expect(decodeHex(sctpAssocIds, '00000000')).toEqual({ numberOfIds: 0, assocId: [] })
  })
})

describe('SCTP_SOCKOPT_PEELOFF', () => {
  it('asks by association and answers a descriptor', () => {
    expect(encodeHex(sctpPeeloffArg, { associd: 3 })).toBe('03000000')
    expect(decodeHex(sctpPeeloffArg, '0300000007000000')).toEqual({ associd: 3, sd: 7 })
    expect(encodeHex(sctpPeeloffFlagsArg, { associd: 3, flags: ['SOCK_CLOEXEC'] })).toBe('030000000000000000000800')
  })
})
