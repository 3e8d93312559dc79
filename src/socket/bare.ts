/** WHICH kinds of objects are sockets themselves, rather than hold one? */
import { bunObject } from './bun.js'
import { denoObject } from './deno.js'
import { datagramSocket } from './dgram.js'
import { boundSocket, publicDescriptor } from './fd.js'
import type { Answer, Kind, Shape } from './kind.js'
import { server, streamSocket } from './net.js'

/** The order matters once: a socket that is closed says so, even where it shows an `fd` besides. */
const kinds: readonly Kind[] = [datagramSocket, streamSocket, server, boundSocket, publicDescriptor, bunObject, denoObject]

/** The descriptor of a socket, or why it has none; undefined where the object is not a socket. */
export function bareDescriptor(target: Shape, subject?: string): Answer | undefined {
  return kinds.find(kind => kind.matches(target))?.descriptor(target, subject)
}
