/** DO the fuzzers find what is there to be found? Mistakes that were planted, each with the output that it must lead to. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, type TestContext } from 'vitest'
import { isLinux, needs } from '../support/needs.js'

const program = (name: string) => fileURLToPath(new URL(`${name}.mjs`, import.meta.url))

/** Milliseconds: each test starts programs that compile the sources first. */
const TIMEOUT = 300_000

function run(name: string, flags: string[], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program(name), ...flags], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  })
  return { status, stderr, stdout, last: stdout.trim().split('\n').at(-1) ?? '' }
}

describe('the search of codecs.mjs', () => {
  const SEED = '2'
  const MOST = '300000'

  it('finds a mistake behind four conditions because it is guided, and not by chance', { timeout: TIMEOUT }, () => {
    const guided = JSON.parse(run('codecs', ['--planted', 'guided', '--seed', SEED, '--runs', MOST]).last)
    const blind = JSON.parse(run('codecs', ['--planted', 'blind', '--seed', SEED, '--runs', MOST]).last)
    expect(guided).toEqual({ isFound: true, runs: expect.any(Number) })
    expect(blind).toEqual({ isFound: false, runs: Number(MOST) })
  })

  it('is the same for the same seed, and another for another', { timeout: TIMEOUT }, () => {
    const figures = (seed: string) => {
      const { perSecond: _, ...others } = JSON.parse(run('codecs', ['--codec', 'linger', '--runs', '600000', '--seed', seed]).last)
      return others
    }
    const once = figures(SEED)
    expect(figures(SEED)).toEqual(once)
    expect(figures('3')).not.toEqual(once)
  })
})

describe('random calls', () => {
  /** One epoch, with calls of a planted mistake among the others. */
  function withMistake(context: TestContext, mistake: string, epochs: string) {
    needs(context, isLinux, 'the sockets are those of Linux')
    needs(context, existsSync('/proc/self/fd'), 'no /proc')
    const outcome = run('calls', ['--epoch', epochs, '--also', program('planted-calls')], { PLANTED: mistake })
    needs(context, !outcome.last.startsWith('SKIPPED'), outcome.last)
    return outcome
  }

  it.for([
    ['a descriptor that stays open', 'leak', /descriptor \d+ stays open: \/dev\/null/],
    ['an error that is not documented', 'undocumented', /planted, call \d+ of epoch 0: code ERR_PLANTED/],
    ['a promise that rejects with one', 'rejection', /planted, call \d+ of epoch 0: of no documented class/],
    ['one that nobody can catch', 'uncaught', /event, call \d+ of epoch 0: uncaught/],
    ['the death of the process', 'death', /the process ended with SIGSEGV in epoch 0\n.*its last call: # \d+: planted/s],
  ] as const)('find %s, and say how to repeat it', { timeout: TIMEOUT }, ([, mistake, finding], context) => {
    const { status, stdout } = withMistake(context, mistake, '0')
    expect(stdout).toMatch(finding)
    expect(stdout).toMatch(/repeat: node test\/fuzz\/calls\.mjs --seed 1 --epoch 0 --trace/)
    expect(status).toBe(1)
  })
})
