/** Which sockets can be asked? Every kind of object that has one, also those that packages before this one refused, warned about or misnamed. */
import * as dgram from 'node:dgram'
import { once } from 'node:events'
import * as net from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { getsockopt, setsockopt } from '../../../src/index.js'
import { isLinux } from '../../support/needs.js'
import { errnoName } from '../../support/probe.js'
import { http2Pair, httpPair, listener, tcpPair, tlsPair, udpPair, unixPair } from '../../support/sockets.js'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Keeps what was opened until the test has ended. */
async function using<Opened extends { close(): unknown }>(opening: Promise<Opened>): Promise<Opened> {
  const opened = await opening
  closing.push(() => opened.close())
  return opened
}

/** Sets an option through one object, and reads it through others that stand for the same socket. */
function shareOneSocket(...targets: Parameters<typeof getsockopt>[0][]): void {
  targets.forEach((target, index) => {
    setsockopt(target, 'TCP_USER_TIMEOUT', 10_000 + index)
    for (const other of targets) expect(getsockopt(other, 'TCP_USER_TIMEOUT')).toBe(10_000 + index)
  })
}

const code = (expected: string) => expect.objectContaining({ code: expected })

describe.runIf(isLinux)('on Linux', () => {
  test('both ends of a TCP connection and its server are three sockets', async () => {
    const { client, accepted, server } = await using(tcpPair())
    const cookies = [client, accepted, server].map(target => getsockopt(target, 'SO_COOKIE'))
    expect(new Set(cookies).size).toBe(3)
    expect(getsockopt(server, 'SO_ACCEPTCONN')).toBe(true)
    expect(getsockopt(server, 'TCP_USER_TIMEOUT')).toBe(0)
  })

  test('both ends of a TLS connection and its server can be read and set', async () => {
    const { client, accepted, server } = await using(tlsPair())
    shareOneSocket(client)
    shareOneSocket(accepted)
    expect(getsockopt(server, 'SO_ACCEPTCONN')).toBe(true)
  })

  test('an HTTP request and its response stand for their connection', async () => {
    const { client, response, accepted, reply, server } = await using(httpPair())
    shareOneSocket(client, response, response.socket)
    shareOneSocket(accepted, reply, accepted.socket)
    expect(getsockopt(server, 'SO_ACCEPTCONN')).toBe(true)
  })

  test('an HTTP/2 session, its stream and its socket stand for one connection', async () => {
    const { client, stream, accepted, acceptedStream, server } = await using(http2Pair())
    shareOneSocket(client, stream, client.socket)
    shareOneSocket(accepted, acceptedStream, accepted.socket)
    expect(getsockopt(server, 'SO_ACCEPTCONN')).toBe(true)
  })

  test('a unix socket has the options of every socket', async () => {
    const { client } = await using(unixPair())
    expect(getsockopt(client, 'SO_DOMAIN')).toBe('AF_UNIX')
  })

  test('a datagram socket is read without the deprecation warning of its handle', async () => {
    const warnings: Error[] = []
    const note = (warning: Error): void => void warnings.push(warning)
    process.on('warning', note)
    closing.push(() => process.off('warning', note))
    const { client } = await using(udpPair())
    expect(getsockopt(client, 'SO_TYPE')).toBe('SOCK_DGRAM')
    // Warnings are emitted on a later tick.
    await new Promise(resolve => setImmediate(resolve))
    expect(warnings.map(warning => (warning as { code?: string }).code)).not.toContain('DEP0112')
  })

  test('TCP options of a datagram socket are refused by the kernel', async () => {
    const { client } = await using(udpPair())
    expect(() => getsockopt(client, 'TCP_USER_TIMEOUT')).toThrow(code(errnoName(-95)))
  })

  test('a datagram socket that is not bound says so', async () => {
    const socket = dgram.createSocket('udp4')
    expect(() => getsockopt(socket, 'SO_RCVBUF')).toThrow(code('ERR_SOCKOPT_NOT_BOUND'))
    socket.close()
    await once(socket, 'close')
    expect(() => getsockopt(socket, 'SO_RCVBUF')).toThrow(code('ERR_SOCKOPT_CLOSED'))
  })

  test('a connecting socket has none in the tick of connect(), and one in the next', async () => {
    const { port } = await using(listener('tcp'))
    const socket = net.connect(port, '127.0.0.1')
    closing.push(() => socket.destroy())
    expect(() => getsockopt(socket, 'SO_RCVBUF')).toThrow(code('ERR_SOCKOPT_NOT_OPEN'))
    await new Promise(resolve => process.nextTick(resolve))
    expect(getsockopt(socket, 'SO_RCVBUF')).toBeGreaterThan(0)
    await once(socket, 'connect')
  })

  test('a socket that was never connected is told from one that is closed', async () => {
    expect(() => getsockopt(new net.Socket(), 'SO_RCVBUF')).toThrow(code('ERR_SOCKOPT_NOT_OPEN'))
    const { client } = await using(tcpPair())
    client.destroy()
    expect(() => getsockopt(client, 'SO_RCVBUF')).toThrow(code('ERR_SOCKOPT_CLOSED'))
    await once(client, 'close')
    expect(() => getsockopt(client, 'SO_RCVBUF')).toThrow(code('ERR_SOCKOPT_CLOSED'))
  })

  test('a server that does not listen is told from one that is closed', async () => {
    expect(() => getsockopt(net.createServer(), 'SO_RCVBUF')).toThrow(code('ERR_SOCKOPT_NOT_BOUND'))
    const { server, close } = await using(listener('tcp'))
    await close()
    expect(() => getsockopt(server, 'SO_RCVBUF')).toThrow(code('ERR_SOCKOPT_CLOSED'))
  })
})
