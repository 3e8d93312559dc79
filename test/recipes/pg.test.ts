/** Does a connection of pg have the options, by the recipe of docs/recipes.md? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needs } from '../support/needs.js'
import { noPostgresql, startPostgresql } from '../support/servers/postgresql.js'
import type { Server } from '../support/servers/program.js'
import { asDocumented, use } from './document.js'

let server: Server | undefined
beforeAll(async () => {
  server = await startPostgresql()
})
afterAll(() => server?.stop())

describe('a connection of pg', () => {
  it.for([
    ['', {}],
    [' over TLS', { ssl: true }],
    [' that sets its own keep-alive', { keepAlive: true, keepAliveInitialDelayMillis: 5000 }],
  ] as const)('has the options from before its first packet on%s', async ([, besides], ctx) => {
    needs(ctx, server, noPostgresql)
    const environment = { DATABASE_URL: `postgres://postgres@localhost:${server.port}/postgres`, BESIDES: JSON.stringify(besides) }
    expect(await use('pg', { environment })).toEqual([asDocumented('after a query'), asDocumented('in the pool')])
  })
})
