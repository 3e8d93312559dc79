/** WHO is asked, and told, about a socket that somebody else makes? The functions that were given to applyToAll(), which must not disturb whoever makes it. */
import type { Socket as DatagramSocket } from 'node:dgram'
import type { Server, Socket } from 'node:net'
import type { Prepared, Refused } from '../access/prepared.js'
import { print } from '../errors.js'
import { isObject, shapeOf } from '../socket/kind.js'
import { resolve } from '../socket/resolve.js'
import { type ApplyReport, type Moment, readEach } from './outcome.js'

/** What a filter is asked about. What is not known is undefined. */
export interface ApplyCandidate {
  readonly socket: Socket | Server | DatagramSocket
  readonly role: 'client' | 'server' | 'accepted' | 'datagram'
  /** The channel of node:diagnostics_channel that told of it. */
  readonly via: string
  /** Whether it is a connection or a server of TLS by itself: of what STARTTLS will lay over it nothing is known yet. */
  readonly isTls: boolean
  /** The name or the address to connect to, or to listen on. */
  readonly host?: string | undefined
  /** Of the peer: the one that is tried first. */
  readonly address?: string | undefined
  /** To connect to, or to listen on; of what was accepted, the server's. */
  readonly port?: number | undefined
  /** Of a unix socket. */
  readonly path?: string | undefined
}

/** One call of applyToAll(). */
export interface Task {
  readonly prepared: Prepared
  /** Of these options, against those of other calls. */
  readonly rank: number
  readonly filter: ((candidate: ApplyCandidate) => boolean) | undefined
  readonly onReport: ((report: ApplyReport) => void) | undefined
  /** The connections that it was told of. */
  readonly seen: WeakSet<object>
  /** Servers that are about to listen, and what is done when they do, or listen anew. */
  readonly listening: WeakMap<object, (isListening: boolean) => void>
  isOver: boolean
}

/** What is known from the beginning. */
export type Subject = Pick<ApplyCandidate, 'socket' | 'role' | 'via'>

/** What may be known besides, as it was found. */
export type Where = { readonly [Part in 'host' | 'address' | 'port' | 'path']?: unknown }

/** What was done on a descriptor. */
export interface Outcome {
  readonly moment: Moment
  readonly refused: Refused
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

function portOf(value: unknown): number | undefined {
  const port = typeof value === 'string' && value !== '' ? Number(value) : value
  return Number.isInteger(port) ? (port as number) : undefined
}

function describe(subject: Subject, { host, address, port, path }: Where): ApplyCandidate {
  const { encrypted, server, setSecureContext } = shapeOf(subject.socket)
  const isTls = encrypted === true || typeof (isObject(server) ? server.setSecureContext : setSecureContext) === 'function'
  const where = { host: textOf(host) ?? textOf(address), address: textOf(address), port: portOf(port), path: textOf(path) }
  return Object.freeze({ ...subject, isTls, ...where })
}

/** What the filter says. One that throws says no. */
export function isWanted({ filter, isOver }: Task, subject: Subject, where: Where): boolean {
  if (isOver || filter === undefined) return !isOver
  return Boolean(callQuietly('its filter', () => filter(describe(subject, where))))
}

/** The descriptor that a socket has now; undefined where it has none, or none that can be seen. */
export function descriptorOf(socket: object): number | undefined {
  try {
    return resolve(socket)
  } catch {
    return undefined
  }
}

/** Tells what the kernel says of the options now. */
export function tell({ prepared, onReport, isOver }: Task, { socket, via }: Subject, outcome: Outcome | undefined): void {
  if (onReport === undefined || isOver || outcome === undefined) return
  const descriptor = descriptorOf(socket)
  if (descriptor === undefined) return
  const { moment, refused } = outcome
  const applied = readEach(prepared, refused, descriptor)
  callQuietly('its onReport', () => onReport(Object.freeze({ socket, via, moment, applied, refused: Object.freeze(refused) })))
}

/**
 * In the middle of a call of somebody else's, who must not get an error of ours: it becomes a warning of the process ('warning' of process), with the error as
 * its cause.
 */
export function callQuietly<Result>(what: string, call: () => Result): Result | undefined {
  try {
    return call()
  } catch (cause) {
    const warning = new Error(`applyToAll(): ${what} threw ${print(cause)}`, { cause })
    process.emitWarning(Object.assign(warning, { name: 'SocketOptionWarning' }))
    return undefined
  }
}
