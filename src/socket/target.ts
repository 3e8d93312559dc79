/** WHAT may be passed for a socket? */
import type { Socket as DatagramSocket } from 'node:dgram'
import type { IncomingMessage, OutgoingMessage } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse, Http2Session, Http2Stream } from 'node:http2'
import type { Server, Socket } from 'node:net'

/** A socket bound ahead of its use: Node's `net.BoundSocket`. */
export interface BoundSocket {
  fd(): number
}

/** Anything that shows its descriptor: a Bun socket, an object of your own. */
export interface DescriptorHolder {
  readonly fd: number
}

/**
 * Every kind of socket: an object that has one, or a descriptor number. The subclasses go without saying: `tls.TLSSocket` is a `net.Socket`,
 * `http.Server` a `net.Server`, `ClientRequest` and `ServerResponse` are `OutgoingMessage`s.
 *
 * Prefer the object to the number. A closed descriptor's number is given to the next socket at once; an object knows that it is closed.
 */
export type Target =
  | Socket
  | Server
  | DatagramSocket
  | IncomingMessage
  | OutgoingMessage
  | Http2Session
  | Http2Stream
  | Http2ServerRequest
  | Http2ServerResponse
  | BoundSocket
  | DescriptorHolder
  | number
