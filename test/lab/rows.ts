/** WHICH connections die in the lab? Kinds of death, with settings drawn at random within bounds: the model cannot have been fitted to them. */
import { integerFrom } from '../support/random.js'

type Next = () => number

/** What dying.mjs is told. */
export interface Row {
  readonly title: string
  readonly kind: 'connecting' | 'unacknowledged' | 'idle' | 'halfClosed' | 'windowClosed'
  readonly sysctls: Readonly<Record<string, number>>
  readonly options: Readonly<Record<string, number | boolean>>
  /** Bytes written into the void: `unacknowledged`. */
  readonly bytes?: number
  /** Whether the peer is unreachable too, and not only does not read: `windowClosed`. */
  readonly isPeerDead?: boolean
  /** Options set after so many ms of dying. What was predicted before that does not count. */
  readonly change?: { readonly after: number; readonly options: Readonly<Record<string, number | boolean>> }
  /** Nothing ends it: it is left alone for so many ms, asked all the while, and must be alive then. */
  readonly lives?: number
  /** ms between two predictions. */
  readonly every: number
  /** ms within which it is over, or the lab is broken. */
  readonly deadline: number
}

type Draw = Omit<Row, 'title' | 'every' | 'deadline'> & { readonly seconds: number }

/** One kind of row: its name, and how its settings are drawn. `seconds` is about how long it takes. */
interface Kind {
  readonly name: string
  readonly draw: (next: Next) => Draw
}

const ms = (next: Next, from: number, to: number) => integerFrom(next, from, to)
/** When a SYN that nobody answers is given up: 1, 3, 7, ... seconds, but for the linear ones. */
const connecting = (options: Draw['options'], seconds: number, sysctls: Draw['sysctls'] = {}): Draw => ({
  kind: 'connecting',
  sysctls,
  options,
  seconds,
})
const idle = (next: Next) => ({
  TCP_KEEPIDLE: integerFrom(next, 1, 3),
  TCP_KEEPINTVL: integerFrom(next, 1, 2),
  TCP_KEEPCNT: integerFrom(next, 1, 3),
})
const lasting = ({ TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT }: ReturnType<typeof idle>) => TCP_KEEPIDLE + TCP_KEEPINTVL * TCP_KEEPCNT

/** Each is over within half a minute. */
export const short: readonly Kind[] = [
  { name: 'a SYN into the void, TCP_SYNCNT', draw: next => connecting({ TCP_SYNCNT: integerFrom(next, 1, 2) }, 7) },
  { name: 'a SYN into the void, TCP_USER_TIMEOUT', draw: next => connecting({ TCP_USER_TIMEOUT: ms(next, 1, 9000) }, 9) },
  {
    name: 'a SYN into the void, TCP_SYNCNT and TCP_USER_TIMEOUT',
    draw: next => connecting({ TCP_SYNCNT: integerFrom(next, 1, 3), TCP_USER_TIMEOUT: ms(next, 1000, 12_000) }, 12),
  },
  {
    name: 'a SYN into the void, TCP_RTO_MAX_MS',
    draw: next => connecting({ TCP_SYNCNT: integerFrom(next, 2, 5), TCP_RTO_MAX_MS: ms(next, 1000, 2500) }, 20),
  },
  {
    name: 'a SYN into the void, other linear timeouts',
    draw: next => connecting({ TCP_SYNCNT: integerFrom(next, 1, 3) }, 15, { tcp_syn_linear_timeouts: integerFrom(next, 0, 2) }),
  },
  {
    name: 'unacknowledged data, TCP_USER_TIMEOUT',
    draw: next => ({
      kind: 'unacknowledged',
      bytes: ms(next, 1, 1000),
      sysctls: {},
      options: { TCP_USER_TIMEOUT: ms(next, 1, 9000) },
      seconds: 9,
    }),
  },
  {
    name: 'many unacknowledged segments, TCP_USER_TIMEOUT',
    draw: next => ({
      kind: 'unacknowledged',
      bytes: ms(next, 5000, 14_000),
      sysctls: {},
      options: { TCP_USER_TIMEOUT: ms(next, 500, 6000) },
      seconds: 6,
    }),
  },
  {
    name: 'unacknowledged data, tcp_retries2',
    draw: next => ({ kind: 'unacknowledged', bytes: 10, sysctls: { tcp_retries2: integerFrom(next, 3, 5) }, options: {}, seconds: 14 }),
  },
  {
    name: 'unacknowledged data, tcp_retries2 and TCP_RTO_MAX_MS',
    draw: next => ({
      kind: 'unacknowledged',
      bytes: 10,
      sysctls: { tcp_retries2: integerFrom(next, 5, 9) },
      options: { TCP_RTO_MAX_MS: ms(next, 1000, 2000) },
      seconds: 16,
    }),
  },
  {
    name: 'unacknowledged data without tail-loss probes',
    draw: next => ({
      kind: 'unacknowledged',
      bytes: 10,
      sysctls: { tcp_early_retrans: 0 },
      options: { TCP_USER_TIMEOUT: ms(next, 500, 6000) },
      seconds: 6,
    }),
  },
  {
    name: 'unacknowledged data, TCP_USER_TIMEOUT changed in mid-flight',
    draw: next => ({
      kind: 'unacknowledged',
      bytes: 10,
      sysctls: {},
      options: { TCP_USER_TIMEOUT: ms(next, 5000, 8000) },
      change: { after: ms(next, 1000, 3000), options: { TCP_USER_TIMEOUT: ms(next, 1000, 9000) } },
      seconds: 10,
    }),
  },
  {
    name: 'keep-alive',
    draw: next => {
      const options = idle(next)
      return { kind: 'idle', sysctls: {}, options: { SO_KEEPALIVE: true, ...options }, seconds: lasting(options) }
    },
  },
  {
    name: 'keep-alive with TCP_USER_TIMEOUT',
    draw: next => ({
      kind: 'idle',
      sysctls: {},
      options: { SO_KEEPALIVE: true, ...idle(next), TCP_USER_TIMEOUT: ms(next, 500, 7000) },
      seconds: 9,
    }),
  },
  {
    name: 'a closed window, the peer alive, TCP_USER_TIMEOUT',
    draw: next => ({
      kind: 'windowClosed',
      isPeerDead: false,
      sysctls: {},
      options: { TCP_USER_TIMEOUT: ms(next, 500, 7000) },
      seconds: 7,
    }),
  },
  {
    name: 'a closed window, the peer dead, TCP_USER_TIMEOUT',
    draw: next => ({ kind: 'windowClosed', isPeerDead: true, sysctls: {}, options: { TCP_USER_TIMEOUT: ms(next, 500, 7000) }, seconds: 7 }),
  },
  {
    name: 'a closed window, the peer dead, tcp_retries2',
    draw: next => ({
      kind: 'windowClosed',
      isPeerDead: true,
      sysctls: { tcp_retries2: integerFrom(next, 3, 5) },
      options: {},
      seconds: 14,
    }),
  },
  {
    name: 'FIN_WAIT2 with keep-alive',
    draw: next => {
      const options = idle(next)
      return { kind: 'halfClosed', sysctls: {}, options: { SO_KEEPALIVE: true, ...options }, seconds: lasting(options) }
    },
  },
]

/** Nothing ends these, although the peer is gone. */
export const undying: readonly Kind[] = [
  {
    name: 'idle without keep-alive, TCP_USER_TIMEOUT',
    draw: next => ({ kind: 'idle', sysctls: {}, options: { TCP_USER_TIMEOUT: ms(next, 1, 3000) }, lives: 6000, seconds: 6 }),
  },
  {
    name: 'FIN_WAIT2 without keep-alive, its descriptor open',
    draw: next => ({ kind: 'halfClosed', sysctls: { tcp_fin_timeout: integerFrom(next, 1, 3) }, options: {}, lives: 6000, seconds: 6 }),
  },
]

/** Up to a few minutes each. */
export const long: readonly Kind[] = [
  { name: 'a SYN into the void, TCP_SYNCNT', draw: next => connecting({ TCP_SYNCNT: integerFrom(next, 3, 5) }, 67) },
  { name: 'a SYN into the void, the defaults', draw: () => connecting({}, 135) },
  {
    name: 'unacknowledged data, TCP_USER_TIMEOUT',
    draw: next => ({
      kind: 'unacknowledged',
      bytes: ms(next, 1, 20_000),
      sysctls: {},
      options: { TCP_USER_TIMEOUT: ms(next, 15_000, 90_000) },
      seconds: 100,
    }),
  },
  {
    name: 'unacknowledged data, tcp_retries2',
    draw: next => ({ kind: 'unacknowledged', bytes: 10, sysctls: { tcp_retries2: integerFrom(next, 6, 8) }, options: {}, seconds: 110 }),
  },
  {
    name: 'unacknowledged data, TCP_RTO_MAX_MS',
    draw: next => ({ kind: 'unacknowledged', bytes: 10, sysctls: {}, options: { TCP_RTO_MAX_MS: ms(next, 1000, 6000) }, seconds: 90 }),
  },
  {
    name: 'keep-alive',
    draw: next => ({
      kind: 'idle',
      sysctls: {},
      options: {
        SO_KEEPALIVE: true,
        TCP_KEEPIDLE: integerFrom(next, 10, 60),
        TCP_KEEPINTVL: integerFrom(next, 2, 10),
        TCP_KEEPCNT: integerFrom(next, 1, 5),
      },
      seconds: 112,
    }),
  },
  {
    name: 'a closed window, the peer dead, tcp_retries2',
    draw: next => ({
      kind: 'windowClosed',
      isPeerDead: true,
      sysctls: { tcp_retries2: integerFrom(next, 6, 8) },
      options: {},
      seconds: 112,
    }),
  },
  {
    name: 'a closed window, the peer alive, TCP_USER_TIMEOUT',
    draw: next => ({
      kind: 'windowClosed',
      isPeerDead: false,
      sysctls: {},
      options: { TCP_USER_TIMEOUT: ms(next, 20_000, 90_000) },
      seconds: 100,
    }),
  },
]

/** About so many predictions of each row. */
const PREDICTIONS = 24

/** The rows with their settings drawn. */
export function drawRows(kinds: readonly Kind[], next: Next): Row[] {
  return kinds.map(({ name, draw }) => {
    const { seconds, ...row } = draw(next)
    const settings = [...Object.entries(row.sysctls), ...Object.entries(row.options)].map(([key, value]) => `${key} ${value}`)
    const change = row.change === undefined ? [] : [`after ${row.change.after} ms ${JSON.stringify(row.change.options)}`]
    return {
      ...row,
      title: `${name}: ${[...settings, ...change].join(', ')}`,
      every: Math.max(50, Math.round((seconds * 1000) / PREDICTIONS)),
      deadline: seconds * 2000 + 90_000,
    }
  })
}
