import { describe, expect, expectTypeOf, test } from 'vitest'
import { type TcpInfo, tcpInfo, tcpInfo70, tcpInfo618, tcpInfoFor } from '../../../src/codec/tcp-info.js'
import { linuxIa32, linuxS390x } from '../../support/abis.js'
import { decodeHex, fuzzDecode, fuzzEncode, refusedValue } from '../../support/codecs.js'

/** What Linux 6.18.44 (x86-64) answered for a connection on loopback. */
const connected = [
  '010000000007aa01400d030000000000e57f0000180200000000000000000000000000000000000000000000440000000000',
  '00004400000044000000ffff0000d7ff00001f0000000f000000ffffff7f0a000000cbff00000300000000000000d7ff0000',
  '000000000efb130707000000ffffffffffffffff010000000000000000000000000000000200000001000000000000001f00',
  '0000000000000000000000000000000000000000000000000000000000000000000000000000000000000100000000000000',
  '00000000000000000000000000000000000000000000000000000000cbff0000000001000000000000000000000000000000',
  '000000000000000000000000000000000000000000000000000000000000',
].join('')

/** And for a listener with one connection in its queue, and a backlog of 5. */
const listening = [
  '0a00000000000000000000000000000000000000000000000100000005000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000a00000000000000030000000000000000000000',
  '00000000ffffffffffffffffffffffffffffffff000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
  '000000000000000000000000000000000000000000000000000000000000',
].join('')

/** The same bytes as a big-endian machine would have them: multi-byte fields reversed, bit-fields counted from the other end. */
function bigEndian(hex: string, codec = tcpInfo): string {
  const bytes = Buffer.from(hex, 'hex')
  const done = new Set<number>()
  for (const [offset, { size }] of Object.values(codec.layout?.fields ?? {})) {
    if (typeof offset !== 'number' || size === 1 || done.has(offset)) continue
    done.add(offset)
    bytes.subarray(offset, offset + size).reverse()
  }
  const [wscales = 0, limits = 0] = bytes.subarray(6, 8)
  bytes[6] = ((wscales & 15) << 4) | (wscales >> 4)
  bytes[7] = ((limits & 1) << 7) | (((limits >> 1) & 3) << 5)
  return bytes.toString('hex')
}

const replaced = (hex: string, at: number, by: string) => hex.slice(0, 2 * at) + by + hex.slice(2 * at + by.length)

describe('a connection', () => {
  const info = decodeHex(tcpInfo, connected)

  test('reads as the kernel meant it', () => {
    expect(info).toMatchObject({ state: 'ESTABLISHED', caState: 'Open', sndWscale: 10, rcvWscale: 10, rto: 200_000, ato: 0, sndMss: 32741 })
    expect(info).toMatchObject({ rcvMss: 536, lastDataSent: 68, lastDataRecv: 68, lastAckRecv: 68, pmtu: 65535, rtt: 31, rttvar: 15 })
    expect(info).toMatchObject({ sndCwnd: 10, advmss: 65483, reordering: 3, rcvSpace: 65495, pacingRate: 30_183_521_038, bytesAcked: 1 })
    expect(info).toMatchObject({ segsOut: 2, segsIn: 1, minRtt: 31, delivered: 1, sndWnd: 65483, rcvWnd: 65536, receivedCeBytes: 0 })
    expect(info.options).toEqual(['TCPI_OPT_TIMESTAMPS', 'TCPI_OPT_SACK', 'TCPI_OPT_WSCALE'])
    expect(info.deliveryRateAppLimited).toBe(true)
    expect(info.fastopenClientFail).toBe('TFO_STATUS_UNSPEC')
  })

  test('has null where the kernel has a number for none', () => {
    expect([info.sndSsthresh, info.maxPacingRate]).toEqual([null, null])
    expect(decodeHex(tcpInfo, replaced(connected, 148, 'ffffffff')).minRtt).toBeNull()
    expect(decodeHex(tcpInfo, replaced(connected, 104, 'ffffffffffffffff')).pacingRate).toBeNull()
    expect(decodeHex(tcpInfo, replaced(connected, 76, '0a000000')).sndSsthresh).toBe(10)
  })

  test('has 68 fields, and each is in its JSON', () => {
    expect(Object.keys(tcpInfo.layout?.fields ?? {})).toHaveLength(68)
    expect(Object.keys(info.toJSON())).toEqual(Object.keys(tcpInfo.layout?.fields ?? {}))
  })

  test('reads the same on every machine', () => {
    const different = replaced(replaced(connected, 6, '7a03'), 168, '0102030405060000')
    const little = decodeHex(tcpInfo, different)
    expect(little).toMatchObject({ sndWscale: 10, rcvWscale: 7, fastopenClientFail: 'TFO_COOKIE_UNAVAILABLE', busyTime: 0x060504030201 })
    expect(decodeHex(tcpInfo, bigEndian(different), linuxS390x).toJSON()).toEqual(little.toJSON())
    expect(decodeHex(tcpInfo, different, linuxIa32).toJSON()).toEqual(little.toJSON())
  })

  test('a state or flag without a name is its number', () => {
    expect(decodeHex(tcpInfo, replaced(connected, 0, '2a09')).toJSON()).toMatchObject({ state: 42, caState: 9 })
    expect(decodeHex(tcpInfo, replaced(connected, 5, 'ff')).options).toHaveLength(8)
  })
})

test('a listener has its queue in unacked and its limit in sacked', () => {
  expect(decodeHex(tcpInfo, listening)).toMatchObject({
    state: 'LISTEN',
    unacked: 1,
    sacked: 5,
    sndCwnd: 10,
    reordering: 3,
    pacingRate: null,
    maxPacingRate: null,
    rtt: 0,
  })
})

/** The sizes that kernels have returned, and the last field of each. */
test.each([
  ['2.4', 92, 'reordering', 'rcvRtt'],
  ['2.6.0', 100, 'rcvSpace', 'totalRetrans'],
  ['2.6.12', 104, 'totalRetrans', 'pacingRate'],
  ['3.15', 120, 'maxPacingRate', 'bytesAcked'],
  ['4.1', 136, 'bytesReceived', 'segsOut'],
  ['4.2', 144, 'segsIn', 'notsentBytes'],
  ['4.6', 160, 'dataSegsOut', 'deliveryRate'],
  ['4.9', 168, 'deliveryRate', 'busyTime'],
  ['4.10', 192, 'sndbufLimited', 'delivered'],
  ['4.18', 200, 'deliveredCe', 'bytesSent'],
  ['4.19', 224, 'reordSeen', 'rcvOoopack'],
  ['5.4', 232, 'sndWnd', 'rcvWnd'],
  ['6.2', 240, 'rehash', 'totalRto'],
  ['6.7', 248, 'totalRtoTime', 'receivedCe'],
] as const)('Linux %s returns %i bytes, up to %s', (_since, size, last, next) => {
  const info = decodeHex(tcpInfo, 'ee'.repeat(size))
  expect(info[last]).not.toBeUndefined()
  expect(info[next]).toBeUndefined()
  expect(Object.keys(info.toJSON()).at(-1)).toBe(last)
  expect(decodeHex(tcpInfo, 'ee'.repeat(size - 1))[last]).toBeUndefined()
})

describe('the last four bytes', () => {
  const before = 'ee'.repeat(276)

  test('are two u16 in 6.18 and 6.19', () => {
    const info = decodeHex(tcpInfo618, `${before}05000300`)
    expect(info).toMatchObject({ accecnFailMode: 5, accecnOptSeen: 3 })
    expect(info.ecnMode).toBeUndefined()
    expect(decodeHex(tcpInfo618, `${before}00050003`, linuxS390x)).toMatchObject({ accecnFailMode: 5, accecnOptSeen: 3 })
    expect(decodeHex(tcpInfo618, `${before}0500`).accecnFailMode).toBe(5)
    expect(decodeHex(tcpInfo618, `${before}0500`).accecnOptSeen).toBeUndefined()
  })

  test('are bit-fields of one u32 since 7.0', () => {
    const info = decodeHex(tcpInfo70, `${before}5e030201`)
    expect(info).toMatchObject({ ecnMode: 'TCPI_ECN_MODE_ACCECN', accecnOptSeen: 3, accecnFailMode: 5, options2: 0x010203 })
    const big = ((2 << 30) | (3 << 28) | (5 << 24) | 0x010203) >>> 0
    expect(decodeHex(tcpInfo70, before + big.toString(16), linuxS390x)).toMatchObject({
      ecnMode: 'TCPI_ECN_MODE_ACCECN',
      accecnOptSeen: 3,
      accecnFailMode: 5,
      options2: 0x010203,
    })
    expect(decodeHex(tcpInfo70, `${before}5e0302`).ecnMode).toBeUndefined()
  })

  test('are left alone where the layout is not known', () => {
    const info = decodeHex(tcpInfo, `${before}05000300`)
    expect([info.ecnMode, info.accecnOptSeen, info.accecnFailMode, info.options2]).toEqual([undefined, undefined, undefined, undefined])
  })

  test.each([
    ['6.18.44', tcpInfo618],
    ['6.18.0-rc1', tcpInfo618],
    ['6.19.3-arch1-1', tcpInfo618],
    ['6.30', tcpInfo618],
    ['7.0.1', tcpInfo70],
    ['7.0.0-rc2+', tcpInfo70],
    ['7.3.4', tcpInfo70],
    ['10.1.0', tcpInfo70],
    ['6.17.9', tcpInfo],
    ['6.1.0-49-amd64', tcpInfo],
    ['5.15.0', tcpInfo],
    ['', tcpInfo],
    ['unknown', tcpInfo],
    ['v7.0', tcpInfo],
    ['7', tcpInfo],
  ])('of %s are known by its release', (release, codec) => {
    expect(tcpInfoFor(release)).toBe(codec)
  })
})

test('its type says what each field is', () => {
  expectTypeOf(tcpInfo.decode).returns.toEqualTypeOf<TcpInfo>()
  expectTypeOf<TcpInfo['rtt']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<TcpInfo['minRtt']>().toEqualTypeOf<number | null | undefined>()
  expectTypeOf<TcpInfo['bytesAcked']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<TcpInfo['deliveryRateAppLimited']>().toEqualTypeOf<boolean | undefined>()
  expectTypeOf<'ESTABLISHED'>().toExtend<NonNullable<TcpInfo['state']>>()
  expectTypeOf<TcpInfo['options']>().not.toBeAny()
})

test.each([tcpInfo, tcpInfo618, tcpInfo70])('it is only read, of any bytes', codec => {
  expect(codec).toMatchObject({ isLazy: true, size: 512 })
  expect(fuzzDecode(codec, 101).refused).toBe(0)
  expect(fuzzEncode(codec, []).encoded).toBe(0)
  expect(refusedValue(codec, {}).expected).toBe('nothing: this struct can only be read')
})
