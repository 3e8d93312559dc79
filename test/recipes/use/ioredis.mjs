import { redis } from './ioredis.js'
import { note } from './note.mjs'

await redis.set('answer', 42)
if ((await redis.get('answer')) !== '42') throw new Error('another answer')
note('after a query', redis.stream)
const { stream } = redis
redis.disconnect(true)
await redis.get('answer')
if (redis.stream === stream) throw new Error('the same connection')
note('after it connected again', redis.stream)
await redis.quit()
