/** The model against what was measured on a kernel. */
import { describe, expect, it } from 'vitest'
import { explain } from '../../../src/timeouts/explain/explain.js'
import type { Ending } from '../../../src/timeouts/explain/state.js'
import { measurements } from './measured.js'
import { defaults } from './states.js'

/** The timeout that a tail-loss probe puts off, ms: whether it is sent depends on what the machine's queues hold, which nothing tells. */
const PUT_OFF = 208

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

  it('predicts half of them within 2.5 % of the time, and all within 14 % and the timeout that a tail-loss probe may put off', () => {
    const windows = measurements.map(predict)
    const sorted = windows.map(({ earliest, latest }) => (latest - earliest) / latest).toSorted((one, other) => one - other)
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(0.025)
    for (const { earliest, latest } of windows) expect((latest - earliest - PUT_OFF) / latest).toBeLessThan(0.14)
  })
})
