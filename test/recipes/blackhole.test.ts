/** Are TCP_USER_TIMEOUT and TCP_SYNCNT timeouts of connect(), by the recipes of docs/recipes.md? In a network namespace, whose packets go nowhere. */
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

const packages = ['pg', 'ioredis', 'mysql2', 'nodemailer'] as const
/** In ms. The last of the recipes sets a TCP_USER_TIMEOUT of its own. */
const expected = (ms: number): Record<string, number> => ({
  ...Object.fromEntries(packages.map(name => [name, ms])),
  connectWithin2s: 2000,
})

describe('a connection to an address that never answers', () => {
  it.for([
    ['TCP_USER_TIMEOUT', { TCP_USER_TIMEOUT: 1500 }, 1500],
    // With a TCP_USER_TIMEOUT, which the document names, the count alone would end it.
    ['TCP_SYNCNT', { TCP_SYNCNT: 1, TCP_USER_TIMEOUT: 0 }, 3000],
  ] as const)('ends with ETIMEDOUT by %s, of connect() and in pg, ioredis, mysql2 and nodemailer', async ([, socketOptions, ms], ctx) => {
    const reason = whyNoNetwork()
    needs(ctx, reason === undefined, String(reason))
    const outcomes = (await use('blackhole', { command: unshare, environment: {}, socketOptions })) as Outcome[]
    expect(outcomes.map(({ name }) => name)).toEqual(Object.keys(expected(ms)))
    for (const { took, name, ...error } of outcomes) {
      // The address is in the kernel's error alone, not in those of the timers that the packages have.
      expect(error).toEqual({ code: 'ETIMEDOUT', syscall: 'connect', address: nobody })
      const least = expected(ms)[name] as number
      expect(took).toSatisfy(took => took > least - 100 && took < least + 1000)
    }
  })
})
