/** WHICH descriptor has a socket of Deno? Its `node:net` shows only those of unix sockets; of any other it gives duplicates. Its own API gives none. */
import { noDescriptor } from '../errors.js'
import { isDescriptor } from './fd.js'
import { bottomOf } from './internals.js'
import { type Answer, type Kind, nameOf, type Shape } from './kind.js'

/** A duplicate (dup(2)): the same socket by another number. It has a handle of its own, the only thing in Deno that can close it. */
interface Duplicate {
  readonly fd: number
  readonly owner: Owner
}

interface Owner {
  open(fd: number): number
  close(): void
}

/** The duplicates of this tick. A connection ends when the last of its descriptors is closed, so none may outlive the call by more than that. */
const duplicates = new Map<Shape, Duplicate>()
/** Of more sockets than these in one tick, the first is closed early: none would be left to open otherwise. No call uses as many at once. */
const MOST = 64

let isRefused = false

/** The descriptor of a handle of Deno's `node:net`, `node:tls` or `node:dgram`, for this tick; undefined where the handle is none of Deno's. */
export function denoDescriptor(handle: Shape, subject: string): Answer | undefined {
  const bottom = bottomOf(handle)
  if (typeof bottom.fdForIpc !== 'function') return undefined
  return (
    (duplicates.get(bottom) ?? duplicate(bottom))?.fd ??
    hidden(subject, 'is open, but this version of Deno hides its descriptor; use Deno 2.9, or Node')
  )
}

function duplicate(handle: Shape): Duplicate | undefined {
  const owner = ownerLike(handle)
  if (owner === undefined || isRefused) return undefined
  const fd: unknown = (handle.fdForIpc as () => unknown)()
  if (!isDescriptor(fd)) return undefined
  if (owner.open(fd) !== 0) {
    // Nothing can close this one: it must stay the only one.
    isRefused = true
    return undefined
  }
  if (duplicates.size === 0) queueMicrotask(() => closeDuplicates(0))
  closeDuplicates(MOST - 1)
  const made = { fd, owner }
  duplicates.set(handle, made)
  return made
}

/** A handle of the same class, `TCPWrap` or `UDP`, with nothing in it. The 0 is what Deno's constants call SOCKET. */
function ownerLike(handle: Shape): Owner | undefined {
  const owner: Partial<Owner> = new (handle.constructor as new (kind: number) => Partial<Owner>)(0)
  return typeof owner.open === 'function' && typeof owner.close === 'function' ? (owner as Owner) : undefined
}

/** The eldest first, until so many are left. */
function closeDuplicates(left: number): void {
  for (const [handle, { owner }] of duplicates) {
    if (duplicates.size <= left) return
    duplicates.delete(handle)
    owner.close()
  }
}

/** `Deno.TcpConn`, `Deno.TlsConn`, `Deno.UnixConn`, `Deno.Listener`, `Deno.DatagramConn`, `Deno.HttpServer`. */
export const denoObject: Kind = {
  matches: target => 'Deno' in globalThis && ['localAddr', 'addr'].some(name => target[name] !== undefined),
  descriptor: (target, subject = nameOf(target, 'object')) =>
    hidden(
      subject,
      "has a socket, but Deno's own API shows no descriptor; use node:net, node:tls, node:http or node:dgram, whose sockets have one",
    ),
}

const hidden = (subject: string, why: string): Error => noDescriptor('ERR_SOCKOPT_HIDDEN', `${subject} ${why}`)
