/**
 * What does it all cost? `npm run bench -- [names] [--json] [--check]` runs the benchmarks of this folder, all or the named ones, and prints them.
 * `--check` exits with 1 if a target is missed. Each benchmark runs in three processes of its own, because V8 compiles the same code a little
 * differently each time, and their rounds are put together.
 */
import { spawnSync } from 'node:child_process'
import { cpus, release } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ratio, summarize } from './measure.js'

const PROCESSES = 3
const timed = { processes: PROCESSES, flags: [] }
const once = { processes: 1, flags: [] }
/** The benchmarks. Those that measure no time, or start processes themselves, run in one. */
const benchmarks = {
  'int-get': timed,
  'tcp-info': timed,
  snapshot: timed,
  set: timed,
  peers: once,
  memory: { processes: 1, flags: ['--expose-gc', '--max-semi-space-size=1'] },
  'import-time': once,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, check: { type: 'boolean' }, raw: { type: 'string' } },
})

/** In a process of its own: one benchmark, its rounds as JSON on the standard output. */
async function runRaw(name) {
  const { run } = await import(`./${name}.js`)
  process.stdout.write(JSON.stringify(await run()))
}

function spawn(name) {
  const path = fileURLToPath(import.meta.url)
  const { status, stdout, stderr } = spawnSync(process.execPath, [...benchmarks[name].flags, path, '--raw', name], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`)
  return JSON.parse(stdout)
}

/** The rounds of several processes as if they were those of one. */
function join(reports) {
  const [first] = reports
  const series = (first.series ?? []).map((one, index) => ({
    ...one,
    contenders: one.contenders.map(({ name }, which) => ({
      name,
      times: reports.flatMap(({ series }) => series[index].contenders[which].times),
    })),
  }))
  return { series, facts: first.facts ?? [], skipped: first.skipped ?? [] }
}

function judge({ series, facts, skipped }) {
  const tables = series.map(({ title, base, contenders, targets }) => ({
    title,
    base,
    rows: contenders.map(({ name, times }) => ({ name, nanoseconds: summarize(times), times: ratio(contenders, name, base) })),
    targets: targets.map(({ of, over, limit }) => {
      const measured = ratio(contenders, of, over)
      return { of, over, limit, measured, isMet: measured.median <= limit }
    }),
  }))
  return {
    tables,
    facts: facts.map(fact => ({ ...fact, isMet: fact.limit === undefined ? undefined : fact.median <= fact.limit })),
    skipped,
  }
}

const digits = (number, places) => number.toFixed(places)
const spread = ({ median, p10, p90 }, places) => `${digits(median, places)} [${digits(p10, places)} .. ${digits(p90, places)}]`
const verdict = isMet => (isMet ? 'met   ' : 'MISSED')

function print(name, { tables, facts, skipped }) {
  console.log(`\n# ${name}`)
  for (const { title, base, rows, targets } of tables) {
    console.log(`\n${title}: ns per call, and times the ${base}; medians [p10 .. p90]`)
    for (const row of rows) console.log(`  ${row.name.padEnd(58)} ${spread(row.nanoseconds, 0).padStart(22)}   ${spread(row.times, 2)}`)
    for (const { of, over, limit, measured, isMet } of targets)
      console.log(`  ${verdict(isMet)} ${of} takes ${spread(measured, 3)} times ${over}; at most ${limit}`)
  }
  if (facts.length > 0) console.log('')
  for (const { what, unit, median, p10, p90, limit, isMet } of facts) {
    const value = p10 === undefined ? digits(median, 3) : spread({ median, p10, p90 }, 1)
    console.log(
      `  ${isMet === undefined ? '      ' : verdict(isMet)} ${what}: ${value} ${unit}${limit === undefined ? '' : `; at most ${limit}`}`,
    )
  }
  for (const reason of skipped) console.log(`  SKIPPED ${reason}`)
}

function main() {
  const names = positionals.length > 0 ? positionals : Object.keys(benchmarks)
  const unknown = names.filter(name => !Object.hasOwn(benchmarks, name))
  if (unknown.length > 0) throw new Error(`no benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}`)
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${process.platform} ${release()}, node ${process.version}`
  if (!values.json) console.log(machine)
  const reports = {}
  for (const name of names) {
    reports[name] = judge(join(Array.from({ length: benchmarks[name].processes }, () => spawn(name))))
    if (!values.json) print(name, reports[name])
  }
  if (values.json) console.log(JSON.stringify({ machine, reports }, undefined, 2))
  const isMissed = Object.values(reports).some(({ tables, facts }) =>
    [...tables.flatMap(({ targets }) => targets), ...facts].some(({ isMet }) => isMet === false),
  )
  if (values.check && isMissed) process.exitCode = 1
}

if (values.raw === undefined) main()
else await runRaw(values.raw)
