/** WHICH SOCKET has a handle of Node on Windows, where none shows it? It is searched in the event loop: docs/native.md says how, and what it costs. */
import { noDescriptor } from '../errors.js'
import { listHandles } from '../native/handles.js'
import { here } from '../platform/index.js'
import { isDescriptor } from './fd.js'
import { bottomOf, hasAddress, isPipe, refSwitchOf } from './internals.js'
import type { Answer, Shape } from './kind.js'
import { searchLoop } from './search.js'

/** A handle of libuv's takes a SOCKET once, and keeps it until it is closed: who proves that it is open has the same. */
const known = new WeakMap<Shape, number>()

/** The SOCKET of an open handle, or why it has none to give. Undefined on any other system, and while the handle has no SOCKET yet. */
export function windowsSocket(handle: Shape, subject: string): Answer | undefined {
  if (here().name !== 'win32') return undefined
  const bottom = bottomOf(handle)
  if (isPipe(bottom)) {
    return noDescriptor(
      'ERR_SOCKOPT_NO_DESCRIPTOR',
      `${subject} is a named pipe, which on Windows is no socket and has no options; use a TCP port instead of a path`,
    )
  }
  for (const name of ['Bun', 'Deno']) {
    if (name in globalThis) return hidden(`${subject} has a SOCKET, but ${name} shows none on Windows; use Node`)
  }
  const refSwitch = refSwitchOf(bottom)
  if (refSwitch === undefined) return undefined
  const isOpen = hasAddress(bottom)
  const earlier = known.get(bottom)
  if (earlier !== undefined && isOpen) return earlier
  const found = searchLoop(refSwitch, listHandles)
  if (isDescriptor(found)) {
    if (isOpen) known.set(bottom, found)
    return found
  }
  // What is not open has none to find: the caller knows why.
  return typeof found === 'string' && isOpen
    ? hidden(`the SOCKET of ${subject} was not found: ${found}; use an official build of Node`)
    : undefined
}

const hidden = (message: string): Error => noDescriptor('ERR_SOCKOPT_HIDDEN', message)
