/** Do connections that are refused leave descriptors behind, by the recipes of docs/recipes.md? A thousand of each. */
import { expect, it } from 'vitest'
import { isLinux, needs } from '../support/needs.js'
import { notLinux, use } from './document.js'

it('a thousand refused connections of pg and of ioredis leave no descriptor', { timeout: 60_000 }, async ctx => {
  needs(ctx, isLinux, notLinux)
  expect(await use('refused', { environment: {} })).toEqual([
    { name: 'pg', code: 'ECONNREFUSED', left: 0 },
    { name: 'ioredis', code: 'ECONNREFUSED', left: 0 },
  ])
})
