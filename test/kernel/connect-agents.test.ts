/** DO the connections of agents have their options before they exist, and keep them? http, https, http2 and tls; what was set is read back. */

import type { LookupOptions } from 'node:dns'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import * as http from 'node:http'
import * as http2 from 'node:http2'
import * as https from 'node:https'
import * as net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tls from 'node:tls'
import * as undici from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connector, createConnection, getsockopt, prepareSocket } from '../../src/index.js'
import { countSockets } from '../support/counting.js'
import { certificate, event, trust, until } from '../support/sockets.js'

const wanted = { TCP_USER_TIMEOUT: 7777, SO_KEEPALIVE: true, TCP_KEEPIDLE: 33, TCP_KEEPINTVL: 7, TCP_KEEPCNT: 4 } as const
const readBack = (socket: net.Socket) =>
  Object.fromEntries((Object.keys(wanted) as (keyof typeof wanted)[]).map(name => [name, getsockopt(socket, name)]))

/** 127.0.0.2, where nobody listens, and then 127.0.0.1. */
const lookup: net.LookupFunction = (_, { all }, callback) => {
  const addresses = ['127.0.0.2', '127.0.0.1'].map(address => ({ address, family: 4 }))
  if (all) callback(null, addresses)
  else callback(null, '127.0.0.1', 4)
}
/** The name is in the certificate. */
const host = 'localhost'
type Answer = (error: null, address: unknown, family: number) => void

const answer: http.RequestListener = (request, response) => response.end(request.url)
const servers = {
  http: http.createServer(answer),
  https: https.createServer(certificate, answer),
  http2: http2.createServer(answer as never),
  http2s: http2.createSecureServer(certificate, answer as never),
  unix: http.createServer(answer),
  unixs: https.createServer(certificate, answer),
}
const folder = mkdtempSync(join(tmpdir(), 'agents-'))
const pathOf = (name: string) => join(folder, name)
const portOf = (name: keyof typeof servers) => (servers[name].address() as net.AddressInfo).port

beforeAll(async () => {
  for (const [name, server] of Object.entries(servers)) {
    if (name.startsWith('unix')) server.listen(pathOf(name))
    else server.listen(0, '127.0.0.1')
    await event(server, 'listening')
  }
})
afterAll(() => {
  for (const server of Object.values(servers)) server.close()
  rmSync(folder, { recursive: true })
})

/** The socket of a request, once its response has been read. */
async function socketOf(request: http.ClientRequest): Promise<net.Socket> {
  const [response] = (await once(request.end(), 'response')) as [http.IncomingMessage]
  const { socket } = response
  response.resume()
  await once(response, 'end')
  return socket
}

describe('an agent', () => {
  test('of http: its connections have the options, also when they are kept and used again', async () => {
    const agent = new http.Agent({ keepAlive: true })
    agent.createConnection = createConnection(wanted)
    const ask = () => http.get({ agent, host, lookup, port: portOf('http') })
    const socket = await socketOf(ask())
    expect(socket.autoSelectFamilyAttemptedAddresses).toHaveLength(2)
    expect(readBack(socket)).toEqual(wanted)
    await until(() => Object.keys(agent.freeSockets).length > 0)
    expect(readBack(socket)).toEqual(wanted)
    const again = ask()
    expect(await socketOf(again)).toBe(socket)
    expect(again.reusedSocket).toBe(true)
    expect(readBack(socket)).toEqual(wanted)
    agent.destroy()
  })

  test('of https: the same, and a session is used again', async () => {
    const agent = new https.Agent({ ...trust, keepAlive: true })
    agent.createConnection = createConnection(wanted)
    const ask = () => https.get({ agent, host, lookup, port: portOf('https') })
    const socket = (await socketOf(ask())) as tls.TLSSocket
    expect(socket.autoSelectFamilyAttemptedAddresses).toHaveLength(2)
    expect([socket.authorized, socket.encrypted]).toEqual([true, true])
    expect(readBack(socket)).toEqual(wanted)
    agent.destroy()
    // Of a name with several addresses Node itself takes no session: it makes the TLS handle anew.
    const alone = () => https.get({ agent, host, family: 4, port: portOf('https') })
    const first = (await socketOf(alone())) as tls.TLSSocket
    expect(first.isSessionReused()).toBe(false)
    first.destroy()
    await event(first, 'close')
    const next = (await socketOf(alone())) as tls.TLSSocket
    expect(next.isSessionReused()).toBe(true)
    expect(readBack(next)).toEqual(wanted)
    agent.destroy()
  })

  test.each([
    ['http', 'unix', http.get, http.Agent],
    ['https', 'unixs', https.get, https.Agent],
  ] as const)('of %s to a unix socket', async (_, name, get, Agent) => {
    const agent = new Agent({ ...trust, keepAlive: true } as https.AgentOptions)
    agent.createConnection = createConnection({ SO_SNDBUF: 8192 })
    const socket = await socketOf(get({ agent, socketPath: pathOf(name) } as https.RequestOptions))
    expect(getsockopt(socket, 'SO_SNDBUF')).toBe(16384)
    agent.destroy()
  })

  test('whose options the kernel refuses: the request fails with an error that names the option', async () => {
    for (const { get, Agent, ...to } of [
      { get: http.get, Agent: http.Agent, host, port: portOf('http') },
      { get: https.get, Agent: https.Agent, host, port: portOf('https') },
      { get: http.get, Agent: http.Agent, socketPath: pathOf('unix') },
      { get: https.get, Agent: https.Agent, socketPath: pathOf('unixs') },
    ]) {
      const agent = new Agent({ ...trust } as https.AgentOptions)
      agent.createConnection = createConnection({ IPV6_TCLASS: 8 })
      const before = countSockets()
      const [error] = await event(get({ agent, lookup, ...to } as https.RequestOptions), 'error')
      expect(error).toMatchObject({ name: 'SocketOptionError', option: 'IPV6_TCLASS', kind: 'unsupported' })
      await until(() => countSockets() <= before)
    }
  })
})

describe('a thousand requests that are refused leave no descriptor', () => {
  const nobody = {
    host,
    lookup: (_: string, { all }: LookupOptions, answer: Answer) =>
      answer(null, all ? [{ address: '127.0.0.2', family: 4 }] : '127.0.0.2', 4),
  }
  const agents = { http: new http.Agent(), https: new https.Agent(trust) }
  for (const agent of Object.values(agents)) agent.createConnection = createConnection(wanted)
  const dispatcher = new undici.Agent({ connect: connector(wanted, { ...trust, lookup: nobody.lookup as net.LookupFunction }) })
  const failed = (request: http.ClientRequest) => new Promise(resolve => request.on('error', resolve))

  test.each<[string, (port: number) => Promise<unknown>]>([
    ['http', port => failed(http.get({ ...nobody, port, agent: agents.http } as http.RequestOptions))],
    ['https', port => failed(https.get({ ...nobody, port, agent: agents.https } as https.RequestOptions))],
    ['undici', port => undici.request(`http://${host}:${port}`, { dispatcher }).catch(error => error)],
    ['undici over TLS', port => undici.request(`https://${host}:${port}`, { dispatcher }).catch(error => error)],
    ['fetch', port => undici.fetch(`http://${host}:${port}`, { dispatcher }).catch(error => error.cause)],
  ])('%s', { timeout: 60_000 }, async (_, ask) => {
    const port = portOf('http')
    expect(await ask(port)).toMatchObject({ code: 'ECONNREFUSED', address: '127.0.0.2' })
    const before = countSockets()
    for (let round = 0; round < 1000; round += 20) await Promise.all(Array.from({ length: 20 }, () => ask(port)))
    await until(() => countSockets() <= before)
  })
})

describe('createConnection()', () => {
  test('refuses at once what can never be right', () => {
    expect(() => createConnection({ TCP_USER_TIMEUOT: 1 } as never)).toThrow(/did you mean TCP_USER_TIMEOUT/)
    expect(() => createConnection({ TCP_USER_TIMEOUT: -1 })).toThrow(RangeError)
  })

  test.each([
    ['http', http.get],
    ['https', https.get],
  ] as const)('is an option of %s.request(), which has no agent then', async (name, get) => {
    const request = get({ ...trust, host, lookup, port: portOf(name), createConnection: createConnection(wanted) } as https.RequestOptions)
    const socket = await socketOf(request)
    expect(readBack(socket)).toEqual(wanted)
    expect((socket as tls.TLSSocket).encrypted).toBe(name === 'https' ? true : undefined)
    socket.destroy()
  })

  test.each(['http2', 'http2s'] as const)('is an option of http2.connect(): %s', async name => {
    const scheme = name === 'http2' ? 'http' : 'https'
    const session = http2.connect(`${scheme}://localhost:${portOf(name)}`, {
      ...trust,
      createConnection: createConnection(wanted),
      lookup,
    } as never)
    const stream = session.request({ ':path': '/x' })
    stream.resume()
    await event(stream, 'end')
    expect(getsockopt(session, 'TCP_USER_TIMEOUT')).toBe(7777)
    expect(getsockopt(session, 'TCP_KEEPINTVL')).toBe(7)
    session.destroy()
  })
})

describe('prepareSocket() of tls.connect()', () => {
  test('in the same tick', async () => {
    const socket = prepareSocket(
      tls.connect({ ...trust, host, lookup: (...words) => process.nextTick(lookup, ...words), port: portOf('https') }),
      wanted,
    )
    await event(socket, 'secureConnect')
    expect(socket.autoSelectFamilyAttemptedAddresses).toHaveLength(2)
    expect(readBack(socket)).toEqual(wanted)
    socket.setKeepAlive(true, 1000)
    expect(readBack(socket)).toEqual(wanted)
    socket.destroy()
  })

  test('over a prepared socket', async () => {
    const raw = prepareSocket(new net.Socket(), wanted).connect(portOf('https'), '127.0.0.1')
    await event(raw, 'connect')
    const socket = tls.connect({ ...trust, socket: raw })
    await event(socket, 'secureConnect')
    socket.setKeepAlive(true, 1000)
    expect(readBack(socket)).toEqual(wanted)
    socket.destroy()
  })
})
