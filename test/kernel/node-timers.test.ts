/** Which timers does Node keep on a socket, and are they the ones that it ends the socket by? */
import * as http from 'node:http'
import { connect, Socket } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { readNodeTimers } from '../../src/timeouts/collect/node-timers.js'
import { closeAfterEach, opened } from '../support/opened.js'
import { event, http2Pair, httpPair, listener, tcpPair, until } from '../support/sockets.js'

closeAfterEach()

const timersOf = (target: unknown) => readNodeTimers(target).timers

/** When the timer that was found says it will be due: to be compared with when it was. */
const dueAt = (target: unknown): number => performance.now() + (timersOf(target)[0]?.due ?? Number.NaN)

describe('socket.setTimeout', () => {
  it('is there from the call on, runs from the last activity, and is gone when it is set to 0', async () => {
    const { client } = await opened(tcpPair())
    expect(timersOf(client)).toEqual([])
    client.setTimeout(5000)
    expect(timersOf(client)).toMatchObject([{ name: 'socket.setTimeout', milliseconds: 5000, checkedEvery: 0, isListenedTo: false }])
    client.on('timeout', () => undefined)
    expect(timersOf(client)).toMatchObject([{ isListenedTo: true }])
    client.setTimeout(0)
    expect(timersOf(client)).toEqual([])
  })

  it('is due when Node emits it, to the millisecond', async () => {
    const { client } = await opened(tcpPair())
    client.setTimeout(60)
    const due = dueAt(client)
    await event(client, 'timeout')
    // Whole ms on both clocks, and a timer is never early.
    expect(performance.now() - due).toBeGreaterThan(-2)
  })

  it('starts anew with every byte', async () => {
    const { client, accepted } = await opened(tcpPair())
    client.setTimeout(5000)
    const before = dueAt(client)
    await until(() => (timersOf(client)[0]?.due ?? 5000) < 4985)
    accepted.write('x')
    client.resume()
    await event(client, 'data')
    expect(dueAt(client)).toBeGreaterThan(before + 10)
  })
})

describe('an http.Server', () => {
  it('gives a new connection so long for its head and for its request, found by a check every so often', async () => {
    const at = await opened(listener('http'))
    at.server.headersTimeout = 7000
    const arrival = event<[Socket]>(at.server, 'connection')
    const client = connect(at.port, '127.0.0.1')
    await opened(Promise.resolve({ close: async () => client.destroy() }))
    const [accepted] = await arrival
    const checkedEvery = (at.server as unknown as { connectionsCheckingInterval: number }).connectionsCheckingInterval
    expect(timersOf(accepted)).toEqual([
      { name: 'server.headersTimeout', milliseconds: 7000, due: undefined, checkedEvery, isListenedTo: false },
      { name: 'server.requestTimeout', milliseconds: 300_000, due: undefined, checkedEvery, isListenedTo: false },
    ])
    at.server.on('clientError', () => undefined)
    expect(timersOf(accepted)).toMatchObject([{ isListenedTo: true }, { isListenedTo: true }])
  })

  it('gives a request whose head is complete the rest of requestTimeout, from whatever object it is asked', async () => {
    const { accepted, reply } = await opened(httpPair())
    for (const target of [accepted, reply, accepted.socket])
      expect(timersOf(target)).toMatchObject([{ name: 'server.requestTimeout', milliseconds: 300_000 }])
  })

  it('gives an idle connection keepAliveTimeout, and what Node adds to it', async () => {
    const { client, response, accepted, reply, server } = await opened(httpPair())
    server.keepAliveTimeout = 4000
    const { socket } = accepted
    accepted.resume()
    response.resume()
    client.end()
    await event(accepted, 'end')
    reply.end()
    await event(response, 'end')
    expect(timersOf(socket)).toMatchObject([{ name: 'server.keepAliveTimeout', checkedEvery: 0, isListenedTo: false }])
    const [timer] = timersOf(socket)
    expect([4000, 5000]).toContain(timer?.milliseconds)
    server.on('timeout', () => undefined)
    expect(timersOf(socket)).toMatchObject([{ isListenedTo: true }])
  })

  it('has server.timeout on every socket where it is set', async () => {
    const at = await opened(listener('http'))
    at.server.timeout = 9000
    at.server.requestTimeout = 0
    at.server.headersTimeout = 0
    const arrival = event<[Socket]>(at.server, 'connection')
    const client = connect(at.port, '127.0.0.1')
    await opened(Promise.resolve({ close: async () => client.destroy() }))
    const [accepted] = await arrival
    expect(timersOf(accepted)).toMatchObject([{ name: 'server.timeout', milliseconds: 9000, isListenedTo: false }])
  })
})

describe('an http.Agent', () => {
  const agent = new http.Agent({ keepAlive: true, timeout: 3000 })
  afterAll(() => agent.destroy())

  it('destroys a pooled socket after its timeout, and leaves one in use to the request', async () => {
    const at = await opened(listener('http'))
    at.server.keepAliveTimeout = 60_000
    at.server.on('request', (_, reply: http.ServerResponse) => reply.end('x'))
    const client = http.get({ port: at.port, host: '127.0.0.1', agent })
    const [socket] = await event<[Socket]>(client, 'socket')
    const [response] = await event<[http.IncomingMessage]>(client, 'response')
    expect(timersOf(client)).toMatchObject([{ name: 'socket.setTimeout', milliseconds: 3000 }])
    response.resume()
    await event(socket, 'free')
    await new Promise(resolve => setImmediate(resolve))
    expect(timersOf(socket)).toMatchObject([{ name: 'agent.timeout', milliseconds: 3000, isListenedTo: false }])
  })
})

describe('other objects', () => {
  it('an HTTP/2 session has a timer of its own', async () => {
    const { client } = await opened(http2Pair())
    client.setTimeout(8000)
    expect(timersOf(client)).toContainEqual(expect.objectContaining({ name: 'socket.setTimeout', milliseconds: 8000 }))
  })

  it('a socket that tries several addresses has the time of one attempt, and says what Node does not tell', async () => {
    const at = await opened(listener('tcp'))
    const lookup = (_: string, __: unknown, callback: (error: null, addresses: object[]) => void) =>
      callback(
        null,
        ['192.0.2.1', '127.0.0.1'].map(address => ({ address, family: 4 })),
      )
    const client = connect({ port: at.port, host: 'several.test', autoSelectFamily: true, lookup: lookup as never })
    await opened(Promise.resolve({ close: async () => client.destroy() }))
    client.on('error', () => undefined)
    await new Promise(resolve => setImmediate(resolve))
    const { timers, missing } = readNodeTimers(client)
    expect(timers).toMatchObject([{ name: 'autoSelectFamilyAttemptTimeout', milliseconds: 250, due: undefined }])
    expect(missing.join()).toMatch(/neither whether this address is the last/)
  })

  it('a number tells of no timer, and says so', () => {
    expect(readNodeTimers(3)).toEqual({ timers: [], missing: ["Node's timers: only the socket object tells of them, not its descriptor"] })
  })

  it('an object that throws when it is looked at costs nobody anything', () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('not for you')
        },
      },
    )
    expect(readNodeTimers(hostile)).toEqual({ timers: [], missing: ["Node's timers: the object threw when it was looked at"] })
    for (const odd of [
      {},
      { socket: null },
      { socket: 7, timeout: 'x' },
      Object.create(null),
      new Socket(),
      { server: { keepAliveTimeout: 1 } },
    ])
      expect(readNodeTimers(odd).timers).toEqual([])
  })

  it('a look at the clock of timers leaves nothing that keeps the process running', () => {
    const timers = () => process.getActiveResourcesInfo().filter(name => name === 'Timeout').length
    const before = timers()
    readNodeTimers({})
    expect(timers()).toBe(before)
  })
})
