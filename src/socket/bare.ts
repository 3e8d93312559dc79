/** WHICH kinds of objects are sockets themselves, rather than hold one? */
import { datagramSocket } from './dgram.js'
import { boundSocket, publicDescriptor } from './fd.js'
import type { Answer, Kind, Shape } from './kind.js'
import { server, streamSocket } from './net.js'
import { loadElsewhere } from './on-demand.js'

/** The order matters once: a socket that is closed says so, even where it shows an `fd` besides. */
const kinds: readonly Kind[] = [datagramSocket, streamSocket, server, boundSocket, publicDescriptor]

/** What Bun and Deno have besides. */
function findElsewhere(target: Shape): Kind | undefined {
  const { bunObject, denoObject } = loadElsewhere()
  return [bunObject, denoObject].find(kind => kind.matches(target))
}

/** The descriptor of a socket, or why it has none; undefined where the object is not a socket. */
export function bareDescriptor(target: Shape, subject?: string): Answer | undefined {
  return (kinds.find(kind => kind.matches(target)) ?? findElsewhere(target))?.descriptor(target, subject)
}
