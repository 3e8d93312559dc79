import { once } from 'node:events'
import { cluster } from './ioredis-cluster.js'
import { note } from './note.mjs'

await once(cluster, 'ready')
await cluster.set('answer', 42)
if ((await cluster.get('answer')) !== '42') throw new Error('another answer')
for (const { stream } of cluster.nodes()) note('after a query', stream)
await cluster.quit()
