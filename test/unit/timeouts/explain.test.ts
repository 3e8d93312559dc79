/** What the model says of each state: the mechanism, the window, and when the answer is "never". Times measured on Linux 6.18, HZ 250. */
import { describe, expect, it } from 'vitest'
import { explain } from '../../../src/timeouts/explain/explain.js'
import { closedFinWait } from '../../../src/timeouts/explain/fin-wait.js'
import { halfOpenEnd, roundDeferral } from '../../../src/timeouts/explain/listener.js'
import type { Ending, NodeTimer, State, Sysctls } from '../../../src/timeouts/explain/state.js'
import { blocked, connecting, defaults, finWaiting, idle, orphaned, sending, stateOf, timer } from './states.js'

const of = (state: State, sysctls: Partial<Sysctls> = {}) => explain(state, { ...defaults, ...sysctls }, 12_345)
const endOf = (state: State, sysctls: Partial<Sysctls> = {}): Ending => of(state, sysctls).ends ?? expect.fail('nothing ends it')

/** What was measured is in the window; a poll so many ms long saw it. */
function expectWithin({ earliest, latest }: { earliest: number; latest: number }, measured: number, poll = 20): void {
  expect(measured).toBeGreaterThan(earliest - poll)
  expect(measured).toBeLessThan(latest + poll)
}

/** What ends without a process that is told was seen by listing the sockets. */
const LISTING = 60

describe('an idle connection', () => {
  it('is never ended without keep-alive, whatever TCP_USER_TIMEOUT is', () => {
    const { ends, others, findings } = of(stateOf({ settings: { TCP_USER_TIMEOUT: 2000 } }))
    expect({ ends, others }).toEqual({ ends: null, others: [] })
    expect(findings.map(({ code }) => code)).toContain('user-timeout-needs-keep-alive')
  })

  it('that has been silent for a while is probed when TCP_KEEPIDLE is over, not when the timer fires', () => {
    const silent = { lastAckRecv: 10_000, lastDataRecv: 10_000 }
    const settings = { SO_KEEPALIVE: true, TCP_KEEPIDLE: 60, TCP_KEEPINTVL: 10, TCP_KEEPCNT: 3 }
    const { earliest, latest } = endOf(stateOf({ settings, info: silent, timer: timer('keepAlive', 5000) }))
    expect(earliest).toBeGreaterThan(79_000)
    expect(latest).toBeLessThan(84_000)
  })

  it('has one probe left: it ends at the next tick', () => {
    const dying = { probes: 3, lastAckRecv: 85_000, lastDataRecv: 85_000 }
    const settings = { SO_KEEPALIVE: true, TCP_KEEPIDLE: 60, TCP_KEEPINTVL: 10, TCP_KEEPCNT: 3 }
    const { mechanism, earliest, latest } = endOf(stateOf({ settings, info: dying, timer: timer('keepAlive', 5000) }))
    expect(mechanism).toBe('keep-alive')
    expect(earliest).toBeGreaterThan(5200)
    expect(latest).toBeLessThan(5300)
  })
})

describe('unacknowledged data', () => {
  it('is not ended by keep-alive', () => {
    const { ends, others } = of(sending({ SO_KEEPALIVE: true, TCP_KEEPIDLE: 1, TCP_KEEPINTVL: 1, TCP_KEEPCNT: 2 }))
    expect(ends?.mechanism).toBe('retransmission')
    expect(others).toEqual([])
  })

  it('under a TCP_USER_TIMEOUT that was lowered in between ends at the next tick', () => {
    const info = { retransmits: 4, backoff: 4, rto: 3_264_000, lastDataSent: 248, lastAckRecv: 4000, totalRto: 4, totalRtoRecoveries: 1 }
    const state = sending({ TCP_USER_TIMEOUT: 1000 }, { ...info, totalRtoTime: 3200, caState: 'Loss' })
    expectWithin(endOf({ ...state, timer: timer('retransmission', 3016) }), 6629 - 3580)
  })

  it('of a closed socket ends by TCP_USER_TIMEOUT or tcp_orphan_retries, and no process is told', () => {
    expectWithin(endOf(orphaned({ TCP_USER_TIMEOUT: 4000 })), 4260, LISTING)
    expectWithin(endOf(orphaned({ TCP_USER_TIMEOUT: 1000 })), 1280, LISTING)
    const { earliest, code } = endOf(orphaned())
    expect(earliest).toBeGreaterThan(102_000)
    expect(code).toBeNull()
  })

  it.each([
    { retries: 1, measured: 1490 },
    { retries: 2, measured: 3200 },
    { retries: 4, measured: 6650 },
  ])('of a closed socket with tcp_orphan_retries $retries', ({ retries, measured }) => {
    expectWithin(endOf(orphaned(), { tcp_orphan_retries: retries }), measured, LISTING)
  })

  it('whose backoff ICMP has taken back may end between two ticks', () => {
    const info = {
      retransmits: 8,
      backoff: 1,
      rto: 408_000,
      totalRto: 8,
      totalRtoRecoveries: 1,
      totalRtoTime: 1800,
      caState: 'Loss' as const,
    }
    const { earliest, latest } = endOf({ ...sending({ TCP_USER_TIMEOUT: 3000 }, info), timer: timer('retransmission', 300) })
    expect(earliest).toBeLessThan(1200)
    expect(latest).toBeGreaterThan(1200 + 400)
  })
})

describe('a closed window', () => {
  it('is never ended while the peer answers probes; only if it falls silent', () => {
    const answered = stateOf({ ...blocked(), info: { ...blocked().info, backoff: 5, probes: 0, lastAckRecv: 100 } })
    const { ends, others, text } = of(answered, { tcp_retries2: 3 })
    expect(ends).toBeNull()
    expect(others).toMatchObject([{ mechanism: 'zero-window probe', code: 'ETIMEDOUT', unless: 'the peer answers a probe' }])
    expect(text.split('\n')[0]).toMatch(/nothing ends it while the peer answers/)
  })

  it('on data in flight ends twice TCP_RTO_MAX_MS after the last answer', () => {
    const state = sending({ TCP_RTO_MAX_MS: 5000 }, { sndWnd: 0, lastAckRecv: 0 })
    const { mechanism, earliest, latest } = endOf(state)
    expect(mechanism).toBe('zero-window probe')
    expect(earliest).toBeGreaterThan(10_000)
    expect(latest).toBeLessThan(17_000)
  })

  it('on data in flight ends by TCP_USER_TIMEOUT after the first retransmission', () => {
    const { mechanism, earliest, latest } = endOf(sending({ TCP_USER_TIMEOUT: 3000 }, { sndWnd: 0 }))
    expect(mechanism).toBe('TCP_USER_TIMEOUT')
    expect(earliest).toBeGreaterThan(3190)
    expect(latest).toBeLessThan(3700)
  })

  it('with a TCP_USER_TIMEOUT far away is reckoned without going through every probe', () => {
    const { earliest, latest } = endOf(blocked({ TCP_USER_TIMEOUT: 2 ** 31 - 1, TCP_RTO_MAX_MS: 1000 }), { tcp_retries2: 255 })
    expect(earliest).toBeGreaterThan(100_000)
    expect(latest).toBeLessThan(Infinity)
    expect(endOf(sending({ TCP_USER_TIMEOUT: 2 ** 31 - 1, TCP_RTO_MAX_MS: 1000 })).earliest).toBeGreaterThan(2 ** 31 - 1)
  })
})

describe('FIN_WAIT2', () => {
  it.each([
    { linger: 3, measured: 3120 },
    { linger: 1, measured: 1080 },
    { linger: 5, measured: 5120 },
  ])('of a closed socket lasts TCP_LINGER2, $linger s', ({ linger, measured }) => {
    expectWithin(endOf(finWaiting({ TCP_LINGER2: linger })), measured, LISTING)
  })

  it.each([
    { linger: 70, measured: 20_560 },
    { linger: 90, measured: 61_990 },
  ])('of a closed socket with TCP_LINGER2 $linger lasts twice what is above 60 s', ({ linger, measured }) => {
    const ending = endOf(finWaiting({ TCP_LINGER2: linger }))
    expectWithin(ending, measured, LISTING)
    expect(closedFinWait(linger)).toBe(2 * (linger - 60) * 1000)
  })

  it('of a socket that is still open has no timer', () => {
    const { ends, findings } = of(stateOf({ info: { state: 'FIN_WAIT2' } }))
    expect(ends).toBeNull()
    expect(findings.map(({ code }) => code)).toContain('fin-wait-without-timer')
  })

  it('is gone at once with a negative TCP_LINGER2', () => {
    expect(endOf(finWaiting({ TCP_LINGER2: -1 })).latest).toBeLessThan(200)
  })
})

describe('a listener', () => {
  it.each([
    { retries: 1, measured: 3060 },
    { retries: 2, measured: 7230 },
    { retries: 3, measured: 15_460 },
    { retries: 5, measured: 65_090 },
  ])('drops a silent client after $retries retransmissions of the SYN-ACK', ({ retries, measured }) => {
    expectWithin(halfOpenEnd(retries, 120_000, 4), measured)
  })

  it('is not ended, and says when a silent client is: by its own TCP_SYNCNT, or where that reads as the default by either', () => {
    const listening = (retries: number) =>
      stateOf({ settings: { TCP_SYNCNT: retries }, info: { state: 'LISTEN', unacked: 0, sacked: 511 } })
    expect(of(listening(2)).ends).toBeNull()
    expectWithin(of(listening(2)).others[0] as Ending, 7230)
    const { earliest, latest } = of(listening(6)).others[0] as Ending
    expect(earliest).toBeLessThan(65_090)
    expect(latest).toBeGreaterThan(127_000)
  })

  it('rounds TCP_DEFER_ACCEPT up to the time of whole retransmissions', () => {
    expect([1, 2, 3, 5, 8, 31, 32, 100, 200, 300].map(roundDeferral)).toEqual([1, 3, 3, 7, 15, 31, 63, 127, 247, 367])
  })
})

describe("Node's timers", () => {
  const node = (timer: Partial<NodeTimer> & Pick<NodeTimer, 'name'>): NodeTimer => ({
    milliseconds: 5000,
    due: 3000,
    checkedEvery: 0,
    isListenedTo: false,
    ...timer,
  })

  it('end a pooled socket when the agent gives it up, before the kernel does', () => {
    const { ends, others } = of({ ...idle(), node: [node({ name: 'agent.timeout' })] })
    expect(ends).toMatchObject({ mechanism: 'agent.timeout', earliest: expect.closeTo(3000, -1), code: null })
    expect(others).toMatchObject([{ mechanism: 'keep-alive' }])
  })

  it('end a request that is not complete at the first check after headersTimeout', () => {
    const timers = [node({ name: 'server.headersTimeout', milliseconds: 60_000, due: 60_000, checkedEvery: 30_000 })]
    const { earliest, latest, code } = endOf({ ...stateOf(), node: timers })
    expect({ code, earliest: Math.round(earliest / 1000), latest: Math.round(latest / 1000) }).toEqual({
      code: 'ERR_HTTP_REQUEST_TIMEOUT',
      earliest: 60,
      latest: 90,
    })
  })

  it('of socket.setTimeout() end nothing', () => {
    const { ends, findings } = of({ ...stateOf(), node: [node({ name: 'socket.setTimeout' })] })
    expect(ends).toBeNull()
    expect(findings.map(({ code }) => code)).toContain('node-timeout-ends-nothing')
  })

  it('end one attempt of several before the SYN is ever sent again', () => {
    const attempt = node({ name: 'autoSelectFamilyAttemptTimeout', milliseconds: 250, due: undefined })
    const { ends, others, findings } = of({ ...connecting(), node: [attempt] })
    expect(ends).toMatchObject({ mechanism: 'autoSelectFamilyAttemptTimeout', earliest: 0, code: 'ETIMEDOUT' })
    expect(others[0]?.mechanism).toBe('SYN retransmission')
    expect(findings.map(({ code }) => code)).toContain('attempt-shorter-than-connect')
  })
})

describe('what could not be read', () => {
  it('widens the window to what every kernel allows', () => {
    const known = endOf(sending({ TCP_USER_TIMEOUT: 3000 }))
    const wide = endOf({ ...sending({ TCP_USER_TIMEOUT: 3000 }), timer: undefined }, { jiffy: undefined })
    expect(wide.earliest).toBeLessThan(known.earliest)
    expect(wide.latest).toBeGreaterThan(known.latest)
  })

  it('is listed, and never taken for a default', () => {
    const { ends, unknown } = of(sending({ TCP_USER_TIMEOUT: undefined }), { jiffy: undefined })
    expect(ends).toMatchObject({ latest: Infinity })
    expect(unknown.join()).toMatch(/HZ/)
  })

  it('of a socket that is not TCP is everything', () => {
    for (const protocol of ['mptcp', 'other'] as const) {
      const { ends, state, unknown, text } = of(stateOf({ protocol }))
      expect({ ends, state }).toEqual({ ends: null, state: 'UNKNOWN' })
      expect(unknown).toHaveLength(1)
      expect(text).toMatch(/^Not known/)
    }
  })

  it('moves both ends of the window by the time that the look took', () => {
    const { earliest, latest } = endOf({ ...connecting(), spread: 50 })
    const still = endOf(connecting())
    expect(still.earliest - earliest).toBeGreaterThanOrEqual(50)
    expect(latest).toBeGreaterThanOrEqual(still.latest)
  })
})

describe('an explanation', () => {
  it('is frozen and carries the moment of the look', () => {
    const explanation = of(connecting())
    expect(explanation.at).toBe(12_345)
    expect([explanation, explanation.ends, explanation.others, explanation.findings].every(Object.isFrozen)).toBe(true)
  })

  it('of every state is three to six lines, the answer first', () => {
    const states = [
      connecting(),
      sending(),
      sending({ TCP_USER_TIMEOUT: 3000 }),
      blocked(),
      idle(),
      stateOf(),
      stateOf({ protocol: 'other' }),
    ]
    const listening = stateOf({ info: { state: 'LISTEN' } })
    const closed = stateOf({ info: { state: 'CLOSE' } })
    const waiting = stateOf({ isClosed: true, info: { state: 'TIME_WAIT' }, timer: timer('timeWait', 30_000) })
    for (const state of [...states, listening, closed, waiting]) {
      const lines = of(state).text.split('\n')
      expect(lines.length, of(state).text).toBeGreaterThanOrEqual(3)
      expect(lines.length, of(state).text).toBeLessThanOrEqual(6)
      expect(
        lines.every(line => line.length > 10),
        of(state).text,
      ).toBe(true)
    }
  })
})
