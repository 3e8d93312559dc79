/** WHY has an open `tls.TLSSocket` no descriptor? Over a `net.Socket` it shows the descriptor of that socket; over a stream in JavaScript there is none. */
import { noDescriptor } from '../errors.js'
import { beneath, bottomOf, isScriptStream } from './internals.js'
import type { Shape } from './kind.js'

/** Undefined where TLS is not the reason. */
export function tlsWithoutDescriptor(socket: Shape, handle: Shape, subject: string): Error | undefined {
  if (isScriptStream(bottomOf(handle))) {
    return noDescriptor(
      'ERR_SOCKOPT_TLS_OVER_STREAM',
      `${subject} runs over a stream written in JavaScript, which has no descriptor; pass the socket that carries that stream`,
    )
  }
  // The socket closes before the TLS over it hears of it, a tick later.
  if (beneath(socket)?.destroyed === true) {
    return noDescriptor('ERR_SOCKOPT_CLOSED', `${subject} is closing: the socket beneath it is closed; pass it before that`)
  }
  return undefined
}
