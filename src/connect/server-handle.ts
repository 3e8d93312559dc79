/** WHEN does a server get the handle that it is going to listen with? When `_handle` is assigned, in listen() or after a look-up. */
import type { Server } from 'node:net'
import { isObject } from '../socket/kind.js'

/**
 * Has `seen` called with every handle that the server gets. Returns what ends it, and leaves the property as it was. Several may watch one server: each does
 * what the one before it does.
 */
export function watchServerHandle(server: Server, seen: () => void): () => void {
  const before = Object.getOwnPropertyDescriptor(server, '_handle')
  let value: unknown = before?.value
  let isOver = false
  const get = () => (before?.get ? before.get.call(server) : value)
  const set = (handle: unknown) => {
    if (before?.set) before.set.call(server, handle)
    else value = handle
    if (!isOver && isObject(handle)) seen()
  }
  Object.defineProperty(server, '_handle', { configurable: true, enumerable: true, get, set })
  return () => {
    isOver = true
    // Over a watch that began later, and goes on, nothing can be put back: this one stays beneath it, and says nothing.
    if (Object.getOwnPropertyDescriptor(server, '_handle')?.get !== get) return
    Object.defineProperty(server, '_handle', before?.get ? before : { configurable: true, enumerable: true, writable: true, value })
  }
}
