import { describe, expect, expectTypeOf, test } from 'vitest'
import { mptcpAddrs, mptcpFullInfo, mptcpInfo, mptcpSubflowAddrs, mptcpSubflowData, mptcpTcpinfo } from '../../../src/codec/mptcp.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeBytes, encodeHex, fuzzDecode, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

/** What Linux 6.18.44 (x86-64) answered for a connection with one subflow on loopback. */
const info = [
  '0000000200000000020000001baf1424a6f5744d08e53333a6f5744d08e5333384ed8face713eb2900000000000000000000',
  '00000000000001000000000000000000000000000000010000000000000001000000000000000000000000000000',
].join('')
const tcpInfos = [
  '10000000010000001801000018010000010000000007aa01e01c030000000000008000001802000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000ffff0000d7ff00002900000016000000ffffff7f0b000000',
  'cbff00000300000000000000d7ff00000000000043665dd704000000ffffffffffffffff0200000000000000000000000000',
  '00000300000002000000000000001000000000000000010000000000127a0000000000000000000000000000000000000000',
  '0000000000000000020000000000000001000000000000000000000000000000000000000000000000000000000001000000',
  '01000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
].join('')
const addresses = `10000000010000000001000000010000${'0200acc27f000001'.padEnd(256, '0')}${'0200e0f97f000001'.padEnd(256, '0')}`
const full = `180100000000000008010000000000000100000000000000${'00'.repeat(16)}${info}`

describe('mptcp_info', () => {
  test('reads as the kernel meant it', () => {
    const value = decodeHex(mptcpInfo, info)
    expect(value).toMatchObject({
      extraSubflows: 0,
      limitExtraSubflows: 2,
      token: 0x2414af1b,
      bytesSent: 1,
      bytesAcked: 1,
      subflowsTotal: 1,
    })
    expect(value.flags).toEqual(['MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED'])
    expect(value.csumEnabled).toBe(false)
    expect(value.writeSeq).toBe(3689544343568577958n)
    expect(value.rcvNxt).toBe(3020529860835536260n)
    expect(JSON.parse(JSON.stringify(value))).toMatchObject({ sndUna: '3689544343568577958', lastAckRecv: 0 })
  })

  test('reads on a big-endian machine', () => {
    expect(decodeHex(mptcpInfo, `0102030405060000000000012414af1b${'33'.repeat(8)}`, linuxS390x)).toMatchObject({
      flags: ['MPTCP_INFO_FLAG_FALLBACK'],
      token: 0x2414af1b,
      writeSeq: 0x3333333333333333n,
      sndUna: undefined,
    })
  })

  test('an older kernel returns less', () => {
    const value = decodeHex(mptcpInfo, info.slice(0, 96))
    expect(value.retransmits).toBe(0)
    expect(value.bytesRetrans).toBeUndefined()
    expect(decodeHex(mptcpInfo, '').toJSON()).toEqual({})
  })
})

describe('MPTCP_TCPINFO', () => {
  test('has a tcp_info per subflow', () => {
    const value = decodeHex(mptcpTcpinfo, tcpInfos)
    expect(value).toMatchObject({ sizeSubflowData: 16, numSubflows: 1, sizeKernel: 280, sizeUser: 280 })
    expect(value.subflows).toHaveLength(1)
    expect(value.subflows[0]).toMatchObject({ state: 'ESTABLISHED', rto: 204_000, rcvMss: 536, bytesAcked: 2, segsOut: 3 })
    expect(mptcpTcpinfo.isLazy).toBe(true)
    expectTypeOf(value.subflows[0]?.rtt).toEqualTypeOf<number | undefined>()
  })

  test('a field is there only where both the kernel and the query have it', () => {
    const header = (kernel: string, user: string) => `1000000002000000${kernel}${user}`
    const short = decodeHex(mptcpTcpinfo, header('18010000', '0c000000') + '01'.repeat(12) + '02'.repeat(12))
    expect(short.subflows.map(({ state, rto, ato }) => [state, rto, ato])).toEqual([
      ['ESTABLISHED', 0x01010101, undefined],
      ['SYN_SENT', 0x02020202, undefined],
    ])
    const old = decodeHex(mptcpTcpinfo, header('08000000', '0c000000') + '01'.repeat(12) + '02'.repeat(12))
    expect(old.subflows[1]?.rto).toBeUndefined()
  })

  test('counts subflows that did not fit', () => {
    const value = decodeHex(mptcpTcpinfo, tcpInfos.replace('1000000001', '1000000009'))
    expect(value.numSubflows).toBe(9)
    expect(value.subflows).toHaveLength(1)
  })

  test('does not believe sizes that its bytes do not have', () => {
    expect(decodeHex(mptcpTcpinfo, 'ffffffffffffffffffffffffffffffff').subflows).toEqual([])
    expect(decodeHex(mptcpTcpinfo, '10000000ffffffff1801000000000000').subflows).toEqual([])
    expect(refusedBytes(mptcpTcpinfo, tcpInfos.slice(0, 30)).expected).toBe('16 bytes, and 15 came back')
  })
})

describe('MPTCP_SUBFLOW_ADDRS', () => {
  test('has both addresses of each subflow', () => {
    const value = decodeHex(mptcpSubflowAddrs, addresses)
    expect(value.subflows).toEqual([
      { local: { family: 'AF_INET', port: 44226, address: '127.0.0.1' }, remote: { family: 'AF_INET', port: 57593, address: '127.0.0.1' } },
    ])
    expect(mptcpSubflowAddrs.isLazy).toBe(false)
  })

  test('half an address is refused', () => {
    expect(refusedBytes(mptcpSubflowAddrs, '10000000010000000800000008000000'.padEnd(48, '0')).reason).toBe('length')
  })
})

describe('the queries', () => {
  test('are a header that offers as much as is decoded', () => {
    expect(encodeHex(mptcpTcpinfo, {})).toBe('10000000000000000000000018010000')
    expect(encodeHex(mptcpTcpinfo, {}, linuxS390x)).toBe('00000010000000000000000000000118')
    expect(encodeHex(mptcpTcpinfo, undefined)).toBe('10000000000000000000000018010000')
    expect(encodeHex(mptcpTcpinfo, { sizeUser: 104 })).toBe('10000000000000000000000068000000')
    expect(encodeHex(mptcpSubflowAddrs, {})).toBe('10000000000000000000000000010000')
    expect(mptcpTcpinfo.size).toBe(16 + 64 * 280)
    expect(mptcpSubflowAddrs.size).toBe(16 + 64 * 256)
  })

  test('what is wrong is refused and named', () => {
    expect(refusedValue(mptcpTcpinfo, { sizeUser: 281 })).toEqual({
      reason: 'range',
      expected: 'an integer from 1 to 280',
      part: 'sizeUser',
    })
    expect(refusedValue(mptcpTcpinfo, { sizeUser: 0 }).part).toBe('sizeUser')
    expect(refusedValue(mptcpTcpinfo, { sizeUser: null })).toMatchObject({ reason: 'type', part: 'sizeUser' })
    expect(refusedValue(mptcpTcpinfo, { numSubflows: 1 })).toMatchObject({ reason: 'type', part: 'numSubflows' })
    expect(refusedValue(mptcpSubflowAddrs, { sizeUser: 255 })).toMatchObject({ reason: 'range', part: 'sizeUser' })
    for (const value of [null, 1, 'x', [], new Map(), new Uint8Array(16)]) expect(refusedValue(mptcpTcpinfo, value).reason).toBe('type')
  })
})

describe('mptcp_full_info', () => {
  test('has the connection and the number of its subflows', () => {
    const value = decodeHex(mptcpFullInfo, full)
    expect(value).toMatchObject({
      sizeTcpinfoKernel: 280,
      sizeSfinfoKernel: 264,
      numSubflows: 1,
      mptcpInfo: { bytesSent: 1, token: 0x2414af1b },
    })
  })

  test('an older kernel returns a shorter mptcp_info', () => {
    expect(decodeHex(mptcpFullInfo, full.slice(0, 80)).mptcpInfo).toEqual({})
    expect(decodeHex(mptcpFullInfo, full.slice(0, 80 + 32)).mptcpInfo).toMatchObject({ token: 0x2414af1b })
    expect(refusedBytes(mptcpFullInfo, full.slice(0, 46)).reason).toBe('length')
  })

  test('never has a pointer in its query', () => {
    expect(encodeHex(mptcpFullInfo, {})).toBe('00'.repeat(136))
    expect(encodeBytes(mptcpFullInfo, undefined)).toHaveLength(136)
    expect(refusedValue(mptcpFullInfo, { tcpInfo: 1n })).toMatchObject({ reason: 'type', part: 'tcpInfo' })
    expect(refusedValue(mptcpFullInfo, { sizeArraysUser: 8 }).part).toBe('sizeArraysUser')
    for (const value of [null, 1, new Uint8Array(136)]) expect(refusedValue(mptcpFullInfo, value).reason).toBe('type')
  })
})

test.each([mptcpInfo, mptcpSubflowData, mptcpTcpinfo, mptcpAddrs, mptcpSubflowAddrs, mptcpFullInfo])(
  '$name withstands random bytes and strange values',
  codec => {
    const sixteen = codec === mptcpAddrs ? (bytes: Uint8Array) => bytes.fill(0) : undefined
    expect(fuzzDecode(codec as typeof mptcpTcpinfo, 111, sixteen).decoded).toBeGreaterThan(0)
    expect(fuzzEncode(codec as typeof mptcpTcpinfo, [{}, { sizeUser: 256 }]).refused).toBeGreaterThan(0)
  },
)
