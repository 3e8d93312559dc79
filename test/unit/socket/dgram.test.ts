/** WHICH descriptor does a datagram socket have? Without the warning that its `_handle` gives. */
import * as dgram from 'node:dgram'
import { afterEach, describe, expect, it } from 'vitest'
import { resolve } from '../../../src/socket/resolve.js'
import { portOf } from '../../support/addresses.js'
import { event, udpPair, until } from '../../support/sockets.js'
import { expectRefusal, portsOf } from './descriptor-facts.js'

const sockets: dgram.Socket[] = []
const socket = (type: dgram.SocketType = 'udp4'): dgram.Socket => {
  const made = dgram.createSocket(type)
  sockets.push(made)
  return made
}
afterEach(async () => {
  for (const open of sockets.splice(0)) await new Promise<void>(done => open.close(done))
})

const unbound = "this dgram.Socket has no descriptor: it is not bound; call bind() and wait for 'listening' (sending binds too)"

describe('a datagram socket', () => {
  it('has the descriptor it is bound to', async () => {
    const { client, server, port, close } = await udpPair()
    expect(portOf(resolve(server))).toBe(port)
    expect(portOf(resolve(client))).toBe(client.address().port)
    await close()
  })

  it('has it on IPv6, connected, and when its class extends dgram.Socket', async () => {
    const peer = socket('udp6').bind(0, '::1')
    await event(peer, 'listening')
    class Counting extends dgram.Socket {}
    const client = new (Counting as unknown as new (type: string) => dgram.Socket)('udp6')
    sockets.push(client)
    client.connect(peer.address().port, '::1')
    await event(client, 'connect')
    expect(portsOf(resolve(client))).toEqual([client.address().port, peer.address().port])
  })

  it('has none before bind(), nor in the tick that binds it', async () => {
    const made = socket()
    expectRefusal(made, 'ERR_SOCKOPT_NOT_BOUND', unbound)
    made.bind(0, '127.0.0.1')
    expectRefusal(made, 'ERR_SOCKOPT_NOT_BOUND', unbound)
    await event(made, 'listening')
    expect(portOf(resolve(made))).toBe(made.address().port)
  })

  it('has one once it has sent', async () => {
    const { port, close } = await udpPair()
    const made = socket()
    await new Promise(done => made.send('x', port, '127.0.0.1', done))
    expect(portOf(resolve(made))).toBe(made.address().port)
    await close()
  })

  it('has none once it is closed', async () => {
    const made = dgram.createSocket('udp4').bind(0, '127.0.0.1')
    await event(made, 'listening')
    made.close()
    const message = "this dgram.Socket is closed, and its descriptor may be another socket's by now; pass it before close()"
    expectRefusal(made, 'ERR_SOCKOPT_CLOSED', message)
    await event(made, 'close')
    expectRefusal(made, 'ERR_SOCKOPT_CLOSED', message)
  })

  it('is never read through its deprecated _handle', async () => {
    const warnings: string[] = []
    const listen = (warning: Error & { code?: string }): unknown => warnings.push(warning.code ?? warning.name)
    process.on('warning', listen)
    const made = dgram.createSocket('udp4')
    expectRefusal(made, 'ERR_SOCKOPT_NOT_BOUND', unbound)
    made.bind(0, '127.0.0.1')
    await event(made, 'listening')
    const fd = resolve(made)
    const closed = event(made, 'close')
    made.close()
    expectRefusal(made, 'ERR_SOCKOPT_CLOSED', /is closed/)
    await closed
    await new Promise(done => setImmediate(done))
    expect(warnings).toEqual([])
    // The control: the warning is given once in a process, and has not been given yet.
    const other = socket().bind(0, '127.0.0.1')
    await event(other, 'listening')
    const handle = (other as unknown as { _handle?: { fd: number } })._handle
    if (handle === undefined) expect(Number(process.versions.node.split('.')[0])).toBeGreaterThanOrEqual(26)
    else {
      expect(handle.fd).toBe(resolve(other))
      expect(await until(() => warnings[0])).toBe('DEP0112')
    }
    process.off('warning', listen)
    expect(fd).toBeGreaterThan(2)
  })
})
