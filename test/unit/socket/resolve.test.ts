/** WHAT is not a socket, and does looking at it ever fail in somebody else's words? */
import { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { resolve } from '../../../src/socket/resolve.js'
import { http2Pair, tcpPair } from '../../support/sockets.js'
import { expectRefusal, refusal } from './descriptor-facts.js'

const accepted = 'expected a socket (net, tls, http, http2 or dgram object, { fd }, or a descriptor number), got '
const thrown = new Error('not yours')
const throwing = (): never => {
  throw thrown
}

describe('what is not a socket', () => {
  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['127.0.0.1:80', "'127.0.0.1:80'"],
    [true, 'true'],
    [Symbol('s'), 'Symbol(s)'],
    [{}, '{}'],
    [[], '[]'],
    [{ socket: undefined }, '{ socket: undefined }'],
    [{ socket: 'x' }, "{ socket: 'x' }"],
    [{ socket: null }, '{ socket: null }'],
    [{ fd: null }, '{ fd: null }'],
    [{ fd: undefined }, '{ fd: undefined }'],
    [Object.create(null), '[Object: null prototype] {}'],
    [throwing, '[Function: throwing]'],
  ])('is refused, with what it was: %o', (target, printed) => {
    const error = refusal(target)
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toMatchObject({ code: 'ERR_SOCKOPT_TARGET', message: accepted + printed })
    expect(error.cause).toBeUndefined()
  })

  it('is refused when it is an emitter, a stream or a child process', () => {
    for (const target of [new EventEmitter(), new PassThrough(), new (ChildProcess as unknown as new () => object)()]) {
      expect(refusal(target)).toMatchObject({ name: 'TypeError', code: 'ERR_SOCKOPT_TARGET' })
    }
  })

  it.each(['_handle', 'fd', 'socket', 'addMembership', 'stream', 'rstCode', 'goaway'])(
    'is refused, with the cause, when reading its %s throws',
    name => {
      const error = refusal(Object.defineProperty({}, name, { get: throwing }))
      expect(error).toMatchObject({ name: 'TypeError', code: 'ERR_SOCKOPT_TARGET' })
      expect(error.cause).toBe(thrown)
    },
  )

  it('is refused, with the cause, when its handle throws', () => {
    expect(refusal({ _handle: Object.defineProperty({}, 'fd', { get: throwing }) }).cause).toBe(thrown)
  })

  it('is refused when it is a Proxy whose every trap throws', () => {
    const traps = new Proxy({}, { get: () => throwing })
    const error = refusal(new Proxy({}, traps))
    expect(error).toMatchObject({ name: 'TypeError', code: 'ERR_SOCKOPT_TARGET' })
    expect(error.cause).toBe(thrown)
  })

  it('is refused when it is a revoked Proxy', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const error = refusal(proxy)
    expect(error).toMatchObject({ code: 'ERR_SOCKOPT_TARGET', message: `${accepted}<Revoked Proxy>` })
    expect(error.cause).toBeInstanceOf(TypeError)
  })

  it('is refused when it throws even while it is printed', () => {
    for (const target of [{ [inspect.custom]: throwing }, Object.defineProperty({}, Symbol.toStringTag, { get: throwing })]) {
      const error = refusal(target)
      expect(error).toMatchObject({ name: 'TypeError', code: 'ERR_SOCKOPT_TARGET' })
      expect(error.message).toBe(`${accepted}an unprintable object`)
    }
  })

  it('is refused when it holds itself', () => {
    const loop: { socket?: unknown } = {}
    loop.socket = loop
    expectRefusal(loop, 'ERR_SOCKOPT_NO_DESCRIPTOR', /^the socket of this object is an object without a descriptor/)
  })
})

describe('what wraps a socket', () => {
  it('has the descriptor of its socket', async () => {
    const { client, close } = await tcpPair()
    expect(resolve({ socket: client })).toBe(resolve(client))
    expect(resolve(new Proxy(client, {}))).toBe(resolve(client))
    await close()
    expectRefusal({ socket: client }, 'ERR_SOCKOPT_CLOSED', /^the socket of this object is closed/)
    expectRefusal(new Proxy(client, {}), 'ERR_SOCKOPT_CLOSED', /^this net\.Socket is closed/)
  })

  it('has none when its socket is a mock', () => {
    class Request {
      socket = { remoteAddress: '127.0.0.1' }
    }
    const message = 'the socket of this Request is an object without a descriptor: a mock, or a stream; pass a real socket'
    expectRefusal(new Request(), 'ERR_SOCKOPT_NO_DESCRIPTOR', message)
  })

  it('has none when it is the socket of an Http2Session that is gone', async () => {
    const { client, close } = await http2Pair()
    const { socket } = client
    expect(resolve(socket)).toBe(resolve(client))
    await close()
    const message = 'this socket of an Http2Session is gone: the session is destroyed; open another session'
    const error = expectRefusal(socket, 'ERR_SOCKOPT_NO_DESCRIPTOR', message)
    expect(error.cause).toMatchObject({ code: 'ERR_HTTP2_SOCKET_UNBOUND' })
  })
})
