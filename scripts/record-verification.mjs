/**
 * WHAT came out of a long check? Its last line, as a row of docs/verification.md, which nobody writes by hand.
 *
 *   npm run --silent fuzz:calls -- --calls 10000000 | node scripts/record-verification.mjs calls
 *
 * A check that failed is not recorded: its output ends with what failed.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { release } from 'node:os'

const file = new URL('../docs/verification.md', import.meta.url)
const [start, end] = ['<!-- written by scripts/record-verification.mjs -->', '<!-- end -->']
const number = value => value.toLocaleString('en')
const listed = counts =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${number(count)}`)
    .join(', ')

const describeCalls = ({ calls, inner, answered, refused, own, failures, processes, seed, mostGrowthKiB }) =>
  `${number(calls)} calls, and ${number(inner)} in the middle of others: ${number(answered)} answered, ${number(refused)} refused as documented, ` +
  `${number(own)} whose own value threw; ${failures} failures. Seed ${seed}, ${processes} processes, of which none grew by more than ` +
  `${listed(mostGrowthKiB)} KiB`

const describeCodecs = ({ codecs, runs, decoded, refusedBytes, encoded, refusedValues, kept, branches, taken, seed, failures }) =>
  `${number(runs)} runs of ${codecs} codecs: ${number(decoded)} decoded, ${number(refusedBytes)} refused; ${number(encoded)} encoded, ` +
  `${number(refusedValues)} refused; ${number(taken)} of ${number(branches)} branches taken, ${number(kept)} inputs kept; ${failures} failures. Seed ${seed}`

const checks = {
  asan: { command: 'npm run test:asan', describe: line => line },
  valgrind: { command: 'npm run test:valgrind', describe: line => line },
  calls: { command: 'npm run fuzz:calls -- --calls 10000000', describe: line => describeCalls(JSON.parse(line)) },
  codecs: { command: 'npm run fuzz:codecs -- --runs 2000000', describe: line => describeCodecs(JSON.parse(line)) },
  native: { command: 'bash scripts/coverage-native.sh', describe: line => line },
  src: { command: 'bash scripts/coverage-ts.sh', describe: line => line },
}

const name = process.argv[2]
const check = checks[name]
if (check === undefined) throw new Error(`expected one of ${Object.keys(checks).join(', ')}, got ${name}`)
const line = readFileSync(0, 'utf8').trim().split('\n').at(-1)
if (line.startsWith('SKIPPED')) throw new Error(`nothing to record: ${line}`)

const text = readFileSync(file, 'utf8')
const [before, written] = text.split(start)
const [table, after] = written.split(end)
const rowOf = command => table.split('\n').find(row => row.startsWith(`| \`${command}\``))
const machine = `${process.platform} ${process.arch}, kernel ${release().split('-', 1)[0]}, Node ${process.versions.node}`
const own = `| \`${check.command}\` | ${check.describe(line).replaceAll('|', '\\|')} | ${machine} |`
const rows = Object.entries(checks).map(([other, { command }]) =>
  other === name ? own : (rowOf(command) ?? `| \`${command}\` | not run yet | |`),
)
const head = ['', '', '| command | outcome | on |', '|---|---|---|']
writeFileSync(file, `${before}${start}${[...head, ...rows, '', ''].join('\n')}${end}${after}`)
console.log(own)
