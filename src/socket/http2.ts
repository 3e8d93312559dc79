/** WHICH descriptor has an HTTP/2 object? A stream has that of its session, a session that of its socket: all streams of a session share one. */
import { noDescriptor } from '../errors.js'
import { socketOf } from './http.js'
import { type Answer, isObject, type Kind, nameOf, type Shape } from './kind.js'

/** On Bun a client's stream has an `rstCode` of undefined until it is closed. */
const isStream = (target: unknown): target is Shape =>
  isObject(target) && (typeof target.rstCode === 'number' || ('rstCode' in target && isObject(target.session)))

/** `Http2Session`. Its `socket` is a Proxy that throws once the session has let go of it, so the session is asked first. */
export const session: Kind = {
  matches: target => typeof target.goaway === 'function' && typeof target.settings === 'function',
  descriptor: (target, subject = nameOf(target, 'Http2Session')) =>
    target.destroyed !== true && isObject(target.socket)
      ? socketOf(target.socket, subject)
      : without(subject, 'is destroyed and has let go of its socket; open another session'),
}

/** `Http2Stream`, which has a session for as long as it is open. */
export const stream: Kind = {
  matches: isStream,
  descriptor: (target, subject = nameOf(target, 'Http2Stream')) =>
    isObject(target.session)
      ? session.descriptor(target.session, `the session of ${subject}`)
      : without(subject, 'is closed and has let go of its session; pass the session'),
}

/** `Http2ServerRequest` and `Http2ServerResponse`, which keep their stream when it closes. */
export const exchange: Kind = {
  matches: target => isStream(target.stream),
  descriptor: (target, subject = nameOf(target, 'Http2ServerRequest')) =>
    stream.descriptor(target.stream as Shape, `the stream of ${subject}`),
}

const without = (subject: string, why: string): Answer => noDescriptor('ERR_SOCKOPT_NO_DESCRIPTOR', `${subject} ${why}`)
