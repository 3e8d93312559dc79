/** WHICH options does Node set once more when a connection exists? Those that were named before stand: they are set again after it. */
import type { Socket } from 'node:net'
import { type Prepared, setPrepared } from '../access/prepared.js'
import { descriptorIn, handleOf } from '../socket/internals.js'
import type { Shape } from '../socket/kind.js'

/** What each setter of Node's changes. setKeepAlive() of Node 20 and 22 sets TCP_KEEPINTVL to 1 s and TCP_KEEPCNT to 10 besides (libuv, src/unix/tcp.c). */
const changedBy: Readonly<Record<string, readonly string[]>> = {
  setKeepAlive: ['SO_KEEPALIVE', 'TCP_KEEPIDLE', 'TCP_KEEPALIVE', 'TCP_KEEPINTVL', 'TCP_KEEPCNT', 'SIO_KEEPALIVE_VALS'],
  setNoDelay: ['TCP_NODELAY'],
  setTypeOfService: ['IP_TOS', 'IPV6_TCLASS'],
}

type Setter = (this: Socket, ...words: unknown[]) => Socket

/** Sets what is named again after each of Node's setters, whoever calls it (an http.Agent does, of each connection that it keeps), and once connected. */
export function hold(socket: Socket, prepared: Prepared): void {
  const owner = socket as unknown as Record<string, Setter | undefined>
  for (const [name, options] of Object.entries(changedBy)) {
    const steps = prepared.steps.filter(step => options.includes(step.plan.option.name))
    const setter = owner[name]
    if (steps.length === 0 || setter === undefined) continue
    const setAgain = () => setOn(socket, { ...prepared, steps })
    owner[name] = function (...words) {
      const result = setter.apply(this, words)
      setAgain()
      return result
    }
    // What was asked of Node before the connection existed, it does now, and without these functions.
    socket.on('connect', setAgain)
  }
}

/** They were accepted before. What refuses them now is that the socket is closed, which is no error of who called the setter. */
function setOn(socket: Socket, prepared: Prepared): void {
  const descriptor = descriptorIn(handleOf(socket as unknown as Shape)) ?? -1
  if (descriptor < 0) return
  try {
    setPrepared(prepared, descriptor)
  } catch {
    return
  }
}
