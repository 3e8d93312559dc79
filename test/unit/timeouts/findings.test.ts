/** What the settings mean together: each finding, in the state that it is about and not in the same state with the change made. */
import { describe, expect, it } from 'vitest'
import { auditExplanations } from '../../../src/timeouts/explain/audit.js'
import { explain } from '../../../src/timeouts/explain/explain.js'
import type { FindingCode, State } from '../../../src/timeouts/explain/state.js'
import { blocked, connecting, defaults, idle, sending, stateOf } from './states.js'

const of = (state: State) => explain(state, defaults, 0)
const codesOf = (state: State): FindingCode[] => of(state).findings.map(({ code }) => code)

const attempt = { name: 'autoSelectFamilyAttemptTimeout', milliseconds: 250, due: 100, checkedEvery: 0, isListenedTo: false } as const
const timeout = { ...attempt, name: 'socket.setTimeout', milliseconds: 5000 } as const
const listening = (info: State['info'], settings: Partial<State['settings']> = {}) =>
  stateOf({ settings, info: { state: 'LISTEN', unacked: 0, sacked: 5, ...info } })

interface Case {
  readonly code: FindingCode
  readonly with: State
  readonly without: State
}

const cases: readonly Case[] = [
  { code: 'retransmits-now', with: sending({}, { retransmits: 2, backoff: 2 }), without: sending() },
  { code: 'window-closed', with: blocked(), without: sending() },
  { code: 'dead-peer-unnoticed', with: stateOf(), without: stateOf({ settings: { SO_KEEPALIVE: true } }) },
  { code: 'fin-wait-without-timer', with: stateOf({ info: { state: 'FIN_WAIT2' } }), without: idle() },
  {
    code: 'linger-freezes-event-loop',
    with: stateOf({ settings: { SO_LINGER: { onoff: true, linger: 3 } } }),
    without: stateOf({ settings: { SO_LINGER: { onoff: false, linger: 3 } } }),
  },
  { code: 'linger-resets', with: stateOf({ settings: { SO_LINGER: { onoff: true, linger: 0 } } }), without: stateOf() },
  { code: 'accept-queue-full', with: listening({ unacked: 6, sacked: 5 }), without: listening({ unacked: 5, sacked: 5 }) },
  { code: 'dead-peer-noticed-late', with: idle(), without: idle({ TCP_KEEPIDLE: 60 }) },
  { code: 'unacknowledged-for-minutes', with: idle(), without: idle({ TCP_USER_TIMEOUT: 30_000 }) },
  { code: 'user-timeout-ends-slow-reader', with: sending({ TCP_USER_TIMEOUT: 30_000 }), without: sending({ TCP_USER_TIMEOUT: 0 }) },
  { code: 'user-timeout-needs-keep-alive', with: sending({ TCP_USER_TIMEOUT: 30_000 }), without: idle({ TCP_USER_TIMEOUT: 30_000 }) },
  {
    code: 'user-timeout-lengthens-connect',
    with: connecting({ TCP_USER_TIMEOUT: 20_000, TCP_SYNCNT: 2 }),
    without: connecting({ TCP_USER_TIMEOUT: 5000, TCP_SYNCNT: 2 }),
  },
  { code: 'deferred-accept-hides-clients', with: listening({}, { TCP_DEFER_ACCEPT: 7 }), without: listening({}) },
  { code: 'attempt-shorter-than-connect', with: { ...connecting(), node: [attempt] }, without: connecting() },
  {
    code: 'node-timeout-ends-nothing',
    with: { ...stateOf(), node: [timeout] },
    without: { ...stateOf(), node: [{ ...timeout, isListenedTo: true }] },
  },
  { code: 'keep-alive-count-ignored', with: idle({ TCP_USER_TIMEOUT: 30_000 }), without: idle() },
  { code: 'fin-wait-quirk', with: stateOf({ settings: { TCP_LINGER2: 70 } }), without: stateOf({ settings: { TCP_LINGER2: 60 } }) },
  {
    code: 'receive-timeout-without-effect',
    with: stateOf({ settings: { SO_RCVTIMEO: 5000 } }),
    without: stateOf({ settings: { SO_RCVTIMEO: 5000 }, isNonBlocking: false }),
  },
  { code: 'send-timeout-without-effect', with: stateOf({ settings: { SO_SNDTIMEO: 5000 } }), without: stateOf() },
]

describe('findings', () => {
  it.each(cases)('has $code where it applies, and only there', ({ code, with: applies, without }) => {
    expect(codesOf(applies)).toContain(code)
    expect(codesOf(without)).not.toContain(code)
  })

  it('are sentences, and name what changes them where something does', () => {
    for (const { with: state } of cases) {
      for (const { message, change } of of(state).findings) {
        expect(message).toMatch(/^[A-Z].*\.$/)
        expect(message).not.toMatch(/undefined|NaN|Infinity/)
        if (change !== undefined) expect(change.why).toMatch(/^[a-z]/)
      }
    }
  })

  it('are not made of what is unknown', () => {
    const blank = stateOf({
      isNonBlocking: undefined,
      info: { state: 'ESTABLISHED', unacked: undefined, retransmits: undefined, sndWnd: undefined },
    })
    const settings = Object.fromEntries(Object.keys(blank.settings).map(name => [name, undefined])) as unknown as State['settings']
    expect(codesOf({ ...blank, settings, queues: { unread: undefined, unsent: undefined, neverSent: undefined } })).toEqual([])
  })
})

describe('audit', () => {
  it('gives the findings of many sockets, worst first, each with its place in the list', () => {
    const findings = auditExplanations(
      [idle({ TCP_KEEPIDLE: 60, TCP_USER_TIMEOUT: 30_000 }), stateOf({ settings: { SO_RCVTIMEO: 1 } })].map(of),
    )
    expect(findings.map(({ severity }) => severity)).toEqual(['high', 'medium', 'medium', 'low', 'low'])
    expect(findings[0]).toMatchObject({ code: 'dead-peer-unnoticed', index: 1 })
    expect(new Set(findings.map(({ index }) => index))).toEqual(new Set([0, 1]))
  })
})
