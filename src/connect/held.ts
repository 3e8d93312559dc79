/** WHICH options stand, whatever is set on the socket later? Those that were named: they are set again after Node's own, and after what is for all sockets. */
import type { Socket } from 'node:net'
import { type Prepared, setPrepared } from '../access/prepared.js'
import { descriptorIn, handleOf } from '../socket/internals.js'
import type { Shape } from '../socket/kind.js'
import { addRanked, inOrder, type Rank, type Ranked, rankedList } from './rank.js'

/** What each setter of Node's changes. setKeepAlive() of Node 20 and 22 sets TCP_KEEPINTVL to 1 s and TCP_KEEPCNT to 10 besides (libuv, src/unix/tcp.c). */
const changedBy: Readonly<Record<string, readonly string[]>> = {
  setKeepAlive: ['SO_KEEPALIVE', 'TCP_KEEPIDLE', 'TCP_KEEPALIVE', 'TCP_KEEPINTVL', 'TCP_KEEPCNT', 'SIO_KEEPALIVE_VALS'],
  setNoDelay: ['TCP_NODELAY'],
  setTypeOfService: ['IP_TOS', 'IPV6_TCLASS'],
}

type Setter = (this: Socket, ...words: unknown[]) => Socket

interface Held {
  readonly options: Ranked<Prepared>
  /** The setters that are followed already. */
  readonly followed: Set<string>
}

const held = new WeakMap<object, Held>()

/** Sets what is named again after each of Node's setters, whoever calls it (an http.Agent does, of each connection that it keeps), and once connected. */
export function hold(socket: Socket, prepared: Prepared, rank: Rank = 'named'): void {
  const { options, followed } = remember(socket, prepared, rank)
  const owner = socket as unknown as Record<string, Setter | undefined>
  for (const [name, changed] of Object.entries(changedBy)) {
    const isConcerned = prepared.steps.some(({ plan }) => changed.includes(plan.option.name))
    const setter = owner[name]
    if (!isConcerned || setter === undefined || followed.has(name)) continue
    followed.add(name)
    const setAgain = () => setIn(options, descriptorIn(handleOf(socket as unknown as Shape)) ?? -1, changed)
    owner[name] = function (...words) {
      const result = setter.apply(this, words)
      setAgain()
      return result
    }
    // What was asked of Node before the connection existed, it does now, and without these functions. Before anybody else looks.
    socket.prependListener('connect', setAgain)
  }
}

/** Has `setHeld` set them, whatever Node's setters do: of a server, of a socket of datagrams. */
export function remember(owner: object, prepared: Prepared, rank: Rank = 'named'): Held {
  const found = held.get(owner) ?? { options: rankedList<Prepared>(), followed: new Set<string>() }
  held.set(owner, found)
  if (!found.options[rank].includes(prepared)) addRanked(found.options, prepared, rank)
  return found
}

/** Sets everything that stands, in its order, on a descriptor on which something was set that came too late to be set before. */
export function setHeld(owner: object, descriptor: number): void {
  const found = held.get(owner)
  if (found !== undefined && found.options.default.length + found.options.named.length > 1) setIn(found.options, descriptor)
}

/** They were accepted before, or reported. What refuses them now is that the socket is closed, which is no error of who called. */
function setIn(options: Ranked<Prepared>, descriptor: number, only?: readonly string[]): void {
  if (descriptor < 0) return
  for (const prepared of inOrder(options)) {
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
