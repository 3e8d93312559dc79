/** WHICH numbers and which holders of numbers are descriptors? */
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { resolve } from '../../../src/socket/resolve.js'
import { tcpPair } from '../../support/sockets.js'
import { expectRefusal, refusal } from './descriptor-facts.js'

/** `net.BoundSocket` of Node 24.19 and 26.4, as its documentation has it. */
class BoundSocket {
  state: number | 'ERR_SOCKET_HANDLE_ADOPTED' | 'ERR_SOCKET_CLOSED' | 'ERR_SOMETHING'
  constructor(state: BoundSocket['state']) {
    this.state = state
  }
  fd(): number {
    if (typeof this.state === 'number') return this.state
    throw Object.assign(new Error('fd() refused'), { code: this.state })
  }
}

describe('a number', () => {
  it('is taken as it is from 0 to 2147483647', () => {
    expect([0, 3, 2 ** 31 - 1].map(resolve)).toEqual([0, 3, 2 ** 31 - 1])
    expect(Object.is(resolve(-0), 0)).toBe(true)
  })

  it.each([
    [Number.NaN, 'NaN'],
    [-1, '-1'],
    [2 ** 31, '2147483648'],
    [2 ** 32 + 5, '4294967301'],
    [1.5, '1.5'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('is refused when it is %d, which no descriptor can be', (value, printed) => {
    const error = refusal(value)
    expect(error).toBeInstanceOf(RangeError)
    expect(error.code).toBe('ERR_SOCKOPT_RANGE')
    expect(error.message).toBe(`descriptor: expected an integer from 0 to 2147483647, got ${printed}`)
  })

  it('is refused as a bigint', () => {
    const error = refusal(5n)
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toMatchObject({ code: 'ERR_SOCKOPT_TYPE', message: 'descriptor: expected an integer from 0 to 2147483647, got 5n' })
  })
})

describe('an object with an fd', () => {
  it('has that descriptor', async () => {
    const { client, close } = await tcpPair()
    expect(resolve({ fd: resolve(client) })).toBe(resolve(client))
    await close()
  })

  it('has none when it says -1, as a closed one does', async () => {
    const file = await open(join(tmpdir(), `descriptor-${process.pid}`), 'w')
    expect(resolve(file)).toBe(file.fd)
    await file.close()
    const rest = 'has no descriptor: its fd is -1, so it is closed or not open yet; pass it while it is open'
    expectRefusal(file, 'ERR_SOCKOPT_NO_DESCRIPTOR', `this FileHandle ${rest}`)
    expectRefusal({ fd: -1 }, 'ERR_SOCKOPT_NO_DESCRIPTOR', `this object ${rest}`)
  })

  it.each([[-2], [1.5], [Number.NaN], [2 ** 32 + 5]])('is refused when the fd is %d', fd => {
    expect(refusal({ fd })).toMatchObject({ name: 'RangeError', code: 'ERR_SOCKOPT_RANGE' })
  })

  it.each([['7'], [7n]])('is refused when the fd is %o', fd => {
    expect(refusal({ fd })).toMatchObject({ name: 'TypeError', code: 'ERR_SOCKOPT_TYPE' })
  })

  it.each([['7'], [7n], [1.5], [2 ** 32 + 5], [-1], [Number.NaN], [null], [{}]])('is refused when a handle that it has holds %o', fd => {
    expect(refusal({ _handle: { fd } })).toMatchObject({ name: 'TypeError', code: 'ERR_SOCKOPT_TARGET' })
  })
})

describe('a bound socket', () => {
  it('has the descriptor that its fd() returns', () => {
    expect(resolve(new BoundSocket(23))).toBe(23)
  })

  it('has none once it is adopted', () => {
    const message = 'this BoundSocket has given its descriptor away, or is closed; pass the net.Socket or the net.Server that adopted it'
    const error = expectRefusal(new BoundSocket('ERR_SOCKET_HANDLE_ADOPTED'), 'ERR_SOCKOPT_NO_DESCRIPTOR', message)
    expect(error.cause).toMatchObject({ code: 'ERR_SOCKET_HANDLE_ADOPTED' })
  })

  it('has none once it is closed', () => {
    expectRefusal(new BoundSocket('ERR_SOCKET_CLOSED'), 'ERR_SOCKOPT_CLOSED', 'this BoundSocket is closed; make another')
  })

  it('has none to show where the platform answers -1', () => {
    const message =
      'this BoundSocket has a socket, but the runtime shows no descriptor of it on this platform; use the net.Socket or the net.Server that adopts it'
    expectRefusal(new BoundSocket(-1), 'ERR_SOCKOPT_HIDDEN', message)
  })

  it('is not a socket when its fd() fails in another way', () => {
    expect(refusal(new BoundSocket('ERR_SOMETHING'))).toMatchObject({ code: 'ERR_SOCKOPT_TARGET', cause: { code: 'ERR_SOMETHING' } })
  })
})
