/** What does each timeout do? One row per timeout of a socket: its name, how long, by which option, to what effect. */
import type { KeepAlive, Timeouts } from '../../timeouts/get-timeouts.js'
import { formatDuration, type Timeout } from '../../timeouts/timeout.js'

interface Meaning {
  readonly set: string
  readonly none?: string
}

type Name = Exclude<keyof Timeouts, 'keepAlive'> | 'idle' | 'interval'

const meanings: Readonly<Record<Name, Meaning>> = {
  receive: { set: 'a blocking receive fails after this long' },
  send: { set: 'a blocking send fails after this long' },
  user: {
    set: 'the connection ends when sent data stays unacknowledged for this long',
    none: 'left to net.ipv4.tcp_retries2, 15 minutes or more unless changed',
  },
  connect: { set: 'connect() fails after this long when nothing answers' },
  idle: { set: 'silence before the peer is probed' },
  interval: { set: 'time between two probes' },
  linger: { set: 'what close() does with unsent data', none: 'close() returns at once; the kernel sends what is left' },
  finWait: { set: 'once closed, waits this long for the peer to close too', none: 'once closed, does not wait for the peer to close too' },
  deferAccept: { set: 'a connection is accepted when data is there, or after this long', none: 'a connection is accepted at once' },
  retransmitMaximum: { set: 'longest wait before data is sent again' },
  retransmitMinimum: { set: 'shortest wait before data is sent again' },
  delayedAckMaximum: { set: 'longest delay of an acknowledgement' },
  node: { set: "Node's idle timer", none: "Node's idle timer is off" },
}

function effectOf(name: Name, { milliseconds, effective, reason }: Timeout): string {
  const { set, none = 'not set' } = meanings[name]
  if (milliseconds === null && reason === undefined) return none
  if (!effective) return `none, because ${reason}`
  return reason === undefined ? set : `${set}; ${reason}`
}

function rowOf(name: Name, label: string, timeout: Timeout | undefined): string[][] {
  if (timeout === undefined) return []
  return [[label, formatDuration(timeout.milliseconds), timeout.option, effectOf(name, timeout)]]
}

function keepAliveRows({ enabled, idle, interval, count }: KeepAlive): string[][] {
  // SO_KEEPALIVE can be read on sockets of every kind, and means something only where there are probes.
  if (!enabled && idle === undefined && count === undefined) return []
  return [
    ['keepAlive', enabled ? 'on' : 'off', 'SO_KEEPALIVE', enabled ? 'a silent peer is probed' : 'a silent peer is never probed'],
    ...rowOf('idle', 'keepAlive.idle', idle),
    ...rowOf('interval', 'keepAlive.interval', interval),
    ...(count === undefined ? [] : [['keepAlive.count', String(count), 'TCP_KEEPCNT', 'unanswered probes that end the connection']]),
  ]
}

/** Name, duration, option, effect; in the order of {@link Timeouts}. */
export function timeoutRows(timeouts: Timeouts): string[][] {
  return Object.entries(timeouts).flatMap(([name, value]) => {
    if (value === undefined) return []
    return name === 'keepAlive' ? keepAliveRows(value as KeepAlive) : rowOf(name as Name, name, value as Timeout)
  })
}
