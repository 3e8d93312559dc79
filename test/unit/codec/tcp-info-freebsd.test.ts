import { expect, test } from 'vitest'
import type { Abi } from '../../../src/codec/codec.js'
import { tcpInfoFreebsd } from '../../../src/codec/tcp-info-freebsd.js'
import { freebsdX64 } from '../../support/abis.js'
import { decodeBytes, fuzzDecode, fuzzEncode } from '../../support/codecs.js'

/** Every u32 holds its offset, the u64 at 168 too. */
function sample({ littleEndian }: Pick<Abi, 'littleEndian'>): Uint8Array {
  const view = new DataView(new ArrayBuffer(240))
  for (let offset = 8; offset < 236; offset += 4) view.setUint32(offset, offset, littleEndian)
  view.setBigUint64(168, 168n, littleEndian)
  view.setUint8(0, 4)
  view.setUint8(5, 0b1000_0111)
  view.setUint8(6, littleEndian ? 0x7a : 0xa7)
  return new Uint8Array(view.buffer)
}

test('each field is where netinet/tcp.h has it, in either byte order', () => {
  for (const littleEndian of [true, false]) {
    const info = decodeBytes(tcpInfoFreebsd, sample({ littleEndian }), { ...freebsdX64, littleEndian })
    expect(info.toJSON()).toMatchObject({
      state: 'ESTABLISHED',
      sndWscale: 10,
      rcvWscale: 7,
      rto: 8,
      sndMss: 16,
      rcvMss: 20,
      lastDataRecv: 52,
    })
    expect(info).toMatchObject({ rtt: 68, rttvar: 72, sndSsthresh: 76, sndCwnd: 80, rcvSpace: 96, sndWnd: 100, sndBwnd: 104, sndNxt: 108 })
    expect(info).toMatchObject({
      rcvNxt: 112,
      toeTid: 116,
      sndRexmitpack: 120,
      rcvOoopack: 124,
      sndZerowin: 128,
      deliveredCe: 132,
      receivedCe: 136,
    })
    expect(info).toMatchObject({ totalTlp: 164, totalTlpBytes: 168, sndUna: 176, sndMax: 180, rcvNumsacks: 184, rcvAdv: 188, dupacks: 192 })
    expect(info.options).toEqual(['TCPI_OPT_TIMESTAMPS', 'TCPI_OPT_SACK', 'TCPI_OPT_WSCALE', 128])
  }
})

test('leaves out what the kernel does not fill', () => {
  const names = Object.keys(tcpInfoFreebsd.layout?.fields ?? {})
  expect(names).toHaveLength(30)
  for (const name of ['caState', 'retransmits', 'unacked', 'pmtu', 'advmss', 'deliveredE1Bytes']) expect(names).not.toContain(name)
})

test('a shorter struct has fewer fields', () => {
  const info = decodeBytes(tcpInfoFreebsd, sample(freebsdX64).slice(0, 132), freebsdX64)
  expect(info.sndZerowin).toBe(128)
  expect(info.deliveredCe).toBeUndefined()
})

test('is only read, of any bytes', () => {
  expect(fuzzDecode(tcpInfoFreebsd, 131).refused).toBe(0)
  expect(fuzzEncode(tcpInfoFreebsd, []).encoded).toBe(0)
})
