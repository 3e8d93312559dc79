/** Does a connection of ioredis have the options, by the recipe of docs/recipes.md? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needs } from '../support/needs.js'
import type { Server } from '../support/servers/program.js'
import { noRedis, startRedis } from '../support/servers/redis.js'
import { asDocumented, use } from './document.js'

let server: Server | undefined
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server?.stop())

describe('a connection of ioredis', () => {
  it.for([
    ['', 'redis', 'port'],
    [' over TLS', 'rediss', 'tlsPort'],
  ] as const)(
    'has the options from before its first packet on%s, and so has the one that takes its place',
    async ([, scheme, port], ctx) => {
      needs(ctx, server, noRedis)
      const environment = { REDIS_URL: `${scheme}://localhost:${server[port]}` }
      expect(await use('ioredis', { environment })).toEqual([asDocumented('after a query'), asDocumented('after it connected again')])
    },
  )
})
