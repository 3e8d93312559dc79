/** WHICH descriptor do stream sockets and servers have, and when? Against the kernel's own account of it. */
import { spawn } from 'node:child_process'
import * as net from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { resolve } from '../../../src/socket/resolve.js'
import { portOf } from '../../support/addresses.js'
import { event, listener, tcpPair, unixPair } from '../../support/sockets.js'
import { expectRefusal, pathOf, portsOf } from './descriptor-facts.js'

const opened: Array<{ close(): unknown }> = []
const keep = <T extends { close(): unknown }>(made: T): T => {
  opened.push(made)
  return made
}
afterEach(async () => {
  for (const { close } of opened.splice(0)) await close()
})

describe('a stream socket', () => {
  it('has the descriptor of its connection, at both ends', async () => {
    const { client, accepted, port } = keep(await tcpPair())
    expect(portsOf(resolve(client))).toEqual([client.localPort, port])
    expect(portsOf(resolve(accepted))).toEqual([port, client.localPort])
  })

  it('has one when its class extends net.Socket', async () => {
    class Framed extends net.Socket {}
    const { port } = keep(await listener('tcp'))
    const socket = new Framed().connect(port, '127.0.0.1')
    await event(socket, 'connect')
    expect(portsOf(resolve(socket))).toEqual([socket.localPort, port])
    socket.destroy()
    expectRefusal(socket, 'ERR_SOCKOPT_CLOSED', /^this Framed is closed, and its descriptor may be another socket's by now; pass it before/)
  })

  it('has one over a unix path, at both ends', async () => {
    const { client, accepted, server, path } = keep(await unixPair())
    expect(pathOf(resolve(client), 'getpeername')).toBe(path)
    expect(pathOf(resolve(accepted), 'getsockname')).toBe(path)
    expect(pathOf(resolve(server), 'getsockname')).toBe(path)
    expect(new Set([client, accepted, server].map(resolve)).size).toBe(3)
  })

  it('has one when it is the pipe of a child process', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.pipe(process.stdout)'], { stdio: ['pipe', 'pipe', 'inherit'] })
    // Node makes these pipes with socketpair(2): unnamed unix sockets.
    expect(pathOf(resolve(child.stdin), 'getpeername')).toBe('')
    expect(pathOf(resolve(child.stdout), 'getpeername')).toBe('')
    expect(resolve(child.stdin)).not.toBe(resolve(child.stdout))
    child.stdin.end()
    await event(child, 'close')
  })

  it('has none before connect()', () => {
    const message = "this net.Socket has no descriptor: it was never connected; call connect() and wait for 'connect'"
    expectRefusal(new net.Socket(), 'ERR_SOCKOPT_NOT_OPEN', message)
  })

  it('has none in the tick that connects it, and has one in the next', async () => {
    const { port } = keep(await listener('tcp'))
    const socket = net.connect(port, '127.0.0.1')
    const message =
      "this net.Socket has no descriptor yet: it is connecting; wait for 'connect', or for the next tick where the host is an address"
    expectRefusal(socket, 'ERR_SOCKOPT_NOT_OPEN', message)
    await new Promise<void>(done => process.nextTick(done))
    expect(socket.connecting).toBe(true)
    const early = resolve(socket)
    await event(socket, 'connect')
    expect(resolve(socket)).toBe(early)
    expect(portsOf(early)).toEqual([socket.localPort, port])
    socket.destroy()
  })

  it('has none while its name is looked up', async () => {
    const { port } = keep(await listener('tcp'))
    const found: Array<() => void> = []
    const lookup: net.LookupFunction = (_host, _options, callback) =>
      found.push(() => callback(null, [{ address: '127.0.0.1', family: 4 }]))
    const socket = net.connect({ port, host: 'some.name', lookup })
    await new Promise(done => setImmediate(done))
    expectRefusal(socket, 'ERR_SOCKOPT_NOT_OPEN', /it is connecting; wait for 'connect'/)
    for (const answer of found) answer()
    await event(socket, 'connect')
    expect(portsOf(resolve(socket))).toEqual([socket.localPort, port])
    socket.destroy()
  })

  it('has none once it is destroyed, at once and for good', async () => {
    const { client, accepted } = keep(await tcpPair())
    client.destroy()
    const message =
      "this net.Socket is closed, and its descriptor may be another socket's by now; pass it before it is destroyed, or pass the one that replaced it"
    expectRefusal(client, 'ERR_SOCKOPT_CLOSED', message)
    await event(accepted, 'close')
    expectRefusal(client, 'ERR_SOCKOPT_CLOSED', message)
    expectRefusal(accepted, 'ERR_SOCKOPT_CLOSED', message)
  })

  it('has none when it is destroyed while it connects', async () => {
    const { port } = keep(await listener('tcp'))
    const socket = net.connect(port, '127.0.0.1')
    socket.destroy()
    expectRefusal(socket, 'ERR_SOCKOPT_CLOSED', /^this net\.Socket is closed/)
  })

  it('keeps it after both ends have ended, until it is closed', async () => {
    const { client, accepted, port } = keep(await tcpPair({ allowHalfOpen: true }))
    accepted.resume().end()
    client.resume()
    await event(client, 'end')
    expect(portsOf(resolve(client))).toEqual([client.localPort, port])
  })
})

describe('a server', () => {
  it('has the descriptor it listens on', async () => {
    for (const kind of ['tcp', 'tls', 'http', 'https', 'http2', 'http2s'] as const) {
      const { server, port } = keep(await listener(kind))
      expect([kind, portOf(resolve(server))]).toEqual([kind, port])
    }
  })

  it('has none before listen()', () => {
    class Gate extends net.Server {}
    const rest = "has no descriptor: it is not listening; call listen() and wait for 'listening'"
    expectRefusal(net.createServer(), 'ERR_SOCKOPT_NOT_BOUND', `this server ${rest}`)
    expectRefusal(new Gate(), 'ERR_SOCKOPT_NOT_BOUND', `this Gate ${rest}`)
  })

  it('has none once it is closed, and another when it listens again', async () => {
    const { server, close } = keep(await listener('http'))
    await close()
    expectRefusal(server, 'ERR_SOCKOPT_CLOSED', "this server is closed; call listen() again and wait for 'listening'")
    server.listen(0, '127.0.0.1')
    await event(server, 'listening')
    expect(portOf(resolve(server))).toBe((server.address() as net.AddressInfo).port)
  })
})
