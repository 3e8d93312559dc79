/** WHERE do other versions, platforms and runtimes keep the descriptor? Their shapes, imitated. */
import * as net from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { resolve } from '../../../src/socket/resolve.js'
import { expectRefusal, refusal } from './descriptor-facts.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** A socket or a server of `node:net` whose handle is replaced: what another runtime or another platform would put there. */
const holding = <T extends object>(socket: T, handle: object): T => Object.assign(socket, { _handle: handle })

describe('on Node 26', () => {
  /** `dgram.Socket` of Node 26: no `_handle`, neither own nor inherited. */
  class Datagram {
    constructor(state: object) {
      Object.assign(this, { [Symbol('shapeMode')]: false, [Symbol('state symbol')]: state })
    }
    addMembership(): void {
      throw new Error('not called')
    }
  }

  it('a datagram socket has the descriptor of its state', () => {
    expect(resolve(new Datagram({ handle: { fd: 31 }, bindState: 2 }))).toBe(31)
    expect(resolve(new Datagram({ handle: { fd: 32 }, bindState: 2 }))).toBe(32)
  })

  it('a datagram socket that is not bound, or is closed, has none', () => {
    expectRefusal(
      new Datagram({ handle: { fd: -9 }, bindState: 0 }),
      'ERR_SOCKOPT_NOT_BOUND',
      /^this dgram\.Socket has no descriptor: it is not bound/,
    )
    expectRefusal(new Datagram({ handle: null, bindState: 2 }), 'ERR_SOCKOPT_CLOSED', /^this dgram\.Socket is closed/)
  })
})

describe('on Node for Windows', () => {
  const handle = { fd: -1 }

  it('an open socket or server shows none', () => {
    const rest = 'is open, but this runtime shows no descriptor of it on this platform'
    expectRefusal(holding(new net.Socket(), handle), 'ERR_SOCKOPT_HIDDEN', `this net.Socket ${rest}`)
    expectRefusal(holding(new net.Server(), handle), 'ERR_SOCKOPT_HIDDEN', `this server ${rest}`)
  })

  it('a TLS socket over a real one is not taken for one over a stream', () => {
    class TCP {}
    const socket = Object.assign(holding(new net.Socket(), { fd: -1, _parent: new TCP() }), { encrypted: true })
    expectRefusal(socket, 'ERR_SOCKOPT_HIDDEN', /is open, but this runtime shows no descriptor/)
  })

  it('a bound datagram socket shows none', () => {
    const socket = { addMembership: () => undefined, [Symbol('state symbol')]: { handle, bindState: 2 } }
    expectRefusal(socket, 'ERR_SOCKOPT_HIDDEN', 'this dgram.Socket is bound, but this runtime shows no descriptor of it on this platform')
  })
})

describe('on Bun', () => {
  it('its own sockets have their public fd', () => {
    class TCPSocket {
      fd = 41
      remoteAddress = '127.0.0.1'
    }
    vi.stubGlobal('Bun', {})
    expect(resolve(new TCPSocket())).toBe(41)
  })

  const rest = "belongs to Bun's HTTP implementation, which hides its descriptors; accept with net.createServer or Bun.listen instead"

  it('a socket or a server of its HTTP server has none to show', () => {
    class NodeHTTPServerSocket {
      remoteAddress = '127.0.0.1'
    }
    class Server {
      listening = true
    }
    const message = { httpVersion: '1.1', socket: new NodeHTTPServerSocket() }
    const served = { pendingRequests: 0 }
    expect(refusal(new Server())).toMatchObject({ code: 'ERR_SOCKOPT_TARGET' })
    vi.stubGlobal('Bun', {})
    expectRefusal(message.socket, 'ERR_SOCKOPT_HIDDEN', `this NodeHTTPServerSocket ${rest}`)
    expectRefusal(message, 'ERR_SOCKOPT_HIDDEN', `the socket of this object ${rest}`)
    expectRefusal(new Server(), 'ERR_SOCKOPT_HIDDEN', `this server ${rest}`)
    expectRefusal(served, 'ERR_SOCKOPT_HIDDEN', `this server ${rest}`)
  })

  it('the socket of an HTTP request is a net.Socket that is open and has no handle', () => {
    const socket = Object.defineProperty(new net.Socket(), 'pending', { value: false })
    expectRefusal({ httpVersion: '1.1', socket }, 'ERR_SOCKOPT_HIDDEN', `the socket of this object ${rest}`)
    expectRefusal(new net.Socket(), 'ERR_SOCKOPT_NOT_OPEN', /never connected/)
  })

  it('TLS over a stream that is no socket has a plain object for a handle', () => {
    const socket = Object.assign(holding(new net.Socket(), { fd: -1 }), { encrypted: true })
    expectRefusal(socket, 'ERR_SOCKOPT_TLS_OVER_STREAM', /^this net\.Socket runs over a stream written in JavaScript/)
  })

  it('an HTTP/2 stream has its session before it has an rstCode', () => {
    const session = { goaway: () => undefined, settings: () => undefined, socket: { fd: 43 } }
    expect(resolve({ rstCode: undefined, session })).toBe(43)
  })
})

describe('on Deno', () => {
  /** A handle of Deno's: it hides its descriptor, and gives duplicates that only another handle can close. */
  class TCPWrap {
    static opened: number[] = []
    static closed: number[] = []
    fd = undefined
    #duplicate = -1
    readonly #next: number
    constructor(next: number) {
      this.#next = next
    }
    fdForIpc(): number {
      return this.#next
    }
    open(fd: number): number {
      TCPWrap.opened.push(fd)
      this.#duplicate = fd
      return 0
    }
    close(): void {
      TCPWrap.closed.push(this.#duplicate)
    }
  }
  beforeEach(() => {
    TCPWrap.opened = []
    TCPWrap.closed = []
  })

  it('a socket or a server of node:net has a duplicate of its descriptor, which is closed when the tick ends', async () => {
    expect(resolve(holding(new net.Socket(), new TCPWrap(51)))).toBe(51)
    expect(resolve(holding(new net.Server(), new TCPWrap(52)))).toBe(52)
    expect([TCPWrap.opened, TCPWrap.closed]).toEqual([[51, 52], []])
    await Promise.resolve()
    expect(TCPWrap.closed).toEqual([51, 52])
  })

  it('one duplicate serves a whole tick, and the next tick makes another', async () => {
    const socket = holding(new net.Socket(), new TCPWrap(53))
    expect([resolve(socket), resolve(socket)]).toEqual([53, 53])
    expect(TCPWrap.opened).toEqual([53])
    await Promise.resolve()
    expect(resolve(socket)).toBe(53)
    expect(TCPWrap.opened).toEqual([53, 53])
    await Promise.resolve()
    expect(TCPWrap.closed).toEqual([53, 53])
  })

  it('of a thousand sockets in one tick, 64 have a duplicate that is open', async () => {
    for (let fd = 0; fd < 1000; fd++) expect(resolve(holding(new net.Socket(), new TCPWrap(fd)))).toBe(fd)
    expect(TCPWrap.closed).toEqual(Array.from({ length: 936 }, (_, fd) => fd))
    await Promise.resolve()
    expect(TCPWrap.closed).toEqual(TCPWrap.opened)
  })

  it('a TLS socket has that of the handle beneath, and TLS over a stream has none', async () => {
    class TLSWrap {
      fd = undefined
      readonly _parent: object
      constructor(parent: object) {
        this._parent = parent
      }
    }
    const over = (handle: object): net.Socket => Object.assign(holding(new net.Socket(), new TLSWrap(handle)), { encrypted: true })
    expect(resolve(over(new TCPWrap(54)))).toBe(54)
    expectRefusal(over({}), 'ERR_SOCKOPT_TLS_OVER_STREAM', /^this net\.Socket runs over a stream written in JavaScript/)
  })

  it('a datagram socket has a duplicate once it is bound', () => {
    const inState = (state: object): object => ({ addMembership: () => undefined, [Symbol('kStateSymbol')]: state })
    expect(resolve(inState({ handle: new TCPWrap(55), bindState: 2 }))).toBe(55)
    expectRefusal(inState({ handle: new TCPWrap(-1), bindState: 0 }), 'ERR_SOCKOPT_NOT_BOUND', /is not bound/)
    expectRefusal(inState({ handle: null, bindState: 2 }), 'ERR_SOCKOPT_CLOSED', /is closed/)
  })

  it('a unix socket of node:net has its own descriptor', () => {
    expect(resolve(holding(new net.Socket(), Object.assign(new TCPWrap(57), { fd: 32 })))).toBe(32)
    expect(TCPWrap.opened).toEqual([])
  })

  it('a handle without a duplicate, or without means to close one, is hidden', () => {
    const message = 'this net.Socket is open, but this version of Deno hides its descriptor; use Deno 2.9, or Node'
    expectRefusal(holding(new net.Socket(), new TCPWrap(-1)), 'ERR_SOCKOPT_HIDDEN', message)
    class Older {
      fdForIpc(): never {
        throw new Error('a duplicate that nobody closes')
      }
    }
    expectRefusal(holding(new net.Socket(), new Older()), 'ERR_SOCKOPT_HIDDEN', message)
  })

  it('a handle that refuses its duplicate is not asked for a second', async () => {
    vi.resetModules()
    const { resolve: afresh } = await import('../../../src/socket/resolve.js')
    let asked = 0
    class Refusing extends TCPWrap {
      override fdForIpc(): number {
        return asked++
      }
      override open(): number {
        return -22
      }
    }
    const socket = holding(new net.Socket(), new Refusing(0))
    expect(() => afresh(socket)).toThrow(/this version of Deno hides its descriptor/)
    expect(() => afresh(socket)).toThrow(/this version of Deno hides its descriptor/)
    expect(asked).toBe(1)
  })

  it.each([
    ['TcpConn', 'localAddr'],
    ['UnixConn', 'localAddr'],
    ['Listener', 'addr'],
  ])('a %s of its own API has none to show', (name, property) => {
    const Made = { [name]: class {} }[name] as new () => object
    const target = Object.assign(new Made(), { [property]: {} })
    expect(refusal(target)).toMatchObject({ code: 'ERR_SOCKOPT_TARGET' })
    vi.stubGlobal('Deno', {})
    const rest =
      "has a socket, but Deno's own API shows no descriptor; use node:net, node:tls, node:http or node:dgram, whose sockets have one"
    expectRefusal(target, 'ERR_SOCKOPT_HIDDEN', `this ${name} ${rest}`)
    expectRefusal({ socket: target }, 'ERR_SOCKOPT_HIDDEN', `the socket of this object ${rest}`)
  })
})
