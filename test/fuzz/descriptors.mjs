/** WHICH descriptors are open? Those of this process, with what they are. */
import { openSync, readdirSync, readlinkSync } from 'node:fs'

function linkOf(fd) {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    return undefined // the one that read the list
  }
}

/** Number to what it is. */
export function openDescriptors() {
  const all = new Map()
  for (const fd of readdirSync('/proc/self/fd')) {
    const link = linkOf(fd)
    if (link !== undefined) all.set(Number(fd), link)
  }
  return all
}

/** Those that are open now and were not before; waits for what is still being closed. */
export async function openedSince(before) {
  const left = () => [...openDescriptors()].filter(([fd]) => !before.has(fd))
  for (let turns = 0; turns < 1000 && left().length > 0; turns++) await new Promise(resolve => setImmediate(resolve))
  return left()
}

/** Files on every number below `limit`: a number that chance makes up then hits no socket, and no descriptor of Node's own that is opened later. */
export function occupyBelow(limit) {
  for (let fd = 0; fd < limit; ) fd = openSync('/dev/null', 'r')
}
