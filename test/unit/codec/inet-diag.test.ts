import { describe, expect, it } from 'vitest'
import { type DiagQuery, decodeDiagAnswer, encodeDiagQuery, nlmsghdr } from '../../../src/codec/inet-diag.js'
import { linuxS390x, linuxX64 } from '../../support/abis.js'
import { integerFrom, pick, randomBytes, seeded } from '../../support/random.js'

const here = { family: 'AF_INET', address: '10.1.2.3', port: 0x1234 } as const
const there = { family: 'AF_INET', address: '10.4.5.6', port: 80 } as const
const query: DiagQuery = { cookie: 0x1_0000_0002n, local: here, remote: there, ifindex: 7 }

function encoded(of: DiagQuery, abi = linuxX64): string {
  const view = new DataView(new ArrayBuffer(128))
  const length = encodeDiagQuery(of, view, 8, abi)
  return Buffer.from(view.buffer, 8, length).toString('hex')
}

const zeros = (count: number) => '00'.repeat(count)

describe('the question', () => {
  it('is a netlink header and a struct inet_diag_req_v2: addresses in network order, the cookie with its low word first', () => {
    const header = '48000000' + '1400' + '0100' + '01000000' + '00000000'
    const request = `02060000ffffffff123400500a010203${zeros(12)}0a040506${zeros(12)}070000000200000001000000`
    expect(encoded(query)).toBe(header + request)
  })

  it('is in the byte order of the machine', () => {
    const header = '00000048' + '0014' + '0001' + '00000001' + '00000000'
    const request = `02060000ffffffff123400500a010203${zeros(12)}0a040506${zeros(12)}000000070000000200000001`
    expect(encoded(query, linuxS390x)).toBe(header + request)
  })

  it('asks of an IPv6 socket by the addresses it has, mapped ones too', () => {
    const local = { family: 'AF_INET6', address: '::ffff:10.1.2.3', port: 1, flowinfo: 0, scopeId: 0 } as const
    const text = encoded({ ...query, local, remote: { ...local, address: '2001:db8::1' } })
    expect(text.slice(32, 34)).toBe('0a')
    expect(text).toContain(`${zeros(10)}ffff0a01020320010db8${zeros(11)}01`)
  })

  it('asks for every connecting socket of the port where the other end is not known', () => {
    const text = encoded({ ...query, remote: undefined })
    expect([text.slice(12, 16), text.slice(40, 48), text.slice(48, 56)]).toEqual(['0103', '04000000', '12340000'])
  })
})

function part(type: number, body: Uint8Array, cookie?: bigint): Uint8Array {
  const bytes = new Uint8Array(16 + ((body.length + 3) & ~3))
  const view = new DataView(bytes.buffer)
  nlmsghdr.encode({ len: 16 + body.length, type, flags: 0, seq: 1, pid: 0 }, view, 0, linuxX64)
  bytes.set(body, 16)
  if (cookie !== undefined) view.setBigUint64(16 + 44, cookie, true)
  return bytes
}
const socket = (cookie: bigint, timer: number): Uint8Array =>
  part(
    20,
    Uint8Array.from({ length: 72 }, (_, at) => (at === 2 ? timer : 0)),
    cookie,
  )
const failure = (errno: number): Uint8Array => part(2, new Uint8Array(Int32Array.of(errno, 0, 0, 0, 0).buffer))
const answer = (...parts: Uint8Array[]) => {
  const bytes = Buffer.concat(parts)
  return decodeDiagAnswer(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length, 5n, linuxX64)
}

describe('the answer', () => {
  it('is the socket that has the cookie, whichever comes first', () => {
    expect(answer(socket(4n, 1), socket(5n, 2))).toMatchObject({ timer: 2, id: { cookie: 5n } })
  })

  it('is nothing where no socket has the cookie', () => {
    expect([answer(), answer(socket(4n, 1)), answer(part(3, new Uint8Array(4)))]).toEqual([undefined, undefined, undefined])
  })

  it('is the errno where the kernel refused, and nothing where it only acknowledged', () => {
    expect([answer(failure(-2)), answer(failure(0))]).toEqual([-2, undefined])
  })

  it('is nothing where it was cut off', () => {
    const cut = socket(5n, 2).subarray(0, 60)
    expect(answer(cut)).toBe(undefined)
    expect(answer(socket(4n, 1), socket(5n, 2).subarray(0, 15))).toBe(undefined)
  })

  it('is found, or not, in any bytes, without a look beyond their end', () => {
    const next = seeded(20_261_126)
    let found = 0
    for (let round = 0; round < 5_000; round++) {
      const parts = Array.from({ length: integerFrom(next, 0, 3) }, () =>
        pick(next, [socket(5n, 1), failure(-1), socket(4n, 0), randomBytes(next, integerFrom(next, 0, 90))]),
      )
      const bytes = Buffer.concat(parts)
      for (let flips = integerFrom(next, 0, 3); flips > 0 && bytes.length > 0; flips--)
        bytes[integerFrom(next, 0, bytes.length - 1)] = integerFrom(next, 0, 255)
      const end = integerFrom(next, 0, bytes.length)
      // A view that ends where the answer does: a byte beyond is a RangeError.
      const view = new DataView(Uint8Array.from(bytes.subarray(0, end)).buffer)
      const decoded = decodeDiagAnswer(view, 0, end, 5n, linuxX64)
      if (typeof decoded === 'object') found++
    }
    expect(found).toBeGreaterThan(200)
  })
})
