/** WHICH options does Node set once more when a connection exists? Those that were named before stand: they are set again after it. */
import { type Prepared, setPrepared } from '../access/prepared.js'
import { hasAddress } from '../socket/internals.js'
import type { Shape } from '../socket/kind.js'
import type { Setting } from './attempt.js'
import type { Opener } from './internals.js'

/** What each setter of a handle changes. setKeepAlive() of Node 20 and 22 sets TCP_KEEPINTVL to 1 s and TCP_KEEPCNT to 10 besides (libuv, src/unix/tcp.c). */
const changedBy: Readonly<Record<string, readonly string[]>> = {
  setKeepAlive: ['SO_KEEPALIVE', 'TCP_KEEPIDLE', 'TCP_KEEPALIVE', 'TCP_KEEPINTVL', 'TCP_KEEPCNT', 'SIO_KEEPALIVE_VALS'],
  setNoDelay: ['TCP_NODELAY'],
  setTypeOfService: ['IP_TOS', 'IPV6_TCLASS'],
}

const changed = new Set(Object.values(changedBy).flat())

/** Sets the options on a handle that was just opened, and holds those that Node sets too. */
export function settingOf(prepared: Prepared): Setting {
  const isHeld = prepared.steps.some(step => changed.has(step.plan.option.name))
  return (descriptor, handle) => {
    setPrepared(prepared, descriptor)
    if (isHeld) hold(handle, prepared, descriptor)
  }
}

/**
 * Sets what is named again after each setter of the handle, whoever calls it: the socket, what was asked of it before the connection existed, an http.Agent
 * of each connection that it keeps, TLS that is laid over the socket and knows nothing of it but the handle.
 */
export function hold(handle: Shape & Opener, prepared: Prepared, descriptor: number): void {
  const own = handle as Record<string, unknown>
  for (const [name, options] of Object.entries(changedBy)) {
    const steps = prepared.steps.filter(step => options.includes(step.plan.option.name))
    const setter = handle[name]
    if (steps.length === 0 || typeof setter !== 'function') continue
    own[name] = (...words: unknown[]) => {
      const result: unknown = setter.apply(handle, words)
      setAgain(handle, { ...prepared, steps }, descriptor)
      return result
    }
  }
}

/** They were accepted before. What refuses them now is that the socket is closed, which is no error of who called the setter. */
function setAgain(handle: Shape & Opener, held: Prepared, descriptor: number): void {
  // On Windows a handle does not show its SOCKET; it is that one for as long as it is open.
  const now = handle.fd >= 0 || !hasAddress(handle) ? handle.fd : descriptor
  if (now < 0) return
  try {
    setPrepared(held, now)
  } catch {
    return
  }
}
