/** Packet sockets; bytes are what Linux 6.18 took and answered. */
import { describe, expect, it } from 'vitest'
import { fanoutArgs, packetMreq, rolloverStats, tpacketReq, tpacketStats } from '../../../src/codec/packet.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeHex, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

describe('PACKET_ADD_MEMBERSHIP', () => {
  it('is 16 bytes for addresses of up to 8', () => {
    expect(encodeHex(packetMreq, { ifindex: 1, type: 'PACKET_MR_PROMISC' })).toBe('01000000010000000000000000000000')
    const address = Buffer.from('01005e000001', 'hex')
    expect(encodeHex(packetMreq, { ifindex: 1, type: 'PACKET_MR_MULTICAST', address })).toBe('010000000000060001005e0000010000')
    expect(encodeHex(packetMreq, { ifindex: 1, type: 'PACKET_MR_MULTICAST', address }, linuxS390x)).toBe('000000010000000601005e0000010000')
  })
  it('is longer for the 20 bytes of InfiniBand', () => {
    const address = Buffer.alloc(20, 0xab)
    const bytes = encodeHex(packetMreq, { ifindex: 2, type: 'PACKET_MR_UNICAST', address })
    expect(bytes).toBe(`0200000003001400${'ab'.repeat(20)}`)
    expect(decodeHex(packetMreq, bytes)).toEqual({ ifindex: 2, type: 'PACKET_MR_UNICAST', alen: 20, address })
  })
  it('refuses an address that no link has', () => {
    expect(refusedValue(packetMreq, { ifindex: 1, type: 0, address: new Uint8Array(33) })).toMatchObject({
      reason: 'range',
      part: 'address',
    })
    expect(refusedBytes(packetMreq, '01000000010000').reason).toBe('length')
    expect(fuzzEncode(packetMreq, [{ ifindex: 1, type: 'PACKET_MR_PROMISC' }]).encoded).toBeGreaterThan(0)
  })
})

describe('PACKET_RX_RING', () => {
  const ring = { blockSize: 4096, blockNr: 1, frameSize: 2048, frameNr: 2 }
  it('is written for TPACKET_V3, whose beginning the others are', () => {
    expect(encodeHex(tpacketReq, ring)).toBe(`00100000010000000008000002000000${'00'.repeat(12)}`)
    const block = { ...ring, retireBlkTov: 60, featureReqWord: ['TP_FT_REQ_FILL_RXHASH'] } as const
    expect(encodeHex(tpacketReq, block)).toBe('001000000100000000080000020000003c0000000000000001000000')
  })
  it('needs all of the older fields', () => {
    expect(refusedValue(tpacketReq, { blockSize: 4096, blockNr: 1, frameSize: 2048 })).toMatchObject({ part: 'frameNr' })
  })
})

describe('PACKET_STATISTICS', () => {
  it('has a third counter with TPACKET_V3', () => {
    expect(decodeHex(tpacketStats, '0100000002000000')).toEqual({ packets: 1, drops: 2 })
    expect(decodeHex(tpacketStats, '010000000200000003000000')).toEqual({ packets: 1, drops: 2, freezeQCnt: 3 })
  })
  it('counts rollovers apart', () => {
    expect(decodeHex(rolloverStats, ['01', '02', '03'].map(one => one.padEnd(16, '0')).join(''))).toEqual({ all: 1, huge: 2, failed: 3 })
  })
})

describe('PACKET_FANOUT', () => {
  it('reads as id, type and flags', () => {
    expect(decodeHex(fanoutArgs, '07000190')).toEqual({
      id: 7,
      type: 'PACKET_FANOUT_LB',
      flags: ['PACKET_FANOUT_FLAG_ROLLOVER', 'PACKET_FANOUT_FLAG_DEFRAG'],
    })
    expect(decodeHex(fanoutArgs, '90010007', linuxS390x)).toEqual(decodeHex(fanoutArgs, '07000190'))
    expect(decodeHex(fanoutArgs, '00000000')).toEqual({ id: 0, type: 'PACKET_FANOUT_HASH', flags: [] })
  })
  it('is written in 4 bytes, or in 8 with the number of members', () => {
    expect(encodeHex(fanoutArgs, { id: 7, type: 'PACKET_FANOUT_LB', flags: ['PACKET_FANOUT_FLAG_DEFRAG'] })).toBe('07000180')
    expect(encodeHex(fanoutArgs, { id: 9, type: 'PACKET_FANOUT_ROLLOVER', maxNumMembers: 16 })).toBe('0900030010000000')
    expect(encodeHex(fanoutArgs, { id: 9, type: 'PACKET_FANOUT_ROLLOVER', maxNumMembers: 16 }, linuxS390x)).toBe('0003000900000010')
  })
  it('refuses what has no name', () => {
    expect(refusedValue(fanoutArgs, { id: 65536, type: 0 })).toMatchObject({ reason: 'range', part: 'id' })
    expect(refusedValue(fanoutArgs, { id: 1, type: 'PACKET_FANOUT_X' })).toMatchObject({ reason: 'range', part: 'type' })
    expect(refusedValue(fanoutArgs, { id: 1, type: 0, flags: ['X'] })).toMatchObject({ part: 'flags.X' })
    expect(fuzzEncode(fanoutArgs, [{ id: 1, type: 0, flags: [] }]).encoded).toBeGreaterThan(0)
  })
})
