/** Does a connection of ws have the options, by the recipe of docs/recipes.md? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isLinux, needs } from '../support/needs.js'
import type { Server } from '../support/servers/program.js'
import { startWebSocket } from '../support/servers/websocket.js'
import { asDocumented, notLinux, use } from './document.js'

let server: Server
beforeAll(async () => {
  server = await startWebSocket()
})
afterAll(() => server.stop())

describe('a connection of ws', () => {
  it.for([
    ['', 'ws', 'port'],
    [' over TLS', 'wss', 'tlsPort'],
  ] as const)('has the options from before its first packet on%s', async ([, scheme, port], ctx) => {
    needs(ctx, isLinux, notLinux)
    expect(await use('ws', { environment: { WEBSOCKET_URL: `${scheme}://localhost:${server[port]}` } })).toEqual([
      asDocumented('after a message'),
    ])
  })
})
