/** HOW is the outcome shown? As lines while it runs, and as the table of docs/runtimes.md, which nobody writes by hand. */
import { readFileSync, writeFileSync } from 'node:fs'
import { release } from 'node:os'

const file = new URL('../../docs/runtimes.md', import.meta.url)
const [start, end] = ['<!-- written by npm run test:runtimes -->', '<!-- end -->']

/** The first few, each by its first line. */
const shorten = failed => [...failed.slice(0, 3).map(each => each.split('\n', 1)[0]), ...(failed.length > 3 ? ['...'] : [])].join('; ')

export function describe({ skipped, passed, hidden, absent, failed }) {
  if (skipped !== undefined) return `not run: ${skipped}`
  const parts = [`${passed} passed`]
  if (hidden.length > 0) parts.push(`${hidden.length} hidden by the runtime`)
  if (absent.length > 0) parts.push(`has no ${absent.join(', ')}`)
  if (failed.length > 0) parts.push(`**${failed.length} failed**: ${shorten(failed)}`)
  return parts.join(', ')
}

const cell = text => text.replace(/\s+/g, ' ').replaceAll('|', '\\|')

function hiddenLines(rows) {
  const lines = new Map()
  for (const { runtime, outcome } of rows) {
    if (outcome.hidden?.length > 0) lines.set(runtime, `${runtime} hides: ${outcome.hidden.join('; ')}.`)
  }
  return [...lines.values()].flatMap(line => ['', line])
}

export function writeTable(rows) {
  const text = readFileSync(file, 'utf8')
  const [before, written] = text.split(start)
  const [, after] = written.split(end)
  const table = [
    start,
    '',
    `${process.platform} ${process.arch}, kernel ${release().split('-', 1)[0]}.`,
    '',
    '| runtime | run | outcome |',
    '|---|---|---|',
    ...rows.map(({ runtime, run, outcome }) => `| ${runtime} | ${cell(run)} | ${cell(describe(outcome))} |`),
    ...hiddenLines(rows),
    '',
  ]
  writeFileSync(file, `${before}${table.join('\n')}\n${end}${after}`)
}
