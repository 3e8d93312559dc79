/** WHICH handle of the event loop lies beneath an object? The one whose ref flag changes when the object's does. Its descriptor is the object's. */
import { HANDLE } from '../native/handles.js'
import type { RefSwitch } from './internals.js'

/** Lists the loop's handles, as `listHandles` of src/native does. */
export type List = () => Int32Array | undefined

/**
 * The descriptor, negative where the handle has none now; or why it was not found. It is never guessed.
 * No event comes between the two listings, and the flag is put back whatever happens, so that nothing is different afterwards.
 */
export function searchLoop(of: RefSwitch, list: List): number | string {
  const isRef = of.hasRef()
  const before = list()
  if (before === undefined) return 'the program does not export the functions of libuv that tell'
  let after: Int32Array | undefined
  try {
    if (isRef) of.unref()
    else of.ref()
    after = list()
  } finally {
    if (isRef) of.ref()
    else of.unref()
  }
  return compare(before, after)
}

/** Both listings have the same handles in the same order: only code of somebody else, put in the place of `ref`, could have changed that. */
function compare(before: Int32Array, after: Int32Array | undefined): number | string {
  if (after?.length !== before.length) return 'the handles of the event loop changed meanwhile'
  let found: number | undefined
  for (let at = 0; at < before.length; at += HANDLE) {
    if (before[at] !== after[at] || before[at + 1] !== after[at + 1]) return 'the handles of the event loop changed meanwhile'
    if (before[at + 2] === after[at + 2]) continue
    if (found !== undefined) return 'more than one handle of the event loop answers to it'
    found = after[at + 3]
  }
  return found ?? 'no handle of the event loop answers to it'
}
