/** WHICH descriptor do HTTP/2 sessions, streams and compat objects have? */
import * as http2 from 'node:http2'
import { afterEach, describe, expect, it } from 'vitest'
import { resolve } from '../../../src/socket/resolve.js'
import { event, http2Pair, listener, until } from '../../support/sockets.js'
import { expectRefusal, portsOf } from './descriptor-facts.js'

const opened: Array<{ close(): unknown }> = []
const keep = <T extends { close(): unknown }>(made: T): T => {
  opened.push(made)
  return made
}
afterEach(async () => {
  for (const { close } of opened.splice(0)) await close()
})

describe.each(['http2', 'http2s'] as const)('over %s', kind => {
  it('sessions, streams and compat objects have the descriptor of their connection, at both ends', async () => {
    const { client, stream, accepted, acceptedStream, request, reply, port } = keep(await http2Pair(kind))
    const mine = client.socket.localPort as number
    for (const target of [client, stream, client.socket]) expect(portsOf(resolve(target))).toEqual([mine, port])
    for (const target of [accepted, acceptedStream, request, reply, accepted.socket, request.socket, reply.socket]) {
      expect(portsOf(resolve(target))).toEqual([port, mine])
    }
  })

  it('a stream that is closed has none, while its session keeps it', async () => {
    const { client, stream, acceptedStream, request, reply } = keep(await http2Pair(kind))
    const fd = resolve(client)
    const { socket } = request
    request.resume()
    stream.resume().end()
    reply.end()
    await until(() => stream.destroyed && acceptedStream.destroyed)
    const rest = 'is closed and has let go of its session; pass the session'
    expectRefusal(stream, 'ERR_SOCKOPT_NO_DESCRIPTOR', `this ClientHttp2Stream ${rest}`)
    expectRefusal(acceptedStream, 'ERR_SOCKOPT_NO_DESCRIPTOR', `this ServerHttp2Stream ${rest}`)
    expectRefusal(request, 'ERR_SOCKOPT_NO_DESCRIPTOR', `the stream of this Http2ServerRequest ${rest}`)
    expectRefusal(reply, 'ERR_SOCKOPT_NO_DESCRIPTOR', `the stream of this Http2ServerResponse ${rest}`)
    expectRefusal(socket, 'ERR_SOCKOPT_NO_DESCRIPTOR', /is closed and has let go of its session; pass the session$/)
    expect(resolve(client)).toBe(fd)
  })

  it('a session that is destroyed has none', async () => {
    const { client, stream, accepted } = keep(await http2Pair(kind))
    client.destroy()
    const rest = 'is destroyed and has let go of its socket; open another session'
    expectRefusal(client, 'ERR_SOCKOPT_NO_DESCRIPTOR', `this ClientHttp2Session ${rest}`)
    expectRefusal(stream, 'ERR_SOCKOPT_NO_DESCRIPTOR', /^this ClientHttp2Stream is closed/)
    await until(() => accepted.destroyed)
    expectRefusal(accepted, 'ERR_SOCKOPT_NO_DESCRIPTOR', `this ServerHttp2Session ${rest}`)
  })
})

describe('a session that connects', () => {
  it('has none in that tick, nor have its streams', async () => {
    const { port } = keep(await listener('http2'))
    const session = http2.connect(`http://127.0.0.1:${port}`)
    const stream = session.request({ ':path': '/' }).on('error', () => stream.destroy())
    expectRefusal(
      session,
      'ERR_SOCKOPT_NOT_OPEN',
      "the socket of this ClientHttp2Session has no descriptor yet: it is connecting; wait for 'connect', or for the next tick where the host is an address",
    )
    expectRefusal(
      stream,
      'ERR_SOCKOPT_NOT_OPEN',
      /^the socket of the session of this ClientHttp2Stream has no descriptor yet: it is connecting/,
    )
    await event(session, 'connect')
    expect(portsOf(resolve(stream))).toEqual([session.socket.localPort, port])
    session.destroy()
  })
})
