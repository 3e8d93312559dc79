import { describe, expect, it } from 'vitest'
// @ts-expect-error plain JavaScript, which the benchmarks run as it is
import { amount, spread } from '../../../bench/figures.js'
// @ts-expect-error the same
import { judge } from '../../../bench/judge.js'
// @ts-expect-error the same
import { replaceBetween, writePage } from '../../../bench/page.js'
// @ts-expect-error the same
import { writeQuotes } from '../../../bench/quote.js'
// @ts-expect-error the same
import { show } from '../../../bench/show.js'

interface Figures {
  times(name: string): string
  nanoseconds(name: string): string
  fact(what: string): string
}
const question = {
  name: 'q',
  title: 'How long?',
  remarks: ['A remark.'],
  targets: [
    { of: "get(socket, 'X')", over: 'C loop', limit: 1.25 },
    { of: 'the size', limit: 1000 },
  ],
  quote: ({ times, nanoseconds, fact }: Figures) =>
    `It takes ${times("get(socket, 'X')")} times, ${nanoseconds('C loop')} ns, ${fact('the size')} bytes.`,
}
const answer = {
  series: [
    {
      title: 'Reading X',
      base: 'C loop',
      contenders: [
        { name: 'C loop', times: [1000, 1000] },
        { name: "get(socket, 'X')", times: [1500, 1500] },
      ],
    },
  ],
  facts: [{ what: 'the size', unit: 'bytes', median: 12_345 }],
  skipped: ['a | b is not here'],
}
const report = judge(question, answer)

describe('a figure', () => {
  it.each([
    [0.001, '0.00'],
    [1.234, '1.23'],
    [12.34, '12.3'],
    [99.96, '100.0'],
    [123.4, '123'],
    [1234.5, '1,235'],
    [-0.2, '-0.20'],
    [12, '12'],
    [-3000, '-3,000'],
  ])('%f is written %s', (number, text) => {
    expect(amount(number)).toBe(text)
  })

  it('has a spread if it was measured more than once', () => {
    expect(spread({ median: 1, p10: 0.5, p90: 2 }, amount)).toBe('1 [0.50 .. 2]')
    expect(spread({ median: 1 }, amount)).toBe('1')
  })
})

describe('the page', () => {
  const page: string = writePage('a machine', [report]).join('\n')

  it('has a row for each target, with the verdict', () => {
    expect(page).toContain("| [q](#q) | `get(socket, 'X')` | at most 1.25 times C loop | 1.500 [1.500 .. 1.500] | **missed** |")
    expect(page).toContain('| [q](#q) | the size | at most 1,000 bytes | 12,345 | **missed** |')
  })

  it('has a table for each series, the facts, the remarks, the machine, and what was skipped', () => {
    expect(page).toContain("| `get(socket, 'X')` | 1,500 [1,500 .. 1,500] | 1.50 [1.50 .. 1.50] |")
    expect(page).toContain('| the size | 12,345 | bytes |')
    for (const text of ['Measured on a machine.', '### q', 'How long?', 'A remark.', 'Not measured: a \\| b is not here']) {
      expect(page).toContain(text)
    }
  })

  it('says what a question that failed has said', () => {
    const failed = judge(question, { series: [], facts: [], skipped: [], failed: 'ended with SIGSEGV' })
    expect(writePage('a machine', [failed]).join('\n')).toContain('**Failed**: ended with SIGSEGV')
    expect(show(failed)).toContain('FAILED: ended with SIGSEGV')
  })

  it('is replaced between its markers and nowhere else', () => {
    expect(replaceBetween('before <a> old <b> after', ['<a>', '<b>'], ['new'])).toBe('before <a>\n\nnew\n\n<b> after')
    expect(() => replaceBetween('<b> <a>', ['<a>', '<b>'], [])).toThrow('not in this order')
  })
})

describe('what the README quotes', () => {
  it('is written as the page has it', () => {
    expect(writeQuotes([question], [report])).toEqual(['- It takes 1.50 times, 1,000 ns, 12,345 bytes.'])
  })

  it('leaves out a sentence of which something was not measured', () => {
    const empty = judge(question, { series: [], facts: [], skipped: ['no network'] })
    expect(writeQuotes([question, { name: 'quiet' }], [empty, empty])).toEqual([])
  })
})
