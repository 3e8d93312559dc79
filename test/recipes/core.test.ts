/** Do the connections of Node's own modules, and of undici, have the options, by the recipes of docs/recipes.md? */
import type { Http2Server } from 'node:http2'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isLinux, needs } from '../support/needs.js'
import { type Listener, type ListenerKind, listener } from '../support/sockets.js'
import { asDocumented, notLinux, use } from './document.js'

const kinds = ['http', 'https', 'http2', 'http2s', 'tls'] as const satisfies readonly ListenerKind[]
const listeners = new Map<ListenerKind, Listener>()
beforeAll(async () => {
  for (const kind of kinds) listeners.set(kind, await listener(kind))
  for (const kind of ['http', 'https', 'http2', 'http2s'] as const) {
    const server = listeners.get(kind)?.server as unknown as Http2Server
    server.on('request', (_request, response) => response.end('42'))
  }
  listeners.get('tls')?.server.on('secureConnection', (socket: Socket) => socket.pipe(socket))
})
afterAll(async () => {
  for (const each of listeners.values()) await each.close()
})

describe.for([
  ['http', 'http', ['after a request', 'after it was used again']],
  ['https', 'http', ['after a request', 'after it was used again']],
  ['http2', 'http2', ['after a request']],
  ['http2s', 'http2', ['after a request']],
  ['tls', 'tls', ['after an answer']],
  ['http', 'connect-timeout', ['connected']],
  ['http', 'undici', ['after a request', "after a fetch of undici's", "after a fetch of Node's"]],
  ['https', 'undici', ['after a request', "after a fetch of undici's", "after a fetch of Node's"]],
] as const)('a connection to a server of %s by %s', ([kind, program, notes]) => {
  it('has the options from before its first packet on', async ctx => {
    needs(ctx, isLinux, notLinux)
    const port = listeners.get(kind)?.port
    const scheme = kind === 'http' || kind === 'http2' ? 'http' : 'https'
    expect(await use(program, { environment: { URL: `${scheme}://localhost:${port}/`, PORT: String(port) } })).toEqual(
      notes.map(asDocumented),
    )
  })
})
