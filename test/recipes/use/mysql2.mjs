import { pool } from './mysql2.js'
import { note } from './note.mjs'

const connection = await pool.getConnection()
const [rows] = await connection.execute('SELECT ? + 1 AS answer', [41])
if (Number(rows[0].answer) !== 42) throw new Error(JSON.stringify(rows))
const { stream } = connection.connection
note('after a query', stream)
connection.release()
await pool.query('SELECT 1')
note('in the pool', stream)
await pool.end()
