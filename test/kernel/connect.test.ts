/** ARE the options on the socket before the connection exists, and is everything else as net.connect() has it? Real sockets; what was set is read back. */
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import * as net from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type ConnectOptions,
  connect,
  getsockopt,
  prepareSocket,
  SocketOptionError,
  type SocketOptions,
  setsockopt,
} from '../../src/index.js'
import { countSockets } from '../support/counting.js'
import { isLinux, isRoot, needs } from '../support/needs.js'
import { event, type Listener, listener, until } from '../support/sockets.js'

let tcp: Listener
let unix: Listener
beforeAll(async () => {
  tcp = await listener('tcp')
  unix = await listener('unix')
})
afterAll(() => Promise.all([tcp.close(), unix.close()]))

const hasMptcp = () => existsSync('/proc/sys/net/mptcp/enabled') && readFileSync('/proc/sys/net/mptcp/enabled', 'utf8').trim() === '1'

/** Options that the kernel keeps as they are set, and that are not the defaults. */
const wanted = { TCP_USER_TIMEOUT: 7777, TCP_SYNCNT: 3, TCP_KEEPINTVL: 7, SO_PRIORITY: 5 } as const
const readBack = (socket: net.Socket) =>
  Object.fromEntries((Object.keys(wanted) as (keyof typeof wanted)[]).map(name => [name, getsockopt(socket, name)]))

async function connected(options: ConnectOptions): Promise<net.Socket> {
  const socket = connect(options)
  await event(socket, 'connect')
  return socket
}

type Address = { address: string; family: 4 | 6 }
/** A lookup that answers so, whichever name is asked for. */
const answering =
  (...addresses: Address[]): net.LookupFunction =>
  (_, { all }, callback) =>
    process.nextTick(() => (all ? callback(null, addresses) : callback(null, addresses[0]?.address as string, addresses[0]?.family)))
const v4 = (address: string): Address => ({ address, family: 4 })
const v6 = (address: string): Address => ({ address, family: 6 })

describe('the options are on the socket', () => {
  test('that is connected to an IPv4 address', async () => {
    const socket = await connected({ host: '127.0.0.1', port: tcp.port, socketOptions: wanted })
    expect(readBack(socket)).toEqual(wanted)
    socket.destroy()
  })

  test('that is connected to an IPv6 address', async () => {
    const server = net.createServer().listen(0, '::1')
    await event(server, 'listening')
    const { port } = server.address() as net.AddressInfo
    const socket = await connected({ host: '::1', port, socketOptions: { ...wanted, IPV6_TCLASS: 32 } })
    expect(readBack(socket)).toEqual(wanted)
    expect(getsockopt(socket, 'IPV6_TCLASS')).toBe(32)
    socket.destroy()
    server.close()
  })

  test('that is connected to an IPv6 address with a zone', async context => {
    needs(context, isLinux, 'the loopback interface has another name elsewhere')
    const server = net.createServer().listen(0, '::1')
    await event(server, 'listening')
    const { port } = server.address() as net.AddressInfo
    const socket = await connected({ host: '::1%lo', port, socketOptions: wanted })
    expect(readBack(socket)).toEqual(wanted)
    socket.destroy()
    server.close()
  })

  test('that is connected to a unix socket', async () => {
    const socket = await connected({ path: unix.path, socketOptions: { SO_SNDBUF: 8192, SO_PASSCRED: true } })
    expect(getsockopt(socket, 'SO_SNDBUF')).toBe(16384)
    expect(getsockopt(socket, 'SO_PASSCRED')).toBe(true)
    socket.destroy()
  })

  test('while it connects, before anything is known of the peer', async () => {
    const socket = connect({ host: '127.0.0.1', port: tcp.port, socketOptions: wanted })
    expect(socket.connecting).toBe(true)
    await once(socket, 'connectionAttempt')
    await until(() => socket.remoteAddress !== undefined)
    expect(readBack(socket)).toEqual(wanted)
    socket.destroy()
  })

  for (const [title, addresses] of Object.entries({
    'a name of one address': [v4('127.0.0.1')],
    'a name of two, of which the first refuses': [v4('127.0.0.2'), v4('127.0.0.1')],
    'a name of two families, of which the first refuses': [v6('::1'), v4('127.0.0.1')],
    'a name of five, of which the last answers': [v6('::1'), v4('127.0.0.2'), v4('127.0.0.3'), v4('127.0.0.4'), v4('127.0.0.1')],
  })) {
    for (const autoSelectFamily of addresses.length === 1 ? [true, false] : [true]) {
      test(`that won, of ${title} (autoSelectFamily: ${autoSelectFamily})`, async () => {
        const lookup = answering(...addresses)
        const socket = await connected({ host: 'a.example', port: tcp.port, lookup, autoSelectFamily, socketOptions: wanted })
        expect(readBack(socket)).toEqual(wanted)
        if (addresses.length > 1) expect(socket.autoSelectFamilyAttemptedAddresses?.length).toBeGreaterThanOrEqual(2)
        socket.destroy()
      })
    }
  }

  test('by a lookup that answers in the same tick', async () => {
    const lookup: net.LookupFunction = (_, { all }, callback) => (all ? callback(null, [v4('127.0.0.1')]) : callback(null, '127.0.0.1', 4))
    const socket = await connected({ host: 'a.example', port: tcp.port, lookup, socketOptions: wanted })
    expect(readBack(socket)).toEqual(wanted)
    socket.destroy()
  })

  test('that is bound to an address and a port of its own', async () => {
    const free = net.createServer().listen(0, '127.0.0.1')
    await event(free, 'listening')
    const { port: localPort } = free.address() as net.AddressInfo
    await new Promise(resolve => free.close(resolve))
    const socket = await connected({ host: '127.0.0.1', port: tcp.port, localAddress: '127.0.0.9', localPort, socketOptions: wanted })
    expect(readBack(socket)).toEqual(wanted)
    expect([socket.localAddress, socket.localPort]).toEqual(['127.0.0.9', localPort])
    socket.destroy()
  })

  test('before bind(2): IP_FREEBIND lets it have an address that nobody has', async context => {
    needs(context, isLinux, 'IP_FREEBIND is an option of Linux')
    const to = { host: '127.0.0.1', port: tcp.port, localAddress: '192.0.2.7' }
    const refused = connect({ ...to, socketOptions: {} })
    expect((await event(refused, 'error'))[0]).toMatchObject({ code: 'EADDRNOTAVAIL', syscall: 'bind' })
    const socket = connect({ ...to, socketOptions: { IP_FREEBIND: true } })
    // Nothing is routed to there from here. That it got so far with that address is what the option did.
    expect((await event(socket, 'error'))[0]).toMatchObject({ syscall: 'connect', message: expect.stringContaining('Local (192.0.2.7:') })
  })

  test('of Multipath TCP', async context => {
    needs(context, isLinux && hasMptcp(), 'net.mptcp.enabled is not 1 here')
    const socket = await connected({ host: '127.0.0.1', port: tcp.port, type: 'mptcp', socketOptions: { SO_PRIORITY: 5 } })
    expect(getsockopt(socket, 'SO_PROTOCOL')).toBe('IPPROTO_MPTCP')
    expect(getsockopt(socket, 'SO_PRIORITY')).toBe(5)
    socket.destroy()
  })
})

/** What a SYN offers: kind 2 is the segment size, kind 3 the window scale (RFC 9293, RFC 7323). IPv4 without options, as here, has 20 bytes before TCP. */
function optionsOf(syn: Buffer): { scale: number | undefined; segment: number | undefined } {
  const options = syn.subarray(20 + 20, 20 + ((syn[20 + 12] as number) >> 4) * 4)
  const found: { scale: number | undefined; segment: number | undefined } = { scale: undefined, segment: undefined }
  for (let at = 0; at < options.length && options[at] !== 0; at += options[at] === 1 ? 1 : (options[at + 1] as number)) {
    if (options[at] === 2) found.segment = options.readUInt16BE(at + 2)
    if (options[at] === 3) found.scale = options[at + 2]
  }
  return found
}

describe('the SYN', () => {
  let server: net.Server
  beforeAll(async () => {
    server = net.createServer().listen(0, '127.0.0.1')
    await event(server, 'listening')
    if (isLinux) setsockopt(server, 'TCP_SAVE_SYN', 1)
  })
  afterAll(() => void server.close())

  /** As the listener saved it. */
  async function synOf(socketOptions: SocketOptions) {
    const { port } = server.address() as net.AddressInfo
    const accepted = event<[net.Socket]>(server, 'connection')
    const socket = await connected({ host: '127.0.0.1', port, socketOptions })
    const [peer] = await accepted
    const syn = getsockopt(peer, 'TCP_SAVED_SYN', { consume: true })
    peer.destroy()
    socket.destroy()
    return optionsOf(syn)
  }

  test('shows what was set before it: SO_RCVBUF by its window scale, TCP_MAXSEG by its segment size', async context => {
    needs(context, isLinux, 'TCP_SAVE_SYN is an option of Linux')
    const usual = await synOf({})
    const small = await synOf({ SO_RCVBUF: 4096 })
    const large = await synOf({ SO_RCVBUF: 200_000, TCP_MAXSEG: 1200 })
    expect(small.scale).toBe(0)
    expect(large.scale).toBeGreaterThan(0)
    expect(usual.scale).toBeGreaterThan(large.scale as number)
    expect([usual.segment, large.segment]).toEqual([65495, 1200])
  })
})

describe('events and errors are those of net.connect()', () => {
  const names = [
    'lookup',
    'connectionAttempt',
    'connectionAttemptFailed',
    'connectionAttemptTimeout',
    'connect',
    'ready',
    'error',
    'end',
    'close',
  ]

  /** What became of a connection: its events, with what they told; or what was thrown at once. Ports of ours differ from one to the next. */
  async function story(begin: () => net.Socket): Promise<unknown[]> {
    const told: unknown[] = []
    try {
      const socket = begin()
      told.push({ connecting: socket.connecting, pending: socket.pending, readyState: socket.readyState })
      for (const name of names) socket.on(name, (...words: unknown[]) => told.push([name, ...words.map(plain)]))
      socket.on('connect', () => socket.end())
      socket.resume()
      await new Promise(resolve => socket.once('close', resolve))
      told.push(socket.autoSelectFamilyAttemptedAddresses)
    } catch (error) {
      told.push(['thrown', plain(error)])
    }
    return told
  }

  function plain(value: unknown): unknown {
    if (!(value instanceof Error)) return value
    const { name, message, ...rest } = value as Error & { errors?: unknown[] }
    return { name, message, ...rest, errors: rest.errors?.map(plain) }
  }

  const refusing = async (): Promise<number> => {
    const free = net.createServer().listen(0, '127.0.0.1')
    await event(free, 'listening')
    const { port } = free.address() as net.AddressInfo
    await new Promise(resolve => free.close(resolve))
    return port
  }

  const stories: Record<string, (ports: { open: number; refusing: number }) => net.NetConnectOpts> = {
    'a connection to an address': ({ open }) => ({ host: '127.0.0.1', port: open }),
    'a connection to a name': ({ open }) => ({ host: 'a.example', port: open, lookup: answering(v4('127.0.0.1')) }),
    'a refused connection': ({ refusing: port }) => ({ host: '127.0.0.1', port }),
    'one of two addresses refuses': ({ open: port }) => ({ host: 'a.example', port, lookup: answering(v4('127.0.0.2'), v4('127.0.0.1')) }),
    'all addresses refuse': ({ refusing: port }) => ({
      host: 'a.example',
      port,
      lookup: answering(v6('::1'), v4('127.0.0.2'), v4('127.0.0.1')),
    }),
    'the lookup fails': ({ open: port }) => ({
      host: 'a.example',
      port,
      lookup: (_host, _how, callback) =>
        process.nextTick(callback, Object.assign(new Error('queryA ENOTFOUND a.example'), { code: 'ENOTFOUND' }), ''),
    }),
    'the lookup gives no address': ({ open: port }) => ({ host: 'a.example', port, lookup: answering({ address: 'nonsense', family: 4 }) }),
    'a path that is not there': () => ({ path: '/nonexistent/socket' }),
    'an address of ours that nobody has': ({ open: port }) => ({ host: '127.0.0.1', port, localAddress: '192.0.2.7' }),
    'a port of ours that is taken': ({ open: port }) => ({ host: '127.0.0.1', port, localAddress: '127.0.0.1', localPort: port }),
    'a port of ours that is taken, to two addresses': ({ open: port }) => ({
      host: 'a.example',
      port,
      localPort: port,
      lookup: answering(v4('127.0.0.1'), v4('127.0.0.1'), v6('::1')),
    }),
    'a signal that is aborted already': ({ open: port }) => ({ host: '127.0.0.1', port, signal: AbortSignal.abort() }),
    'no port and no path': () => ({ host: '127.0.0.1' }) as never,
    'a port that is none': () => ({ host: '127.0.0.1', port: 70_000 }),
    'a local address that is none': ({ open: port }) => ({ host: '127.0.0.1', port, localAddress: 'nonsense' }),
    'a family that is none': ({ open: port }) => ({
      host: 'a.example',
      port,
      family: 4,
      lookup: answering({ address: '127.0.0.1', family: 7 as never }),
    }),
  }

  for (const [title, optionsOfStory] of Object.entries(stories)) {
    test(title, async () => {
      const ports = { open: tcp.port, refusing: await refusing() }
      const theirs = await story(() => net.connect(optionsOfStory(ports)))
      const ours = await story(() => connect({ ...optionsOfStory(ports), socketOptions: { SO_PRIORITY: 5 } } as ConnectOptions))
      expect(ours).toEqual(theirs)
      expect(theirs.length).toBeGreaterThan(0)
    })
  }

  test('a signal that aborts while it connects', async () => {
    const stop = new AbortController()
    const socket = connect({ host: '127.0.0.1', port: tcp.port, signal: stop.signal, socketOptions: wanted })
    socket.once('connectionAttempt', () => process.nextTick(() => stop.abort()))
    expect((await event(socket, 'error'))[0]).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR' })
  })

  test('net.client.socket tells of it once', async () => {
    const channel = (await import('node:diagnostics_channel')).channel('net.client.socket')
    const told: unknown[] = []
    const listen = (message: unknown) => told.push((message as { socket: unknown }).socket)
    channel.subscribe(listen)
    const socket = connect({ host: '127.0.0.1', port: tcp.port, socketOptions: wanted })
    channel.unsubscribe(listen)
    expect(told).toEqual([socket])
    socket.destroy()
  })

  test('data flows both ways, and half-open as asked', async () => {
    const server = net.createServer({ allowHalfOpen: true }, peer => peer.pipe(peer)).listen(0, '127.0.0.1')
    await event(server, 'listening')
    const { port } = server.address() as net.AddressInfo
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true, socketOptions: wanted })
    const sent = Buffer.alloc(1_000_000, 'x')
    socket.end(sent)
    let received = 0
    for await (const part of socket) received += (part as Buffer).length
    expect(received).toBe(sent.length)
    server.close()
  })
})

describe('what is refused', () => {
  test.each<[string, SocketOptions, object]>([
    ['a name that is none', { TCP_USER_TIMEUOT: 1 } as never, { code: 'ERR_SOCKOPT_UNKNOWN', kind: 'unknown' }],
    ['an option that can only be read', { SO_ERROR: 1 } as never, { kind: 'unsupported', option: 'SO_ERROR' }],
    ['a value of the wrong type', { TCP_USER_TIMEOUT: 'soon' as never }, { code: 'ERR_SOCKOPT_TYPE', option: 'TCP_USER_TIMEOUT' }],
    ['a value out of range', { TCP_USER_TIMEOUT: -1 }, { code: 'ERR_SOCKOPT_RANGE', option: 'TCP_USER_TIMEOUT' }],
    ['an option of another system', { SO_SETFIB: 1 }, { code: 'ERR_SOCKOPT_UNSUPPORTED', option: 'SO_SETFIB' }],
    ['no options', null as never, { code: 'ERR_SOCKOPT_TYPE' }],
  ])('%s is thrown at once', (_, socketOptions, error) => {
    const before = countSockets()
    let thrown: unknown
    try {
      connect({ host: '127.0.0.1', port: tcp.port, socketOptions })
    } catch (caught) {
      thrown = caught
    }
    expect(thrown).toMatchObject(error)
    expect(countSockets()).toBe(before)
  })

  const refusals: [string, SocketOptions, ConnectOptions | object][] = [
    ['an option of UDP', { SO_PRIORITY: 5, UDP_CORK: true }, { code: 'ENOPROTOOPT', kind: 'unsupported', option: 'UDP_CORK' }],
    ['an option of IPv6', { IPV6_TCLASS: 8 }, { code: 'ENOPROTOOPT', kind: 'unsupported', option: 'IPV6_TCLASS' }],
    ['a value that the kernel does not take', { TCP_CONGESTION: 'nonsense' }, { code: 'ENOENT', kind: 'value', option: 'TCP_CONGESTION' }],
  ]
  for (const [title, socketOptions, error] of refusals) {
    test(`${title} is an error event that names it, and nobody is connected to`, async context => {
      needs(context, isLinux, 'other systems refuse in another way')
      const { server, port, close } = await listener('tcp')
      let connections = 0
      server.on('connection', () => connections++)
      for (const host of ['127.0.0.1', 'a.example']) {
        const lookup = answering(v4('127.0.0.1'), v4('127.0.0.1'))
        const socket = connect({ host, port, lookup, socketOptions })
        const [refusal] = await event(socket, 'error')
        expect(refusal).toBeInstanceOf(SocketOptionError)
        expect(refusal).toMatchObject(error)
        expect(socket.destroyed).toBe(true)
      }
      await (await connected({ host: '127.0.0.1', port, socketOptions: {} })).destroy()
      await until(() => connections > 0)
      expect(connections).toBe(1)
      await close()
    })
  }

  test('what needs a privilege says which', async context => {
    needs(context, isLinux && !isRoot, 'root has every privilege; see the run without privileges')
    const socket = connect({ host: '127.0.0.1', port: tcp.port, socketOptions: { SO_MARK: 5 } })
    const [refusal] = await event(socket, 'error')
    expect(refusal).toMatchObject({ code: 'EPERM', kind: 'denied', option: 'SO_MARK' })
    expect(refusal.message).toContain('CAP_NET_ADMIN')
  })

  test("what does not exist here is left out with onUnsupported: 'skip', and the rest is set", async context => {
    needs(context, isLinux, 'SO_SETFIB is one of FreeBSD')
    const socketOptions = { SO_SETFIB: 1, UDP_CORK: true, IPV6_TCLASS: 8, ...wanted }
    const socket = await connected({ host: '127.0.0.1', port: tcp.port, onUnsupported: 'skip', socketOptions })
    expect(readBack(socket)).toEqual(wanted)
    socket.destroy()
    expect(() => connect({ port: tcp.port, onUnsupported: 'ignore' as never, socketOptions: {} })).toThrow(RangeError)
    expect(() => connect({ port: tcp.port, onUnsupported: 'skip', socketOptions: { SO_ERROR: 1 } as never })).toThrow(/can only be read/)
    const denied = connect({ host: '127.0.0.1', port: tcp.port, onUnsupported: 'skip', socketOptions: { TCP_CONGESTION: 'nonsense' } })
    expect((await event(denied, 'error'))[0]).toMatchObject({ code: 'ENOENT' })
  })

  test('an address whose attempt was refused does not keep another from being connected', async context => {
    needs(context, isLinux, 'other systems refuse in another way')
    const server = net.createServer().listen(0, '::1')
    await event(server, 'listening')
    const { port } = server.address() as net.AddressInfo
    const lookup = answering(v4('127.0.0.1'), v6('::1'))
    const socket = await connected({ host: 'a.example', port, lookup, socketOptions: { IPV6_TCLASS: 8 } })
    expect(socket.remoteAddress).toBe('::1')
    expect(getsockopt(socket, 'IPV6_TCLASS')).toBe(8)
    socket.destroy()
    await new Promise(resolve => server.close(resolve))
    const failed = connect({ host: 'a.example', port, lookup, socketOptions: { IPV6_TCLASS: 8 } })
    const [error] = await event<[AggregateError]>(failed, 'error')
    expect(error.errors).toMatchObject([
      { option: 'IPV6_TCLASS', code: 'ENOPROTOOPT' },
      { syscall: 'connect', code: 'ECONNREFUSED', address: '::1' },
    ])
  })

  test('a thousand connections that are refused leave no descriptor', { timeout: 60_000 }, async () => {
    const { port, close } = await listener('tcp')
    await close()
    const attempt = (options: Partial<ConnectOptions>) =>
      once(connect({ host: 'a.example', port, socketOptions: wanted, ...options } as ConnectOptions), 'close').catch(() => undefined)
    await attempt({ host: '127.0.0.1' })
    const before = countSockets()
    for (let round = 0; round < 1000; round += 4) {
      await Promise.all([
        attempt({ host: '127.0.0.1' }),
        attempt({ lookup: answering(v6('::1'), v4('127.0.0.1')) }),
        attempt({ host: '127.0.0.1', socketOptions: { TCP_CONGESTION: 'nonsense' } }),
        attempt({ lookup: answering(v6('::1'), v4('127.0.0.1')), socketOptions: { TCP_CONGESTION: 'nonsense' } }),
      ])
    }
    expect(countSockets()).toBe(before)
  })
})

describe('what is named stands', () => {
  const keepAlive = { SO_KEEPALIVE: true, TCP_KEEPIDLE: 33, TCP_KEEPINTVL: 7, TCP_KEEPCNT: 4, TCP_NODELAY: true } as const
  const stands = (socket: net.Socket) =>
    Object.fromEntries((Object.keys(keepAlive) as (keyof typeof keepAlive)[]).map(name => [name, getsockopt(socket, name)]))

  test('when net.connect() itself sets keep-alive', async () => {
    const socket = await connected({
      host: '127.0.0.1',
      port: tcp.port,
      keepAlive: true,
      keepAliveInitialDelay: 5000,
      socketOptions: keepAlive,
    })
    expect(stands(socket)).toEqual(keepAlive)
    socket.destroy()
  })

  test('when setKeepAlive() and setNoDelay() are called, before and after', async () => {
    const socket = connect({ host: '127.0.0.1', port: tcp.port, socketOptions: keepAlive })
    expect(socket.setKeepAlive(true, 9000)).toBe(socket)
    socket.setNoDelay(false)
    await event(socket, 'connect')
    expect(stands(socket)).toEqual(keepAlive)
    socket.setKeepAlive(true, 1000).setNoDelay(false)
    expect(stands(socket)).toEqual(keepAlive)
    socket.destroy()
    expect(socket.setKeepAlive(true)).toBe(socket)
  })

  test('and what is not named is set as they say', async () => {
    const socket = await connected({ host: '127.0.0.1', port: tcp.port, socketOptions: { TCP_KEEPINTVL: 7 } })
    socket.setKeepAlive(true, 9000).setNoDelay(true)
    expect(stands(socket)).toMatchObject({ SO_KEEPALIVE: true, TCP_KEEPIDLE: 9, TCP_KEEPINTVL: 7, TCP_NODELAY: true })
    socket.destroy()
  })
})

describe('net.BoundSocket', () => {
  test('is how the options come there, where one is passed', async context => {
    const { BoundSocket } = net as { BoundSocket?: new (where: object) => { close(): void } }
    needs(context, BoundSocket, 'net.BoundSocket is of Node 24.19 and 26.4')
    const handle = new BoundSocket({ host: '127.0.0.5' })
    const socket = await connected({ handle, host: '127.0.0.1', port: tcp.port, socketOptions: wanted } as ConnectOptions)
    expect(socket.localAddress).toBe('127.0.0.5')
    expect(readBack(socket)).toEqual(wanted)
    socket.destroy()
  })
})

describe('prepareSocket()', () => {
  test('prepares a socket that somebody else connects, and connects again', async () => {
    const socket = prepareSocket(new net.Socket(), wanted)
    for (let round = 0; round < 2; round++) {
      socket.connect(tcp.port, '127.0.0.1')
      await event(socket, 'connect')
      expect(readBack(socket)).toEqual(wanted)
      socket.destroy()
      await event(socket, 'close')
    }
  })

  test('prepares what net.connect() has begun in this tick', async () => {
    const socket = prepareSocket(net.connect(tcp.port, 'localhost'), wanted)
    await event(socket, 'connect')
    expect(readBack(socket)).toEqual(wanted)
    socket.destroy()
  })

  test('twice, and what was named first stands', async () => {
    const socket = prepareSocket(prepareSocket(new net.Socket(), { TCP_SYNCNT: 4 }), { TCP_SYNCNT: 5, SO_PRIORITY: 3 })
    socket.connect(tcp.port, '127.0.0.1')
    await event(socket, 'connect')
    expect([getsockopt(socket, 'TCP_SYNCNT'), getsockopt(socket, 'SO_PRIORITY')]).toEqual([4, 3])
    socket.destroy()
  })

  test('is too late for a socket that is connecting or connected', async () => {
    const socket = net.connect(tcp.port, '127.0.0.1')
    await once(socket, 'connectionAttempt')
    await new Promise(resolve => process.nextTick(resolve))
    expect(() => prepareSocket(socket, wanted)).toThrow(expect.objectContaining({ code: 'ERR_SOCKOPT_TOO_LATE', kind: 'state' }))
    await event(socket, 'connect')
    expect(() => prepareSocket(socket, wanted)).toThrow(/connected already/)
    expect(getsockopt(socket, 'TCP_USER_TIMEOUT')).toBe(0)
    socket.destroy()
  })

  test('takes sockets alone', () => {
    for (const target of [null, {}, 7, 'socket', net.createServer()])
      expect(() => prepareSocket(target as never, wanted)).toThrow(expect.objectContaining({ code: 'ERR_SOCKOPT_TYPE' }))
    expect(() => prepareSocket(new net.Socket(), wanted, { type: 'sctp' as never })).toThrow(RangeError)
  })

  test('of a socket that is never connected opens nothing', () => {
    const before = countSockets()
    for (let round = 0; round < 100; round++) prepareSocket(new net.Socket(), wanted)
    expect(countSockets()).toBe(before)
  })
})
