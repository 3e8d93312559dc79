#!/usr/bin/env node
/**
 * DOES the library work on other processors, kernels and C libraries? Each file of scripts/systems says which systems it can run here. Writes the table of
 * docs/platforms.md. With --quick: the few that take a minute, and nothing is written. With words: the systems whose names contain one, likewise.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { certificates, makeApp } from './runtimes/app.mjs'
import { nothing } from './runtimes/run.mjs'
import { describeSystem, writeSystems } from './systems/parts/report.mjs'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { quick: { type: 'boolean', default: false } } })

const folder = new URL('systems/', import.meta.url)
const modules = readdirSync(folder).filter(name => name.endsWith('.mjs'))
const systems = (await Promise.all(modules.map(async name => (await import(new URL(name, folder))).systems))).flat()
const isWhole = !values.quick && positionals.length === 0
const isChosen = ({ name, isQuick }) => (values.quick ? isQuick : isWhole || positionals.some(word => name.includes(word)))

/** Each system has an app and a folder of its own, so that none can leave anything to the next. */
async function outcomeOf(system) {
  const reason = system.needs()
  if (reason !== undefined) return { skipped: reason }
  const { folder: app, remove } = makeApp()
  cpSync(certificates, join(app, 'certificates'), { recursive: true })
  const temporary = mkdtempSync(join(tmpdir(), 'systems-'))
  try {
    return await system.run({ app, temporary })
  } catch (error) {
    return { ...nothing(), failed: [error.message] }
  } finally {
    remove()
    rmSync(temporary, { recursive: true, force: true })
  }
}

const rows = []
for (const system of systems.filter(isChosen)) {
  const start = performance.now()
  const outcome = await outcomeOf(system)
  rows.push({ system, outcome })
  console.log(`${system.name}: ${describeSystem(outcome)} (${((performance.now() - start) / 1000).toFixed(0)} s)`)
}
if (isWhole) writeSystems(rows)
const count = test => rows.filter(({ outcome }) => test(outcome)).length
const failed = count(outcome => outcome.failed?.length > 0)
const skipped = count(outcome => outcome.skipped !== undefined)
console.log(`${rows.length - failed - skipped} systems passed, ${failed} failed, ${skipped} not run`)
process.exitCode = failed === 0 && rows.length > 0 ? 0 : 1
