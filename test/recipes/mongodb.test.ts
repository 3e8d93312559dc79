/** Do the connections of mongodb have the options, by the recipe of docs/recipes.md? Against what speaks its protocol: Debian has no MongoDB. */
import { describe, expect, it } from 'vitest'
import { isLinux, needs } from '../support/needs.js'
import { answerMongodb } from '../support/servers/mongodb.js'
import { asDocumented, notLinux, use } from './document.js'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

describe('the connections of mongodb', () => {
  it.for(['tcp', 'tls'] as const)('have the options from before their first packet on, that of the monitor too: %s', async (kind, ctx) => {
    needs(ctx, isLinux, notLinux)
    needs(
      ctx,
      kind === 'tcp' || major > 22 || (major === 22 && minor >= 17),
      'before Node 22.17 no channel tells of the sockets of tls.connect()',
    )
    const server = await answerMongodb(kind)
    try {
      const url = `mongodb://localhost:${server.port}/?directConnection=true&tls=${kind === 'tls'}`
      expect(await use('mongodb', { environment: { MONGODB_URL: url } })).toEqual([
        asDocumented('after a command'),
        asDocumented('after a command'),
      ])
    } finally {
      await server.close()
    }
  })
})
