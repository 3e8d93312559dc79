import { describe, expect, expectTypeOf, test } from 'vitest'
import type { Abi } from '../../../src/codec/codec.js'
import {
  type InetAddress,
  type SocketAddress,
  type SocketAddressInput,
  sockaddr,
  sockaddrIn,
  sockaddrIn6,
  sockaddrs,
  sockaddrUn,
  storageOffset,
} from '../../../src/codec/sockaddr.js'
import { sockaddrLl, sockaddrNl, sockaddrVm, sockaddrXdp } from '../../../src/codec/sockaddr-linux.js'
import { abis, darwinArm64, freebsdX64, linuxIa32, linuxS390x, linuxX64, win32X64 } from '../../support/abis.js'
import { decodeBytes, decodeHex, encodeBytes, encodeHex, fuzzDecode, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'
import { integerFrom, pick, randomBytes, seeded } from '../../support/random.js'

const text = (value: string) => Buffer.from(value).toString('hex')

describe('AF_INET', () => {
  const value = { family: 'AF_INET', port: 38251, address: '127.0.0.1' } as const

  test.each([
    ['Linux', linuxX64, '0200956b7f0000010000000000000000'],
    ['a big-endian Linux', linuxS390x, '0002956b7f0000010000000000000000'],
    ['Windows', win32X64, '0200956b7f0000010000000000000000'],
    ['macOS', darwinArm64, '1002956b7f0000010000000000000000'],
    ['FreeBSD', freebsdX64, '1002956b7f0000010000000000000000'],
  ] as const)('has the bytes of %s', (_name, abi, hex) => {
    expect(decodeHex(sockaddr, hex, abi)).toEqual(value)
    expect(decodeHex(sockaddrIn, hex, abi)).toEqual(value)
    expect(encodeHex(sockaddr, value, abi)).toBe(hex)
    expect(encodeHex(sockaddrIn, value, abi)).toBe(hex)
  })

  test('a port is 0 unless given', () => {
    expect(encodeHex(sockaddr, { family: 'AF_INET', address: '10.0.0.1' })).toBe('020000000a0000010000000000000000')
  })

  test('what is wrong is refused and named', () => {
    expect(refusedValue(sockaddr, { ...value, port: 65536 })).toEqual({
      reason: 'range',
      expected: 'an integer from 0 to 65535',
      part: 'port',
    })
    expect(refusedValue(sockaddr, { ...value, port: '80' })).toMatchObject({ reason: 'type', part: 'port' })
    expect(refusedValue(sockaddr, { ...value, address: '::1' })).toEqual({
      reason: 'range',
      expected: 'an IPv4 address such as 127.0.0.1',
      part: 'address',
    })
    expect(refusedValue(sockaddr, { family: 'AF_INET' })).toMatchObject({ reason: 'type', part: 'address' })
    expect(refusedValue(sockaddr, { ...value, host: 'x' })).toMatchObject({ reason: 'type', part: 'host' })
    expect(refusedValue(sockaddrIn, { ...value, family: 'AF_INET6' })).toEqual({ reason: 'range', expected: "'AF_INET'", part: 'family' })
    expect(refusedValue(sockaddrIn, { ...value, family: 2 })).toMatchObject({ reason: 'type', part: 'family' })
    expect(refusedBytes(sockaddr, '0200956b7f00000100000000000000').expected).toBe('16 bytes, and 15 came back')
    expect(refusedBytes(sockaddrIn, '0a00956b7f0000010000000000000000')).toEqual({
      reason: 'range',
      expected: "'AF_INET', and family 10 came back",
      part: 'family',
    })
  })

  test('is a type of its own', () => {
    expectTypeOf(sockaddrIn.decode).returns.toEqualTypeOf<InetAddress>()
    expectTypeOf<InetAddress['family']>().toEqualTypeOf<'AF_INET'>()
    expectTypeOf<InetAddress>().toExtend<SocketAddress>()
    expectTypeOf<InetAddress>().toExtend<SocketAddressInput>()
  })
})

describe('AF_INET6', () => {
  const value = { family: 'AF_INET6', port: 443, flowinfo: 5, address: 'fe80::1', scopeId: 2 } as const
  const rest = '01bb00000005fe800000000000000000000000000001'

  test.each([
    ['Linux', linuxX64, `0a00${rest}02000000`],
    ['a big-endian Linux', linuxS390x, `000a${rest}00000002`],
    ['Windows', win32X64, `1700${rest}02000000`],
    ['FreeBSD', freebsdX64, `1c1c${rest}02000000`],
    ['macOS', darwinArm64, `1c1e${rest}02000000`],
  ] as const)('has the bytes of %s', (_name, abi, hex) => {
    expect(decodeHex(sockaddr, hex, abi)).toEqual(value)
    expect(decodeHex(sockaddrIn6, hex, abi)).toEqual(value)
    expect(encodeHex(sockaddr, value, abi)).toBe(hex)
  })

  test('everything but the address is 0 unless given', () => {
    expect(encodeHex(sockaddr, { family: 'AF_INET6', address: '::1' })).toBe(`0a00000000000000${'00'.repeat(15)}0100000000`)
  })

  test('what is wrong is refused and named', () => {
    expect(refusedValue(sockaddr, { ...value, scopeId: -1 })).toMatchObject({ reason: 'range', part: 'scopeId' })
    expect(refusedValue(sockaddr, { ...value, flowinfo: 2 ** 40 })).toMatchObject({ reason: 'range', part: 'flowinfo' })
    expect(refusedValue(sockaddr, { ...value, address: 'fe80::1%eth0' }).expected).toBe('an IPv6 address such as ::1, without a zone')
    expect(refusedBytes(sockaddr, `0a00${rest}020000`).expected).toBe('28 bytes, and 27 came back')
  })
})

describe('AF_UNIX', () => {
  test('a path ends at its NUL, or with the address', () => {
    expect(decodeHex(sockaddr, `0100${text('/run/s')}00`)).toEqual({ family: 'AF_UNIX', path: '/run/s' })
    expect(decodeHex(sockaddr, `0100${text('/run/s')}`)).toEqual({ family: 'AF_UNIX', path: '/run/s' })
    expect(decodeHex(sockaddr, `0901${text('/run/s')}00`, darwinArm64)).toEqual({ family: 'AF_UNIX', path: '/run/s' })
    expect(decodeHex(sockaddr, `0100${text('x'.repeat(108))}`)).toEqual({ family: 'AF_UNIX', path: 'x'.repeat(108) })
  })

  test('an unnamed socket has no path', () => {
    expect(decodeHex(sockaddr, '0100')).toEqual({ family: 'AF_UNIX', path: '' })
    expect(decodeHex(sockaddr, `1001${'00'.repeat(14)}`, darwinArm64)).toEqual({ family: 'AF_UNIX', path: '' })
    expect(encodeHex(sockaddr, { family: 'AF_UNIX', path: '' })).toBe('0100')
  })

  test('an abstract name is as long as its address says, NULs and all', () => {
    expect(decodeHex(sockaddr, `010000${text('0001a')}`)).toEqual({ family: 'AF_UNIX', path: '\u00000001a' })
    expect(decodeHex(sockaddr, '010000610000')).toEqual({ family: 'AF_UNIX', path: '\0a\0\0' })
    expect(encodeHex(sockaddr, { family: 'AF_UNIX', path: '\0a\0b' })).toBe('010000610062')
  })

  test('an abstract name in a sockaddr_storage ends before its padding', () => {
    expect(decodeHex(sockaddr, `01000061${'00'.repeat(124)}`)).toEqual({ family: 'AF_UNIX', path: '\0a' })
  })

  test('only Linux has abstract names', () => {
    expect(refusedValue(sockaddr, { family: 'AF_UNIX', path: '\0a' }, darwinArm64)).toMatchObject({ reason: 'range', part: 'path' })
    expect(decodeHex(sockaddr, '04010061', darwinArm64)).toEqual({ family: 'AF_UNIX', path: '' })
  })

  test('a path is written with its NUL, and its length where the system wants it', () => {
    expect(encodeHex(sockaddr, { family: 'AF_UNIX', path: '/s' })).toBe('01002f7300')
    expect(encodeHex(sockaddr, { family: 'AF_UNIX', path: '/s' }, darwinArm64)).toBe('05012f7300')
    expect(encodeHex(sockaddr, { family: 'AF_UNIX', path: '/s' }, linuxS390x)).toBe('00012f7300')
    expect(encodeBytes(sockaddr, { family: 'AF_UNIX', path: 'x'.repeat(107) })).toHaveLength(110)
    expect(encodeBytes(sockaddr, { family: 'AF_UNIX', path: 'x'.repeat(103) }, darwinArm64)).toHaveLength(106)
    expect(encodeBytes(sockaddr, { family: 'AF_UNIX', path: `\0${'x'.repeat(107)}` })).toHaveLength(110)
  })

  test('a path that is too long, or has a NUL, is refused', () => {
    expect(refusedValue(sockaddr, { family: 'AF_UNIX', path: 'x'.repeat(108) })).toEqual({
      reason: 'range',
      expected: 'a path of at most 107 bytes',
      part: 'path',
    })
    expect(refusedValue(sockaddr, { family: 'AF_UNIX', path: 'é'.repeat(54) }).reason).toBe('range')
    expect(refusedValue(sockaddr, { family: 'AF_UNIX', path: 'x'.repeat(104) }, freebsdX64).expected).toBe('a path of at most 103 bytes')
    expect(refusedValue(sockaddr, { family: 'AF_UNIX', path: `\0${'x'.repeat(108)}` }).expected).toBe(
      'an abstract name of at most 107 bytes after its NUL',
    )
    expect(refusedValue(sockaddr, { family: 'AF_UNIX', path: '/a\0b' }).expected).toContain('without NUL')
    expect(refusedValue(sockaddr, { family: 'AF_UNIX', path: 1 })).toMatchObject({ reason: 'type', part: 'path' })
    expect(refusedValue(sockaddr, { family: 'AF_UNIX', path: '/s', mode: 1 }).part).toBe('mode')
    expect(refusedValue(sockaddrUn, { family: 'AF_INET', path: '/s' }).part).toBe('family')
    expect(refusedBytes(sockaddrUn, '0200').expected).toBe("'AF_UNIX', and family 2 came back")
  })
})

describe('the families of Linux', () => {
  test('AF_NETLINK', () => {
    const value = { family: 'AF_NETLINK', pid: 4711, groups: 1 }
    expect(decodeHex(sockaddr, '100000006712000001000000')).toEqual(value)
    expect(decodeHex(sockaddr, '001000000000126700000001', linuxS390x)).toEqual(value)
    expect(decodeHex(sockaddrNl, '100000006712000001000000')).toEqual(value)
    expect(refusedBytes(sockaddr, '1000000067120000010000').reason).toBe('length')
  })

  test('AF_PACKET', () => {
    const value = { family: 'AF_PACKET', protocol: 0x0800, ifindex: 2, hatype: 1, pkttype: 4, address: '02:00:5e:10:00:ff' }
    expect(decodeHex(sockaddr, '11000800020000000100040602005e1000ff0000')).toEqual(value)
    expect(decodeHex(sockaddr, '11000800020000000100040602005e1000ff')).toEqual(value)
    expect(decodeHex(sockaddr, '00110800000000020001040602005e1000ff0000', linuxS390x)).toEqual(value)
    expect(decodeHex(sockaddrLl, '110000000000000000000000')).toMatchObject({ ifindex: 0, address: '' })
    expect(refusedBytes(sockaddr, '11000800020000000100040602005e1000')).toMatchObject({ reason: 'length', part: 'halen' })
    expect(refusedBytes(sockaddr, '110008000200000001000409020000000000000000').part).toBe('halen')
    expect(refusedValue(sockaddrLl, value).reason).toBe('type')
  })

  test('AF_VSOCK', () => {
    const value = { family: 'AF_VSOCK', port: 1234, cid: 2 }
    expect(decodeHex(sockaddr, '28000000d20400000200000000000000')).toEqual(value)
    expect(decodeHex(sockaddrVm, '28000000d20400000200000000000000')).toEqual(value)
  })

  test('AF_XDP', () => {
    const value = { family: 'AF_XDP', flags: 2, ifindex: 3, queueId: 4, sharedUmemFd: 5 }
    expect(decodeHex(sockaddr, '2c000200030000000400000005000000')).toEqual(value)
    expect(decodeHex(sockaddrXdp, '2c000200030000000400000005000000')).toEqual(value)
  })

  test('their numbers mean nothing elsewhere', () => {
    expect(decodeHex(sockaddr, '0c10000067120000', darwinArm64)).toEqual({ family: 16, data: Buffer.from('000067120000', 'hex') })
  })
})

test('another family is its number and its bytes', () => {
  expect(decodeHex(sockaddr, '1d00010203')).toEqual({ family: 29, data: Buffer.of(1, 2, 3) })
  expect(decodeHex(sockaddr, '0000')).toEqual({ family: 0, data: Buffer.alloc(0) })
  expect(decodeHex(sockaddr, '0a00', win32X64)).toEqual({ family: 10, data: Buffer.alloc(0) })
  expect(refusedBytes(sockaddr, '02').expected).toBe('2 bytes, and 1 came back')
})

test.each([undefined, null, '127.0.0.1', 1, [], { family: 'IPv4', address: '127.0.0.1' }, { family: 2 }, {}])('%j is no address', value => {
  expect(['type', 'range']).toContain(refusedValue(sockaddr, value).reason)
  expect(refusedValue(sockaddr, value).expected).toContain("'AF_INET'")
})

describe('sockaddrs', () => {
  const v4 = { family: 'AF_INET', port: 1, address: '10.0.0.1' } as const
  const v6 = { family: 'AF_INET6', port: 2, flowinfo: 0, address: '::1', scopeId: 0 } as const

  test('lie one after the other, each as long as its family', () => {
    const hex = encodeHex(sockaddrs, [v4, v6, v4])
    expect(hex).toHaveLength(2 * (16 + 28 + 16))
    expect(decodeHex(sockaddrs, hex)).toEqual([v4, v6, v4])
    expect(decodeHex(sockaddrs, '')).toEqual([])
    expect(encodeHex(sockaddrs, [])).toBe('')
  })

  test('what is wrong is refused and named', () => {
    expect(refusedValue(sockaddrs, [v4, { ...v6, port: -1 }])).toMatchObject({ reason: 'range', part: '[1].port' })
    expect(refusedValue(sockaddrs, [v4, undefined])).toMatchObject({ reason: 'type', part: '[1]' })
    expect(refusedValue(sockaddrs, [{ family: 'AF_UNIX', path: '' }])).toEqual({
      reason: 'range',
      expected: "'AF_INET' or 'AF_INET6'",
      part: '[0].family',
    })
    expect(refusedValue(sockaddrs, Array(65).fill(v4)).reason).toBe('range')
    expect(refusedValue(sockaddrs, v4).reason).toBe('type')
    expect(encodeBytes(sockaddrs, Array(64).fill(v6))).toHaveLength(sockaddrs.size)
  })

  test('bytes that are no list of addresses are refused', () => {
    expect(refusedBytes(sockaddrs, `${encodeHex(sockaddrIn, v4)}02`).reason).toBe('length')
    expect(refusedBytes(sockaddrs, `${encodeHex(sockaddrIn, v4)}0200`).reason).toBe('length')
    expect(refusedBytes(sockaddrs, '01002f00')).toMatchObject({ reason: 'range', part: '[0].family' })
  })
})

test('a sockaddr_storage after an int is aligned as the system has it', () => {
  expect([linuxX64, linuxS390x, freebsdX64].map(storageOffset)).toEqual([8, 8, 8])
  expect([linuxIa32, darwinArm64].map(storageOffset)).toEqual([4, 4])
  expect(storageOffset(win32X64)).toBe(8)
})

test('internet addresses round-trip on every machine', () => {
  const next = seeded(61)
  for (const abi of Object.values(abis)) {
    for (let i = 0; i < 100; i++) {
      const port = integerFrom(next, 0, 65535)
      const [a, b, c, d] = randomBytes(next, 4)
      const v4 = { family: 'AF_INET', port, address: `${a}.${b}.${c}.${d}` } as const
      const v6 = {
        family: 'AF_INET6',
        port,
        flowinfo: integerFrom(next, 0, 2 ** 32 - 1),
        address: `::${i.toString(16)}:${port.toString(16)}`,
        scopeId: i,
      } as const
      expect(decodeBytes(sockaddr, encodeBytes(sockaddr, v4, abi), abi)).toEqual(v4)
      expect(encodeBytes(sockaddr, decodeBytes(sockaddr, encodeBytes(sockaddr, v6, abi), abi) as SocketAddressInput, abi)).toEqual(
        encodeBytes(sockaddr, v6, abi),
      )
    }
  }
})

const withFamily = (families: readonly number[]) => {
  const next = seeded(62)
  return (bytes: Uint8Array, abi: Abi) => {
    if (bytes.length < 2) return
    const family = pick(next, [...families, abi.afInet6])
    const view = new DataView(bytes.buffer)
    if (abi.sockaddrHasLength) view.setUint8(1, family)
    else view.setUint16(0, family, abi.littleEndian)
  }
}

test.each([
  ['sockaddr', sockaddr, [0, 1, 2, 16, 17, 40, 44]],
  ['sockaddrIn', sockaddrIn, [2]],
  ['sockaddrIn6', sockaddrIn6, []],
  ['sockaddrUn', sockaddrUn, [1]],
  ['sockaddrs', sockaddrs, [2]],
  ['sockaddrNl', sockaddrNl, [16]],
  ['sockaddrLl', sockaddrLl, [17]],
  ['sockaddrVm', sockaddrVm, [40]],
  ['sockaddrXdp', sockaddrXdp, [44]],
] as const)('%s withstands random bytes and strange values', (_name, codec, families) => {
  expect(fuzzDecode(codec, 63, withFamily(families)).decoded).toBeGreaterThan(0)
  const good = [
    { family: 'AF_INET', address: '1.2.3.4', port: 1 },
    { family: 'AF_INET6', address: '::1', port: 1, scopeId: 1, flowinfo: 1 },
    { family: 'AF_UNIX', path: '/run/x' },
  ]
  expect(fuzzEncode(codec, good).refused).toBeGreaterThan(0)
})
