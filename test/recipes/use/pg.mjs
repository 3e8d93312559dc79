import pg from 'pg'
import { note } from './note.mjs'
import * as recipe from './pg.js'

const pool = new pg.Pool({ ...recipe.pool.options, ...JSON.parse(process.env.BESIDES ?? '{}') })
const client = await pool.connect()
const { rows } = await client.query('SELECT $1::int + 1 AS answer', [41])
if (rows[0].answer !== 42) throw new Error(JSON.stringify(rows))
const { stream } = client.connection
note('after a query', stream)
client.release()
await pool.query('SELECT 1')
if (pool.totalCount !== 1) throw new Error(`${pool.totalCount} connections`)
note('in the pool', stream)
await pool.end()
