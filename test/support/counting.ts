/** HOW MANY descriptors does this process have? Counted, so that what was opened and not closed shows. */
import { readdirSync, readlinkSync } from 'node:fs'

/** Sockets alone: what else a process opens meanwhile, pipes and files of the test runner, is no leak of ours. */
export function countSockets(): number {
  return readdirSync('/proc/self/fd').filter(fd => isSocket(fd)).length
}

function isSocket(fd: string): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:')
  } catch {
    // It was closed since it was listed: the descriptor of the list itself is.
    return false
  }
}
