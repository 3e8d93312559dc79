/** HOW many sockets does a recipe leave behind that is refused? Prints how many there were before a thousand attempts, and after. */
import { readdirSync, readlinkSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { Redis } from 'ioredis'

process.env.DATABASE_URL = 'postgres://postgres@127.0.0.2:1/postgres'
process.env.REDIS_URL = 'redis://127.0.0.2:1'
const { pool } = await import('./pg.js')
const { Connector } = await import('./connector.js')

/** A descriptor that was closed since it was listed is none. */
const isSocket = fd => {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:')
  } catch {
    return false
  }
}
const count = () => readdirSync('/proc/self/fd').filter(isSocket).length

const attempts = {
  async pg() {
    const { code } = await pool.connect().catch(error => error)
    return code
  },
  async ioredis() {
    const redis = new Redis(process.env.REDIS_URL, { Connector, lazyConnect: true, retryStrategy: null })
    const failed = new Promise(resolve => redis.once('error', resolve))
    await redis.connect().catch(() => undefined)
    const { code } = await failed
    redis.disconnect()
    return code
  },
}

for (const [name, attempt] of Object.entries(attempts)) {
  const code = await attempt()
  await setImmediate()
  const before = count()
  for (let round = 0; round < 1000; round += 10) await Promise.all(Array.from({ length: 10 }, attempt))
  // Closed is closed when the event loop has come round.
  for (let turn = 0; turn < 100 && count() > before; turn++) await setImmediate()
  console.log(JSON.stringify({ name, code, left: count() - before }))
}
await pool.end()
