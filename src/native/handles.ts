/** WHICH handles has the event loop of this thread, and which of them keep it alive? Windows alone tells: elsewhere no handle hides its descriptor. */
import { ask, Operation, scratch } from './scratch.js'

/** Words of one handle in a listing: the two halves of its address, whether it keeps the loop alive, its descriptor (negative: it has none). */
export const HANDLE = 4
const WORD = 4

/** Handles that there is room for; more than there ever were. */
let room = 256

/** Every handle of the loop, in the loop's own order, in memory of its own. Undefined where the addon does not tell, or libuv is not there to be asked. */
export function listHandles(): Int32Array | undefined {
  for (;;) {
    const count = ask(0, Operation.handles, 0, 0, room * HANDLE * WORD, 1, 0)
    if (count < 0) return undefined
    const start = scratch.body / WORD
    if (count <= room) return scratch.words.slice(start, start + count * HANDLE)
    room = count * 2
  }
}
