/** Does a connection of mysql2 have the options, by the recipe of docs/recipes.md? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needs } from '../support/needs.js'
import { noMariadb, startMariadb } from '../support/servers/mariadb.js'
import type { Server } from '../support/servers/program.js'
import { asDocumented, use } from './document.js'

let server: Server | undefined
beforeAll(async () => {
  server = await startMariadb()
})
afterAll(() => server?.stop())

describe('a connection of mysql2', () => {
  it.for([
    ['', ''],
    [' over TLS', `?ssl=${encodeURIComponent('{"verifyIdentity":true}')}`],
  ] as const)('has the options from before its first packet on%s', async ([, query], ctx) => {
    needs(ctx, server, noMariadb)
    const environment = { MYSQL_URL: `mysql://root@localhost:${server.port}${query}` }
    expect(await use('mysql2', { environment })).toEqual([asDocumented('after a query'), asDocumented('in the pool')])
  })
})
