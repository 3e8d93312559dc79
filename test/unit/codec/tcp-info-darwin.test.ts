import { expect, expectTypeOf, test } from 'vitest'
import { type TcpConnectionInfo, tcpConnectionInfo } from '../../../src/codec/tcp-info-darwin.js'
import { darwinArm64 } from '../../support/abis.js'
import { decodeHex, fuzzDecode, fuzzEncode } from '../../support/codecs.js'

const words = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer).toString('hex')
const longs = (...values: number[]) => Buffer.from(BigUint64Array.from(values, BigInt).buffer).toString('hex')

const sample =
  '04060a00' +
  words(0b0111, 0b10, 230, 1448, 1073725440, 14480, 131712, 4096, 131072, 31, 30, 7, 0b100_0000_0001_1001) +
  longs(10, 20, 30, 40, 2 ** 40, 60, 70)

test('reads as netinet/tcp.h lays it out', () => {
  const info = decodeHex(tcpConnectionInfo, sample, darwinArm64)
  expect(sample).toHaveLength(2 * 112)
  expect(info.toJSON()).toMatchObject({
    state: 'ESTABLISHED',
    sndWscale: 6,
    rcvWscale: 10,
    rto: 230,
    maxseg: 1448,
    sndSsthresh: 1073725440,
    sndCwnd: 14480,
  })
  expect(info).toMatchObject({ sndWnd: 131712, sndSbbytes: 4096, rcvWnd: 131072, rttcur: 31, srtt: 30, rttvar: 7 })
  expect(info).toMatchObject({
    txpackets: 10,
    txbytes: 20,
    txretransmitbytes: 30,
    rxpackets: 40,
    rxbytes: 2 ** 40,
    rxoutoforderbytes: 60,
    txretransmitpackets: 70,
  })
  expect(info.options).toEqual(['TCPCI_OPT_TIMESTAMPS', 'TCPCI_OPT_SACK', 'TCPCI_OPT_WSCALE'])
  expect(info.flags).toEqual(['TCPCI_FLAG_REORDERING_DETECTED'])
})

test('reads each bit of Fast Open', () => {
  const info = decodeHex(tcpConnectionInfo, sample, darwinArm64).toJSON()
  const set = Object.keys(info).filter(name => name.startsWith('tfo') && info[name] === true)
  expect(set).toEqual(['tfoCookieReq', 'tfoSynDataSent', 'tfoSynDataAcked', 'tfoOnebyteProxy'])
  expect(Object.keys(info).filter(name => name.startsWith('tfo'))).toHaveLength(15)
})

test('an older system returns less', () => {
  const info = decodeHex(tcpConnectionInfo, sample.slice(0, 2 * 104), darwinArm64)
  expect(info.rxoutoforderbytes).toBe(60)
  expect(info.txretransmitpackets).toBeUndefined()
})

test('is only read, of any bytes', () => {
  expect(fuzzDecode(tcpConnectionInfo, 121).refused).toBe(0)
  expect(fuzzEncode(tcpConnectionInfo, []).encoded).toBe(0)
  expectTypeOf<TcpConnectionInfo['srtt']>().toEqualTypeOf<number | undefined>()
})
