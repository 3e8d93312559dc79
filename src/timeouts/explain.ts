/** Which timer will end this connection, when, and why? The look at the socket, and what the model makes of it. */
import { resolve, type Target } from '../socket/resolve.js'
import { collect, readSurroundings, type Surroundings } from './collect/collect.js'
import { type AuditFinding, auditExplanations } from './explain/audit.js'
import { explain } from './explain/explain.js'
import type { Explanation } from './explain/state.js'

/**
 * Says which mechanism will end a TCP connection if the peer stays silent from now on, in which window of time, and with which error; what else is
 * armed, what could not be found out, and what to change.
 *
 * ```ts
 * const { ends, text } = explainTimeouts(socket)
 * ends        // { mechanism: 'TCP_USER_TIMEOUT', earliest: 2716, latest: 2976, code: 'ETIMEDOUT', ... } or null: nothing will end it
 * console.log(text)
 * ```
 *
 * `at` is a performance.now() reading, `earliest` and `latest` are milliseconds after it. The look changes nothing on the socket: options, TCP_INFO
 * (getsockopt), queues (ioctl), the pending timer (one sock_diag query), /proc/sys/net/ipv4, and Node's own timers from the object. On other systems
 * than Linux the options alone are read, and the rest is listed in `unknown`.
 * @throws SocketOptionError, TypeError for a target without a descriptor, as `getsockopt`
 */
export function explainTimeouts(target: Target): Explanation {
  return explainIn(readSurroundings(), target)
}

function explainIn(surroundings: Surroundings, target: Target): Explanation {
  const { state, sysctls, now } = collect(resolve(target), target, surroundings)
  return explain(state, sysctls, now)
}

/**
 * What the settings of a socket, or of many, mean together: what will hang or end as nobody expects, and what changes it; worst first.
 *
 * ```ts
 * audit(server)               // [{ code, severity: 'high', message, change: { option, value, why }, index: 0 }, ...]
 * audit([...pool])            // `index` says which of them
 * ```
 * @throws SocketOptionError, TypeError for a target without a descriptor, as `getsockopt`
 */
export function audit(targets: Target | readonly Target[]): readonly AuditFinding[] {
  const surroundings = readSurroundings()
  const list = Array.isArray(targets) ? (targets as readonly Target[]) : [targets as Target]
  return auditExplanations(list.map(target => explainIn(surroundings, target)))
}
