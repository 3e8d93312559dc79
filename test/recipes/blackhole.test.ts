/** Is TCP_USER_TIMEOUT a timeout of connect(), by the recipes of docs/recipes.md? In a network namespace, whose packets go nowhere. */
import { describe, expect, it } from 'vitest'
import { nobody, unshare, whyNoNetwork } from '../lab/namespace.mjs'
import { needs } from '../support/needs.js'
import { use } from './document.js'

/** One line that use/blackhole.mjs prints. */
interface Outcome {
  readonly name: string
  readonly code: string
  readonly syscall: string
  readonly address: string
  /** ms, from a moment after the attempt was begun. */
  readonly took: number
}

const names = ['pg', 'ioredis', 'mysql2', 'nodemailer']

describe('a connection to an address that never answers', () => {
  it('ends with ETIMEDOUT after a TCP_USER_TIMEOUT of 1500 ms, in pg, ioredis, mysql2 and nodemailer', async ctx => {
    const reason = whyNoNetwork()
    needs(ctx, reason === undefined, String(reason))
    const outcomes = (await use('blackhole', { command: unshare, environment: {}, socketOptions: { TCP_USER_TIMEOUT: 1500 } })) as Outcome[]
    // The address is in the kernel's error alone, not in those of the timers that the packages have.
    const expected = { code: 'ETIMEDOUT', syscall: 'connect', address: nobody }
    expect(outcomes.map(({ took, ...error }) => error)).toEqual(names.map(name => ({ name, ...expected })))
    for (const { took } of outcomes) expect(took).toSatisfy(took => took > 1400 && took < 2500)
  })
})
