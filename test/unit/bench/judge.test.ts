import { describe, expect, it } from 'vitest'
// @ts-expect-error plain JavaScript, which the benchmarks run as it is
import { isBad, judge, leaveOut } from '../../../bench/judge.js'

const times = { of: 'ours', over: 'C', limit: 1.25 }
const size = { of: 'bytes', limit: 100 }
const question = (...targets: object[]) => ({ name: 'q', title: 'Q?', targets, remarks: [] })
const answer = (ours: number, bytes: number) => ({
  series: [
    {
      title: 'table',
      base: 'C',
      contenders: [
        { name: 'C', times: [100, 200] },
        { name: 'ours', times: [100 * ours, 200 * ours] },
      ],
    },
  ],
  facts: [{ what: 'bytes', unit: 'bytes', median: bytes }],
  skipped: [],
})

describe('a target', () => {
  it.each([
    [1.2, 100, [true, true]],
    [1.25, 101, [true, false]],
    [1.26, 99, [false, true]],
  ])('is met up to its limit: %f times, %i bytes', (ours, bytes, expected) => {
    const { targets } = judge(question(times, size), answer(ours, bytes))
    expect(targets.map(({ isMet }: { isMet: boolean }) => isMet)).toEqual(expected)
  })

  it('is about the series that it names', () => {
    const other = { ...answer(2, 1).series[0], title: 'other' }
    const both = { ...answer(1, 1), series: [...answer(1, 1).series, other] }
    const [one, two] = ['table', 'other'].map(series => judge(question({ ...times, series }), both).targets[0])
    expect([one.isMet, two.isMet]).toEqual([true, false])
  })

  it('of something that was skipped is not measured, and not bad', () => {
    const report = judge(question(times), { series: [], facts: [], skipped: ['no network'] })
    expect(report.targets[0].isMet).toBe(undefined)
    expect(isBad([report], 1)).toBe(false)
  })

  it('about nothing that was measured, with nothing skipped, is a mistake', () => {
    expect(() => judge(question({ ...times, of: 'outs' }), answer(1, 1))).toThrow('outs')
  })
})

describe('a question that is left out', () => {
  it('says why, and has no targets to miss', () => {
    const report = leaveOut(question(times, size), 'it takes minutes')
    expect(report).toMatchObject({ name: 'q', title: 'Q?', targets: [], tables: [], skipped: ['it takes minutes'] })
    expect(isBad([report], 1)).toBe(false)
  })
})

describe('a run', () => {
  it('is bad from so many times a limit on', () => {
    const report = judge(question(times), answer(1.8, 1))
    expect([isBad([report], 1), isBad([report], 1.4), isBad([report], 1.5)]).toEqual([true, true, false])
  })

  it('is bad if a question failed, whatever the limits', () => {
    const report = judge(question(times), { series: [], facts: [], skipped: [], failed: 'ended with SIGSEGV' })
    expect(isBad([report], Number.POSITIVE_INFINITY)).toBe(true)
  })
})
