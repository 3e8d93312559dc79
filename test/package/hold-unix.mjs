/**
 * Preloaded into the demo: its unix server accepts and never answers, so that the demo stands still at a known point, which it names on stderr.
 * With HOLD=deadline the demo's deadline is reached at that very point.
 */
import { Server } from 'node:net'

const { emit } = Server.prototype
const { setTimeout } = globalThis
const held = []
let deadline

globalThis.setTimeout = (callback, milliseconds, ...values) => {
  if (milliseconds === 10_000) deadline = callback
  return setTimeout(callback, milliseconds, ...values)
}

Server.prototype.emit = function (name, ...values) {
  const path = this.address()
  if (name !== 'connection' || typeof path !== 'string') return Reflect.apply(emit, this, [name, ...values])
  held.push(...values)
  process.stderr.write(`held at ${path}\n`)
  if (process.env.HOLD === 'deadline') deadline()
  return true
}
