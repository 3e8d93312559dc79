/** Structs of macOS. */
import { expect, it } from 'vitest'
import { auditToken, soNke, soNpExtensions, tcpMeasureBwBurst, tcpNotifyAckId, udpKeepaliveOffload } from '../../../src/codec/darwin.js'
import { darwinArm64 } from '../../support/abis.js'
import { decodeHex, encodeHex, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

it('SO_NP_EXTENSIONS are flags under a mask', () => {
  const all = ['SONPX_SETOPTSHUT'] as const
  expect(encodeHex(soNpExtensions, { flags: all, mask: all }, darwinArm64)).toBe('0100000001000000')
  expect(decodeHex(soNpExtensions, '0000000001000000', darwinArm64)).toEqual({ flags: [], mask: all })
})

it('SO_NKE names an extension', () => {
  expect(encodeHex(soNke, { handle: 0x12345678 }, darwinArm64)).toBe(`78563412${'00'.repeat(24)}`)
})

it('LOCAL_PEERTOKEN is eight numbers', () => {
  const words = Array.from({ length: 8 }, (_, index) => `0${index + 1}000000`).join('')
  expect(decodeHex(auditToken, words, darwinArm64)).toEqual({ auid: 1, euid: 2, egid: 3, ruid: 4, rgid: 5, pid: 6, asid: 7, pidversion: 8 })
  expect(refusedBytes(auditToken, words.slice(8)).reason).toBe('length')
})

it('TCP_MEASURE_BW_BURST is two numbers', () => {
  expect(encodeHex(tcpMeasureBwBurst, { minBurstSize: 8, maxBurstSize: 18 }, darwinArm64)).toBe('0800000012000000')
})

it('TCP_NOTIFY_ACKNOWLEDGEMENT takes a marker and gives those that are acknowledged', () => {
  expect(encodeHex(tcpNotifyAckId, 5, darwinArm64)).toBe('05000000')
  expect(refusedValue(tcpNotifyAckId, 0).expected).toBe('an integer from 1 to 2147483647')
  expect(decodeHex(tcpNotifyAckId, `01000000020000000500000006000000${'00'.repeat(32)}`, darwinArm64)).toEqual({
    pending: 1,
    completeCount: 2,
    completeId: [5, 6],
  })
  expect(fuzzEncode(tcpNotifyAckId, [5]).encoded).toBeGreaterThan(0)
})

it('UDP_KEEPALIVE_OFFLOAD counts its data', () => {
  const value = { data: Buffer.from('hi'), interval: 30, type: 'UDP_KEEPALIVE_OFFLOAD_TYPE_AIRPLAY' } as const
  expect(encodeHex(udpKeepaliveOffload, value, darwinArm64)).toBe(`6869${'00'.repeat(30)}1e000201`)
  expect(refusedValue(udpKeepaliveOffload, { ...value, data: Buffer.alloc(33) })).toMatchObject({ reason: 'range', part: 'data' })
})
