/** The model against an independent simulation of the kernel's timers: thousands of connections that die, looked at in the middle of it. */
import { describe, expect, it } from 'vitest'
import { explain } from '../../../src/timeouts/explain/explain.js'
import type { State, Sysctls } from '../../../src/timeouts/explain/state.js'
import { pick, seeded } from '../../support/random.js'
import { type Life, liveData, liveKeepAlive, liveProbe, liveSyn } from '../../support/tcp-timers.js'
import { type Difference, defaults, stateOf } from './states.js'

const CASES = 1500
const LOOKS = 3

interface Look {
  readonly state: State
  readonly sysctls: Sysctls
}

/** What a look that reads everything finds. */
const whole = (life: Life, found: Difference): Look => ({ state: stateOf(found), sysctls: { ...defaults, ...life.sysctls } })

/** One that cannot read everything: no sock_diag, an older kernel, no HZ, no sysctls. */
function partly(life: Life, found: Difference, next: () => number): Look {
  const lost = pick(next, ['timer', 'total', 'jiffy', 'sysctls', 'maximum', 'user', 'all'])
  const loses = (name: string) => lost === name || (lost === 'all' && name !== 'user')
  const unknownTotal = { totalRto: undefined, totalRtoTime: undefined, totalRtoRecoveries: undefined }
  const settings = {
    ...found.settings,
    ...(loses('maximum') ? { TCP_RTO_MAX_MS: undefined } : {}),
    ...(loses('user') ? { TCP_USER_TIMEOUT: undefined } : {}),
  }
  const state = stateOf({ ...found, settings, info: { ...found.info, ...(loses('total') ? unknownTotal : {}) } })
  const sysctls = { ...defaults, ...life.sysctls }
  const names = Object.keys(sysctls).filter(name => (name === 'jiffy' ? loses('jiffy') : loses('sysctls')))
  return {
    state: loses('timer') ? { ...state, timer: undefined } : state,
    sysctls: { ...sysctls, ...Object.fromEntries(names.map(name => [name, undefined])) },
  }
}

interface Judged {
  readonly misses: readonly string[]
  /** ms */
  readonly widths: readonly number[]
}

function judge(seed: number, live: (next: () => number) => Life, see: (life: Life, found: Difference, next: () => number) => Look): Judged {
  const next = seeded(seed)
  const [misses, widths]: [string[], number[]] = [[], []]
  for (let index = 0; index < CASES; index++) {
    const life = live(next)
    for (let look = 0; look < LOOKS; look++) {
      const time = life.begin + next() * (life.end - life.begin)
      const { state, sysctls } = see(life, life.lookAt(time), next)
      const { ends, others } = explain(state, sysctls, 0)
      const window = [ends, ...others].find(one => one?.mechanism === life.by) ?? ends ?? others[0]
      const left = life.end - time
      if (window === undefined || left < window.earliest || left > window.latest)
        misses.push(
          `${life.kind} ${life.told}: at ${time} of ${life.end}, ${left} left, not in ${window?.earliest} to ${window?.latest}: ${JSON.stringify({ info: state.info, timer: state.timer })}`,
        )
      widths.push(window === undefined ? Infinity : window.latest - window.earliest)
    }
  }
  return { misses, widths }
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] as number

/** The widest that the median window may be, ms: the granule of a keep-alive's hours is minutes. */
const lives = [
  { kind: 'a SYN', live: liveSyn, widest: 150 },
  { kind: 'unacknowledged data', live: liveData, widest: 150 },
  { kind: 'a closed window', live: liveProbe, widest: 150 },
  { kind: 'keep-alive', live: liveKeepAlive, widest: 6000 },
]

describe('a prediction', () => {
  it.each(lives)('holds the end that a simulated kernel finds for $kind, and is narrow', { timeout: 120_000 }, ({ kind, live, widest }) => {
    const { misses, widths } = judge(1, live, whole)
    console.log(`${kind}: ${widths.length} looks, ${misses.length} misses, median window ${median(widths).toFixed(0)} ms`)
    expect(misses.slice(0, 3)).toEqual([])
    expect(median(widths)).toBeLessThan(widest)
  })

  it.each(lives)('holds it as well where something could not be read, for $kind', { timeout: 120_000 }, ({ live }) => {
    const { misses } = judge(2, live, partly)
    expect(misses.slice(0, 3)).toEqual([])
  })
})
