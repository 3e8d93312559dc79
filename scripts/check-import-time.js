#!/usr/bin/env node
/**
 * HOW LONG does the import of dist take, over that of an empty module? Pairs of processes, in turn. What counts is processor time: an import waits for
 * nothing but small files, and time by the clock measures what else the machine does. Of several rounds, each with its median, the least counts: whatever
 * else runs can only add. Exits 1 if that is over the budget.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const BUDGET = 15
const [ROUNDS, PAIRS] = [12, 15]

const folder = mkdtempSync(join(tmpdir(), 'import-time-'))
const empty = join(folder, 'empty.mjs')
writeFileSync(empty, '')
const library = new URL('../dist/index.js', import.meta.url).href

/** Milliseconds that an import takes a process of its own: of the processor, all threads together, and by the clock. */
function importOf(url) {
  const program = `const before = process.cpuUsage(), start = performance.now()
await import(${JSON.stringify(url)})
const clock = performance.now() - start, { user, system } = process.cpuUsage(before)
console.log(JSON.stringify({ clock, processor: (user + system) / 1000 }))`
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

const ascending = (a, b) => a - b
const median = numbers => numbers.toSorted(ascending)[numbers.length >> 1]
const show = numbers => `${median(numbers).toFixed(1)} [${Math.min(...numbers).toFixed(1)} .. ${Math.max(...numbers).toFixed(1)}]`

function round() {
  const pairs = Array.from({ length: PAIRS }, () => ({ base: importOf(pathToFileURL(empty).href), ours: importOf(library) }))
  const differences = kind => pairs.map(({ base, ours }) => ours[kind] - base[kind])
  return { processor: differences('processor'), clock: differences('clock') }
}

try {
  const rounds = []
  // A round below the budget settles it.
  do rounds.push(round())
  while (rounds.length < ROUNDS && Math.min(...rounds.map(({ processor }) => median(processor))) >= BUDGET)
  for (const { processor, clock } of rounds) console.log(`import: ${show(processor)} ms of the processor, ${show(clock)} ms by the clock`)
  const least = Math.min(...rounds.map(({ processor }) => median(processor)))
  console.log(`import: ${least.toFixed(1)} ms over an empty module, of ${BUDGET} at most`)
  process.exitCode = least < BUDGET ? 0 : 1
} finally {
  rmSync(folder, { recursive: true })
}
