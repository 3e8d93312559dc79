/** WHICH descriptor does a TLS socket have? Over a connection, over another TLS socket, over a stream without one. */
import * as net from 'node:net'
import { Duplex } from 'node:stream'
import * as tls from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { resolve } from '../../../src/socket/resolve.js'
import { event, listener, tcpPair, tlsPair, trust } from '../../support/sockets.js'
import { expectRefusal, portsOf } from './descriptor-facts.js'

const opened: Array<{ close(): unknown }> = []
const keep = <T extends { close(): unknown }>(made: T): T => {
  opened.push(made)
  return made
}
afterEach(async () => {
  for (const { close } of opened.splice(0)) await close()
})

/** A stream in JavaScript over another: what a proxy agent or an SSH tunnel hands to tls.connect. */
class Tunnel extends Duplex {
  readonly over: net.Socket
  constructor(over: net.Socket) {
    super()
    this.over = over
    over.on('data', chunk => this.push(chunk)).on('close', () => this.destroy())
  }
  override _read(): void {
    this.over.resume()
  }
  override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error | null) => void): void {
    this.over.write(chunk, done)
  }
}

describe('a TLS socket', () => {
  it('has the descriptor of its connection, at both ends', async () => {
    const { client, accepted, port } = keep(await tlsPair())
    expect(portsOf(resolve(client))).toEqual([client.localPort, port])
    expect(portsOf(resolve(accepted))).toEqual([port, client.localPort])
  })

  it('has none in the tick that connects it', async () => {
    const { port } = keep(await listener('tls'))
    const socket = tls.connect({ port, host: '127.0.0.1', ...trust })
    expectRefusal(socket, 'ERR_SOCKOPT_NOT_OPEN', /^this TLSSocket has no descriptor yet: it is connecting; wait for 'connect'/)
    await event(socket, 'secureConnect')
    expect(portsOf(resolve(socket))).toEqual([socket.localPort, port])
    socket.destroy()
    expectRefusal(socket, 'ERR_SOCKOPT_CLOSED', /^this TLSSocket is closed/)
  })

  it('over a net.Socket has that socket’s descriptor', async () => {
    const { port } = keep(await listener('tls'))
    const raw = net.connect(port, '127.0.0.1')
    await event(raw, 'connect')
    const socket = tls.connect({ socket: raw, ...trust })
    await event(socket, 'secureConnect')
    expect(resolve(socket)).toBe(resolve(raw))
    socket.destroy()
  })

  it('over another TLS socket has the descriptor at the bottom', async () => {
    const { client } = keep(await tlsPair())
    const inner = tls.connect({ socket: client, ...trust }).on('error', () => inner.destroy())
    expect(resolve(inner)).toBe(resolve(client))
    inner.destroy()
  })

  it('over a stream written in JavaScript has none, and says so', async () => {
    const { port } = keep(await listener('tls'))
    const raw = net.connect(port, '127.0.0.1')
    const socket = tls.connect({ socket: new Tunnel(raw), ...trust })
    await event(socket, 'secureConnect')
    const message =
      'this TLSSocket runs over a stream written in JavaScript, which has no descriptor; pass the socket that carries that stream'
    expectRefusal(socket, 'ERR_SOCKOPT_TLS_OVER_STREAM', message)
    expect(portsOf(resolve(raw))).toEqual([raw.localPort, port])
    const closed = event(socket, 'close')
    socket.destroy()
    await closed
    expectRefusal(socket, 'ERR_SOCKOPT_CLOSED', /^this TLSSocket is closed/)
    raw.destroy()
  })

  it('over TLS over such a stream has none either', async () => {
    const { client } = keep(await tcpPair())
    const outer = tls.connect({ socket: new Tunnel(client), ...trust }).on('error', () => outer.destroy())
    const inner = tls.connect({ socket: outer, ...trust }).on('error', () => inner.destroy())
    expectRefusal(inner, 'ERR_SOCKOPT_TLS_OVER_STREAM', /runs over a stream written in JavaScript/)
    inner.destroy()
    outer.destroy()
  })

  it('has none in the tick in which the socket beneath it is destroyed', async () => {
    const { port } = keep(await listener('tls'))
    const raw = net.connect(port, '127.0.0.1')
    await event(raw, 'connect')
    const socket = tls.connect({ socket: raw, ...trust })
    await event(socket, 'secureConnect')
    const closed = event(socket, 'close')
    raw.destroy()
    expect(socket.destroyed).toBe(false)
    const message = 'this TLSSocket is closing: the socket beneath it is closed; pass it before that'
    expectRefusal(socket, 'ERR_SOCKOPT_CLOSED', message)
    await closed
    expectRefusal(socket, 'ERR_SOCKOPT_CLOSED', /^this TLSSocket is closed/)
  })
})
