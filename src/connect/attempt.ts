/** WHAT happens at each attempt to connect? A descriptor is opened, gets its options, and is handed to Node, which then connects it. */
import type { Socket } from 'node:net'
import { AF_INET, AF_UNIX, closeDescriptor, familyInet6, openSocket, SOCK_STREAM } from '../access/open.js'
import { refusedByUs } from '../errors.js'
import { handleOf } from '../socket/internals.js'
import { isObject, type Shape } from '../socket/kind.js'
import { keep } from './held.js'
import { beforeOpening, type Family, keyOfError, type Opener, type Opening, openerOf, watchHandles } from './internals.js'
import { toLibuv } from './libuv.js'
import { addRanked, NAMED, type Ranked } from './rank.js'

/** What is done with a descriptor before it is bound or connected. What it throws ends the attempt. */
export type Setting = (descriptor: number, socket: Socket, opening: Opening) => void

/** What was arranged for a socket. */
export interface Arrangement {
  readonly settings: Ranked<Setting>
  /** 0 is the family's own: TCP. */
  protocol: number
  /** Opens with the family's own protocol where the kernel lacks this one. */
  isOptional: boolean
  /** What ended an attempt, by what Node was about to do. */
  readonly refusals: Map<string, Error>
}

const arrangements = new WeakMap<Socket, Arrangement>()

/** Adds a setting to every attempt that the socket makes from now on. Those added last go first, so that those added first stand. */
export function arrange(socket: Socket, setting: Setting, rank = NAMED): Arrangement {
  const known = arrangements.get(socket)
  if (known !== undefined) {
    addRanked(known.settings, setting, rank)
    return known
  }
  const arrangement: Arrangement = { settings: [], protocol: 0, isOptional: false, refusals: new Map() }
  addRanked(arrangement.settings, setting, rank)
  arrangements.set(socket, arrangement)
  const prepare = (handle: Shape) => prepareHandle(handle, socket, arrangement)
  const current = handleOf(socket as unknown as Shape)
  if (current !== undefined) prepare(current)
  watchHandles(socket, prepare)
  return arrangement
}

function prepareHandle(handle: Shape, socket: Socket, arrangement: Arrangement): void {
  const opener = openerOf(handle)
  if (opener === undefined) failLater(socket, arrangement)
  else if (opener.fd < 0) beforeOpening(opener, opening => open(opener, opening, socket, arrangement))
}

/** Bun and Deno connect in another way, and so may a Node of the future. A socket for which nobody named options is none of our concern. */
function failLater(socket: Socket, { settings }: Arrangement): void {
  const why =
    'options cannot be set before this socket is connected: this runtime does not show where it opens it; use setsockopt after the connect event'
  process.nextTick(() => {
    if (settings.some(({ rank }) => rank === NAMED)) socket.destroy(refusedByUs('ERR_SOCKOPT_HIDDEN', 'unsupported', why))
  })
}

function open(opener: Shape & Opener, opening: Opening, socket: Socket, arrangement: Arrangement): number {
  const descriptor = openFor(opening.family, arrangement)
  if (descriptor < 0) return toLibuv(descriptor)
  try {
    for (const { each: set } of arrangement.settings) set(descriptor, socket, opening)
  } catch (refusal) {
    closeDescriptor(descriptor)
    return refuse(socket, arrangement, opening.key, refusal as Error)
  }
  const taken = opener.open(descriptor)
  if (taken < 0) closeDescriptor(descriptor)
  else keep(socket, opener)
  return taken
}

const families: Readonly<Record<Family, () => number>> = { 4: () => AF_INET, 6: familyInet6, unix: () => AF_UNIX }

function openFor(family: Family, { protocol, isOptional }: Arrangement): number {
  const opened = openSocket(families[family](), SOCK_STREAM, protocol)
  return opened < 0 && isOptional ? openSocket(families[family](), SOCK_STREAM, 0) : opened
}

/** Node makes an error of its own from the number that it is given. The socket is destroyed with ours instead. */
function refuse(socket: Socket, { refusals }: Arrangement, key: string, refusal: Error): number {
  if (refusals.size === 0) {
    const { destroy } = socket
    socket.destroy = error => destroy.call(socket, error && replaced(error, refusals))
  }
  refusals.set(key, refusal)
  return toLibuv((refusal as NodeJS.ErrnoException).errno)
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
