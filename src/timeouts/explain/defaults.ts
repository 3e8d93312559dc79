/** What do the settings of a machine mean in seconds, for sockets on which nothing was set? One line per situation. */
import { explain } from './explain.js'
import { blocked, connecting, finWaiting, freshState, idle, listening, orphaned, sending, timeWaiting } from './fresh.js'
import type { Ending, State, Sysctls } from './state.js'

export interface Default {
  readonly situation: string
  /** null: nothing ends it. Times count from the beginning of the situation. */
  readonly ends: Ending | null
  /** The settings that decide it. */
  readonly decidedBy: string
}

interface Situation {
  readonly situation: string
  readonly state: (sysctls: Sysctls) => State
  readonly decidedBy: string
}

const situations: readonly Situation[] = [
  { situation: 'connect() and no answer', state: connecting, decidedBy: 'tcp_syn_retries, tcp_syn_linear_timeouts' },
  { situation: 'data that is not acknowledged', state: sending, decidedBy: 'tcp_retries2, tcp_rto_max_ms' },
  { situation: 'the peer does not read, then is gone', state: blocked, decidedBy: 'tcp_retries2, tcp_rto_max_ms' },
  { situation: 'idle, the peer is gone', state: freshState, decidedBy: 'SO_KEEPALIVE is off' },
  {
    situation: 'the same with SO_KEEPALIVE',
    state: idle,
    decidedBy: 'tcp_keepalive_time, tcp_keepalive_intvl, tcp_keepalive_probes',
  },
  {
    situation: 'end() and the peer never ends',
    state: sysctls => freshState(sysctls, { info: { state: 'FIN_WAIT2' } }),
    decidedBy: 'SO_KEEPALIVE is off',
  },
  { situation: 'destroy() and the peer never ends', state: finWaiting, decidedBy: 'tcp_fin_timeout' },
  { situation: 'destroy() with data unacknowledged', state: orphaned, decidedBy: 'tcp_orphan_retries' },
  { situation: 'closed by both sides', state: timeWaiting, decidedBy: 'the kernel: TIME_WAIT' },
  { situation: 'a client that does not complete the handshake', state: listening, decidedBy: 'tcp_synack_retries' },
]

export function explainDefaults(sysctls: Sysctls): readonly Default[] {
  return situations.map(({ situation, state, decidedBy }) => {
    const of = state === listening ? listening(sysctls, { TCP_SYNCNT: sysctls.tcp_synack_retries }) : state(sysctls)
    const { ends, others } = explain(of, sysctls, 0)
    return Object.freeze({ situation, ends: ends ?? (state === listening ? (others[0] ?? null) : null), decidedBy })
  })
}
