/** WHICH options stand, whatever is set on the socket later? Those that were named: they are set again after Node's own, and after what is for all sockets. */
import { type Prepared, setPrepared } from '../access/prepared.js'
import { bottomOf, descriptorIn, handleOf } from '../socket/internals.js'
import type { Shape } from '../socket/kind.js'
import { addRanked, NAMED, type Ranked } from './rank.js'

/** What each setter of a handle changes. setKeepAlive() of Node 20 and 22 sets TCP_KEEPINTVL to 1 s and TCP_KEEPCNT to 10 besides (libuv, src/unix/tcp.c). */
const changedBy: Readonly<Record<string, readonly string[]>> = {
  setKeepAlive: ['SO_KEEPALIVE', 'TCP_KEEPIDLE', 'TCP_KEEPALIVE', 'TCP_KEEPINTVL', 'TCP_KEEPCNT', 'SIO_KEEPALIVE_VALS'],
  setNoDelay: ['TCP_NODELAY'],
  setTypeOfService: ['IP_TOS', 'IPV6_TCLASS'],
}

/** By socket or server. */
const held = new WeakMap<object, Ranked<Prepared>>()

/** The setters that are followed already, by handle. */
const followed = new WeakMap<object, Set<string>>()

/** Remembers what a socket or a server is to have, for `keep` and `setHeld`. */
export function remember(owner: object, prepared: Prepared, rank = NAMED): void {
  const options = held.get(owner) ?? []
  held.set(owner, options)
  if (!options.some(({ each }) => each === prepared)) addRanked(options, prepared, rank)
}

/**
 * Sets what was remembered again after each setter of a handle that was just opened, whoever calls it: the socket, what was asked of it before the connection
 * existed, an http.Agent of each connection that it keeps, TLS that is laid over the socket and knows nothing of it but the handle. And once now, because
 * opening sets the keep-alive that was asked for while there was no descriptor.
 */
export function keep(owner: object, handle: Shape): void {
  const options = held.get(owner)
  if (options === undefined) return
  const own = handle as Record<string, unknown>
  const names = followed.get(handle) ?? new Set()
  followed.set(handle, names)
  for (const [name, changed] of Object.entries(changedBy)) {
    const setter = handle[name]
    if (names.has(name) || typeof setter !== 'function' || !isConcerned(options, changed)) continue
    names.add(name)
    const setAgain = () => setIn(options, descriptorIn(handle) ?? -1, changed)
    own[name] = (...words: unknown[]) => {
      const result: unknown = setter.apply(handle, words)
      setAgain()
      return result
    }
    setAgain()
  }
}

/** The same for a socket that is open already. */
export function keepOpened(socket: object): void {
  const handle = handleOf(socket as Shape)
  if (handle !== undefined) keep(socket, bottomOf(handle))
}

function isConcerned(options: Ranked<Prepared>, changed: readonly string[]): boolean {
  return options.some(({ each }) => each.steps.some(({ plan }) => changed.includes(plan.option.name)))
}

/** Sets everything that was remembered, in its order, on a descriptor on which something was set just now: what came before it stands. */
export function setHeld(owner: object, descriptor: number): void {
  const options = held.get(owner)
  if (options !== undefined && options.length > 1) setIn(options, descriptor)
}

/** They were accepted before, or reported. What refuses them now is that the socket is closed, which is no error of who called the setter. */
function setIn(options: Ranked<Prepared>, descriptor: number, only?: readonly string[]): void {
  if (descriptor < 0) return
  for (const { each: prepared } of options) {
    for (const step of prepared.steps) {
      if (only?.includes(step.plan.option.name) === false) continue
      try {
        setPrepared({ ...prepared, steps: [step] }, descriptor)
      } catch {
        // The next may be accepted.
      }
    }
  }
}
