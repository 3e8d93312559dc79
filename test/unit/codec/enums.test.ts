/** Enums and flags, by the names of the headers. */
import { describe, expect, it } from 'vitest'
import {
  addressFamily,
  ipProtocol,
  ipv6AddrPreferences,
  pmtudisc,
  pmtudisc6,
  soBufLock,
  socktype,
  tcpRepair,
  tcpRepairQueue,
} from '../../../src/codec/enums.js'
import { btMode, packetTimestamp } from '../../../src/codec/enums-families.js'
import { pmtudiscWin32 } from '../../../src/codec/enums-windows.js'
import { darwinArm64, freebsdX64, linuxS390x, win32X64 } from '../../support/abis.js'
import { decodeHex, encodeHex, fuzzEncode, refusedValue } from '../../support/codecs.js'

describe('SO_TYPE and SO_PROTOCOL', () => {
  it('are named', () => {
    expect(decodeHex(socktype, '01000000')).toBe('SOCK_STREAM')
    expect(decodeHex(socktype, '00000005', linuxS390x)).toBe('SOCK_SEQPACKET')
    expect(decodeHex(ipProtocol, '06010000')).toBe('IPPROTO_MPTCP')
  })
  it('stay numbers where no header names them', () => {
    expect(decodeHex(socktype, '09000000')).toBe(9)
    expect(encodeHex(ipProtocol, 253)).toBe('fd000000')
  })
})

describe('SO_DOMAIN', () => {
  it('has AF_INET6 as each system numbers it', () => {
    expect(decodeHex(addressFamily, '0a000000')).toBe('AF_INET6')
    expect(decodeHex(addressFamily, '1c000000', freebsdX64)).toBe('AF_INET6')
    expect(decodeHex(addressFamily, '1e000000', darwinArm64)).toBe('AF_INET6')
    expect(encodeHex(addressFamily, 'AF_INET6', win32X64)).toBe('17000000')
    expect(encodeHex(addressFamily, 'AF_INET6', linuxS390x)).toBe('0000000a')
  })
  it("has Linux's families on Linux alone", () => {
    expect(decodeHex(addressFamily, '10000000')).toBe('AF_NETLINK')
    expect(decodeHex(addressFamily, '10000000', freebsdX64)).toBe(16)
    expect(decodeHex(addressFamily, '0a000000', freebsdX64)).toBe(10)
    expect(encodeHex(addressFamily, 'AF_VSOCK')).toBe('28000000')
    expect(refusedValue(addressFamily, 'AF_VSOCK', freebsdX64)).toMatchObject({ reason: 'range' })
  })
  it('has the families that all systems share everywhere', () => {
    for (const abi of [freebsdX64, darwinArm64, win32X64]) {
      expect(decodeHex(addressFamily, '02000000', abi)).toBe('AF_INET')
      expect(encodeHex(addressFamily, 'AF_UNIX', abi)).toBe('01000000')
    }
  })
})

describe('IP_MTU_DISCOVER', () => {
  it('is numbered otherwise on Windows, under the same names', () => {
    expect(encodeHex(pmtudisc, 'IP_PMTUDISC_DO')).toBe('02000000')
    expect(encodeHex(pmtudiscWin32, 'IP_PMTUDISC_DO', win32X64)).toBe('01000000')
    expect(decodeHex(pmtudisc6, '05000000')).toBe('IPV6_PMTUDISC_OMIT')
  })
})

describe('flags', () => {
  it('are lists of names, in the order of the header', () => {
    expect(decodeHex(ipv6AddrPreferences, '00050000')).toEqual(['IPV6_PREFER_SRC_PUBTMP_DEFAULT', 'IPV6_PREFER_SRC_HOME'])
    expect(encodeHex(soBufLock, ['SOCK_SNDBUF_LOCK', 'SOCK_RCVBUF_LOCK'])).toBe('03000000')
    expect(encodeHex(packetTimestamp, ['SOF_TIMESTAMPING_RAW_HARDWARE'])).toBe('40000000')
    expect(decodeHex(soBufLock, '00000000')).toEqual([])
  })
})

describe('TCP_REPAIR', () => {
  it('can be turned off with and without window probes', () => {
    expect(encodeHex(tcpRepair, 'TCP_REPAIR_OFF_NO_WP')).toBe('ffffffff')
    expect(decodeHex(tcpRepair, 'ffffffff')).toBe('TCP_REPAIR_OFF_NO_WP')
    expect(encodeHex(tcpRepairQueue, 'TCP_SEND_QUEUE')).toBe('02000000')
  })
})

describe('BT_MODE', () => {
  it('is one byte', () => {
    expect(encodeHex(btMode, 'BT_MODE_ERTM')).toBe('01')
    expect(refusedValue(btMode, 256).reason).toBe('range')
  })
})

describe('a name that no member has', () => {
  it('is refused with the names there are', () => {
    expect(refusedValue(tcpRepairQueue, 'TCP_QUEUES_NR').expected).toBe(
      'one of TCP_NO_QUEUE, TCP_RECV_QUEUE, TCP_SEND_QUEUE (or its number)',
    )
    expect(refusedValue(soBufLock, ['SOCK_LOCK'])).toMatchObject({ reason: 'range', part: 'SOCK_LOCK' })
    expect(fuzzEncode(addressFamily, ['AF_INET']).encoded).toBeGreaterThan(0)
  })
})
