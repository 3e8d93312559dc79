/** WHAT is not a socket and holds one? The first that matches is asked. */
import { message } from './http.js'
import { exchange, session, stream } from './http2.js'
import type { Kind } from './kind.js'

export const holders: readonly Kind[] = [session, stream, exchange, message]
