/** ARE the options on the socket before it listens, and is everything else as server.listen() has it? Real sockets; what was set is read back. */
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import * as http from 'node:http'
import * as http2 from 'node:http2'
import * as https from 'node:https'
import * as net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tls from 'node:tls'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { bindDescriptor } from '../../src/access/bind.js'
import { AF_INET, openSocket, SOCK_STREAM } from '../../src/access/open.js'
import { getsockopt, type ListenOptions, listen, SocketOptionError, type SocketOptions } from '../../src/index.js'
import { countSockets } from '../support/counting.js'
import { isLinux, isRoot, needs } from '../support/needs.js'
import { certificate, event, until } from '../support/sockets.js'

const folder = mkdtempSync(join(tmpdir(), 'listen-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let paths = 0
const newPath = () => join(folder, `s${paths++}`)

const opened = new Set<net.Server>()
afterEach(async () => {
  await Promise.all([...opened].map(close))
  opened.clear()
})

/** A server that this test closes at the end. */
function keep<Server extends net.Server>(server: Server): Server {
  opened.add(server)
  return server
}
const create = () => keep(net.createServer())
const close = (server: net.Server) => new Promise<void>(resolve => server.close(() => resolve()))

async function listening<Server extends net.Server>(server: Server, options: ListenOptions): Promise<Server> {
  listen(server, options)
  await event(server, 'listening')
  return server
}
const portOf = (server: net.Server) => (server.address() as net.AddressInfo).port
const nowhere = '192.0.2.1'

/** Options that the kernel keeps as they are set, and that are not the defaults. */
const wanted = { TCP_USER_TIMEOUT: 7777, TCP_KEEPINTVL: 7, SO_PRIORITY: 5 } as const
const readBack = (target: net.Socket | net.Server) =>
  Object.fromEntries((Object.keys(wanted) as (keyof typeof wanted)[]).map(name => [name, getsockopt(target, name)]))

describe('the options are on the socket', () => {
  const servers: Record<string, () => net.Server> = {
    net: () => net.createServer(),
    tls: () => tls.createServer(certificate),
    http: () => http.createServer(),
    https: () => https.createServer(certificate),
    http2: () => http2.createServer(),
    'http2 over TLS': () => http2.createSecureServer(certificate),
  }

  test.each(Object.entries(servers))('of a server of %s, and on what it accepts', async (_, make) => {
    const server = await listening(keep(make()), { port: 0, host: '127.0.0.1', socketOptions: wanted })
    expect(readBack(server)).toEqual(wanted)
    const client = net.connect(portOf(server), '127.0.0.1')
    const [accepted] = await event<[net.Socket]>(server, 'connection')
    expect(getsockopt(accepted, 'TCP_USER_TIMEOUT')).toBe(7777)
    client.destroy()
    accepted.destroy()
  })

  test('whatever the address: any, IPv4, IPv6, a name, a path, an abstract name', async context => {
    needs(context, isLinux, 'abstract names are those of Linux')
    const socketOptions = { SO_PRIORITY: 5, SO_RCVBUF: 50_000 } as const
    const addresses: ListenOptions[] = [
      { port: 0 },
      { port: 0, host: '127.0.0.1' },
      { port: 0, host: '::1' },
      { port: 0, host: 'localhost' },
      { path: newPath() },
      { path: `\0listen-${process.pid}` },
    ]
    for (const address of addresses) {
      const server = await listening(create(), { ...address, socketOptions })
      expect([getsockopt(server, 'SO_PRIORITY'), getsockopt(server, 'SO_RCVBUF')]).toEqual([5, 100_000])
    }
  })

  test('before it is bound: an address that this host does not have', async context => {
    needs(context, isLinux, 'IP_FREEBIND is that of Linux')
    const server = await listening(create(), { port: 0, host: nowhere, socketOptions: { IP_FREEBIND: true } })
    expect(server.address()).toMatchObject({ address: nowhere })
    const [error] = await event<[Error]>(listen(create(), { port: 0, host: nowhere }), 'error')
    expect(error).toMatchObject({ code: 'EADDRNOTAVAIL' })
  })

  test('before it is bound: two servers share a port, and the kernel deals out the connections', async () => {
    const socketOptions = { SO_REUSEPORT: true }
    const first = await listening(create(), { port: 0, host: '127.0.0.1', socketOptions })
    const second = await listening(create(), { port: portOf(first), host: '127.0.0.1', socketOptions })
    const counts = [0, 0]
    for (const [index, server] of [first, second].entries()) {
      server.on('connection', socket => {
        counts[index] = (counts[index] as number) + 1
        socket.destroy()
      })
    }
    for (let round = 0; round < 200 && counts.includes(0); round++) {
      const client = net.connect(portOf(first), '127.0.0.1')
      await event(client, 'close')
    }
    expect(counts).not.toContain(0)
  })

  test('in the place of what libuv sets by itself', async () => {
    const plain = await listening(create(), { port: 0, host: '::' })
    expect([getsockopt(plain, 'SO_REUSEADDR'), getsockopt(plain, 'IPV6_V6ONLY')]).toEqual([true, false])
    const alone = await listening(create(), { port: 0, host: '::', ipv6Only: true })
    expect(getsockopt(alone, 'IPV6_V6ONLY')).toBe(true)
    const socketOptions = { SO_REUSEADDR: false, IPV6_V6ONLY: true }
    const named = await listening(create(), { port: 0, host: '::', socketOptions })
    expect([getsockopt(named, 'SO_REUSEADDR'), getsockopt(named, 'IPV6_V6ONLY')]).toEqual([false, true])
  })

  test('of Multipath TCP', async context => {
    const file = '/proc/sys/net/mptcp/enabled'
    needs(context, existsSync(file) && readFileSync(file, 'utf8').trim() === '1', 'this kernel has no MPTCP, or has it turned off')
    const server = await listening(create(), { port: 0, host: '127.0.0.1', type: 'mptcp', socketOptions: { SO_RCVBUF: 50_000 } })
    expect([getsockopt(server, 'SO_PROTOCOL'), getsockopt(server, 'SO_RCVBUF')]).toEqual(['IPPROTO_MPTCP', 100_000])
    const client = net.connect(portOf(server), '127.0.0.1')
    const [accepted] = await event<[net.Socket]>(server, 'connection')
    accepted.destroy()
    client.destroy()
  })

  test('of a descriptor that is bound already, as systemd passes one', async () => {
    const descriptor = openSocket(AF_INET, SOCK_STREAM, 0)
    expect(bindDescriptor(descriptor, { family: 'AF_INET', address: '127.0.0.1' })).toBe(0)
    const server = await listening(create(), { fd: descriptor, socketOptions: wanted })
    expect(readBack(server)).toEqual(wanted)
    const client = net.connect(portOf(server), '127.0.0.1')
    const [accepted] = await event<[net.Socket]>(server, 'connection')
    expect(getsockopt(accepted, 'TCP_USER_TIMEOUT')).toBe(7777)
    accepted.destroy()
    client.destroy()
  })

  test('of such a descriptor before it listens', async () => {
    const first = await listening(create(), { port: 0, host: '127.0.0.1' })
    const { fd } = (first as unknown as { _handle: { fd: number } })._handle
    const second = net.createServer()
    listen(second, { fd, socketOptions: { TCP_USER_TIMEOUT: 4321 } })
    // libuv refuses a descriptor that another handle has; that it got the option shows that it was set before.
    await event(second, 'error')
    expect(getsockopt(first, 'TCP_USER_TIMEOUT')).toBe(4321)
  })
})

/** What came of it: the error with its fields, or the address. Port numbers that the kernel chose are not compared. */
type Outcome = Readonly<Record<string, unknown>>

const withoutPort = (text: string): string => text.replace(/\b\d{5}\b/g, '0')
const describeError = (error: NodeJS.ErrnoException): Outcome => ({
  type: error.constructor.name,
  message: withoutPort(error.message),
  ...JSON.parse(withoutPort(JSON.stringify(error))),
})

async function outcomeOf(server: net.Server, start: () => unknown): Promise<Outcome> {
  const events: string[] = []
  for (const name of ['listening', 'error', 'close']) server.on(name, () => events.push(name))
  try {
    start()
  } catch (error) {
    return { thrown: describeError(error as Error), events, listening: server.listening }
  }
  const state = [server.listening, ...events]
  const [error] = await Promise.race([once(server, 'error'), once(server, 'listening')])
  const address = JSON.parse(withoutPort(JSON.stringify(server.address())))
  return { state, error: error && describeError(error as Error), events, address, listening: server.listening }
}

describe('all else is as server.listen() has it:', () => {
  const cases: Record<string, (taken: number) => ListenOptions> = {
    'any address': () => ({ port: 0 }),
    'an address of IPv4': () => ({ port: 0, host: '127.0.0.1' }),
    'an address of IPv6': () => ({ port: 0, host: '::1' }),
    'a name': () => ({ port: 0, host: 'localhost' }),
    'a name that nobody has': () => ({ port: 0, host: 'nobody.invalid' }),
    'a port that is taken': taken => ({ port: taken, host: '127.0.0.1' }),
    'a port that is taken, of any address': taken => ({ port: taken }),
    'an address of another host': () => ({ port: 0, host: nowhere }),
    'a link-local address without a zone': () => ({ port: 0, host: 'fe80::1' }),
    'a link-local address with a zone that is not there': () => ({ port: 0, host: 'fe80::1%nowhere0' }),
    'a port as text': () => ({ port: '0' as never, host: '127.0.0.1' }),
    'a port that cannot be': () => ({ port: 65_536 }),
    'a port below 0': () => ({ port: -1 }),
    'no port': () => ({ port: undefined }),
    'nothing to listen on': () => ({}),
    'a path in a folder that is not there': () => ({ path: join(folder, 'nowhere', 's') }),
    'a path that is taken': () => ({ path: folder }),
    'an abstract path for all': () => ({ path: '\0x', readableAll: true }),
    'a signal that is none': () => ({ port: 0, signal: 'now' as never }),
  }

  test.each(Object.entries(cases))('%s', async (_, optionsFor) => {
    const taken = create().listen(0)
    await event(taken, 'listening')
    const options = optionsFor(portOf(taken))
    const [node, ours] = [create(), create()]
    const expected = await outcomeOf(node, () => node.listen(options))
    expect(await outcomeOf(ours, () => listen(ours, { ...options, socketOptions: { SO_PRIORITY: 5 } }))).toEqual(expected)
  })

  test('a port that takes a privilege', async context => {
    needs(context, isLinux && !isRoot, 'root may have any port')
    needs(context, Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8')) > 1, 'anybody may have any port here')
    for (const options of [{ port: 1 }, { port: 1, host: '127.0.0.1' }]) {
      const [node, ours] = [create(), create()]
      const expected = await outcomeOf(node, () => node.listen(options))
      expect(await outcomeOf(ours, () => listen(ours, options))).toEqual(expected)
      expect(expected).toMatchObject({ error: { code: 'EACCES' } })
    }
  })

  test('the server that was passed comes back, and the function is called once it listens', async () => {
    const server = create()
    const calls: string[] = []
    expect(listen(server, { port: 0 }, () => calls.push('listening'))).toBe(server)
    expect([server.listening, calls]).toEqual([true, []])
    await event(server, 'listening')
    expect(calls).toEqual(['listening'])
    expect(server.listenerCount('error')).toBe(0)
  })

  test('a server that listens already says so', async () => {
    const server = await listening(create(), { port: 0, socketOptions: { SO_PRIORITY: 5 } })
    expect(() => listen(server, { port: 0, socketOptions: { SO_PRIORITY: 6 } })).toThrow(
      expect.objectContaining({ code: 'ERR_SERVER_ALREADY_LISTEN' }),
    )
    expect(getsockopt(server, 'SO_PRIORITY')).toBe(5)
  })

  test('a backlog is the one that was asked for', async context => {
    needs(context, isLinux, 'Linux alone tells the backlog')
    for (const [backlog, expected] of [
      [7, 7],
      [undefined, 511],
    ] as const) {
      const server = await listening(create(), { port: 0, host: '127.0.0.1', backlog })
      expect(getsockopt(server, 'TCP_INFO').sacked).toBe(expected)
    }
  })

  test('a signal closes it, before it listens and afterwards', async () => {
    const afterwards = new AbortController()
    const server = await listening(create(), { port: 0, signal: afterwards.signal })
    afterwards.abort()
    await event(server, 'close')
    expect(server.listening).toBe(false)
    const before = create()
    listen(before, { port: 0, host: 'localhost', signal: AbortSignal.abort() })
    await event(before, 'close')
    expect(before.listening).toBe(false)
  })

  test('closed while the name is looked up, it opens nothing', async () => {
    const before = countSockets()
    const server = net.createServer()
    listen(server, { port: 0, host: 'localhost', socketOptions: wanted })
    await close(server)
    await new Promise(resolve => net.connect(1, 'localhost').on('error', resolve))
    expect([server.listening, countSockets()]).toEqual([false, before])
  })

  test('a server that was unref’d keeps nothing running', async () => {
    const server = create().unref()
    await listening(server, { port: 0 })
    expect((server as unknown as { _handle: { hasRef(): boolean } })._handle.hasRef()).toBe(false)
  })

  test('a path is removed when the server is closed, and may be read and written by all', async () => {
    const path = newPath()
    const server = await listening(create(), { path, readableAll: true, writableAll: true, socketOptions: { SO_RCVBUF: 50_000 } })
    expect(server.address()).toBe(path)
    expect(statSync(path).mode & 0o666).toBe(0o666)
    server.close()
    expect(existsSync(path)).toBe(false)
  })
})

describe('what is refused', () => {
  test('by us is thrown at once, and the server can listen without it', async () => {
    const server = create()
    const wrong: [ListenOptions, string][] = [
      [{ port: 0, socketOptions: { SO_NOTHING: 1 } as never }, 'ERR_SOCKOPT_UNKNOWN'],
      [{ port: 0, socketOptions: { SO_RCVBUF: 2 ** 40 } }, 'ERR_SOCKOPT_RANGE'],
      [{ port: 0, socketOptions: { SO_RCVBUF: '1' } as never }, 'ERR_SOCKOPT_TYPE'],
      [{ port: 0, socketOptions: { SO_TYPE: 1 } as never }, 'ERR_SOCKOPT_READ_ONLY'],
      [{ port: 0, socketOptions: null as never }, 'ERR_SOCKOPT_TYPE'],
      [{ port: 0, type: 'sctp' as never }, 'ERR_SOCKOPT_RANGE'],
      [{ path: newPath(), type: 'mptcp' }, 'ERR_SOCKOPT_RANGE'],
      [{ port: 0, onUnsupported: 'ignore' as never }, 'ERR_SOCKOPT_RANGE'],
      [8080 as never, 'ERR_SOCKOPT_TYPE'],
      [null as never, 'ERR_SOCKOPT_TYPE'],
    ]
    for (const [options, code] of wrong) expect(() => listen(server, options), code).toThrow(expect.objectContaining({ code }))
    for (const target of [null, {}, 7, new net.Socket()])
      expect(() => listen(target as never, { port: 0 })).toThrow(expect.objectContaining({ code: 'ERR_SOCKOPT_TYPE' }))
    server.listen(0)
    await event(server, 'listening')
  })

  const refused: [string, SocketOptions, Partial<SocketOptionError>][] = [
    ['the value', { TCP_CONGESTION: 'nonesuch' }, { code: 'ENOENT', kind: 'value', option: 'TCP_CONGESTION' }],
    ['the kind of socket', { SO_J1939_FILTER: [] } as never, { kind: 'unsupported', option: 'SO_J1939_FILTER' }],
    ['the family', { IPV6_TCLASS: 32 }, { kind: 'unsupported', option: 'IPV6_TCLASS' }],
  ]
  test.each(refused)('by the kernel for %s is an error that names the option, and nothing listens', async (_, socketOptions, expected) => {
    const server = create()
    listen(server, { port: 0, host: '127.0.0.1', socketOptions: { SO_PRIORITY: 5, ...socketOptions } })
    expect(server.listening).toBe(false)
    const [error] = await event<[SocketOptionError]>(server, 'error')
    expect(error).toBeInstanceOf(SocketOptionError)
    expect(error).toMatchObject(expected)
    expect(server.address()).toBe(null)
  })

  test('for a privilege says which', async context => {
    needs(context, !isRoot, 'root has every privilege')
    const [error] = await event<[Error]>(listen(create(), { port: 0, socketOptions: { SO_MARK: 1 } }), 'error')
    expect(error).toMatchObject({ code: 'EPERM', kind: 'denied', option: 'SO_MARK', message: expect.stringContaining('CAP_NET_ADMIN') })
  })

  test('of a path leaves no file', async () => {
    const path = newPath()
    const [error] = await event<[Error]>(listen(create(), { path, socketOptions: { TCP_NODELAY: true } }), 'error')
    expect(error).toMatchObject({ option: 'TCP_NODELAY', kind: 'unsupported' })
    expect(existsSync(path)).toBe(false)
  })

  test('may be left out where it does not exist', async () => {
    const socketOptions = { TCP_NODELAY: true, SO_PRIORITY: 5 }
    const server = await listening(create(), { path: newPath(), onUnsupported: 'skip', socketOptions })
    expect(getsockopt(server, 'SO_PRIORITY')).toBe(5)
  })

  test('does not come back: the next call has its own options', async () => {
    const server = create()
    await event(listen(server, { port: 0, socketOptions: { TCP_CONGESTION: 'nonesuch' } }), 'error')
    await event(listen(server, { port: 0, host: 'nobody.invalid', socketOptions: { SO_PRIORITY: 6 } }), 'error')
    server.listen(0)
    await event(server, 'listening')
    expect(getsockopt(server, 'SO_PRIORITY')).toBe(0)
    await close(server)
    await listening(server, { port: 0, socketOptions: { SO_PRIORITY: 4 } })
    expect(getsockopt(server, 'SO_PRIORITY')).toBe(4)
  })

  test('a second call, while the name of the first is looked up, is the one that counts', async () => {
    const server = create()
    listen(server, { port: 0, host: 'localhost', socketOptions: { SO_PRIORITY: 6 } })
    listen(server, { port: 0, host: '127.0.0.1', socketOptions: { SO_PRIORITY: 4 } })
    await event(server, 'listening')
    expect(getsockopt(server, 'SO_PRIORITY')).toBe(4)
    expect(Object.keys(server)).not.toContain('_listen2')
  })

  test('a thousand times leaves no descriptor open', async () => {
    const taken = await listening(create(), { port: 0 })
    const ways: ListenOptions[] = [
      { port: portOf(taken) },
      { port: 0, host: nowhere },
      { port: 0, socketOptions: { TCP_CONGESTION: 'nonesuch' } },
      { path: folder },
      { path: newPath(), socketOptions: { TCP_NODELAY: true } },
    ]
    const fail = async () => {
      for (const way of ways) await event(listen(net.createServer(), way), 'error')
    }
    await fail()
    const before = countSockets()
    for (let round = 0; round < 200; round++) await fail()
    await until(() => countSockets() === before)
  })
})

test('a server that listens without asking does not stay', async () => {
  const server = create() as net.Server & { _listen2?: unknown }
  const { listen: original } = server
  server.listen = (...words: unknown[]) => {
    delete server._listen2
    return Reflect.apply(original, server, words)
  }
  for (const host of ['127.0.0.1', undefined]) {
    const [error] = await event<[Error]>(listen(server, { port: 0, host, socketOptions: { SO_PRIORITY: 5 } }), 'error')
    expect(error).toMatchObject({ code: 'ERR_SOCKOPT_HIDDEN', kind: 'unsupported' })
    expect(server.listening).toBe(false)
  }
  expect(server.listenerCount('listening')).toBe(0)
})

test('whoever has wrapped the method that opens the socket is still asked', async () => {
  const server = create() as net.Server & { _listen2(...words: unknown[]): void }
  const original = server._listen2
  const calls: unknown[][] = []
  server._listen2 = (...words) => {
    calls.push(words)
    original.apply(server, words)
  }
  await listening(server, { port: 0, host: '127.0.0.1', socketOptions: { SO_PRIORITY: 5 } })
  expect(calls).toHaveLength(1)
  expect(getsockopt(server, 'SO_PRIORITY')).toBe(5)
})
