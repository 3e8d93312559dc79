/** WHICH descriptor does an HTTP message have, before, during and after its exchange? */
import * as http from 'node:http'
import { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { resolve } from '../../../src/socket/resolve.js'
import { event, httpPair, listener, until } from '../../support/sockets.js'
import { expectRefusal, portsOf } from './descriptor-facts.js'

const opened: Array<{ close(): unknown }> = []
const keep = <T extends { close(): unknown }>(made: T): T => {
  opened.push(made)
  return made
}
afterEach(async () => {
  for (const { close } of opened.splice(0)) await close()
})

describe.each(['http', 'https'] as const)('a message of %s', kind => {
  it('has the descriptor of its connection, at both ends', async () => {
    const { client, response, accepted, reply, port } = keep(await httpPair(kind))
    const mine = client.socket?.localPort
    expect(portsOf(resolve(client))).toEqual([mine, port])
    expect(portsOf(resolve(response))).toEqual([mine, port])
    expect(portsOf(resolve(accepted))).toEqual([port, mine])
    expect(portsOf(resolve(reply))).toEqual([port, mine])
  })

  it('has none once its connection is destroyed', async () => {
    const { client, response, accepted, reply } = keep(await httpPair(kind))
    client.destroy()
    const rest =
      "is closed, and its descriptor may be another socket's by now; pass it before it is destroyed, or pass the one that replaced it"
    expectRefusal(client, 'ERR_SOCKOPT_CLOSED', `the socket of this ClientRequest ${rest}`)
    await until(() => response.closed && reply.destroyed)
    for (const target of [response, accepted]) expectRefusal(target, 'ERR_SOCKOPT_CLOSED', `the socket of this IncomingMessage ${rest}`)
    expectRefusal(reply, 'ERR_SOCKOPT_CLOSED', `the socket of this ServerResponse ${rest}`)
  })

  it('that is complete lets the connection go: two of the four still know it', async () => {
    const { client, response, accepted, reply, agent, port } = keep(await httpPair(kind))
    const socket = client.socket as Socket
    client.end()
    accepted.resume()
    reply.end()
    response.resume()
    await event(agent, 'free')
    await until(() => response.closed && reply.closed)
    // The connection is idle in the agent's pool, and the request still points to it.
    expect(Object.values(agent.freeSockets).flat()).toEqual([socket])
    expect(resolve(client)).toBe(resolve(socket))
    expect(portsOf(resolve(accepted))).toEqual([port, socket.localPort])
    expectRefusal(
      response,
      'ERR_SOCKOPT_NO_DESCRIPTOR',
      'this IncomingMessage has no socket: it is complete and has let go of it, or was never on a connection; pass its request, or the socket itself',
    )
    expectRefusal(
      reply,
      'ERR_SOCKOPT_NO_DESCRIPTOR',
      'this ServerResponse has finished and let go of its socket; pass its request, or the socket itself',
    )
  })
})

describe('a request', () => {
  it("has none in the tick that makes it, and has one from its 'socket' event on where the host is an address", async () => {
    const { port } = keep(await listener('http'))
    const request = http.request({ port, host: '127.0.0.1' }).on('error', () => request.destroy())
    expectRefusal(request, 'ERR_SOCKOPT_NO_DESCRIPTOR', "this ClientRequest has no socket yet; wait for its 'socket' event")
    const early = new Promise<[number, boolean]>(seen => request.on('socket', socket => seen([resolve(request), socket.connecting])))
    const [fd, wasConnecting] = await early
    expect(wasConnecting).toBe(true)
    const socket = request.socket as Socket
    await event(socket, 'connect')
    expect(portsOf(fd)).toEqual([socket.localPort, port])
    request.destroy()
  })

  it("has none in its 'socket' event while the name of the host is looked up", async () => {
    const { port } = keep(await listener('http'))
    const request = http.request({ port, host: 'some.name', lookup: () => undefined }).on('error', () => request.destroy())
    await event(request, 'socket')
    expectRefusal(
      request,
      'ERR_SOCKOPT_NOT_OPEN',
      /^the socket of this ClientRequest has no descriptor yet: it is connecting; wait for 'connect'/,
    )
    request.destroy()
  })

  it('has none when it was destroyed before it had a socket', async () => {
    const { port } = keep(await listener('http'))
    const request = http.request({ port, host: '127.0.0.1' })
    const failed = event(request, 'error')
    request.destroy()
    const message = 'this ClientRequest was destroyed before it had a socket; make another request'
    expectRefusal(request, 'ERR_SOCKOPT_NO_DESCRIPTOR', message)
    await failed
    expectRefusal(request, 'ERR_SOCKOPT_NO_DESCRIPTOR', message)
  })
})

describe('a message on no connection', () => {
  it('has none', () => {
    const incoming = new http.IncomingMessage(null as unknown as Socket)
    expectRefusal(incoming, 'ERR_SOCKOPT_NO_DESCRIPTOR', /^this IncomingMessage has no socket: it is complete/)
    expectRefusal(
      new http.ServerResponse(incoming),
      'ERR_SOCKOPT_NO_DESCRIPTOR',
      'this ServerResponse has no socket: it is on no connection; pass its request, or the socket itself',
    )
    expectRefusal(new http.IncomingMessage(new Socket()), 'ERR_SOCKOPT_NOT_OPEN', /^the socket of this IncomingMessage has no descriptor/)
  })
})
