/** DOES `npm run bench` keep its word? What it writes, how it ends, and what the README makes of it. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
// @ts-expect-error plain JavaScript, which the benchmarks run as it is
import { ask } from '../../bench/ask.js'
// @ts-expect-error the same
import { chooseQuestions, listNames, readQuestion } from '../../bench/questions.js'
// @ts-expect-error the same
import { tryPeer } from '../../bench/trial.js'
import { isLinux, needs } from '../support/needs.js'
import { event, until } from '../support/wait.js'

const notHere = 'the benchmarks are written for Linux'
const root = fileURLToPath(new URL('../..', import.meta.url))
const main = join(root, 'bench', 'main.js')
const folder = mkdtempSync(join(tmpdir(), 'getsockopt-bench-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
const readText = (name: string): string => readFileSync(join(root, name), 'utf8')
const figuresOf = (text: string): string[] => text.match(/\d+(?:[.,]\d+)*/g) ?? []

describe('the README', () => {
  const [, quoted] = /<!-- written by npm run bench -->([\s\S]*?)<!-- end -->/.exec(readText('README.md')) ?? []

  it('quotes figures of the benchmarks', () => {
    expect(figuresOf(quoted ?? '').length).toBeGreaterThan(3)
  })

  it('quotes no figure that docs/benchmarks.md does not have', () => {
    const there = new Set(figuresOf(readText('docs/benchmarks.md')))
    expect(figuresOf(quoted ?? '').filter(figure => !there.has(figure))).toEqual([])
  })
})

describe('the questions', () => {
  it.each(listNames() as string[])('%s says what it is', async name => {
    const { title, targets, processes, flags } = await readQuestion(name)
    expect(title).toMatch(/^[A-Z].*\?$/)
    expect(processes).toBeGreaterThan(0)
    expect(flags).toBeInstanceOf(Array)
    for (const { of, limit } of targets) expect([typeof of, typeof limit]).toEqual(['string', 'number'])
    expect(readText('docs/benchmarks.md')).toContain(title)
  })

  it('are chosen by name, or all', async () => {
    const names = (questions: { name: string }[]) => questions.map(({ name }) => name)
    expect(names(await chooseQuestions([]))).toEqual(listNames())
    expect(names(await chooseQuestions(['set', 'int-get', 'set']))).toEqual(['set', 'int-get'])
  })

  it.for([[['set', 'in-get']], [['--quik']]])('%j is refused with exit code 2 and what there is', ([args = []], ctx) => {
    needs(ctx, isLinux, notHere)
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/there is no question in-get; there are connect, import-time, int-get|Unknown option '--quik'/)
  })
})

describe('another package', () => {
  it('that does not run here is left out, with what it said', async ctx => {
    needs(ctx, isLinux, notHere)
    needs(ctx, !isBuiltin('node:ffi'), 'this Node has node:ffi')
    expect(tryPeer('node:ffi', undefined)).toEqual({ reason: expect.stringMatching(/^node:ffi ended with exit code 1: .*node:ffi/) })
  })
})

describe('a question', () => {
  const questions = pathToFileURL(`${folder}/`)
  const { signal } = new AbortController()
  const askFor = async (name: string, code: string) => {
    writeFileSync(join(folder, `${name}.js`), `export const title = 'Is it?'\n${code}`)
    return ask(await readQuestion(name, questions), { isQuick: true, signal, questions })
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')

  it('answers from a process of its own, with its flags', async ctx => {
    needs(ctx, isLinux, notHere)
    const code = `export const flags = ['--expose-gc']
      export const run = ({ isQuick }) => ({ facts: [{ what: typeof gc, unit: String(isQuick), median: process.ppid }] })`
    const { facts } = await askFor('fine', code)
    expect(facts).toEqual([{ what: 'function', unit: 'true', median: process.pid }])
  })

  it.for([
    ['throws', "export const run = () => { throw new Error('broken here') }", /ended with 1: [\s\S]*broken here/],
    ['dies', "export const run = () => process.kill(process.pid, 'SIGSEGV')", /ended with SIGSEGV/],
    ['says-nothing', 'export const run = () => process.exit(0)', /ENOENT/],
  ] as const)('that %s has failed, and takes nothing with it', async ([name, code, reason], ctx) => {
    needs(ctx, isLinux, notHere)
    const answer = await askFor(name, code)
    expect(answer.failed).toMatch(reason)
    expect(answer).toMatchObject({ series: [], facts: [], skipped: [] })
  })

  it('is cut short by Ctrl-C: nothing runs on and nothing is left behind', async ctx => {
    needs(ctx, isLinux, notHere)
    const temporary = mkdtempSync(join(folder, 'tmp-'))
    const bench = spawn(process.execPath, [main, 'import-time'], { env: { ...process.env, TMPDIR: temporary } })
    const said: string[] = []
    bench.stderr.on('data', chunk => said.push(String(chunk)))
    const children = () => readFileSync(`/proc/${bench.pid}/task/${bench.pid}/children`, 'utf8').trim()
    const child = Number(await until(() => children() || undefined))
    bench.kill('SIGINT')
    const [code] = await event(bench, 'close')
    expect({ code, said: said.join('') }).toEqual({ code: 130, said: 'interrupted; nothing was written\n' })
    expect(() => process.kill(child, 0)).toThrow('ESRCH')
    expect(readdirSync(temporary)).toEqual([])
  })
})
