/** The tables of docs/timeouts.md, from the model and from what was measured. HZ 250, a fast link, nothing set but what a row names. */
import { explain } from '../../src/timeouts/explain/explain.js'
import { closedFinWait } from '../../src/timeouts/explain/fin-wait.js'
import { halfOpenEnd, roundDeferral } from '../../src/timeouts/explain/listener.js'
import { formatTime } from '../../src/timeouts/explain/render.js'
import type { State, Sysctls } from '../../src/timeouts/explain/state.js'
import { granuleOf } from '../../src/timeouts/explain/wheel.js'
import { measurements } from '../unit/timeouts/measured.js'
import { blocked, connecting, defaults, finWaiting, idle, orphaned, sending } from '../unit/timeouts/states.js'

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')

const span = ({ earliest, latest }: { earliest: number; latest: number }): string => `${formatTime(earliest)} to ${formatTime(latest)}`

function endOf(state: State, sysctls: Partial<Sysctls> = {}): string {
  const { ends } = explain(state, { ...defaults, ...sysctls }, 0)
  return ends === null ? 'never' : span(ends)
}

const users = [0, 500, 3000, 10_000, 30_000]
const keepAlive = { TCP_KEEPIDLE: 60, TCP_KEEPINTVL: 10, TCP_KEEPCNT: 3 }

export const tables: Readonly<Record<string, () => string>> = {
  connect: () =>
    table(
      ['`TCP_SYNCNT`', 'since Linux 6.5', 'before', 'with `TCP_RTO_MAX_MS` 2000'],
      [1, 2, 3, 4, 5, 6].map(TCP_SYNCNT => [
        String(TCP_SYNCNT),
        endOf(connecting({ TCP_SYNCNT })),
        endOf(connecting({ TCP_SYNCNT }), { tcp_syn_linear_timeouts: 0 }),
        endOf(connecting({ TCP_SYNCNT, TCP_RTO_MAX_MS: 2000 })),
      ]),
    ),
  user: () =>
    table(
      ['`TCP_USER_TIMEOUT`', 'connecting', 'data unacknowledged', 'peer does not read', 'idle, keep-alive 60/10/3', 'idle, no keep-alive'],
      users.map(TCP_USER_TIMEOUT => [
        TCP_USER_TIMEOUT === 0 ? '0' : `${TCP_USER_TIMEOUT} ms`,
        endOf(connecting({ TCP_USER_TIMEOUT })),
        endOf(sending({ TCP_USER_TIMEOUT })),
        TCP_USER_TIMEOUT === 0 ? `never; silent: ${endOf(blocked())}` : endOf(blocked({ TCP_USER_TIMEOUT })),
        endOf(idle({ TCP_USER_TIMEOUT, ...keepAlive })),
        endOf(idle({ TCP_USER_TIMEOUT, SO_KEEPALIVE: false })),
      ]),
    ),
  data: () =>
    table(
      ['`tcp_retries2`', '`TCP_RTO_MAX_MS` 120000', '30000', '5000', '1000'],
      [3, 5, 8, 10, 15].map(tcp_retries2 => [
        String(tcp_retries2),
        ...[120_000, 30_000, 5000, 1000].map(TCP_RTO_MAX_MS => endOf(sending({ TCP_RTO_MAX_MS }), { tcp_retries2 })),
      ]),
    ),
  closing: () =>
    table(
      ['`TCP_LINGER2`', 'nominally', 'FIN_WAIT2 lasts'],
      [5, 30, 60, 70, 90, 120].map(TCP_LINGER2 => [
        `${TCP_LINGER2} s`,
        formatTime(closedFinWait(TCP_LINGER2)),
        endOf(finWaiting({ TCP_LINGER2 })),
      ]),
    ),
  orphan: () =>
    table(
      ['`tcp_orphan_retries`', 'closed with unacknowledged data'],
      [0, 1, 2, 4, 8].map(tcp_orphan_retries => [String(tcp_orphan_retries), endOf(orphaned(), { tcp_orphan_retries })]),
    ),
  listener: () =>
    table(
      ['retransmissions of the SYN-ACK', 'a silent client is dropped after'],
      [1, 2, 3, 4, 5].map(retries => [String(retries), span(halfOpenEnd(retries, 120_000, 4))]),
    ),
  deferral: () =>
    table(
      ['`TCP_DEFER_ACCEPT` set to', ...[1, 2, 5, 10, 30, 60].map(seconds => `${seconds} s`)],
      [['reads back and lasts', ...[1, 2, 5, 10, 30, 60].map(seconds => `${roundDeferral(seconds)} s`)]],
    ),
  granules: () =>
    table(
      ['wait', 'HZ 100', 'HZ 250', 'HZ 1000'],
      [0.2, 1, 10, 60, 120, 300, 7200].map(seconds => [
        formatTime(seconds * 1000),
        ...[100, 250, 1000].map(hz => formatTime((granuleOf(seconds * hz) * 1000) / hz)),
      ]),
    ),
  measured: () =>
    table(
      ['case', 'predicted', 'measured'],
      measurements.map(({ name, state, sysctls, measured }) => [name, endOf(state, sysctls), formatTime(measured * 1000)]),
    ),
}
