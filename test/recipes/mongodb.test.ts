/** Do the connections of mongodb have the options, by the recipe of docs/recipes.md? Against what speaks its protocol: Debian has no MongoDB. */
import { describe, expect, it } from 'vitest'
import { isLinux, needs } from '../support/needs.js'
import { answerMongodb } from '../support/servers/mongodb.js'
import { asDocumented, notLinux, use } from './document.js'

describe('the connections of mongodb', () => {
  it('have the options from before their first packet on, that of the monitor too', async ctx => {
    needs(ctx, isLinux, notLinux)
    const server = await answerMongodb('tcp')
    try {
      const noted = await use('mongodb', { environment: { MONGODB_URL: `mongodb://localhost:${server.port}/?directConnection=true` } })
      expect(noted).toEqual([asDocumented('after a command'), asDocumented('after a command')])
    } finally {
      await server.close()
    }
  })
})
