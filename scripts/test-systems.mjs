#!/usr/bin/env node
/**
 * DOES the library work on other processors, kernels and C libraries? Each file of scripts/systems says which systems it can run here.
 *   (no arguments)             all of them; writes the table of docs/platforms.md, which the other forms leave as it is
 *   --quick                    the few that are meant for every change
 *   WORD...                    those whose names contain one of the words
 *   --random N [--seed SEED]   takes the tarball of npm pack, and out of it N of the binaries that can be run here
 *   --jobs N                   as many at the same time; usually one for each processor
 */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { certificates, makeApp } from './runtimes/app.mjs'
import { Missing } from './runtimes/fetch.mjs'
import { nothing } from './runtimes/run.mjs'
import { takeBinariesFrom } from './systems/parts/binary.mjs'
import { choose, newSeed } from './systems/parts/choice.mjs'
import { binariesIn, unpackPackage } from './systems/parts/package.mjs'
import { describeSystem, writeSystems } from './systems/parts/report.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    random: { type: 'string' },
    seed: { type: 'string', default: newSeed() },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
})
const jobs = Number(values.jobs)
if (!Number.isInteger(jobs) || jobs < 1) throw new RangeError(`--jobs is a number from 1, not ${values.jobs}`)
const isWhole = !values.quick && values.random === undefined && positionals.length === 0

const folder = new URL('systems/', import.meta.url)
const modules = readdirSync(folder).filter(name => name.endsWith('.mjs'))
const systems = (await Promise.all(modules.map(async name => (await import(new URL(name, folder))).systems))).flat()
const temporary = mkdtempSync(join(tmpdir(), 'systems-'))

/** The packed package in the place of the built one, with one of its binaries at a time. */
let packed

function chooseSystems() {
  if (values.quick) return systems.filter(({ isQuick }) => isQuick)
  if (values.random !== undefined) return chooseRandomly(Number(values.random))
  return isWhole ? systems : systems.filter(({ name }) => positionals.some(word => name.includes(word)))
}

/** One system for each binary that is taken: the first that can be run. */
function chooseRandomly(count) {
  packed = unpackPackage(temporary)
  takeBinariesFrom(join(packed, 'prebuilds'))
  const binaries = binariesIn(packed)
  const runnable = systems.filter(system => binaries.includes(system.binary) && system.needs() === undefined)
  const chosen = choose(
    runnable.map(({ binary }) => binary),
    count,
    values.seed,
  )
  console.log(`of ${binaries.length} binaries in the package, seed ${values.seed} takes ${chosen.join(', ')}`)
  return chosen.map(binary => runnable.find(system => system.binary === binary))
}

/** Each system has an app and a folder of its own, so that none can leave anything to the next. */
async function outcomeOf(system) {
  const reason = system.needs()
  if (reason !== undefined) return { skipped: reason }
  const { folder: app, remove } = makeApp()
  const own = mkdtempSync(join(temporary, 'system-'))
  try {
    cpSync(certificates, join(app, 'certificates'), { recursive: true })
    if (packed !== undefined) cpSync(join(packed, 'dist'), join(app, 'node_modules', 'getsockopt', 'dist'), { recursive: true })
    return await system.run({ app, temporary: own })
  } catch (error) {
    if (error instanceof Missing) return { skipped: error.message }
    return { ...nothing(), failed: [error.message] }
  } finally {
    remove()
    rmSync(own, { recursive: true, force: true })
  }
}

const chosen = chooseSystems()
const outcomes = new Map()
const waiting = chosen.values()

/** One of as many that run at the same time as --jobs allows; each takes the next system. */
async function runNext() {
  for (const system of waiting) {
    const start = performance.now()
    const outcome = await outcomeOf(system)
    outcomes.set(system, outcome)
    console.log(`${system.name}: ${describeSystem(outcome)} (${((performance.now() - start) / 1000).toFixed(0)} s)`)
  }
}

try {
  await Promise.all(Array.from({ length: jobs }, runNext))
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
const rows = chosen.map(system => ({ system, outcome: outcomes.get(system) }))
if (isWhole) writeSystems(rows)
const count = test => rows.filter(({ outcome }) => test(outcome)).length
const failed = count(outcome => outcome.failed?.length > 0)
const skipped = count(outcome => outcome.skipped !== undefined)
console.log(`${rows.length - failed - skipped} systems passed, ${failed} failed, ${skipped} not run`)
process.exitCode = failed === 0 && rows.length > 0 ? 0 : 1
