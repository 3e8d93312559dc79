/** WHERE do other versions, platforms and runtimes keep the descriptor? Their shapes, imitated. */
import * as net from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
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

  it('a socket or a server of its HTTP server has none to show', () => {
    class NodeHTTPServerSocket {
      remoteAddress = '127.0.0.1'
    }
    class Server {
      listening = true
    }
    const message = { httpVersion: '1.1', socket: new NodeHTTPServerSocket() }
    expect(refusal(new Server())).toMatchObject({ code: 'ERR_SOCKOPT_TARGET' })
    vi.stubGlobal('Bun', {})
    const rest = "belongs to Bun's HTTP server, which hides its descriptor; accept with net.createServer or Bun.listen instead"
    expectRefusal(message.socket, 'ERR_SOCKOPT_HIDDEN', `this NodeHTTPServerSocket ${rest}`)
    expectRefusal(message, 'ERR_SOCKOPT_HIDDEN', `the socket of this object ${rest}`)
    expectRefusal(new Server(), 'ERR_SOCKOPT_HIDDEN', `this socket ${rest}`)
  })
})

describe('on Deno', () => {
  const rest = 'has a socket, but Deno hides its descriptor; a unix socket shows its own, and so does Node'
  const fdForIpc = (): never => {
    throw new Error('a duplicate that nobody closes')
  }
  class TCP {
    fd = undefined
    fdForIpc = fdForIpc
  }

  it('sockets and servers of node:net and node:dgram have none to show', () => {
    expectRefusal(holding(new net.Socket(), new TCP()), 'ERR_SOCKOPT_HIDDEN', `this net.Socket ${rest}`)
    expectRefusal(holding(new net.Server(), new TCP()), 'ERR_SOCKOPT_HIDDEN', `this server ${rest}`)
    const datagram = { addMembership: () => undefined, [Symbol('state symbol')]: { handle: new TCP(), bindState: 2 } }
    expectRefusal(datagram, 'ERR_SOCKOPT_HIDDEN', `this dgram.Socket ${rest}`)
  })

  it('a unix socket of node:net has its descriptor', () => {
    expect(resolve(holding(new net.Socket(), { fd: 32, fdForIpc }))).toBe(32)
  })

  it.each([
    ['TcpConn', 'localAddr'],
    ['Listener', 'addr'],
    ['FakeSocket', 'remoteAddress'],
  ])('a %s has none to show', (name, property) => {
    const Made = { [name]: class {} }[name] as new () => object
    const target = Object.assign(new Made(), { [property]: {} })
    expect(refusal(target)).toMatchObject({ code: 'ERR_SOCKOPT_TARGET' })
    vi.stubGlobal('Deno', {})
    expectRefusal(target, 'ERR_SOCKOPT_HIDDEN', `this ${name} ${rest}`)
    expectRefusal({ socket: target }, 'ERR_SOCKOPT_HIDDEN', `the socket of this object ${rest}`)
  })
})
