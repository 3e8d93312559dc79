/** WHAT happens at each attempt to connect? A descriptor is opened, gets its options, and is handed to Node, which then connects it. */
import type { Socket } from 'node:net'
import { AF_INET, AF_UNIX, closeDescriptor, familyInet6, openSocket, SOCK_STREAM } from '../access/open.js'
import { refusedByUs } from '../errors.js'
import { handleOf } from '../socket/internals.js'
import { isObject, type Shape } from '../socket/kind.js'
import {
  beforeOpening,
  type Family,
  keyOfError,
  keyOfOpening,
  type Opener,
  type Opening,
  openerOf,
  preparerOf,
  watchHandles,
} from './internals.js'
import { toLibuv } from './libuv.js'

/** What is done with a descriptor that its handle has just been given, and that is not bound or connected yet. What it throws ends the attempt. */
export type Setting = (descriptor: number, handle: Shape & Opener, socket: Socket) => void

/** What was arranged for a socket. One object, and no functions made for each: a connection is to cost what it costs without this. */
export class Arrangement {
  readonly socket: Socket
  readonly settings: Setting[]
  /** 0 is the family's own: TCP. */
  protocol = 0
  /** Opens with the family's own protocol where the kernel lacks this one. */
  isOptional = false
  /** What ended an attempt, by what Node was about to do. */
  refusals: Map<string, Error> | undefined = undefined

  constructor(socket: Socket, setting: Setting) {
    this.socket = socket
    this.settings = [setting]
  }

  /** The socket has got a handle, which is not open yet as a rule. */
  seeHandle(handle: Shape): void {
    const opener = openerOf(handle)
    if (opener === undefined) failLater(this.socket)
    else if (opener.fd < 0) beforeOpening(opener, this)
  }

  /** The handle is about to be bound or connected. Below 0 is libuv's number of an error. */
  prepare(opener: Shape & Opener, opening: Opening): number {
    const descriptor = openFor(opening.family, this)
    if (descriptor < 0) return this.#fail(opening, toLibuv(descriptor), undefined)
    const taken = opener.open(descriptor)
    if (taken < 0) {
      closeDescriptor(descriptor)
      return this.#fail(opening, taken, undefined)
    }
    try {
      for (const set of this.settings) set(descriptor, opener, this.socket)
      return 0
    } catch (refusal) {
      // The descriptor is the handle's, which Node closes.
      return this.#fail(opening, toLibuv((refusal as NodeJS.ErrnoException).errno), refusal as Error)
    }
  }

  /** Node makes an error of its own from the number that it is given: where there is a better one, the socket is destroyed with that instead. */
  #fail(opening: Opening, number: number, refusal: Error | undefined): number {
    if (refusal !== undefined) {
      this.refusals ??= replaceErrors(this.socket)
      this.refusals.set(keyOfOpening(opening), refusal)
    }
    return number
  }
}

/** Adds a setting to every attempt that the socket makes from now on. Those added last go first. */
export function arrange(socket: Socket, setting: Setting): Arrangement {
  const known = preparerOf(socket)
  if (known instanceof Arrangement) {
    known.settings.unshift(setting)
    return known
  }
  const arrangement = new Arrangement(socket, setting)
  const current = handleOf(socket as unknown as Shape)
  if (current !== undefined) arrangement.seeHandle(current)
  if (!watchHandles(socket, arrangement)) failLater(socket)
  return arrangement
}

/** Bun and Deno connect in another way, and so may a Node of the future. */
function failLater(socket: Socket): void {
  const why =
    'options cannot be set before this socket is connected: this runtime does not show where it opens it; use setsockopt after the connect event'
  process.nextTick(() => socket.destroy(refusedByUs('ERR_SOCKOPT_HIDDEN', 'unsupported', why)))
}

const families: Readonly<Record<Family, () => number>> = { 4: () => AF_INET, 6: familyInet6, unix: () => AF_UNIX }

function openFor(family: Family, { protocol, isOptional }: Arrangement): number {
  const opened = openSocket(families[family](), SOCK_STREAM, protocol)
  return opened < 0 && isOptional ? openSocket(families[family](), SOCK_STREAM, 0) : opened
}

/** The errors to replace, of which there are none yet. */
function replaceErrors(socket: Socket): Map<string, Error> {
  const refusals = new Map<string, Error>()
  const { destroy } = socket
  socket.destroy = error => destroy.call(socket, error && replaced(error, refusals))
  return refusals
}

/** Of several attempts Node makes an AggregateError: where all of them were refused, the first refusal says it better. */
function replaced(error: Error, refusals: ReadonlyMap<string, Error>): Error {
  const errors: unknown = (error as AggregateError).errors
  if (!Array.isArray(errors)) return refusals.get(keyOfError(error as unknown as Shape)) ?? error
  errors.forEach((each: unknown, index) => {
    if (isObject(each)) errors[index] = refusals.get(keyOfError(each)) ?? each
  })
  const isAll = errors.every(each => [...refusals.values()].includes(each as Error))
  return isAll ? (errors[0] as Error) : error
}
