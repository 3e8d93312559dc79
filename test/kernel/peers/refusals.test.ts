/** What is refused, and how? Values and descriptors that packages before this one wrapped, truncated or answered with an error that no program can read. */
import { closeSync, openSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getsockopt, SocketOptionError, setsockopt } from '../../../src/index.js'
import { type OpenSocket, open } from '../../support/kinds.js'
import { isLinux } from '../../support/needs.js'

const SOL_SOCKET = 1
const SO_RCVBUF = 8
const IPPROTO_TCP = 6
const TCP_INFO = 11

/** What was thrown. */
function thrownBy(call: () => unknown): Error & { code?: string } {
  try {
    call()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

describe.runIf(isLinux)('on Linux', () => {
  let socket: OpenSocket
  let unix: OpenSocket
  beforeAll(() => {
    socket = open('tcp4')
    unix = open('unix-stream')
  })
  afterAll(() => {
    socket.close()
    unix.close()
  })

  describe('a descriptor', () => {
    test('that is a plain number works', () => {
      expect(getsockopt(socket.fd, 'SO_RCVBUF')).toBe(getsockopt(socket.fd, SOL_SOCKET, SO_RCVBUF))
    })

    test('beyond 32 bits is refused, although its low bits are an open socket', () => {
      for (const beyond of [
        2 ** 32 + socket.fd,
        2 ** 31,
        -(2 ** 32) + socket.fd,
        socket.fd + 0.5,
        -1,
        Number.NaN,
        Number.POSITIVE_INFINITY,
      ]) {
        expect(thrownBy(() => getsockopt(beyond, 'SO_RCVBUF'))).toMatchObject({ name: 'RangeError', code: 'ERR_SOCKOPT_RANGE' })
        expect(thrownBy(() => setsockopt(beyond, 'SO_RCVBUF', 4096))).toMatchObject({ name: 'RangeError', code: 'ERR_SOCKOPT_RANGE' })
      }
    })

    test.for([undefined, null, '7', true, {}, [], () => 7, Symbol('socket')])('that is %s is refused with a TypeError', target => {
      expect(thrownBy(() => getsockopt(target as never, 'SO_RCVBUF'))).toMatchObject({ name: 'TypeError', code: 'ERR_SOCKOPT_TARGET' })
    })

    test('that is not open is EBADF, with the errno as Node has it', () => {
      const error = thrownBy(() => getsockopt(999_999, 'SO_RCVBUF'))
      expect(error).toBeInstanceOf(SocketOptionError)
      expect(error).toMatchObject({
        code: 'EBADF',
        errno: -9,
        syscall: 'getsockopt',
        option: 'SO_RCVBUF',
        level: 'SOL_SOCKET',
        fd: 999_999,
        kind: 'state',
      })
      expect(error.message).toContain('999999')
    })

    test('of a regular file is ENOTSOCK, for reading and for setting', () => {
      const file = openSync(import.meta.filename, 'r')
      const expected = { code: 'ENOTSOCK', errno: -88, fd: file, kind: 'state' }
      expect(thrownBy(() => getsockopt(file, 'SO_RCVBUF'))).toMatchObject({ ...expected, syscall: 'getsockopt' })
      expect(thrownBy(() => setsockopt(file, 'SO_RCVBUF', 4096))).toMatchObject({ ...expected, syscall: 'setsockopt' })
      closeSync(file)
    })
  })

  describe('an option', () => {
    test('that the kernel does not know is ENOPROTOOPT, a level EOPNOTSUPP; both are of kind unsupported', () => {
      expect(thrownBy(() => getsockopt(socket.fd, SOL_SOCKET, 9999))).toMatchObject({
        code: 'ENOPROTOOPT',
        errno: -92,
        syscall: 'getsockopt',
        kind: 'unsupported',
      })
      expect(thrownBy(() => getsockopt(socket.fd, 9999, 1))).toMatchObject({
        code: 'EOPNOTSUPP',
        errno: -95,
        syscall: 'getsockopt',
        kind: 'unsupported',
      })
      expect(thrownBy(() => setsockopt(socket.fd, SOL_SOCKET, 9999, 1))).toMatchObject({
        code: 'ENOPROTOOPT',
        errno: -92,
        syscall: 'setsockopt',
        kind: 'unsupported',
      })
    })

    test('of TCP on a unix socket is EOPNOTSUPP, under that name and not ENOTSUP', () => {
      const expected = { code: 'EOPNOTSUPP', errno: -95, syscall: 'getsockopt', option: 'TCP_USER_TIMEOUT', kind: 'unsupported' }
      expect(thrownBy(() => getsockopt(unix.fd, 'TCP_USER_TIMEOUT'))).toMatchObject(expected)
    })

    test('that can only be read is not set', () => {
      expect(thrownBy(() => setsockopt(socket.fd, 'SO_TYPE' as never, 1 as never))).toMatchObject({ code: 'ERR_SOCKOPT_READ_ONLY' })
    })

    test('that can only be set is not read', () => {
      expect(thrownBy(() => getsockopt(socket.fd, 'SO_SNDBUFFORCE' as never))).toMatchObject({ code: 'ERR_SOCKOPT_WRITE_ONLY' })
    })

    test('of no name at all is unknown, and the error has a suggestion', () => {
      const error = thrownBy(() => getsockopt(socket.fd, 'TCP_NODELAYS' as never))
      expect(error).toMatchObject({ name: 'SocketOptionError', code: 'ERR_SOCKOPT_UNKNOWN', kind: 'unknown' })
      expect(error.message).toContain('TCP_NODELAY')
    })
  })

  describe('a value', () => {
    const tries: readonly (readonly [name: string, value: unknown, error: string])[] = [
      ['SO_RCVBUF', 2 ** 40, 'RangeError'],
      ['SO_RCVBUF', Number.NaN, 'RangeError'],
      ['SO_RCVBUF', 1.5, 'RangeError'],
      ['SO_RCVBUF', '65536', 'TypeError'],
      ['SO_RCVBUF', undefined, 'TypeError'],
      ['TCP_USER_TIMEOUT', Number.NaN, 'RangeError'],
      ['TCP_USER_TIMEOUT', 2 ** 32 + 7, 'RangeError'],
      ['TCP_USER_TIMEOUT', -1, 'RangeError'],
      ['TCP_KEEPINTVL', 1.5, 'RangeError'],
      ['TCP_KEEPINTVL', 0, 'RangeError'],
      ['TCP_NODELAY', 1, 'TypeError'],
      ['SO_LINGER', 1, 'TypeError'],
      ['SO_LINGER', { onoff: true }, 'TypeError'],
      ['SO_RCVTIMEO', { sec: 5, usec: 0 }, 'TypeError'],
      ['SO_RCVTIMEO', Number.NaN, 'RangeError'],
      ['SO_RCVTIMEO', -1, 'RangeError'],
    ]
    test.for(tries)('of %s that is %j is refused before the kernel is asked, and nothing is set', ([name, value, error]) => {
      const before = getsockopt(socket.fd, name as 'SO_LINGER')
      const code = error === 'TypeError' ? 'ERR_SOCKOPT_TYPE' : 'ERR_SOCKOPT_RANGE'
      expect(thrownBy(() => setsockopt(socket.fd, name as 'SO_LINGER', value as never))).toMatchObject({ name: error, code, option: name })
      expect(getsockopt(socket.fd, name as 'SO_LINGER')).toEqual(before)
    })

    test('of 2^40 is refused by the raw form too, and nothing is set', () => {
      const before = getsockopt(socket.fd, 'SO_RCVBUF')
      for (const value of [2 ** 40, 2 ** 32, -(2 ** 31) - 1, Number.NaN, 0.5]) {
        expect(thrownBy(() => setsockopt(socket.fd, SOL_SOCKET, SO_RCVBUF, value))).toMatchObject({
          name: 'RangeError',
          code: 'ERR_SOCKOPT_RANGE',
        })
      }
      expect(getsockopt(socket.fd, 'SO_RCVBUF')).toBe(before)
    })

    test('of a switch is a boolean, set and read', () => {
      for (const value of [true, false]) {
        setsockopt(socket.fd, 'TCP_NODELAY', value)
        expect(getsockopt(socket.fd, 'TCP_NODELAY')).toBe(value)
        expect(getsockopt(socket.fd, IPPROTO_TCP, 1)).toBe(Number(value))
      }
    })

    test('that the kernel refuses throws its errno, and the message names the value', () => {
      const error = thrownBy(() => setsockopt(socket.fd, 'TCP_MAXSEG', 40_000))
      expect(error).toMatchObject({
        name: 'SocketOptionError',
        code: 'EINVAL',
        errno: -22,
        syscall: 'setsockopt',
        option: 'TCP_MAXSEG',
        level: 'IPPROTO_TCP',
        kind: 'value',
      })
      expect(error.message).toContain('40000')
    })
  })

  describe('a buffer length', () => {
    test('larger than the value gives as many bytes as the value has', () => {
      expect(getsockopt(socket.fd, SOL_SOCKET, SO_RCVBUF, 4096)).toHaveLength(4)
    })

    test('smaller than the value gives its first bytes, and nothing is written past them', () => {
      for (const length of [0, 1, 7, 8, 104, 279]) {
        expect(getsockopt(socket.fd, IPPROTO_TCP, TCP_INFO, length)).toHaveLength(length)
      }
      expect(getsockopt(socket.fd, IPPROTO_TCP, TCP_INFO, 8)).toEqual(getsockopt(socket.fd, IPPROTO_TCP, TCP_INFO, 512).subarray(0, 8))
    })

    test.for([0x7fff_ffff, 0xffff_ffff, -1, Number.NaN, 1.5, 2 ** 53])('of %s is refused', length => {
      expect(thrownBy(() => getsockopt(socket.fd, SOL_SOCKET, SO_RCVBUF, length))).toMatchObject({
        name: 'RangeError',
        code: 'ERR_SOCKOPT_RANGE',
      })
    })

    test('of the wrong type is refused', () => {
      expect(thrownBy(() => getsockopt(socket.fd, SOL_SOCKET, SO_RCVBUF, '4' as never))).toMatchObject({
        name: 'TypeError',
        code: 'ERR_SOCKOPT_TYPE',
      })
    })

    test('is needed where the option is no int', () => {
      expect(thrownBy(() => getsockopt(socket.fd, IPPROTO_TCP, TCP_INFO))).toMatchObject({
        name: 'TypeError',
        code: 'ERR_SOCKOPT_TYPE',
        option: 'TCP_INFO',
      })
    })
  })
})
