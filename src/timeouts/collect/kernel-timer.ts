/** Which of the kernel's timers is armed on this socket, and when is it due? */
import { askSockDiag } from '../../access/ask-sock-diag.js'
import type { InetDiagMessage } from '../../codec/inet-diag.js'
import type { Inet6Address, InetAddress } from '../../codec/sockaddr.js'
import { describeErrno } from '../../errors.js'
import type { PendingTimer } from '../explain/state.js'
import type { SocketIdentity } from './identity.js'

/** By idiag_timer. */
const kinds: readonly PendingTimer['kind'][] = ['none', 'retransmission', 'keepAlive', 'timeWait', 'probe']

/** States in which a socket itself has no timer: what a listener waits for are its requests. */
const timerless: readonly unknown[] = ['CLOSE', 'LISTEN']

/** The timer, or one line on why there is none to tell of. `attempted`: where a socket without a peer address is connecting to, if JavaScript knows. */
export function readKernelTimer(of: SocketIdentity, attempted: InetAddress | Inet6Address | undefined): PendingTimer | string {
  const { protocol, cookie, local, ifindex, state } = of
  if (protocol !== 'tcp') return 'sock_diag: the socket is not TCP'
  if (timerless.includes(state)) return { kind: 'none', expires: 0, retransmissions: 0 }
  if (cookie === undefined || local === undefined) return 'sock_diag: the socket has no cookie to be found by'
  const remote = of.remote ?? attempted
  const found = askSockDiag({ cookie, local, remote, ifindex })
  // A destination that JavaScript told may be the last one: ask for whatever connects from this port.
  const answer = typeof found !== 'object' && of.remote === undefined && remote !== undefined ? askAgain(of, cookie, local) : found
  if (answer === undefined) return 'sock_diag: the socket was not among those that it told of'
  return typeof answer === 'number' ? `sock_diag: ${describeErrno(answer).code}` : toTimer(answer)
}

function askAgain({ ifindex }: SocketIdentity, cookie: bigint, local: InetAddress | Inet6Address): InetDiagMessage | number | undefined {
  return askSockDiag({ cookie, local, remote: undefined, ifindex })
}

function toTimer({ timer, expires, retrans }: InetDiagMessage): PendingTimer | string {
  const kind = kinds[timer]
  if (kind === undefined) return `sock_diag: it names a timer that is not known here, ${timer}`
  return { kind, expires: kind === 'none' ? 0 : expires, retransmissions: retrans }
}
