/**
 * What was measured: how long connections took to die in network namespaces joined by veth, Linux 6.18.44, x86-64, HZ 250. One socket, one run each; a
 * poll every 10 to 20 ms saw the end.
 */
import type { State, Sysctls } from '../../../src/timeouts/explain/state.js'
import { blocked, connecting, idle, sending } from './states.js'

export interface Measurement {
  readonly name: string
  readonly state: State
  readonly sysctls?: Partial<Sysctls>
  /** s */
  readonly measured: number
  /** s by which the measuring began before the state that is given: of keep-alive, with the last packet, before SO_KEEPALIVE was set. */
  readonly begun?: number
}

const syn = (name: string, measured: number, linear: number, settings: Partial<State['settings']>): Measurement => ({
  name: `SYN without answer, tcp_syn_linear_timeouts ${linear}, ${name}`,
  state: connecting(settings),
  sysctls: { tcp_syn_linear_timeouts: linear },
  measured,
})

const synByCount = (linear: number, retries: number, measured: number, settings: Partial<State['settings']> = {}) =>
  syn(`TCP_SYNCNT ${retries} ${JSON.stringify(settings)}`, measured, linear, { TCP_SYNCNT: retries, ...settings })

const synByTime = (linear: number, user: number, measured: number) =>
  syn(`TCP_USER_TIMEOUT ${user}`, measured, linear, { TCP_USER_TIMEOUT: user })

const data = (name: string, measured: number, state: State, sysctls: Partial<Sysctls> = {}): Measurement => ({
  name: `unacknowledged data, ${name}`,
  state,
  sysctls,
  measured,
})

const dataByTime = (user: number, measured: number) => data(`TCP_USER_TIMEOUT ${user}`, measured, sending({ TCP_USER_TIMEOUT: user }))

const dataByCount = (tcp_retries2: number, measured: number, settings: Partial<State['settings']> = {}) =>
  data(`tcp_retries2 ${tcp_retries2} ${JSON.stringify(settings)}`, measured, sending(settings), { tcp_retries2 })

const window = (name: string, measured: number, settings: Partial<State['settings']>, sysctls: Partial<Sysctls> = {}): Measurement => ({
  name: `closed window, ${name}`,
  state: blocked(settings),
  sysctls,
  measured,
})

const keepAlive = (idleFor: number, interval: number, count: number, user: number, milliseconds: number): Measurement => ({
  name: `keep-alive ${idleFor}/${interval}/${count}, TCP_USER_TIMEOUT ${user}`,
  state: idle({ TCP_KEEPIDLE: idleFor, TCP_KEEPINTVL: interval, TCP_KEEPCNT: count, TCP_USER_TIMEOUT: user }),
  measured: milliseconds / 1000,
  begun: 0.08,
})

export const measurements: readonly Measurement[] = [
  synByCount(4, 1, 3.06),
  synByCount(4, 2, 7.121),
  synByCount(4, 3, 19.503),
  synByCount(4, 4, 35.631),
  synByCount(4, 6, 135.215),
  synByCount(0, 1, 3.02),
  synByCount(0, 2, 7.208),
  synByCount(0, 3, 15.399),
  synByCount(0, 6, 131.112),
  synByCount(1, 2, 8.221),
  synByTime(4, 1, 1.032),
  synByTime(4, 500, 1.033),
  synByTime(4, 1000, 1.028),
  synByTime(4, 1500, 1.534),
  synByTime(4, 2000, 2.012),
  synByTime(4, 3000, 3.032),
  synByTime(4, 5000, 5.012),
  synByTime(4, 10_000, 10.257),
  synByTime(0, 500, 1.02),
  synByTime(0, 3000, 3.023),
  synByTime(0, 10_000, 10.252),
  synByCount(4, 2, 11.282, { TCP_USER_TIMEOUT: 20_000 }),
  synByCount(4, 6, 13.192, { TCP_RTO_MAX_MS: 2000 }),
  synByCount(4, 6, 7.176, { TCP_RTO_MAX_MS: 1000 }),
  synByCount(0, 3, 4.102, { TCP_RTO_MAX_MS: 1000 }),
  dataByTime(1, 0.424),
  dataByTime(200, 0.62),
  dataByTime(500, 0.916),
  dataByTime(1000, 1.417),
  dataByTime(3000, 3.418),
  dataByTime(10_000, 10.497),
  data('TCP_USER_TIMEOUT 3000, reno', 3.418, sending({ TCP_USER_TIMEOUT: 3000 })),
  data('TCP_USER_TIMEOUT 3000, no tail-loss probe', 3.217, sending({ TCP_USER_TIMEOUT: 3000 }), { tcp_early_retrans: 0 }),
  data('TCP_USER_TIMEOUT 3000, 10 segments', 3.216, sending({ TCP_USER_TIMEOUT: 3000 }, { unacked: 10 }, 4)),
  dataByCount(3, 6.708),
  dataByCount(5, 13.298),
  dataByCount(8, 106.949),
  dataByCount(15, 938.549),
  dataByCount(8, 7.828, { TCP_RTO_MAX_MS: 1000 }),
  dataByCount(15, 14.976, { TCP_RTO_MAX_MS: 1000 }),
  dataByCount(15, 62.976, { TCP_RTO_MAX_MS: 5000 }),
  dataByCount(15, 299.474, { TCP_RTO_MAX_MS: 30_000 }),
  data('tcp_retries2 5, TCP_RTO_MIN_US 20000', 12.873, sending({ TCP_RTO_MIN_US: 20_000 }, { rto: 24_000 }, 24), { tcp_retries2: 5 }),
  keepAlive(1, 1, 2, 0, 3141),
  keepAlive(2, 1, 3, 0, 5170),
  keepAlive(1, 2, 2, 0, 5119),
  keepAlive(1, 1, 2, 500, 2125),
  keepAlive(1, 1, 2, 1500, 2105),
  keepAlive(1, 1, 2, 5000, 5186),
  keepAlive(3, 1, 2, 1000, 4305),
  keepAlive(1, 3, 9, 5000, 7323),
  keepAlive(60, 10, 3, 0, 92795),
  keepAlive(300, 30, 2, 0, 367174),
  window('a peer that answers, TCP_USER_TIMEOUT 500', 0.718, { TCP_USER_TIMEOUT: 500 }),
  window('a peer that answers, TCP_USER_TIMEOUT 3000', 3.229, { TCP_USER_TIMEOUT: 3000 }),
  window('a peer that answers, TCP_USER_TIMEOUT 10000', 10.282, { TCP_USER_TIMEOUT: 10_000 }),
  window('a dead peer, tcp_retries2 3', 3.226, {}, { tcp_retries2: 3 }),
  window('a dead peer, tcp_retries2 5', 13.703, {}, { tcp_retries2: 5 }),
  window('a dead peer, tcp_retries2 15', 946.706, {}),
  window('a dead peer, TCP_USER_TIMEOUT 3000', 3.217, { TCP_USER_TIMEOUT: 3000 }),
]
