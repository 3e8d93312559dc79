/** Bluetooth sockets. */
import { describe, expect, it } from 'vitest'
import {
  btCodecs,
  btIsoQos,
  btPower,
  btSecurity,
  btVoice,
  hciUfilter,
  l2capConninfo,
  l2capOptions,
  rfcommConninfo,
  scoConninfo,
  scoOptions,
} from '../../../src/codec/bluetooth.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeBytes, encodeHex, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

describe('small structs', () => {
  it('are bytes and shorts', () => {
    expect(encodeHex(btSecurity, { level: 'BT_SECURITY_HIGH', keySize: 16 })).toBe('0310')
    expect(decodeHex(btSecurity, '01')).toEqual({ level: 'BT_SECURITY_LOW' })
    expect(encodeHex(btPower, { forceActive: true })).toBe('01')
    expect(encodeHex(btVoice, { setting: 'BT_VOICE_CVSD_16BIT' })).toBe('6000')
    expect(decodeHex(scoOptions, '4000')).toEqual({ mtu: 64 })
    for (const conninfo of [l2capConninfo, rfcommConninfo, scoConninfo])
      expect(decodeHex(conninfo, '0b000c025a00')).toEqual({ hciHandle: 11, devClass: Buffer.from('0c025a', 'hex') })
    expect(refusedValue(btPower, { forceActive: 1 })).toMatchObject({ expected: 'true or false', part: 'forceActive' })
    expect(refusedValue(btSecurity, { level: 'HIGH' })).toMatchObject({ reason: 'range', part: 'level' })
  })
})

describe('L2CAP_OPTIONS', () => {
  it('has a mode by name', () => {
    const options = { omtu: 672, imtu: 672, flushTo: 0xffff, mode: 'L2CAP_MODE_ERTM', fcs: 1, maxTx: 3, txwinSize: 63 } as const
    expect(encodeHex(l2capOptions, options)).toBe('a002a002ffff030103003f00')
    expect(decodeHex(l2capOptions, encodeHex(l2capOptions, options, linuxS390x), linuxS390x)).toEqual(options)
    expect(fuzzEncode(l2capOptions, [options]).encoded).toBeGreaterThan(0)
  })
})

describe('BT_ISO_QOS', () => {
  const stream = { interval: 10000, latency: 10, sdu: 40, phys: 2, rtn: 2 }
  it('is one of two, always written whole', () => {
    const bytes = encodeHex(btIsoQos, { ucast: { cig: 0xff, cis: 0xff, out: stream } })
    expect(bytes).toBe(`ffff000000000000${'00'.repeat(12)}102700000a00280002020000${'00'.repeat(28)}`)
    const broadcast = encodeBytes(btIsoQos, { bcast: { big: 1, bis: 2, bcode: Buffer.alloc(16, 9), syncTimeout: 2000, timeout: 2000 } })
    expect(broadcast).toHaveLength(60)
    expect(Buffer.from(broadcast.subarray(48)).toString('hex')).toBe('09000000d0070000d0070000')
  })
  it('reads as both, since the bytes do not say which', () => {
    const { ucast, bcast } = decodeHex(btIsoQos, encodeHex(btIsoQos, { ucast: { cig: 1, cis: 2, in: stream } }))
    expect(ucast).toMatchObject({ cig: 1, cis: 2, in: stream })
    expect(bcast).toMatchObject({ big: 1, bis: 2, in: stream, mse: 0 })
    expect(decodeHex(btIsoQos, '00'.repeat(32)).bcast.encryption).toBeUndefined()
  })
  it('refuses neither and both', () => {
    expect(refusedValue(btIsoQos, {}).reason).toBe('range')
    expect(refusedValue(btIsoQos, { ucast: { cig: 1, cis: 1 }, bcast: { big: 1, bis: 1 } }).reason).toBe('range')
    expect(refusedValue(btIsoQos, { ucast: { cig: 256, cis: 1 } })).toMatchObject({ part: 'ucast.cig' })
    expect(fuzzEncode(btIsoQos, [{ ucast: { cig: 1, cis: 1 } }]).encoded).toBeGreaterThan(0)
  })
})

describe('BT_CODEC', () => {
  const caps = [Buffer.of(1, 2), Buffer.alloc(0)]
  it('lists codecs of different lengths', () => {
    expect(decodeHex(btCodecs, `02${'02000000000002'}020102${'00'}${'05010002000300'}`)).toEqual([
      { id: 2, cid: 0, vid: 0, dataPathId: 0, caps },
      { id: 5, cid: 1, vid: 2, dataPathId: 3, caps: [] },
    ])
    expect(decodeHex(btCodecs, '00')).toEqual([])
  })
  it('is written for one', () => {
    const one = { id: 5, cid: 1, vid: 2, dataPathId: 3, caps }
    expect(encodeHex(btCodecs, [one])).toBe('010501000200030202010200')
    expect(encodeHex(btCodecs, [])).toBe('00')
    expect(refusedValue(btCodecs, [one, one]).reason).toBe('range')
    expect(refusedValue(btCodecs, [{ ...one, caps: [Buffer.alloc(200), Buffer.alloc(60)] }])).toMatchObject({
      reason: 'range',
      part: 'caps[1]',
    })
    expect(refusedValue(btCodecs, [{ ...one, caps: undefined }])).toMatchObject({ reason: 'type', part: 'caps' })
    expect(fuzzEncode(btCodecs, [[one]]).encoded).toBeGreaterThan(0)
  })
  it('refuses bytes that end too soon', () => {
    expect(refusedBytes(btCodecs, '').reason).toBe('length')
    expect(refusedBytes(btCodecs, '01020000').reason).toBe('length')
    expect(refusedBytes(btCodecs, '01020000000000010501').reason).toBe('length')
  })
})

describe('HCI_FILTER', () => {
  it('is sets of types and events, and an opcode that is little-endian everywhere', () => {
    const filter = { typeMask: [4], eventMask: [14, 62], opcode: 0x0c03 }
    expect(encodeHex(hciUfilter, filter)).toBe('100000000040000000000040030c0000')
    expect(encodeHex(hciUfilter, filter, linuxS390x)).toBe('000000100000400040000000030c0000')
    expect(decodeHex(hciUfilter, '100000000040000000000040030c0000')).toEqual(filter)
    expect(refusedValue(hciUfilter, { ...filter, eventMask: [64] })).toMatchObject({ reason: 'range', part: 'eventMask' })
  })
})
