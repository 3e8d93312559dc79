/** The model against what was measured on a kernel. */
import { describe, expect, it } from 'vitest'
import { explain } from '../../../src/timeouts/explain/explain.js'
import type { Ending } from '../../../src/timeouts/explain/state.js'
import { measurements } from './measured.js'
import { defaults } from './states.js'

/** The poll that saw the beginning and the end, ms. */
const POLL = 20

const predict = ({ state, sysctls }: (typeof measurements)[number]): Ending =>
  explain(state, { ...defaults, ...sysctls }, 0).ends ?? expect.fail('nothing ends it')

describe('the model', () => {
  it.each(measurements)('predicts $name: $measured s', row => {
    const { earliest, latest, code } = predict(row)
    expect(row.measured * 1000).toBeGreaterThan(earliest - POLL)
    expect(row.measured * 1000 - (row.begun ?? 0) * 1000).toBeLessThan(latest + POLL)
    expect(code).toBe('ETIMEDOUT')
  })

  it('predicts half of them within 2.5 % of the time, and all within 14 %', () => {
    const widths = measurements.map(row => {
      const { earliest, latest } = predict(row)
      return (latest - earliest) / latest
    })
    const sorted = widths.toSorted((one, other) => one - other)
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(0.025)
    expect(sorted.at(-1)).toBeLessThan(0.14)
  })
})
