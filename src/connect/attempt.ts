/** WHAT happens at each attempt to connect? A descriptor is opened, gets its options, and is handed to Node, which then connects it. */
import type { Socket } from 'node:net'
import { AF_INET, AF_UNIX, closeDescriptor, familyInet6, SOCK_STREAM } from '../access/open.js'
import { refusedByUs } from '../errors.js'
import { handleOf } from '../socket/internals.js'
import { isObject, type Shape, shapeOf } from '../socket/kind.js'
import { beforeOpening, type Family, type Opener, type Opening, openerOf, preparerOf, watchHandles } from './internals.js'
import { toLibuv } from './libuv.js'
import { openWanted } from './protocol.js'
import { addRanked, type Ranked } from './rank.js'

/** What is done with a descriptor that its handle has just been given, and that is not bound or connected yet. What it throws ends the attempt. */
export type Setting = (descriptor: number, handle: Shape & Opener, socket: Socket, opening?: Opening) => void

/** What was arranged for a socket. One object, and no functions made for each: a connection is to cost what it costs without this. */
export class Arrangement {
  readonly socket: Socket
  /** Of who named the socket. */
  readonly settings: Setting[] = []
  /** Of who wants them on every socket: they are set before, and give way. */
  defaults: Ranked<Setting> | undefined = undefined
  /** 0 is the family's own: TCP. */
  protocol = 0
  /** Opens with the family's own protocol where the kernel lacks this one. */
  isOptional = false
  /** What ended an attempt, by what Node was about to do. */
  refusals: Map<string, Error> | undefined = undefined

  constructor(socket: Socket) {
    this.socket = socket
  }

  /** The socket has got a handle, which is not open yet as a rule. */
  seeHandle(handle: Shape): void {
    const opener = openerOf(handle)
    if (opener === undefined) failLater(this)
    else if (opener.fd < 0) beforeOpening(opener, this)
  }

  /** The handle is about to be bound or connected. Below 0 is libuv's number of an error. */
  prepare(opener: Shape & Opener, opening: Opening): number {
    const descriptor = openWanted(families[opening.family](), SOCK_STREAM, this)
    if (descriptor < 0) return toLibuv(descriptor)
    const taken = opener.open(descriptor)
    if (taken < 0) {
      closeDescriptor(descriptor)
      return taken
    }
    try {
      if (this.defaults !== undefined) for (const { each: set } of this.defaults) set(descriptor, opener, this.socket, opening)
      for (const set of this.settings) set(descriptor, opener, this.socket)
      return 0
    } catch (refusal) {
      // The descriptor is the handle's, which Node closes.
      return refuse(this, keyOfOpening(opening), refusal as Error)
    }
  }

  /** Sets what stands against a setting of that rank, which was made on an open socket. It was accepted before; what refuses it now is that the socket is closed. */
  setAbove(rank: number, descriptor: number, opener: Shape & Opener): void {
    const above = this.defaults?.filter(other => other.rank > rank).map(({ each }) => each) ?? []
    try {
      for (const set of [...above, ...this.settings]) set(descriptor, opener, this.socket)
    } catch {
      return
    }
  }
}

/** Adds a setting to every attempt that the socket makes from now on. Those added last go first. */
export function arrange(socket: Socket, setting: Setting): Arrangement {
  const arrangement = arrangementOf(socket)
  arrangement.settings.unshift(setting)
  return arrangement
}

/** The same for what is wanted on every socket, and gives way. Where it cannot be done, nothing happens. */
export function arrangeDefault(socket: Socket, setting: Setting, rank: number): Arrangement {
  const arrangement = arrangementOf(socket)
  arrangement.defaults ??= []
  addRanked(arrangement.defaults, setting, rank)
  return arrangement
}

function arrangementOf(socket: Socket): Arrangement {
  const known = preparerOf(socket)
  if (known instanceof Arrangement) return known
  const arrangement = new Arrangement(socket)
  const current = handleOf(socket)
  if (current !== undefined) arrangement.seeHandle(current)
  if (!watchHandles(socket, arrangement)) failLater(arrangement)
  return arrangement
}

/** Bun and Deno connect in another way, and so may a Node of the future. It is no failure of a socket for which nobody named options. */
function failLater({ socket, settings }: Arrangement): void {
  const why =
    'options cannot be set before this socket is connected: this runtime does not show where it opens it; use setsockopt after the connect event'
  process.nextTick(() => {
    if (settings.length > 0) socket.destroy(refusedByUs('ERR_SOCKOPT_HIDDEN', 'unsupported', why))
  })
}

const families: Readonly<Record<Family, () => number>> = { 4: () => AF_INET, 6: familyInet6, unix: () => AF_UNIX }

/** Node makes an error of its own from the number that it is given. The socket is destroyed with ours instead. */
function refuse(arrangement: Arrangement, key: string, refusal: Error): number {
  arrangement.refusals ??= replaceErrors(arrangement.socket)
  arrangement.refusals.set(key, refusal)
  return toLibuv((refusal as NodeJS.ErrnoException).errno)
}

/** The errors to replace, of which there are none yet. */
function replaceErrors(socket: Socket): Map<string, Error> {
  const refusals = new Map<string, Error>()
  const { destroy } = socket
  socket.destroy = error => destroy.call(socket, error && replaced(error, refusals))
  return refusals
}

/** As Node's errors name it: `connect 127.0.0.1:80`, `bind ::1:0`, `connect /run/x`. */
const keyOfOpening = ({ syscall, address, port }: Omit<Opening, 'family'>): string =>
  `${syscall} ${address}${port === undefined ? '' : `:${port}`}`
/** The key of what an error of Node's is about. */
const keyOfError = ({ syscall, address, port }: Shape): string => keyOfOpening({ syscall: String(syscall), address, port })

/** Of several attempts Node makes an AggregateError: where all of them were refused, the first refusal says it better. */
function replaced(error: Error, refusals: ReadonlyMap<string, Error>): Error {
  const errors: unknown = (error as AggregateError).errors
  if (!Array.isArray(errors)) return refusals.get(keyOfError(shapeOf(error))) ?? error
  errors.forEach((each: unknown, index) => {
    if (isObject(each)) errors[index] = refusals.get(keyOfError(each)) ?? each
  })
  const isAll = errors.every(each => [...refusals.values()].includes(each as Error))
  return isAll ? (errors[0] as Error) : error
}
