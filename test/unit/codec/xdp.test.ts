/** AF_XDP; bytes are what Linux 6.18 answered. */
import { describe, expect, it } from 'vitest'
import { xdpMmapOffsets, xdpStatistics, xdpUmemReg } from '../../../src/codec/xdp.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeHex, refusedBytes, refusedValue } from '../../support/codecs.js'

const word = (value: string) => value.padEnd(16, '0')

describe('XDP_MMAP_OFFSETS', () => {
  const rings = ['rx', 'tx', 'fr', 'cr'] as const
  it('has flags in 128 bytes', () => {
    const value = decodeHex(xdpMmapOffsets, `${word('00')}${word('80')}${word('4001')}${word('c4')}`.repeat(4))
    for (const ring of rings) expect(value[ring]).toEqual({ producer: 0, consumer: 128, desc: 320, flags: 196 })
  })
  it('has none in the 96 of old kernels', () => {
    const value = decodeHex(xdpMmapOffsets, `${word('00')}${word('80')}${word('4001')}`.repeat(4))
    for (const ring of rings) expect(value[ring]).toEqual({ producer: 0, consumer: 128, desc: 320 })
  })
  it('is refused in fewer, and not written', () => {
    expect(refusedBytes(xdpMmapOffsets, '00'.repeat(95)).reason).toBe('length')
    expect(refusedValue(xdpMmapOffsets, {}).reason).toBe('type')
  })
})

describe('XDP_STATISTICS', () => {
  it('has three counters, and six since Linux 5.9', () => {
    const six = ['01', '02', '03', '04', '05', '06'].map(word)
    expect(decodeHex(xdpStatistics, six.slice(0, 3).join(''))).toEqual({ rxDropped: 1, rxInvalidDescs: 2, txInvalidDescs: 3 })
    expect(decodeHex(xdpStatistics, six.join(''))).toMatchObject({ rxRingFull: 4, rxFillRingEmptyDescs: 5, txRingEmptyDescs: 6 })
    expect(decodeHex(xdpStatistics, '0000000000000001'.repeat(6), linuxS390x).txRingEmptyDescs).toBe(1)
  })
})

describe('XDP_UMEM_REG', () => {
  it('has no address to give', () => {
    expect(encodeHex(xdpUmemReg, { len: 4096, chunkSize: 2048, flags: ['XDP_UMEM_TX_SW_CSUM'] })).toBe(
      `${word('')}${word('0010')}00080000000000000200000000000000`,
    )
    expect(refusedValue(xdpUmemReg, { addr: 4096n, len: 4096, chunkSize: 2048 })).toMatchObject({ reason: 'type', part: 'addr' })
  })
})
