/** SCTP structs with addresses. */
import { describe, expect, it } from 'vitest'
import {
  sctpAssocStats,
  sctpGetaddrs,
  sctpLocalAddrs,
  sctpPaddrinfo,
  sctpPaddrparams,
  sctpPaddrthlds,
  sctpPaddrthldsV2,
  sctpPrim,
  sctpProbeinterval,
  sctpSetpeerprim,
  sctpStatus,
  sctpUdpencaps,
} from '../../../src/codec/sctp.js'
import { linuxArmv7Time64, linuxIa32, linuxMips, linuxX64 } from '../../support/abis.js'
import { decodeBytes, decodeHex, encodeBytes, encodeHex, fromHex, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

const address = { family: 'AF_INET', address: '192.0.2.1', port: 80 } as const
const inet = '02000050c0000201'
const storage = inet.padEnd(256, '0')
const none = ''.padEnd(256, '0')

describe('addresses in packed structs', () => {
  it('follow the association at once', () => {
    expect(encodeHex(sctpPrim, { assocId: 1, addr: address })).toBe(`01000000${storage}`)
    expect(encodeHex(sctpSetpeerprim, { assocId: 1, addr: address })).toBe(`01000000${storage}`)
    expect(encodeHex(sctpPrim, { assocId: 1 })).toBe('01000000')
    expect(refusedValue(sctpPrim, { addr: { family: 'AF_INET', address: '::1' } })).toMatchObject({ part: 'addr.address' })
  })
  it('leave the fields after them unaligned', () => {
    const params = {
      assocId: 1,
      address,
      hbinterval: 5000,
      pathmaxrxt: 5,
      pathmtu: 1400,
      sackdelay: 200,
      flags: ['SPP_HB_ENABLE', 'SPP_DSCP'],
      ipv6Flowlabel: 0,
      dscp: 46,
    } as const
    const bytes = `01000000${storage}88130000050078050000c800000001020000000000002e00`
    expect(encodeHex(sctpPaddrparams, params)).toBe(bytes)
    expect(decodeHex(sctpPaddrparams, bytes)).toEqual({ ...params, address })
    expect(fuzzEncode(sctpPaddrparams, [params]).encoded).toBeGreaterThan(0)
  })
  it('may be left out for all paths, and are null then', () => {
    expect(encodeHex(sctpPaddrparams, { flags: ['SPP_HB_DISABLE'] }).slice(8, 264)).toBe(none)
    expect(decodeHex(sctpPaddrparams, `00000000${none}${'00'.repeat(24)}`).address).toBeNull()
    expect(encodeHex(sctpPaddrparams, { address: null, flags: [] })).toBe('00'.repeat(156))
  })
})

describe('SCTP_STATUS', () => {
  it('has the primary path within it', () => {
    const path = `01000000${storage}0200000000100000640000002c01000078050000`
    const bytes = `010000000400000000a00000010002000a000b0078050000${path}`
    expect(decodeHex(sctpStatus, bytes)).toEqual({
      assocId: 1,
      state: 'SCTP_ESTABLISHED',
      rwnd: 40960,
      unackdata: 1,
      penddata: 2,
      instrms: 10,
      outstrms: 11,
      fragmentationPoint: 1400,
      primary: { assocId: 1, address, state: 'SCTP_ACTIVE', cwnd: 4096, srtt: 100, rto: 300, mtu: 1400 },
    })
    expect(encodeHex(sctpStatus, { assocId: 1 })).toBe('01000000')
    expect(encodeHex(sctpPaddrinfo, { assocId: 1, address })).toBe(`01000000${storage}`)
  })
})

describe('addresses in aligned structs', () => {
  it('start at 8 where a word has 8 bytes, and at 4 where it has 4', () => {
    const value = { assocId: 1, address, pathmaxrxt: 5, pathpfthld: 2 }
    expect(encodeHex(sctpPaddrthlds, value)).toBe(`0100000000000000${storage}0500020000000000`)
    expect(encodeHex(sctpPaddrthlds, value, linuxArmv7Time64)).toBe(`01000000${storage}05000200`)
    expect(encodeBytes(sctpPaddrthldsV2, { ...value, pathcpthld: 3 })).toHaveLength(144)
    expect(encodeHex(sctpPaddrthldsV2, { ...value, pathcpthld: 3 }, linuxMips).slice(-16)).toBe('0005000200030000')
    expect(encodeBytes(sctpProbeinterval, { interval: 5000 }, linuxArmv7Time64)).toHaveLength(136)
    expect(encodeHex(sctpProbeinterval, { interval: 5000 }).slice(272)).toBe('8813000000000000')
  })
  it('hold a port in network order', () => {
    expect(encodeHex(sctpUdpencaps, { port: 9899 }).slice(272)).toBe('26ab000000000000')
    expect(decodeHex(sctpUdpencaps, `01000000${storage}26ab0000`, linuxArmv7Time64)).toEqual({ assocId: 1, address, port: 9899 })
    expect(refusedBytes(sctpUdpencaps, `01000000${storage}26ab0000`).reason).toBe('length')
  })
})

describe('the addresses of an association', () => {
  const two = `${inet}${'00'.repeat(8)}0a00005000000000${'00'.repeat(15)}0100000000`
  const addrs = [address, { family: 'AF_INET6', address: '::1', port: 80, flowinfo: 0, scopeId: 0 }]
  it('are packed, each as long as its family', () => {
    expect(decodeHex(sctpGetaddrs, `0100000002000000${two}`)).toEqual({ assocId: 1, addrNum: 2, addrs })
    expect(encodeHex(sctpGetaddrs, { assocId: 1 })).toBe('0100000000000000')
  })
  it('are 8 bytes more than the kernel says, if they are local', () => {
    const bytes = fromHex(`0100000002000000${two}`)
    const view = new DataView(bytes.buffer)
    expect(sctpLocalAddrs.decode(view, 0, bytes.length - 8, linuxX64)).toEqual({ assocId: 1, addrNum: 2, addrs })
    expect(refusedBytes(sctpLocalAddrs, '01000000').reason).toBe('length')
  })
})

describe('SCTP_GET_ASSOC_STATS', () => {
  it('has its counters at 136 whatever the word, but on ia32 at 132', () => {
    const counters = Array.from({ length: 15 }, (_, index) => (index + 1).toString(16).padStart(2, '0').padEnd(16, '0')).join('')
    const wide = decodeHex(sctpAssocStats, `0100000000000000${storage}${counters}`)
    expect(wide).toMatchObject({ assocId: 1, obsRtoIpaddr: address, maxrto: 1, isacks: 2, opackets: 4, ictrlchunks: 15 })
    const narrow = decodeBytes(sctpAssocStats, fromHex(`01000000${storage}00000000${counters}`), linuxArmv7Time64)
    expect(narrow).toEqual(wide)
    expect(decodeBytes(sctpAssocStats, fromHex(`01000000${storage}${counters}`), linuxIa32)).toEqual(wide)
  })
})
