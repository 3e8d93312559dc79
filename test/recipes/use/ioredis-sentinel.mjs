import { redis } from './ioredis-sentinel.js'
import { note } from './note.mjs'

await redis.set('answer', 42)
if ((await redis.get('answer')) !== '42') throw new Error('another answer')
note('after a query', redis.stream)
await redis.quit()
