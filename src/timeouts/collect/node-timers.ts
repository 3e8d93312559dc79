/** Which timers does Node itself keep on this object? Those of lib/net.js, lib/_http_server.js and lib/_http_agent.js. */
import * as net from 'node:net'
import { exchangeOn, type IdleTimer, idleTimerOf } from '../../socket/internals.js'
import { isObject, type Shape } from '../../socket/kind.js'
import type { NodeTimer, NodeTimerName } from '../explain/state.js'

/** What Node adds to the server's keepAliveTimeout, in ms: a constant, and a property of the server since 22.23 and 24.6. */
const KEEP_ALIVE_BUFFER = 1000

export interface NodeTimers {
  readonly timers: readonly NodeTimer[]
  /** What Node does not tell, one line each. */
  readonly missing: readonly string[]
}

/** The socket that a target is, or that it stands for. */
const carrierOf = (target: Shape): Shape => (isObject(target.socket) ? target.socket : target)

function listens(emitter: unknown, event: string): boolean {
  return isObject(emitter) && typeof emitter.listenerCount === 'function' && emitter.listenerCount(event) > 0
}

const numberIn = (object: Shape | undefined, name: string): number => {
  const value = object?.[name]
  return typeof value === 'number' ? value : 0
}

/** The http.Server that a socket was accepted by. */
function httpServerOf(socket: Shape): Shape | undefined {
  return isObject(socket.server) && typeof socket.server.keepAliveTimeout === 'number' ? socket.server : undefined
}

/** An agent's socket that waits for its next request. */
const isPooled = (socket: Shape): boolean => exchangeOn(socket) === null && listens(socket, 'agentRemove')

/** What a running idle timer on this socket is there for. */
function nameOf(socket: Shape, milliseconds: number): NodeTimerName {
  const server = httpServerOf(socket)
  if (server === undefined) return isPooled(socket) ? 'agent.timeout' : 'socket.setTimeout'
  const keepAlive = numberIn(server, 'keepAliveTimeout')
  const buffers = [0, KEEP_ALIVE_BUFFER, numberIn(server, 'keepAliveTimeoutBuffer')]
  if (!isObject(exchangeOn(socket)) && keepAlive > 0 && buffers.some(buffer => keepAlive + buffer === milliseconds))
    return 'server.keepAliveTimeout'
  return milliseconds === server.timeout ? 'server.timeout' : 'socket.setTimeout'
}

/** Whether the program listens for it, so that Node does not destroy the socket. An agent destroys what it has pooled, whoever listens. */
function isHeard(socket: Shape, name: NodeTimerName): boolean {
  const exchange = exchangeOn(socket)
  if (name === 'agent.timeout') return false
  const server = httpServerOf(socket)
  if (server !== undefined) return [server, exchange, isObject(exchange) ? exchange.req : undefined].some(one => listens(one, 'timeout'))
  return listens(exchange === undefined ? socket : exchange, 'timeout')
}

function toIdle(owner: Shape, timer: (Pick<IdleTimer, 'milliseconds'> & { due: number | undefined }) | undefined): NodeTimer[] {
  if (timer === undefined) return []
  const name = nameOf(owner, timer.milliseconds)
  return [{ name, milliseconds: timer.milliseconds, due: timer.due, checkedEvery: 0, isListenedTo: isHeard(owner, name) }]
}

/** Where the runtime hides the timer, how long it runs is public all the same. */
function publicTimer(owner: Shape): { milliseconds: number; due: undefined } | undefined {
  const milliseconds = numberIn(owner, 'timeout')
  return milliseconds > 0 && typeof owner.setTimeout === 'function' ? { milliseconds, due: undefined } : undefined
}

/** A request that has begun and is not complete must be so in time; a new connection counts as a request that has begun. */
function requestTimers(socket: Shape): NodeTimer[] {
  const server = httpServerOf(socket)
  if (server === undefined) return []
  const exchange = exchangeOn(socket)
  const isFresh = !isObject(exchange) && numberIn(socket, 'bytesRead') === 0
  const isIncomplete = isObject(exchange) && isObject(exchange.req) && exchange.req.complete === false
  const names = [...(isFresh ? (['headersTimeout'] as const) : []), ...(isFresh || isIncomplete ? (['requestTimeout'] as const) : [])]
  const checkedEvery = numberIn(server, 'connectionsCheckingInterval')
  return names
    .map(name => ({ name, milliseconds: numberIn(server, name) }))
    .filter(({ milliseconds }) => milliseconds > 0)
    .map(({ name, milliseconds }) => ({
      name: `server.${name}` as const,
      milliseconds,
      due: undefined,
      checkedEvery,
      isListenedTo: listens(server, 'clientError'),
    }))
}

const attemptUnknown =
  'autoSelectFamilyAttemptTimeout: Node tells neither whether this address is the last, which has no such timer, nor a timeout that was given to connect()'

/** Each address of several but the last has so long to answer. */
function isAttempt(socket: Shape): boolean {
  return socket.connecting === true && Array.isArray(socket.autoSelectFamilyAttemptedAddresses)
}

/** Another runtime's node:net may lack the function that tells. */
function attemptTimer(): NodeTimer[] {
  const { getDefaultAutoSelectFamilyAttemptTimeout: tell }: Partial<typeof net> = net
  if (tell === undefined) return []
  return [{ name: 'autoSelectFamilyAttemptTimeout', milliseconds: tell(), due: undefined, checkedEvery: 0, isListenedTo: false }]
}

/** Never throws: what a foreign object answers to a look at it is not the caller's fault. */
export function readNodeTimers(target: unknown): NodeTimers {
  if (!isObject(target)) return { timers: [], missing: ["Node's timers: only the socket object tells of them, not its descriptor"] }
  try {
    const socket = carrierOf(target)
    // A session of HTTP/2 has a timer besides that of its socket.
    const own = socket === target ? [] : toIdle(target, idleTimerOf(target))
    const timers = [...toIdle(socket, idleTimerOf(socket) ?? publicTimer(socket)), ...own, ...requestTimers(socket)]
    return isAttempt(socket) ? { timers: [...timers, ...attemptTimer()], missing: [attemptUnknown] } : { timers, missing: [] }
  } catch {
    return { timers: [], missing: ["Node's timers: the object threw when it was looked at"] }
  }
}
