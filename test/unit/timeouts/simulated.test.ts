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

/** ms, and as a part of the whole life. */
interface Width {
  readonly width: number
  readonly share: number
}

interface Judged {
  readonly misses: readonly string[]
  readonly widths: readonly Width[]
}

function judge(seed: number, live: (next: () => number) => Life, see: (life: Life, found: Difference, next: () => number) => Look): Judged {
  const next = seeded(seed)
  const [misses, widths]: [string[], Width[]] = [[], []]
  for (let index = 0; index < CASES; index++) {
    const life = live(next)
    for (let look = 0; look < LOOKS; look++) {
      const time = life.begin + next() * (life.end - life.begin)
      const { state, sysctls } = see(life, life.lookAt(time), next)
      const { ends, others } = explain(state, sysctls, 0)
      const window = ends ?? others[0]
      const left = life.end - time
      if (window === undefined || left < window.earliest || left > window.latest)
        misses.push(
          `${life.kind} ${life.told}: at ${time} of ${life.end}, ${left} left, not in ${window?.earliest} to ${window?.latest}: ${JSON.stringify({ info: state.info, timer: state.timer })}`,
        )
      const width = window === undefined ? Infinity : window.latest - window.earliest
      widths.push({ width, share: width / life.end })
    }
  }
  return { misses, widths }
}

const median = (numbers: readonly number[]): number => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] as number

const lives = [
  { kind: 'a SYN', live: liveSyn },
  { kind: 'unacknowledged data', live: liveData },
  { kind: 'a closed window', live: liveProbe },
  { kind: 'keep-alive', live: liveKeepAlive },
]

describe('a prediction', () => {
  it.each(lives)('holds the end that a simulated kernel finds for $kind, and is narrow', ({ kind, live }) => {
    const { misses, widths } = judge(1, live, whole)
    console.log(
      `${kind}: ${widths.length} looks, median window ${median(widths.map(({ width }) => width)).toFixed(0)} ms, ${(100 * median(widths.map(({ share }) => share))).toFixed(2)} % of the life`,
    )
    expect(misses.slice(0, 3)).toEqual([])
    expect(median(widths.map(({ share }) => share))).toBeLessThan(0.02)
  })

  it.each(lives)('holds it as well where something could not be read, for $kind', ({ live }) => {
    const { misses } = judge(2, live, partly)
    expect(misses.slice(0, 3)).toEqual([])
  })
})
