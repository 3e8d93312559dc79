/** HOW long does a recipe wait for an address that never answers? In a network namespace, where there is such an address. */
const { buildNetwork, nobody } = await import(process.env.NAMESPACE)
buildNetwork({})

const attempts = {
  async pg() {
    process.env.DATABASE_URL = `postgres://postgres@${nobody}/postgres`
    const { pool } = await import('./pg.js')
    return { attempt: pool.connect(), end: () => pool.end() }
  },
  async ioredis() {
    process.env.REDIS_URL = `redis://${nobody}`
    const { redis } = await import('./ioredis.js')
    return { attempt: new Promise((_, reject) => redis.once('error', reject)), end: () => redis.disconnect() }
  },
  async mysql2() {
    process.env.MYSQL_URL = `mysql://root@${nobody}`
    const { pool } = await import('./mysql2.js')
    return { attempt: pool.getConnection(), end: () => pool.end() }
  },
  async nodemailer() {
    process.env.SMTP_URL = `smtp://${nobody}`
    const { transport } = await import('./nodemailer.js')
    return { attempt: transport.verify(), end: () => transport.close() }
  },
  async connectWithin2s() {
    const { connectWithin2s } = await import('./connect-timeout.js')
    const socket = connectWithin2s({ host: nobody, port: 80 })
    return { attempt: new Promise((_, reject) => socket.once('error', reject)), end: () => undefined }
  },
}

for (const outcome of await Promise.all(Object.values(attempts).map(timeTheAttempt))) console.log(JSON.stringify(outcome))

async function timeTheAttempt(begin) {
  const { attempt, end } = await begin()
  const start = performance.now()
  const { code, syscall, address } = await attempt.catch(error => error)
  const took = performance.now() - start
  end()
  return { name: begin.name, code, syscall, address, took }
}
