/** WHAT is asked of Winsock, and what is made of its answers? The system's side is imitated: what it was asked is written down, what it says is given. */
import { beforeEach, expect, it, vi } from 'vitest'
import { getsockopt } from '../../../src/access/getsockopt.js'
import { setsockopt, snapshot, supports } from '../../../src/index.js'
import { Operation, scratch } from '../../../src/native/scratch.js'

interface Asked {
  readonly operation: number
  readonly level: number
  readonly number: number
  readonly input: Uint8Array
}

const system = vi.hoisted(() => ({ asked: [] as Asked[], answer: (_asked: Asked, _bytes: DataView): number => -10042 }))

vi.mock('../../../src/platform/index.js', async original => {
  const platform = await original<typeof import('../../../src/platform/index.js')>()
  return { ...platform, here: () => platform.platforms.win32 }
})

/** Carries the requests of the arena out, as the addon would. */
function call(): void {
  const { words, bytes } = scratch
  for (let at = 8; at < 8 + (words[0] as number) * 8; at += 8) {
    const [operation, level, number, offset, capacity, , input] = words.subarray(at, at + 7) as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    const isSet = operation === Operation.set
    const asked = { operation, level, number, input: bytes.slice(offset, offset + (isSet ? capacity : input)) }
    system.asked.push(asked)
    words[at + 7] = system.answer(asked, new DataView(bytes.buffer, offset, capacity))
  }
  words[0] = 0
}

vi.mock('../../../src/native/binding.js', () => ({
  loadBinding: () => ({
    attach: (buffer: ArrayBuffer) => buffer.byteLength,
    call,
    abi: {
      littleEndian: true,
      wordSize: 8,
      timevalSize: 8,
      int64Alignment: 8,
      sockaddrHasLength: false,
      afInet6: 23,
      soRcvtimeo: 0x1006,
      soSndtimeo: 0x1005,
    },
  }),
}))

const [SOL_SOCKET, IPPROTO_TCP, WSAIOCTL] = [0xffff, 6, -1]
const SIO_TCP_INFO = 0xd8000027 | 0
const FD = 352

beforeEach(() => {
  system.asked.length = 0
  system.answer = () => -10042
})

it('SO_RCVTIMEO is a DWORD of milliseconds, by name and as a raw int', () => {
  system.answer = ({ operation }, bytes) => {
    if (operation === Operation.set) return 0
    bytes.setUint32(0, 1500, true)
    return 4
  }
  setsockopt(FD, 'SO_RCVTIMEO', 1499.5)
  expect(system.asked[0]).toMatchObject({ level: SOL_SOCKET, number: 0x1006, input: Uint8Array.of(0xdc, 5, 0, 0) })
  expect(getsockopt(FD, 'SO_RCVTIMEO')).toBe(1500)
  expect(getsockopt(FD, SOL_SOCKET, 0x1006)).toBe(1500)
})

it('SO_LINGER is two u_shorts', () => {
  system.answer = ({ operation }, bytes) => {
    if (operation === Operation.set) return 0
    bytes.setUint32(0, 0x0003_0001, true)
    return 4
  }
  setsockopt(FD, 'SO_LINGER', { onoff: true, linger: 3 })
  expect(system.asked[0]?.input).toEqual(Uint8Array.of(1, 0, 3, 0))
  expect(getsockopt(FD, 'SO_LINGER')).toEqual({ onoff: true, linger: 3 })
})

it('TCP_NODELAY is read by the length that came back: 1 byte, or 4', () => {
  for (const length of [1, 4]) {
    system.answer = (_, bytes) => {
      bytes.setUint32(0, length === 1 ? 0xffff_ff01 : 1, true)
      return length
    }
    expect(getsockopt(FD, 'TCP_NODELAY')).toBe(true)
    expect(getsockopt(FD, IPPROTO_TCP, 1)).toBe(1)
  }
})

it('SIO_TCP_INFO asks for version 1, and for version 0 where that is refused', () => {
  const answering = (newest: number, length: number) => (asked: Asked, bytes: DataView) => {
    if ((asked.input[0] as number) > newest) return -10045
    bytes.setInt32(0, 4, true)
    bytes.setUint32(20, 777, true)
    return length
  }
  system.answer = answering(1, 136)
  expect(getsockopt(FD, 'SIO_TCP_INFO')).toMatchObject({ state: 'ESTABLISHED', rttUs: 777, sndLimTimeSnd: 0 })
  expect(system.asked).toEqual([{ operation: Operation.exchange, level: WSAIOCTL, number: SIO_TCP_INFO, input: Uint8Array.of(1, 0, 0, 0) }])
  system.asked.length = 0
  system.answer = answering(0, 88)
  const old = getsockopt(FD, 'SIO_TCP_INFO')
  expect([old.state, old.rttUs, old.sndLimTimeSnd]).toEqual(['ESTABLISHED', 777, undefined])
  expect(system.asked.map(({ input }) => input[0])).toEqual([1, 0])
  system.answer = () => -10045
  expect(() => getsockopt(FD, 'SIO_TCP_INFO')).toThrow(expect.objectContaining({ code: 'EOPNOTSUPP', errno: -10045, kind: 'unsupported' }))
})

it('SIO_TCP_INFO with an input asks for that and no other', () => {
  getsockoptQuietly(Uint8Array.of(0, 0, 0, 0))
  expect(system.asked.map(({ input }) => [...input])).toEqual([[0, 0, 0, 0]])
})

function getsockoptQuietly(input: Uint8Array): void {
  expect(() => getsockopt(FD, 'SIO_TCP_INFO', { input })).toThrow(expect.objectContaining({ code: 'ENOPROTOOPT' }))
}

it.each([
  [10038, 'ENOTSOCK', 'state', /socket operation on non-socket/],
  [10042, 'ENOPROTOOPT', 'unsupported', /this socket has no such option/],
  [10022, 'EINVAL', 'value', /invalid argument/],
  [10057, 'ENOTCONN', 'state', /socket is not connected/],
  [10093, 'WSANOTINITIALISED', 'value', /refused by the kernel/],
])('WSA error %i is %s, with its text', (number, code, kind, message) => {
  system.answer = () => -number
  expect(() => getsockopt(FD, 'SO_RCVBUF')).toThrow(
    expect.objectContaining({ code, kind, errno: -number, message: expect.stringMatching(message) }),
  )
})

it('a snapshot of what is no socket is refused, as a read is', () => {
  system.answer = () => -10038
  expect(() => snapshot(FD)).toThrow(expect.objectContaining({ code: 'ENOTSOCK', kind: 'state' }))
})

it('a snapshot tells the kind by the address and the type, for Windows has no SO_DOMAIN and no SO_PROTOCOL', () => {
  system.answer = ({ operation, number }, bytes) => {
    if (operation === Operation.localAddress) {
      bytes.setUint16(0, 2, true)
      bytes.setUint16(2, 8080)
      return 16
    }
    if (number !== 0x1008) return -10042
    bytes.setUint32(0, 1, true)
    return 4
  }
  const taken = snapshot(FD)
  expect([taken.kind, taken.state, taken.local]).toEqual(['tcp4', 'UNCONNECTED', { family: 'AF_INET', port: 8080, address: '0.0.0.0' }])
})

it('what Windows does not have is not asked for', () => {
  expect(supports('TCP_USER_TIMEOUT', FD)).toMatchObject({ known: true, numbered: false, accepted: false })
  expect(system.asked).toEqual([])
})
