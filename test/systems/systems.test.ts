/** What the runs on other systems rest on: the report of a guest, the outcome of a program, and which binaries a seed takes. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'

const load = (name: string): Promise<Record<string, any>> => import(new URL(`../../scripts/${name}`, import.meta.url).href)
const { readReport } = await load('systems/parts/guest.mjs')
const { joinOutcomes, outcomesOf } = await load('systems/parts/outcome.mjs')
const { choose } = await load('systems/parts/choice.mjs')
const { judgeRun } = await load('runtimes/run.mjs')
const { tableOf } = await load('written-table.mjs')

/** What a guest writes of these files, as init.sh does, with the line ends of a serial line. */
function consoleOf(files: Record<string, string>): string {
  const bytes = Buffer.concat(Object.entries(files).map(([name, text]) => Buffer.from(`${name} ${Buffer.byteLength(text)}\n${text}`)))
  const lines = (bytes.toString('base64').match(/.{1,76}/g) ?? []).map(line => `@@ ${line}`)
  return [...lines, `@@@ ${createHash('md5').update(bytes).digest('hex')}`, ''].join('\r\n')
}

const outcome = { runtime: 'Node', version: '20.20.2', passed: 3, hidden: [], absent: ['net.BoundSocket'], failed: [] }
const files = {
  '0.ended': '0\n',
  '0.errors': '',
  '0.output': `${JSON.stringify(outcome)}\n`,
  kernel: '6.1.0 #1 Debian 6.1.176-1 (2026-07-02)\n',
}

describe('the report of a guest', () => {
  it('is found among what the firmware and the kernel write', () => {
    const text = consoleOf(files).replaceAll('\r\n@@', '\r\n[ 12.3] random: crng init done\r\n@@')
    const report = readReport(`\u001bcSeaBIOS\r\n\r\n${text}[ 13.0] reboot: Power down\r\n`)
    expect(Object.fromEntries(report)).toEqual(files)
    expect(outcomesOf(report, ['esm.mjs'])).toEqual([outcome])
  })
  it('is refused if a line is lost, and missed if there is none', () => {
    const lines = consoleOf(files).split('\r\n')
    expect(() => readReport(lines.toSpliced(1, 1).join('\r\n'))).toThrow('damaged')
    expect(() => readReport('Kernel panic - not syncing\r\n')).toThrow('it wrote last: Kernel panic')
  })
  it('fails a program that it does not mention', () => {
    expect(outcomesOf(new Map(), ['answers.mjs'])).toMatchObject([{ passed: 0, failed: ['answers.mjs did not run'] }])
  })
})

describe('the outcome of a program', () => {
  const line = JSON.stringify(outcome)
  it('is its last line, if it ended well', () => {
    expect(judgeRun({ ended: 0, output: `noise\n${line}\n`, errors: 'a warning' })).toEqual(outcome)
  })
  it('is a failure if it died, or said nothing', () => {
    expect(judgeRun({ ended: 'SIGSEGV', output: line, errors: '' }).failed).toEqual(['SIGSEGV: '])
    const errors = 'node:fs:1\n  throw error\nTypeError: no such thing\n  at x'
    expect(judgeRun({ ended: 1, output: '', errors }).failed).toEqual(['no outcome, exit 1: TypeError: no such thing'])
  })
  it('adds up with the others of its system', () => {
    const other = { ...outcome, passed: 4, absent: ['TCP_INFO.rcvWnd'], failed: ['a'] }
    expect(joinOutcomes([outcome, other])).toEqual({ ...outcome, passed: 7, absent: ['net.BoundSocket', 'TCP_INFO.rcvWnd'], failed: ['a'] })
  })
})

describe('the binaries that a seed takes', () => {
  const names = ['linux-arm64', 'linux-ia32', 'linux-s390x', 'linux-x64', 'win32-x64']
  it('are the same in any order, and as many as asked for', () => {
    const chosen = choose(names, 3, '7')
    expect(choose([...names, ...names].reverse(), 3, '7')).toEqual(chosen)
    expect(new Set(chosen).size).toBe(3)
    expect(choose(names, 9, '7')).toHaveLength(5)
  })
  it('are others with other seeds, and each is taken by some', () => {
    const taken = Array.from({ length: 50 }, (_, seed) => choose(names, 1, String(seed))[0])
    expect(new Set(taken)).toEqual(new Set(names))
  })
})

it('a table keeps its cells on one line', () => {
  expect(tableOf(['a', 'b'], [['x\ny', 'p | q']])).toEqual(['| a | b |', '|---|---|', '| x y | p \\| q |'])
})
