import diagnostics from 'node:diagnostics_channel'
import { note } from './note.mjs'

/** The driver shows its sockets to nobody. Its monitor has one, and its pool another. */
const sockets = []
diagnostics.subscribe('net.client.socket', ({ socket }) => sockets.push(socket))
const { client } = await import('./mongodb.js')
const ping = async () => {
  const { ok } = await client.db('recipe').command({ ping: 1 })
  if (ok !== 1) throw new Error(`ok: ${ok}`)
}
await ping()
await ping()
for (const socket of sockets) note('after a command', socket)
await client.close()
