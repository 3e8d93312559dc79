/** DO sockets that other code makes come to the options, and does that code notice nothing? Real sockets; what was set is read back. */
import * as dgram from 'node:dgram'
import * as diagnostics from 'node:diagnostics_channel'
import { once } from 'node:events'
import * as http from 'node:http'
import * as https from 'node:https'
import * as net from 'node:net'
import * as tls from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import {
  type ApplyCandidate,
  type ApplyReport,
  applyToAll,
  connect,
  createConnection,
  getsockopt,
  type HowToApply,
  prepareSocket,
  SocketOptionError,
  type SocketOptions,
  setsockopt,
} from '../../src/index.js'
import { countSockets } from '../support/counting.js'
import { closeAfterEach, opened } from '../support/opened.js'
import { event, listener, trust, until } from '../support/sockets.js'

closeAfterEach()

const ending: (() => void)[] = []
afterEach(() => {
  for (const end of ending.splice(0)) end()
})

const channels = [
  'net.client.socket',
  'http.client.request.start',
  'undici:client:connected',
  'tracing:net.server.listen:asyncStart',
  'tracing:net.server.listen:asyncEnd',
  'net.server.socket',
  'udp.socket',
]
const subscribed = () => channels.filter(name => diagnostics.hasSubscribers(name))

/** applyToAll(), ended after the test; and what it reports. */
function applied(socketOptions: SocketOptions, how: HowToApply = {}) {
  const reports: ApplyReport[] = []
  const application = applyToAll(socketOptions, { onReport: report => void reports.push(report), ...how })
  ending.push(() => application.stop())
  return { reports, application }
}

/** A socket of somebody else's, connected. */
async function connected(options: net.NetConnectOpts): Promise<net.Socket> {
  const socket = net.connect(options)
  ending.push(() => void socket.destroy())
  await event(socket, 'connect')
  return socket
}

/** The warnings of the process, in the place of whoever prints them. */
function warnings(): Error[] {
  const told: Error[] = []
  const listen = (warning: Error) => void (warning.name === 'SocketOptionWarning' && told.push(warning))
  process.on('warning', listen)
  ending.push(() => void process.off('warning', listen))
  return told
}

/** Since 22.17 Node tells of tls.connect() as it does of net.connect(). */
const isTlsTold = /^v(22\.(1[7-9]|[2-9]\d)|2[4-9])/.test(process.version)

const wanted = { TCP_USER_TIMEOUT: 7777, SO_PRIORITY: 5, SO_RCVBUF: 65536 } as const
const readBack = (socket: net.Socket) => ({
  TCP_USER_TIMEOUT: getsockopt(socket, 'TCP_USER_TIMEOUT'),
  SO_PRIORITY: getsockopt(socket, 'SO_PRIORITY'),
  SO_RCVBUF: getsockopt(socket, 'SO_RCVBUF'),
})
const effective = { TCP_USER_TIMEOUT: 7777, SO_PRIORITY: 5, SO_RCVBUF: 131072 }

/** In a tick of its own, as DNS answers; the first address is one that nobody listens on. */
const firstIsDead: net.LookupFunction = (_, { all }, callback) => {
  const addresses = ['127.0.0.2', '127.0.0.1'].map(address => ({ address, family: 4 }))
  setImmediate(() => (all ? callback(null, addresses) : callback(null, '127.0.0.1', 4)))
}

describe('a connection', () => {
  test('has the options, and is reported once with what the kernel made of them', async () => {
    const { port } = await opened(listener('tcp'))
    const { reports } = applied(wanted)
    const socket = await connected({ host: '127.0.0.1', port })
    expect(readBack(socket)).toEqual(effective)
    expect(reports).toEqual([
      {
        socket,
        via: 'net.client.socket',
        moment: 'before connect',
        applied: {
          TCP_USER_TIMEOUT: { requested: 7777, effective: 7777 },
          SO_PRIORITY: { requested: 5, effective: 5 },
          SO_RCVBUF: { requested: 65536, effective: 131072 },
        },
        refused: {},
      },
    ])
    expect(Object.isFrozen(reports[0])).toBe(true)
  })

  test('to the second address of a name, after the first has refused, has them too', async () => {
    const { port } = await opened(listener('tcp'))
    const { reports } = applied(wanted)
    const socket = await connected({ host: 'a.example', port, lookup: firstIsDead, autoSelectFamily: true })
    expect(socket.autoSelectFamilyAttemptedAddresses).toHaveLength(2)
    expect(readBack(socket)).toEqual(effective)
    expect(reports.map(({ moment }) => moment)).toEqual(['before connect'])
  })

  test('of a unix socket has those that it can have, and goes on without the others', async () => {
    const { path } = await opened(listener('unix'))
    const { reports } = applied({ TCP_USER_TIMEOUT: 7777, SO_SNDBUF: 8192 })
    const socket = await connected({ path })
    expect(getsockopt(socket, 'SO_SNDBUF')).toBe(16384)
    expect(reports[0]?.applied).toEqual({ SO_SNDBUF: { requested: 8192, effective: 16384 } })
    expect(reports[0]?.refused.TCP_USER_TIMEOUT).toMatchObject({ code: 'EOPNOTSUPP', kind: 'unsupported', option: 'TCP_USER_TIMEOUT' })
  })

  test('that an http.Agent keeps has them as long as it is kept', async () => {
    const { port, server } = await opened(listener('http'))
    server.on('request', (_, response) => response.end())
    const { reports } = applied({ SO_KEEPALIVE: true, TCP_KEEPIDLE: 50, TCP_KEEPINTVL: 7, TCP_KEEPCNT: 4 })
    const agent = new http.Agent({ keepAlive: true })
    ending.push(() => agent.destroy())
    const ask = async () => {
      const request = http.request({ host: '127.0.0.1', port, agent }).end()
      const [response] = await event<[http.IncomingMessage]>(request, 'response')
      const { socket } = response
      response.resume()
      await event(response, 'end')
      await until(() => Object.values(agent.freeSockets).flat().includes(socket))
      return socket
    }
    const socket = await ask()
    const keepAlive = () => [getsockopt(socket, 'TCP_KEEPIDLE'), getsockopt(socket, 'TCP_KEEPINTVL'), getsockopt(socket, 'TCP_KEEPCNT')]
    expect(keepAlive()).toEqual([50, 7, 4])
    expect(await ask()).toBe(socket)
    expect(keepAlive()).toEqual([50, 7, 4])
    expect(reports).toHaveLength(1)
  })

  test('of https to a name has them before the handshake', async () => {
    const { port, server } = await opened(listener('https'))
    server.on('request', (_, response) => response.end())
    const { reports } = applied(wanted)
    const request = https.get({ host: 'localhost', port, lookup: firstIsDead, agent: false, ...trust })
    const [socket] = await event<[tls.TLSSocket]>(request, 'socket')
    await event(socket, 'secureConnect')
    expect(readBack(socket)).toEqual(effective)
    expect(reports.map(({ socket, moment }) => [socket, moment])).toEqual([[socket, 'before connect']])
    await event(request, 'close')
  })

  test('with TLS laid over it is one socket', async () => {
    const { port } = await opened(listener('https'))
    const { reports } = applied(wanted)
    const raw = await connected({ host: '127.0.0.1', port })
    const agent = new https.Agent()
    agent.createConnection = () => tls.connect({ socket: raw, ...trust })
    const request = https.get({ host: '127.0.0.1', port, agent }).on('error', () => undefined)
    await event(request, 'finish')
    expect(reports.map(({ socket }) => socket)).toEqual([raw])
    request.destroy()
  })

  test('that was made before is left alone, also when it is used again', async () => {
    const { port, server } = await opened(listener('http'))
    server.on('request', (_, response) => response.end())
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
    ending.push(() => agent.destroy())
    const ask = async () => {
      const request = http.get({ host: '127.0.0.1', port, agent })
      const [response] = await event<[http.IncomingMessage]>(request, 'response')
      response.resume()
      await event(request, 'close')
      return request
    }
    const { socket } = await ask()
    const { reports } = applied(wanted)
    const again = await ask()
    expect([again.reusedSocket, again.socket]).toEqual([true, socket])
    expect(reports).toEqual([])
    expect(getsockopt(socket as net.Socket, 'SO_PRIORITY')).toBe(0)
  })

  test('that is refused is not reported, and leaves nothing behind', async () => {
    const { port, close } = await listener('tcp')
    await close()
    const { reports } = applied(wanted)
    const before = countSockets()
    for (let round = 0; round < 300; round++) {
      const socket = net.connect({ host: '127.0.0.1', port })
      const [error] = await event<[NodeJS.ErrnoException]>(socket, 'error')
      expect(error).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect', port })
    }
    expect(reports).toEqual([])
    await until(() => countSockets() <= before)
  })
})

describe('a server', () => {
  test('has the options before it listens, so that what it accepts inherits them', async () => {
    const { reports } = applied({ TCP_USER_TIMEOUT: 7777 }, { clients: false, servers: 'listening' })
    const { server, port } = await opened(listener('tcp'))
    expect(reports).toEqual([
      {
        socket: server,
        via: 'tracing:net.server.listen:asyncStart',
        moment: 'before listen',
        applied: { TCP_USER_TIMEOUT: { requested: 7777, effective: 7777 } },
        refused: {},
      },
    ])
    const accepted = once(server, 'connection')
    const client = await connected({ host: '127.0.0.1', port })
    const [peer] = (await accepted) as [net.Socket]
    expect(getsockopt(peer, 'TCP_USER_TIMEOUT')).toBe(7777)
    expect(getsockopt(client, 'TCP_USER_TIMEOUT')).toBe(0)
  })

  test('that could not listen has them when it can, and again when it listens again', async () => {
    const taken = await opened(listener('tcp'))
    const { reports, application } = applied({ SO_PRIORITY: 5 }, { clients: false, servers: 'listening' })
    const server = net.createServer()
    ending.push(() => void server.close())
    expect((await event(server.listen(taken.port, '127.0.0.1'), 'error'))[0]).toMatchObject({ code: 'EADDRINUSE' })
    for (const round of [1, 2]) {
      await event(server.listen(0, 'localhost'), 'listening')
      expect(getsockopt(server, 'SO_PRIORITY')).toBe(5)
      expect(reports).toHaveLength(round)
      await new Promise(resolve => server.close(resolve))
    }
    application.stop()
    await event(server.listen(0, '127.0.0.1'), 'listening')
    expect(getsockopt(server, 'SO_PRIORITY')).toBe(0)
    expect(Object.getOwnPropertyDescriptor(server, '_handle')).toMatchObject({ writable: true, enumerable: true })
  })

  test('that looks its address up when it ends is left alone', async () => {
    const { reports, application } = applied({ SO_PRIORITY: 5 }, { clients: false, servers: true })
    const server = net.createServer().listen(0, 'localhost')
    ending.push(() => void server.close())
    application.stop()
    await event(server, 'listening')
    expect(getsockopt(server, 'SO_PRIORITY')).toBe(0)
    expect(reports).toEqual([])
  })

  test('gives them to what it accepts, when that is asked for', async () => {
    const { reports } = applied({ TCP_USER_TIMEOUT: 7777, TCP_NODELAY: true }, { clients: false, servers: 'accepted' })
    const { server, port } = await opened(listener('tcp'))
    const accepted = once(server, 'connection')
    await connected({ host: '127.0.0.1', port })
    const [peer] = (await accepted) as [net.Socket]
    expect(getsockopt(server, 'TCP_USER_TIMEOUT')).toBe(0)
    expect(getsockopt(peer, 'TCP_USER_TIMEOUT')).toBe(7777)
    peer.setNoDelay(false)
    expect(getsockopt(peer, 'TCP_NODELAY')).toBe(true)
    expect(reports.map(({ socket, via, moment }) => [socket, via, moment])).toEqual([[peer, 'net.server.socket', 'accepted']])
  })
})

describe('a socket of datagrams', () => {
  test('has them before its first datagram leaves: without SO_BROADCAST the kernel refuses a broadcast', async () => {
    const send = () => {
      const socket = dgram.createSocket('udp4')
      ending.push(() => socket.close())
      return new Promise(resolve => socket.send('x', 9, '127.255.255.255', resolve))
    }
    expect(await send()).toMatchObject({ code: 'EACCES', syscall: 'send' })
    applied({ SO_BROADCAST: true }, { clients: false, datagrams: true })
    expect(await send()).toBe(null)
  })

  test('has the options when it is bound, by bind() or by send()', async () => {
    const { reports } = applied({ SO_PRIORITY: 5, TCP_NODELAY: true }, { clients: false, datagrams: true })
    const receiver = dgram.createSocket('udp4').bind(0, '127.0.0.1')
    await event(receiver, 'listening')
    const sender = dgram.createSocket('udp4')
    ending.push(
      () => receiver.close(),
      () => sender.close(),
    )
    const before = () => reports.map(({ socket, moment }) => [socket, moment])
    const told = new Promise(resolve => receiver.once('message', () => resolve(before())))
    sender.send('x', receiver.address().port, '127.0.0.1')
    expect(await told).toEqual([
      [receiver, 'bound'],
      [sender, 'bound'],
    ])
    expect(getsockopt(sender, 'SO_PRIORITY')).toBe(5)
    expect(reports[0]?.refused.TCP_NODELAY).toMatchObject({ kind: 'unsupported' })
  })
})

describe('the filter', () => {
  test('is asked once, with what is known of a connection', async () => {
    const { port } = await opened(listener('tcp'))
    const { path } = await opened(listener('unix'))
    const asked: ApplyCandidate[] = []
    applied(wanted, { filter: candidate => asked.push(candidate) > 0 })
    const named = await connected({ host: 'a.example', port, lookup: firstIsDead, autoSelectFamily: true })
    const literal = await connected({ host: '127.0.0.1', port })
    const unix = await connected({ path })
    const bound = await connected({ host: '127.0.0.1', port, localAddress: '127.0.0.9' })
    const about = {
      role: 'client',
      via: 'net.client.socket',
      isTls: false,
      host: undefined,
      address: undefined,
      port: undefined,
      path: undefined,
    }
    expect(asked).toEqual([
      { ...about, socket: named, host: 'a.example', address: '127.0.0.2', port },
      { ...about, socket: literal, host: '127.0.0.1', address: '127.0.0.1', port },
      { ...about, socket: unix, path },
      { ...about, socket: bound },
    ])
  })

  test('knows where a connection of https goes, whichever channel tells of it', async () => {
    const { port, server } = await opened(listener('https'))
    server.on('request', (_, response) => response.end())
    const asked: ApplyCandidate[] = []
    applied(wanted, { filter: candidate => asked.push(candidate) > 0 })
    const request = https.get({ host: '127.0.0.1', port, agent: false, ...trust })
    await event(request, 'close')
    expect(asked).toEqual([expect.objectContaining({ role: 'client', host: '127.0.0.1', port, isTls: true })])
  })

  test('knows of a server where it listens, and of what it accepts', async () => {
    const asked: ApplyCandidate[] = []
    applied({ SO_PRIORITY: 5 }, { clients: false, servers: true, filter: candidate => asked.push(candidate) > 0 })
    const { server, port } = await opened(listener('tls'))
    const client = await connected({ host: '127.0.0.1', port })
    await until(() => asked.length === 2)
    expect(asked[0]).toMatchObject({ role: 'server', socket: server, host: '127.0.0.1', port: 0, isTls: true })
    expect(asked[1]).toMatchObject({ role: 'accepted', host: '127.0.0.1', address: '127.0.0.1', port, isTls: true })
    expect(asked[1]?.socket).toMatchObject({ remotePort: client.localPort })
  })

  test('leaves alone what it says no to', async () => {
    const [one, other] = [await opened(listener('tcp')), await opened(listener('tcp'))]
    const { reports } = applied({ SO_PRIORITY: 5, TCP_NODELAY: true }, { filter: ({ port }) => port === one.port })
    const chosen = await connected({ host: '127.0.0.1', port: one.port })
    const left = await connected({ host: '127.0.0.1', port: other.port })
    expect([getsockopt(chosen, 'SO_PRIORITY'), getsockopt(left, 'SO_PRIORITY')]).toEqual([5, 0])
    left.setNoDelay(true)
    left.setNoDelay(false)
    expect(getsockopt(left, 'TCP_NODELAY')).toBe(false)
    expect(reports.map(({ socket }) => socket)).toEqual([chosen])
  })

  test('that throws says no, and the error is a warning of the process', async () => {
    const { port } = await opened(listener('tcp'))
    const told = warnings()
    const cause = new Error('mine')
    const { reports } = applied(wanted, {
      filter() {
        throw cause
      },
    })
    const socket = await connected({ host: '127.0.0.1', port })
    expect(getsockopt(socket, 'SO_PRIORITY')).toBe(0)
    await until(() => told.length > 0)
    expect(told).toEqual([expect.objectContaining({ message: expect.stringMatching(/its filter threw Error: mine/), cause })])
    expect(reports).toEqual([])
  })

  test.each([
    ['one address', '127.0.0.1'],
    ['two', 'a.example'],
  ])('that destroys a socket with %s destroys it, and nothing else', async (_, host) => {
    const { port } = await opened(listener('tcp'))
    const cause = new Error('not that one')
    const { reports } = applied(wanted, { filter: ({ socket }) => Boolean((socket as net.Socket).destroy(cause)) })
    const before = countSockets()
    const socket = net.connect({ host, port, lookup: firstIsDead, autoSelectFamily: true })
    expect((await event(socket, 'error'))[0]).toBe(cause)
    await until(() => socket.closed)
    expect(reports).toEqual([])
    await until(() => countSockets() <= before)
  })
})

describe('onReport', () => {
  test('that throws is a warning of the process, and the connection goes on', async () => {
    const { port, server } = await opened(listener('tcp'))
    server.on('connection', peer => peer.end('hello'))
    const told = warnings()
    const onReport = () => {
      throw 'a string'
    }
    applied(wanted, { servers: true, datagrams: true, onReport })
    const socket = await connected({ host: '127.0.0.1', port })
    expect(String((await event(socket, 'data'))[0])).toBe('hello')
    await until(() => told.length === 2)
    expect(told[0]).toMatchObject({ message: "applyToAll(): its onReport threw 'a string'", cause: 'a string' })
  })

  test('may destroy the socket, close the server, and end it all', async () => {
    const { application } = applied(wanted, {
      servers: true,
      datagrams: true,
      onReport: ({ socket }) => {
        if (socket instanceof net.Socket) socket.destroy()
        else socket.close()
        application.stop()
      },
    })
    const server = net.createServer().listen(0, '127.0.0.1')
    await event(server, 'close')
    expect(subscribed()).toEqual([])
  })
})

describe('what was named for the socket', () => {
  test('stands against what is for all, and the rest of that is there too', async () => {
    const { port } = await opened(listener('tcp'))
    const { reports } = applied({ TCP_USER_TIMEOUT: 7777, TCP_KEEPINTVL: 9, SO_PRIORITY: 5 })
    const socket = connect({ host: '127.0.0.1', port, keepAlive: true, socketOptions: { TCP_USER_TIMEOUT: 1234, TCP_KEEPINTVL: 3 } })
    ending.push(() => void socket.destroy())
    await event(socket, 'connect')
    const now = () => [getsockopt(socket, 'TCP_USER_TIMEOUT'), getsockopt(socket, 'TCP_KEEPINTVL'), getsockopt(socket, 'SO_PRIORITY')]
    expect(now()).toEqual([1234, 3, 5])
    socket.setKeepAlive(true, 20_000)
    expect(now()).toEqual([1234, 3, 5])
    expect(reports).toHaveLength(1)
    expect(reports[0]?.applied.TCP_USER_TIMEOUT).toEqual({ requested: 7777, effective: 1234 })
  })

  test.each<[string, boolean, () => Promise<net.Socket>]>([
    [
      'of a unix socket',
      true,
      async () => {
        const { path } = await opened(listener('unix'))
        return connect({ path, socketOptions: { SO_PRIORITY: 2 } })
      },
    ],
    [
      'of tls.connect(), prepared in its tick',
      isTlsTold,
      async () => {
        const { port } = await opened(listener('tls'))
        return prepareSocket(tls.connect({ host: '127.0.0.1', port, ...trust }), { SO_PRIORITY: 2 })
      },
    ],
    [
      'of an https.Agent',
      true,
      async () => {
        const { port } = await opened(listener('https'))
        const agent = new https.Agent(trust)
        agent.createConnection = createConnection({ SO_PRIORITY: 2 })
        const request = https.get({ host: '127.0.0.1', port, agent }).on('error', () => undefined)
        ending.push(() => void request.destroy())
        return (await event<[net.Socket]>(request, 'socket'))[0]
      },
    ],
  ])('stands, %s', async (_, isTold, begin) => {
    applied({ SO_PRIORITY: 5, SO_RCVBUF: 65536 })
    applied({ SO_PRIORITY: 6 })
    const socket = await begin()
    ending.push(() => void socket.destroy())
    await event(socket, 'connect')
    expect(getsockopt(socket, 'SO_PRIORITY')).toBe(2)
    if (isTold) expect(getsockopt(socket, 'SO_RCVBUF')).toBe(131072)
  })

  test('is what was applied first, where it was for all as well', async () => {
    const { port } = await opened(listener('tcp'))
    const first = applied({ TCP_USER_TIMEOUT: 1000, TCP_KEEPINTVL: 3 })
    const second = applied({ TCP_USER_TIMEOUT: 2000, TCP_KEEPINTVL: 4, SO_PRIORITY: 5 }, { servers: true })
    const socket = await connected({ host: '127.0.0.1', port })
    socket.setKeepAlive(true, 20_000)
    const now = [getsockopt(socket, 'TCP_USER_TIMEOUT'), getsockopt(socket, 'TCP_KEEPINTVL'), getsockopt(socket, 'SO_PRIORITY')]
    expect(now).toEqual([1000, 3, 5])
    expect([first.reports.length, second.reports.filter(({ socket: told }) => told === socket).length]).toEqual([1, 1])
  })

  test('is that also where Node tells of a socket that is connecting already, as Node 20 does of https', async () => {
    const { port, server } = await opened(listener('https'))
    server.on('request', (_, response) => response.end())
    const first = applied({ SO_PRIORITY: 5, TCP_KEEPINTVL: 3 })
    applied({ SO_PRIORITY: 6, TCP_KEEPINTVL: 4, SO_RCVBUF: 65536 })
    const agent = new https.Agent({ keepAlive: true, ...trust })
    ending.push(() => agent.destroy())
    const request = https.get({ host: '127.0.0.1', port, agent })
    const [response] = await event<[http.IncomingMessage]>(request, 'response')
    const { socket } = response
    response.resume()
    await event(response, 'end')
    await until(() => Object.values(agent.freeSockets).flat().includes(socket))
    expect([getsockopt(socket, 'SO_PRIORITY'), getsockopt(socket, 'TCP_KEEPINTVL'), getsockopt(socket, 'SO_RCVBUF')]).toEqual([
      5, 3, 131072,
    ])
    expect(first.reports[0]?.moment).toBe(isTlsTold ? 'before connect' : 'connecting')
  })

  test('on a server, too: two that watch it do not lose one another', async () => {
    applied({ SO_PRIORITY: 5 }, { clients: false, servers: true })
    applied({ SO_PRIORITY: 6, SO_RCVBUF: 65536 }, { clients: false, servers: true })
    const { server } = await opened(listener('tcp'))
    expect([getsockopt(server, 'SO_PRIORITY'), getsockopt(server, 'SO_RCVBUF')]).toEqual([5, 131072])
  })

  test('gives way to setsockopt, until a setter of Node sets the same option', async () => {
    const { port } = await opened(listener('tcp'))
    applied({ SO_PRIORITY: 5, TCP_KEEPINTVL: 7 })
    const socket = await connected({ host: '127.0.0.1', port })
    setsockopt(socket, 'SO_PRIORITY', 3)
    setsockopt(socket, 'TCP_KEEPINTVL', 3)
    expect([getsockopt(socket, 'SO_PRIORITY'), getsockopt(socket, 'TCP_KEEPINTVL')]).toEqual([3, 3])
    socket.setKeepAlive(true, 20_000)
    expect([getsockopt(socket, 'SO_PRIORITY'), getsockopt(socket, 'TCP_KEEPINTVL')]).toEqual([3, 7])
  })
})

describe('it begins and ends', () => {
  test('with its channels, those that are asked for', () => {
    expect(subscribed()).toEqual([])
    const { application } = applied(wanted)
    expect(subscribed()).toEqual(channels.slice(0, 3))
    application.stop()
    application.stop()
    expect(subscribed()).toEqual([])
    const all = applyToAll(wanted, { servers: true, datagrams: true })
    expect(subscribed()).toEqual(channels)
    all[Symbol.dispose]()
    expect(subscribed()).toEqual([])
  })

  test('by a signal, which lets nothing begin where it is aborted already', () => {
    const stop = new AbortController()
    applied(wanted, { signal: stop.signal })
    expect(subscribed()).not.toEqual([])
    stop.abort()
    expect(subscribed()).toEqual([])
    applied(wanted, { signal: stop.signal }).application.stop()
    expect(subscribed()).toEqual([])
  })

  test('between two addresses of one socket, and the second is left alone', async () => {
    const { port } = await opened(listener('tcp'))
    const { reports, application } = applied(wanted)
    const socket = net.connect({ host: 'a.example', port, lookup: firstIsDead, autoSelectFamily: true })
    ending.push(() => void socket.destroy())
    socket.once('connectionAttemptFailed', () => application.stop())
    await event(socket, 'connect')
    expect(getsockopt(socket, 'SO_PRIORITY')).toBe(0)
    expect(reports).toEqual([])
  })

  test('and a socket that has not been opened by then is left alone', async () => {
    const { port } = await opened(listener('tcp'))
    const { reports, application } = applied(wanted)
    const connecting = connected({ host: '127.0.0.1', port })
    application.stop()
    expect(getsockopt(await connecting, 'SO_PRIORITY')).toBe(0)
    expect(reports).toEqual([])
  })
})

describe('what cannot be right is thrown at once', () => {
  test.each<[string, unknown, unknown, object]>([
    ['a name that is no option', { TCP_NO_SUCH: 1 }, {}, { code: 'ERR_SOCKOPT_UNKNOWN' }],
    ['an option that can only be read', { TCP_INFO: {} }, {}, { code: 'ERR_SOCKOPT_READ_ONLY' }],
    ['a value of the wrong type', { TCP_USER_TIMEOUT: 'soon' }, {}, { code: 'ERR_SOCKOPT_TYPE' }],
    ['an option of another platform', { SO_EXCLUSIVEADDRUSE: true }, {}, { code: 'ERR_SOCKOPT_UNSUPPORTED', kind: 'unsupported' }],
    ['no options', null, {}, { code: 'ERR_SOCKOPT_TYPE' }],
    ['no object', {}, null, { code: 'ERR_SOCKOPT_TYPE' }],
    ['clients', {}, { clients: 'yes' }, { code: 'ERR_SOCKOPT_TYPE' }],
    ['servers', {}, { servers: 'some' }, { code: 'ERR_SOCKOPT_RANGE' }],
    ['datagrams', {}, { datagrams: 1 }, { code: 'ERR_SOCKOPT_TYPE' }],
    ['a filter', {}, { filter: true }, { code: 'ERR_SOCKOPT_TYPE' }],
    ['onReport', {}, { onReport: {} }, { code: 'ERR_SOCKOPT_TYPE' }],
    ['a signal', {}, { signal: { aborted: false } }, { code: 'ERR_SOCKOPT_TYPE' }],
    ['onUnsupported', {}, { onUnsupported: 'ignore' }, { code: 'ERR_SOCKOPT_RANGE' }],
  ])('%s', (_, options, how, error) => {
    expect(() => applyToAll(options as never, how as never)).toThrow(expect.objectContaining(error))
    expect(subscribed()).toEqual([])
  })

  test("but for what this platform lacks and onUnsupported: 'skip', which is reported", async () => {
    const { port } = await opened(listener('tcp'))
    const { reports } = applied({ SO_EXCLUSIVEADDRUSE: true, SO_PRIORITY: 5 }, { onUnsupported: 'skip' })
    await connected({ host: '127.0.0.1', port })
    expect(reports[0]?.applied).toEqual({ SO_PRIORITY: { requested: 5, effective: 5 } })
    expect(reports[0]?.refused.SO_EXCLUSIVEADDRUSE).toBeInstanceOf(SocketOptionError)
  })
})
