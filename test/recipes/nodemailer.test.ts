/** Does a connection of nodemailer have the options, by the recipe of docs/recipes.md? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isLinux, needs } from '../support/needs.js'
import type { Server } from '../support/servers/program.js'
import { startSmtp } from '../support/servers/smtp.js'
import { asDocumented, notLinux, use } from './document.js'

let server: Server
beforeAll(async () => {
  server = await startSmtp()
})
afterAll(() => server.stop())

describe('a connection of nodemailer', () => {
  it.for([
    ['', 'smtp', 'port', '&ignoreTLS=true'],
    [' with STARTTLS', 'smtp', 'port', '&requireTLS=true'],
    [' over TLS', 'smtps', 'tlsPort', ''],
  ] as const)('has the options from before its first packet on%s', async ([, scheme, port, query], ctx) => {
    needs(ctx, isLinux, notLinux)
    const environment = { SMTP_URL: `${scheme}://localhost:${server[port]}?pool=true${query}` }
    expect(await use('nodemailer', { environment })).toEqual([asDocumented('after a mail'), asDocumented('in the pool')])
  })
})
