/** Does a connection of ioredis have the options, by the recipes of docs/recipes.md? */
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needs } from '../support/needs.js'
import type { Server } from '../support/servers/program.js'
import { noRedis, startClusterNode, startRedis, startSentinel } from '../support/servers/redis.js'
import { asDocumented, use } from './document.js'

let server: Server | undefined
const others: (Server | undefined)[] = []
beforeAll(async () => {
  server = await startRedis()
})
afterAll(async () => {
  for (const each of [server, ...others]) await each?.stop()
})

/** A cluster of one node, which has all slots. It says that it is one two seconds after it was started. */
async function makeCluster(port: number): Promise<void> {
  const node = new Redis({ host: '127.0.0.1', port })
  await node.cluster('ADDSLOTSRANGE', 0, 16383)
  const end = performance.now() + 10_000
  while (!(await node.cluster('INFO')).includes('cluster_state:ok')) if (performance.now() > end) throw new Error('no cluster after 10 s')
  await node.quit()
}

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

  it('has them to a node of a cluster', async ctx => {
    const node = await startClusterNode()
    others.push(node)
    needs(ctx, node, noRedis)
    await makeCluster(node.port)
    const environment = { REDIS_URL: `redis://127.0.0.1:${node.port}` }
    expect(await use('ioredis-cluster', { environment })).toEqual([asDocumented('after a query')])
  })

  it('has them to the server that a sentinel names', async ctx => {
    needs(ctx, server, noRedis)
    const sentinel = await startSentinel(server.port)
    others.push(sentinel)
    needs(ctx, sentinel, noRedis)
    const environment = { SENTINELS: JSON.stringify([{ host: 'localhost', port: sentinel.port }]) }
    expect(await use('ioredis-sentinel', { environment })).toEqual([{ ...asDocumented('after a query'), tried: ['127.0.0.1'] }])
  })
})
