/** WHICH sockets does Deno hide? All but those of unix paths: neither `Deno.Conn` nor `node:net` shows a descriptor there. */
import { noDescriptor } from '../errors.js'
import { type Kind, nameOf, type Shape } from './kind.js'

/** A handle of Deno's `node:net`. It can only be asked for a duplicate (`fdForIpc`), which the caller would have to close. */
export function denoHandle(handle: Shape, subject: string): Error | undefined {
  return typeof handle.fdForIpc === 'function' ? hidden(subject) : undefined
}

/** `Deno.TcpConn`, `Deno.TlsConn`, `Deno.Listener`, `Deno.DatagramConn`, and what Deno's `node:http` gives for a socket or a server. */
export const denoObject: Kind = {
  matches: target => 'Deno' in globalThis && ['localAddr', 'addr', 'remoteAddress', 'listening'].some(name => target[name] !== undefined),
  descriptor: (target, subject = nameOf(target, 'socket')) => hidden(subject),
}

function hidden(subject: string): Error {
  return noDescriptor(
    'ERR_SOCKOPT_HIDDEN',
    `${subject} has a socket, but Deno hides its descriptor; a unix socket shows its own, and so does Node`,
  )
}
