/** Structs of Winsock. */
import { describe, expect, it } from 'vitest'
import {
  csaddrInfo,
  deviceList,
  iasQuery,
  iasSet,
  icmpErrorInfo,
  ifindexList,
  priorityHint,
  rmReceiverStats,
  rmSenderStats,
  rmSendWindow,
  socketProcessorAffinity,
  tcpInitialRto,
  tcpKeepaliveVals,
  timestampingConfig,
  wsaProtocolInfoA,
  wsaProtocolInfoW,
} from '../../../src/codec/win32.js'
import { win32X64 } from '../../support/abis.js'
import { decodeHex, encodeBytes, encodeHex, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

const hex = (text: string, size: number) =>
  Buffer.from(text)
    .toString('hex')
    .padEnd(size * 2, '0')

describe('ioctls', () => {
  it('have small structs', () => {
    expect(encodeHex(tcpKeepaliveVals, { onoff: true, keepalivetime: 60000, keepaliveinterval: 1000 }, win32X64)).toBe(
      '0100000060ea0000e8030000',
    )
    expect(encodeHex(tcpInitialRto, { rtt: 300, maxSynRetransmissions: 2 }, win32X64)).toBe('2c010200')
    expect(encodeHex(priorityHint, 'SocketPriorityHintVeryLow', win32X64)).toBe('00000000')
    expect(encodeHex(timestampingConfig, { flags: ['TIMESTAMPING_FLAG_RX'], txTimestampsBuffered: 1 }, win32X64)).toBe('0100000001000000')
    expect(decodeHex(socketProcessorAffinity, '0100070002000000', win32X64)).toEqual({ group: 1, number: 7, numaNodeId: 2 })
    expect(decodeHex(ifindexList, '0100000005000000', win32X64)).toEqual([1, 5])
    expect(refusedValue(tcpInitialRto, { rtt: 65536, maxSynRetransmissions: 2 })).toMatchObject({ reason: 'range', part: 'rtt' })
  })
})

describe('TCP_ICMP_ERROR_INFO', () => {
  it('is who refused, and how', () => {
    const bytes = `02000000c0000201${'00'.repeat(20)}0100000003010000`
    expect(decodeHex(icmpErrorInfo, bytes, win32X64)).toEqual({
      srcaddress: { family: 'AF_INET', address: '192.0.2.1', port: 0 },
      protocol: 'IPPROTO_ICMP',
      type: 3,
      code: 1,
    })
    const six = `1700000000000000${'00'.repeat(15)}01000000003a00000001040000`
    expect(decodeHex(icmpErrorInfo, six, win32X64)).toMatchObject({
      srcaddress: { family: 'AF_INET6', address: '::1' },
      protocol: 'IPPROTO_ICMPV6',
    })
    expect(encodeHex(icmpErrorInfo, decodeHex(icmpErrorInfo, bytes, win32X64) as never, win32X64)).toBe(bytes)
    expect(refusedValue(icmpErrorInfo, { srcaddress: { family: 'AF_UNIX', path: 'x' }, protocol: 1, type: 1, code: 1 })).toMatchObject({
      part: 'srcaddress.family',
    })
  })
})

describe('reliable multicast', () => {
  it('has a rate and counters', () => {
    expect(encodeHex(rmSendWindow, { rateKbitsPerSec: 56, windowSizeInMSecs: 2, windowSizeInBytes: 3 }, win32X64)).toBe(
      '380000000200000003000000',
    )
    const count = (size: number) =>
      Array.from({ length: size / 8 }, (_, index) => (index + 1).toString(16).padStart(2, '0').padEnd(16, '0')).join('')
    expect(decodeHex(rmSenderStats, count(104), win32X64)).toMatchObject({ dataBytesSent: 1, totalODataPacketsSent: 13 })
    expect(decodeHex(rmReceiverStats, count(144), win32X64)).toMatchObject({ numODataPacketsReceived: 1, totalParityNaksSent: 18 })
  })
})

describe('SO_PROTOCOL_INFO', () => {
  const tcp = `66000200${'00'.repeat(12)}08000000a01a0fe78babcf118ca300805f48a192e903000001000000${'00'.repeat(28)}02000000${'02000000'}1000000010000000${'01000000'}06000000${'00'.repeat(20)}`
  const expected = {
    serviceFlags1: ['XP1_GUARANTEED_DELIVERY', 'XP1_GUARANTEED_ORDER', 'XP1_GRACEFUL_CLOSE', 'XP1_EXPEDITED_DATA', 'XP1_IFS_HANDLES'],
    providerFlags: ['PFL_MATCHES_PROTOCOL_ZERO'],
    providerId: 'e70f1aa0-ab8b-11cf-8ca3-00805f48a192',
    catalogEntryId: 1001,
    protocolChain: { chainLen: 1, chainEntries: [0, 0, 0, 0, 0, 0, 0] },
    version: 2,
    addressFamily: 'AF_INET',
    maxSockAddr: 16,
    minSockAddr: 16,
    socketType: 'SOCK_STREAM',
    protocol: 'IPPROTO_TCP',
  }
  it('names family, type and protocol', () => {
    expect(decodeHex(wsaProtocolInfoA, `${tcp}${hex('MSAFD Tcpip [TCP/IP]', 256)}`, win32X64)).toMatchObject({
      ...expected,
      protocolName: 'MSAFD Tcpip [TCP/IP]',
    })
  })
  it('has a name of UTF-16 in its wide form', () => {
    const name = Buffer.from('Tcpip ™', 'utf16le').toString('hex').padEnd(1024, '0')
    const value = decodeHex(wsaProtocolInfoW, `${tcp}${name}`, win32X64)
    expect(value).toMatchObject({ ...expected, protocolName: 'Tcpip ™' })
    expect(encodeHex(wsaProtocolInfoW, value, win32X64)).toBe(`${tcp}${name}`)
    expect(refusedValue(wsaProtocolInfoW, { ...value, protocolName: 'x'.repeat(256) })).toMatchObject({
      reason: 'range',
      part: 'protocolName',
    })
    expect(refusedValue(wsaProtocolInfoW, { ...value, providerId: 'x' })).toMatchObject({ reason: 'range', part: 'providerId' })
    expect(refusedBytes(wsaProtocolInfoA, tcp, win32X64).reason).toBe('length')
  })
})

describe('IrDA', () => {
  const deviceId = Buffer.of(1, 2, 3, 4)
  it('lists devices of 29 bytes', () => {
    const one = `01020304${hex('printer', 22)}080000`
    expect(decodeHex(deviceList, `01000000${one}`, win32X64)).toEqual({
      numDevice: 1,
      device: [{ deviceId, deviceName: 'printer', deviceHints1: 8, deviceHints2: 0, charSet: 0 }],
    })
  })
  it('sets attributes of three kinds', () => {
    const set = (attribute: number | Uint8Array | { charSet: number; usrStr: Uint8Array }) =>
      Buffer.from(encodeBytes(iasSet, { className: 'Device', attribName: 'DeviceName', attribute }, win32X64))
    expect(set(7)).toHaveLength(1352)
    expect(set(7).subarray(320, 328).toString('hex')).toBe('0100000007000000')
    expect(set(Buffer.from('ab')).subarray(320, 328).toString('hex')).toBe('0200000002006162')
    expect(
      set({ charSet: 1, usrStr: Buffer.from('ab') })
        .subarray(320, 328)
        .toString('hex'),
    ).toBe('0300000002016162')
    const attribute = Buffer.alloc(1025)
    expect(refusedValue(iasSet, { className: 'Device', attribName: 'x', attribute })).toMatchObject({ reason: 'range', part: 'attribute' })
    expect(fuzzEncode(iasSet, [{ className: 'Device', attribName: 'x', attribute: 1 }]).encoded).toBeGreaterThan(0)
  })
  it('asks by device, class and name', () => {
    const question = encodeBytes(iasQuery, { deviceId, className: 'Device', attribName: 'DeviceName' }, win32X64)
    expect(question).toHaveLength(324)
    const answer = (attribute: string) => `01020304${hex('Device', 64)}${hex('DeviceName', 256)}${attribute.padEnd(2064, '0')}`
    expect(decodeHex(iasQuery, answer('0100000007000000'), win32X64).attribute).toBe(7)
    expect(decodeHex(iasQuery, answer('02000000020000006162'), win32X64).attribute).toEqual(Buffer.from('ab'))
    expect(decodeHex(iasQuery, answer('0300000002000000000000006162'), win32X64).attribute).toEqual({
      charSet: 0,
      usrStr: Buffer.from('ab'),
    })
    expect(decodeHex(iasQuery, answer('10000000'), win32X64).attribute).toBeNull()
  })
})

describe('SO_BSP_STATE', () => {
  it('is bytes: what it points to cannot be told', () => {
    expect(decodeHex(csaddrInfo, '0102')).toEqual(Buffer.of(1, 2))
  })
})
