import { describe, expect, it } from 'vitest'
// @ts-expect-error plain JavaScript, which the benchmarks run as it is
import { join, quantile, ratio, summarize } from '../../../bench/statistics.js'

const contender = (name: string, ...times: number[]) => ({ name, times })

describe('a quantile', () => {
  it('lies between neighbours in proportion, whatever the order', () => {
    expect(quantile([40, 10, 30, 20], 0.5)).toBe(25)
    expect(quantile([5, 1, 3], 0.5)).toBe(3)
    expect(quantile([0, 10], 0.9)).toBe(9)
    expect([quantile([7], 0), quantile([7], 1)]).toEqual([7, 7])
  })

  it('leaves the values in their order', () => {
    const values = [3, 1, 2]
    quantile(values, 0.5)
    expect(values).toEqual([3, 1, 2])
  })

  it('of nothing is refused', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError)
  })

  it('of 0 to 100 says where 8 of 10 lie', () => {
    expect(summarize(Array.from({ length: 101 }, (_, index) => index))).toEqual({ median: 50, p10: 10, p90: 90 })
  })
})

describe('a ratio', () => {
  it('is taken within each round, and so does not see how fast the machine was', () => {
    const contenders = [contender('C', 100, 1000, 10_000), contender('ours', 120, 1200, 12_000)]
    expect(ratio(contenders, 'ours', 'C')).toEqual({ median: 1.2, p10: 1.2, p90: 1.2 })
  })

  it('is not that of the medians', () => {
    expect(ratio([contender('C', 1, 2, 9), contender('ours', 3, 2, 9)], 'ours', 'C').median).toBe(1)
  })

  it('of a contender that is not there is refused', () => {
    expect(() => ratio([contender('C', 1)], 'ours', 'C')).toThrow('no contender ours')
  })
})

describe('answers of several processes', () => {
  it('are joined round by round, contender by contender', () => {
    const answer = (...times: number[]) => ({
      series: [{ title: 't', base: 'C', contenders: [contender('C', ...times)] }],
      facts: [1],
      skipped: [],
    })
    const joined = join([answer(1, 2), answer(3)])
    expect(joined).toEqual({ series: [{ title: 't', base: 'C', contenders: [contender('C', 1, 2, 3)] }], facts: [1], skipped: [] })
  })
})
