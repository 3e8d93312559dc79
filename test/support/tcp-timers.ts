/**
 * A second opinion: the kernel's TCP timers, event by event, as net/ipv4/tcp_timer.c and kernel/time/timer.c describe them, with chance where the kernel has it:
 * the phase of the clock, how late a timer is run. It shares nothing with the model that it judges, and knows what the model has to infer.
 */
import type { Difference } from '../unit/timeouts/states.js'
import { integerFrom, pick } from './random.js'

type Next = () => number

/** A clock in ms with jiffies under it, and one timer on a wheel. */
class Wheel {
  readonly hz: number
  readonly jiffy: number
  readonly #next: Next
  readonly #phase: number
  now = 0
  /** icsk_timeout, in jiffies. */
  due = 0

  constructor(next: Next, hz: number) {
    this.hz = hz
    this.jiffy = 1000 / hz
    this.#next = next
    this.#phase = integerFrom(next, 0, 1e6) + next()
  }

  jiffiesAt(time: number): number {
    return Math.floor(time / this.jiffy + this.#phase)
  }

  get jiffies(): number {
    return this.jiffiesAt(this.now)
  }

  toJiffies(milliseconds: number): number {
    return Math.ceil((milliseconds * this.hz) / 1000 - 1e-9)
  }

  /** Arms the timer, and gives the moment at which it runs. */
  arm(wait: number, isInCallback: boolean): number {
    this.due = this.jiffies + wait
    const clock = this.jiffies + (isInCallback ? 1 : -integerFrom(this.#next, 0, 1))
    let shift = 0
    while (this.due - clock >= 63 << shift) shift += 3
    const bucket = ((this.due >> shift) + 1) << shift
    const delay = this.#next() < 0.9 ? this.#next() * 0.2 : this.#next() * 9
    return (bucket - this.#phase) * this.jiffy + delay
  }

  /** idiag_expires at a moment. */
  expiresAt(time: number): number {
    return Math.max(0, Math.floor((this.due - this.jiffiesAt(time)) * this.jiffy))
  }
}

/** What was seen at a moment, and when it ended. */
export interface Life {
  readonly hz: number
  /** The kernel's variables at any time before the end, as a look finds them. */
  readonly lookAt: (time: number) => Difference
  readonly sysctls: Record<string, number>
  /** A look makes sense from then on. */
  readonly begin: number
  readonly end: number
  readonly kind: string
  /** The mechanism, where another one would come first if the peer were silent. */
  readonly by?: string
  readonly told: string
}

/** One period between two events: from when on, and what a look in it finds. */
interface Period {
  readonly from: number
  readonly look: (time: number) => Difference
}

const lookAtPeriods = (periods: readonly Period[]) => (time: number) => {
  const period = periods.findLast(({ from }) => from <= time) as Period
  return period.look(time)
}

const ilog2 = (value: number): number => 31 - Math.clz32(value)

function modelTimeout(wheel: Wheel, boundary: number, base: number, most: number): number {
  const threshold = ilog2(Math.floor(most / base))
  const jiffies = boundary <= threshold ? ((2 << boundary) - 1) * base : ((2 << threshold) - 1) * base + (boundary - threshold) * most
  return Math.floor(jiffies * wheel.jiffy + 1e-9)
}

/** SYN_SENT: nothing ever answers. */
export function liveSyn(next: Next): Life {
  const wheel = new Wheel(next, pick(next, [100, 250, 300, 1000]))
  const retries = integerFrom(next, 1, 7)
  const linear = pick(next, [0, 1, 4])
  const user = pick(next, [0, 0, 1, 500, 1000, integerFrom(next, 1000, 20_000), 200_000])
  const maximum = pick(next, [120_000, 120_000, integerFrom(next, 1000, 60_000)])
  const maximumJiffies = wheel.toJiffies(maximum)
  const stamp = 0
  let rto = wheel.toJiffies(1000)
  let [retransmits, stampOfFirst] = [0, 0]
  const periods: Period[] = []
  let fire = wheel.arm(rto, false)
  for (;;) {
    const snapshot = { retransmits, rto, due: wheel.due, stampOfFirst }
    const look = (time: number): Difference => ({
      settings: { TCP_SYNCNT: retries, TCP_USER_TIMEOUT: user, TCP_RTO_MAX_MS: maximum },
      info: {
        state: 'SYN_SENT',
        sndWnd: 0,
        unacked: 1,
        retransmits: snapshot.retransmits,
        totalRto: snapshot.retransmits,
        totalRetrans: snapshot.retransmits,
        backoff: Math.max(0, snapshot.retransmits - linear),
        rto: Math.floor(snapshot.rto * wheel.jiffy * 1000),
        totalRtoRecoveries: snapshot.retransmits > 0 ? 1 : 0,
        totalRtoTime: snapshot.retransmits > 0 ? Math.floor(time) - snapshot.stampOfFirst : 0,
        caState: snapshot.retransmits > 0 ? 'Loss' : 'Open',
      },
      timer: { kind: 'retransmission', expires: expires(wheel, snapshot.due, time), retransmissions: snapshot.retransmits },
    })
    periods.push({ from: wheel.now, look })
    wheel.now = fire
    const elapsed = Math.floor(wheel.now) - stamp
    const limit = user > 0 ? user : modelTimeout(wheel, retries, wheel.toJiffies(1000), maximumJiffies)
    if (retransmits >= retries + linear || (retransmits > 0 && elapsed >= limit)) break
    if (retransmits === 0) stampOfFirst = Math.floor(wheel.now)
    retransmits++
    if (retransmits > linear) rto = Math.min(2 * rto, maximumJiffies)
    const left = user - elapsed
    const wait = user === 0 ? rto : left <= 0 ? 1 : Math.min(rto, wheel.toJiffies(left))
    fire = wheel.arm(wait, true)
  }
  const sysctls = { jiffy: wheel.jiffy, tcp_syn_linear_timeouts: linear }
  const told = `HZ ${wheel.hz}, TCP_SYNCNT ${retries}, linear ${linear}, TCP_USER_TIMEOUT ${user}, TCP_RTO_MAX_MS ${maximum}`
  return { hz: wheel.hz, lookAt: lookAtPeriods(periods), sysctls, begin: 0, end: wheel.now, kind: 'SYN', told }
}

const expires = (wheel: Wheel, due: number, time: number): number =>
  Math.max(0, Math.floor((due - wheel.jiffiesAt(time)) * wheel.jiffy + 1e-9))

/** Data that is never acknowledged; perhaps after an earlier outage, from which it recovered. */
export function liveData(next: Next): Life {
  const wheel = new Wheel(next, pick(next, [100, 250, 300, 1000]))
  const user = pick(next, [0, 0, 1, 200, 1000, integerFrom(next, 1000, 30_000)])
  const retries2 = integerFrom(next, 2, 15)
  const maximum = pick(next, [120_000, 120_000, integerFrom(next, 1000, 60_000)])
  const maximumJiffies = wheel.toJiffies(maximum)
  const isOrphan = next() < 0.15
  const orphanRetries = pick(next, [0, 0, 3, 5])
  const hasProbe = next() < 0.7
  const segments = pick(next, [1, 1, 2, 10])
  const rtt = pick(next, [0.05, 5, 40, 150]) * (0.5 + next())
  const minimum = pick(next, [200, 200, 20])
  const rto0 = Math.min(maximumJiffies, Math.max(wheel.toJiffies(minimum + rtt), wheel.toJiffies(3 * rtt)))
  const earlier =
    next() < 0.3 ? { recoveries: integerFrom(next, 1, 3), time: integerFrom(next, 200, 9000), rto: integerFrom(next, 1, 9) } : undefined
  const lastAck = -next() * 50
  let rto = rto0
  let [retransmits, backoff, stamp, retransmitted] = [0, 0, 0, earlier?.rto ?? 0]
  let lastSent = wheel.jiffies
  let caState: 'Open' | 'Loss' = 'Open'
  const periods: Period[] = []
  const record = () => {
    const seen = { retransmits, backoff, stamp, rto, due: wheel.due, lastSent, caState, retransmitted }
    const look = (time: number): Difference => ({
      isClosed: isOrphan,
      settings: { TCP_USER_TIMEOUT: user, TCP_RTO_MAX_MS: maximum },
      queues: { unread: 0, unsent: 1000 * segments, neverSent: 0 },
      info: {
        state: isOrphan ? 'FIN_WAIT1' : 'ESTABLISHED',
        caState: seen.caState,
        unacked: segments,
        retransmits: seen.retransmits,
        backoff: seen.backoff,
        rto: Math.floor(seen.rto * wheel.jiffy * 1000),
        rtt: Math.floor(rtt * 1000),
        lastDataSent: Math.floor((wheel.jiffiesAt(time) - seen.lastSent) * wheel.jiffy + 1e-9),
        lastAckRecv: Math.floor(time - lastAck),
        lastDataRecv: Math.floor(time - lastAck),
        totalRetrans: seen.retransmitted,
        totalRto: seen.retransmits + (earlier?.rto ?? 0),
        totalRtoRecoveries: (earlier?.recoveries ?? 0) + (seen.retransmits > 0 ? 1 : 0),
        totalRtoTime: (earlier?.time ?? 0) + (seen.retransmits > 0 ? Math.floor(time) - seen.stamp : 0),
      },
      timer: { kind: 'retransmission', expires: expires(wheel, seen.due, time), retransmissions: seen.retransmits },
    })
    periods.push({ from: wheel.now, look })
  }
  let fire = 0
  if (hasProbe) {
    const after = wheel.toJiffies(2 * rtt + (segments === 1 ? minimum : 2))
    fire = wheel.arm(Math.max(1, Math.min(after, rto)), false)
    record()
    wheel.now = fire
    lastSent = wheel.jiffies
    retransmitted++
    fire = wheel.arm(rto, true)
  } else fire = wheel.arm(rto, false)
  for (;;) {
    record()
    wheel.now = fire
    const elapsed = Math.floor(wheel.now) - stamp
    const isAlive = rto < maximumJiffies
    const boundary = isOrphan ? (orphanRetries === 0 && isAlive ? 8 : orphanRetries) : retries2
    const limit = user > 0 ? user : modelTimeout(wheel, boundary, wheel.toJiffies(200), maximumJiffies)
    if (retransmits > 0 && elapsed >= limit) break
    if (retransmits === 0) stamp = Math.floor(wheel.now)
    caState = 'Loss'
    retransmits++
    retransmitted++
    lastSent = wheel.jiffies
    backoff++
    rto = Math.min(2 * rto, maximumJiffies)
    const left = user - (Math.floor(wheel.now) - stamp)
    fire = wheel.arm(user === 0 ? rto : left <= 0 ? 1 : Math.min(rto, wheel.toJiffies(left)), true)
  }
  const sysctls = { jiffy: wheel.jiffy, tcp_retries2: retries2, tcp_orphan_retries: orphanRetries, tcp_early_retrans: hasProbe ? 3 : 0 }
  const told = `HZ ${wheel.hz}, TCP_USER_TIMEOUT ${user}, tcp_retries2 ${retries2}, TCP_RTO_MAX_MS ${maximum}, orphan ${isOrphan} ${orphanRetries}, probe ${hasProbe}, ${segments} segments, rtt ${rtt}, rto ${rto0}, earlier ${JSON.stringify(earlier)}`
  return { hz: wheel.hz, lookAt: lookAtPeriods(periods), sysctls, begin: 0, end: wheel.now, kind: isOrphan ? 'orphan' : 'data', told }
}

/** A closed window: a peer that is dead, or that answers every probe and never opens it (then a user timeout ends it). */
export function liveProbe(next: Next): Life {
  const wheel = new Wheel(next, pick(next, [100, 250, 300, 1000]))
  const isAnswering = next() < 0.4
  const user = isAnswering || next() < 0.4 ? pick(next, [1, 500, integerFrom(next, 500, 30_000)]) : 0
  const retries2 = isAnswering ? 15 : integerFrom(next, 2, 15)
  const maximum = pick(next, [120_000, integerFrom(next, 1000, 60_000)])
  const maximumJiffies = wheel.toJiffies(maximum)
  const rto = wheel.toJiffies(200 + next() * 300)
  const base = Math.max(rto, wheel.toJiffies(200))
  const rtt = next() * 30
  const waitOf = (backoff: number) => Math.min(base << Math.min(ilog2(Math.floor(maximumJiffies / base)) + 1, backoff), maximumJiffies)
  let [probes, backoff, stamp] = [0, 0, 0]
  let lastAck = 0
  const lastSent = wheel.jiffies - wheel.toJiffies(next() * 20)
  const periods: Period[] = []
  const record = () => {
    const seen = { probes, backoff, due: wheel.due, lastAck }
    const look = (time: number): Difference => ({
      settings: { TCP_USER_TIMEOUT: user, TCP_RTO_MAX_MS: maximum },
      queues: { unread: 0, unsent: 5000, neverSent: 5000 },
      info: {
        sndWnd: 0,
        notsentBytes: 5000,
        probes: seen.probes,
        backoff: seen.backoff,
        rto: Math.floor(rto * wheel.jiffy * 1000),
        lastDataSent: Math.floor((wheel.jiffiesAt(time) - lastSent) * wheel.jiffy + 1e-9),
        lastAckRecv: Math.floor(time - seen.lastAck),
      },
      timer: { kind: 'probe', expires: expires(wheel, seen.due, time), retransmissions: seen.probes },
    })
    periods.push({ from: wheel.now, look })
  }
  const cut = (wait: number) => {
    if (user === 0 || stamp === 0) return wait
    return Math.min(wait, Math.max(2, wheel.toJiffies(user) - (wheel.jiffies - stamp)))
  }
  let fire = wheel.arm(base, false)
  for (;;) {
    record()
    wheel.now = fire
    if (stamp === 0) stamp = wheel.jiffies
    else if (user > 0 && wheel.jiffies - stamp >= wheel.toJiffies(user)) break
    if (probes >= retries2) break
    probes++
    if (backoff < retries2) backoff++
    fire = wheel.arm(cut(waitOf(backoff)), true)
    if (isAnswering && wheel.now + rtt < fire) {
      record()
      wheel.now += rtt
      lastAck = wheel.now
      probes = 0
      fire = wheel.arm(cut(waitOf(backoff)), false)
    }
  }
  const told = `HZ ${wheel.hz}, TCP_USER_TIMEOUT ${user}, tcp_retries2 ${retries2}, TCP_RTO_MAX_MS ${maximum}, answering ${isAnswering}, rto ${rto}`
  return {
    hz: wheel.hz,
    lookAt: lookAtPeriods(periods),
    sysctls: { jiffy: wheel.jiffy, tcp_retries2: retries2 },
    begin: 0,
    end: wheel.now,
    kind: 'probe',
    told,
  }
}

/** An idle connection whose peer is dead; something was received some time after the timer was armed. */
export function liveKeepAlive(next: Next): Life {
  const wheel = new Wheel(next, pick(next, [100, 250, 300, 1000]))
  const [idle, interval, count] = [
    integerFrom(next, 1, pick(next, [5, 300, 7200])),
    integerFrom(next, 1, pick(next, [4, 75])),
    integerFrom(next, 1, 9),
  ]
  const user = pick(next, [0, 0, 500, integerFrom(next, 1000, 60_000), idle * 1000 + integerFrom(next, 0, 30_000)])
  const [idleJiffies, intervalJiffies] = [idle * wheel.hz, interval * wheel.hz]
  let fire = wheel.arm(idleJiffies, false)
  const received = wheel.jiffiesAt(pick(next, [-5, 0, next() * fire * 0.9, next() * fire * 0.9]))
  const dead = Math.max(0, (received - wheel.jiffiesAt(0) + 1) * wheel.jiffy)
  let probes = 0
  const periods: Period[] = []
  for (;;) {
    const seen = { probes, due: wheel.due }
    const look = (time: number): Difference => {
      const silent = Math.floor((wheel.jiffiesAt(time) - received) * wheel.jiffy + 1e-9)
      return {
        settings: { SO_KEEPALIVE: true, TCP_KEEPIDLE: idle, TCP_KEEPINTVL: interval, TCP_KEEPCNT: count, TCP_USER_TIMEOUT: user },
        info: { probes: seen.probes, lastDataRecv: silent + 100, lastAckRecv: silent },
        timer: { kind: 'keepAlive', expires: expires(wheel, seen.due, time), retransmissions: seen.probes },
      }
    }
    periods.push({ from: wheel.now, look })
    wheel.now = fire
    const silent = wheel.jiffies - received
    if (silent < idleJiffies) {
      fire = wheel.arm(idleJiffies - silent, true)
      continue
    }
    if (user > 0 ? silent >= wheel.toJiffies(user) && probes > 0 : probes >= count) break
    probes++
    fire = wheel.arm(intervalJiffies, true)
  }
  const told = `HZ ${wheel.hz}, keep-alive ${idle}/${interval}/${count}, TCP_USER_TIMEOUT ${user}`
  return {
    hz: wheel.hz,
    lookAt: lookAtPeriods(periods),
    sysctls: { jiffy: wheel.jiffy },
    begin: dead,
    end: wheel.now,
    kind: 'keep-alive',
    told,
  }
}
