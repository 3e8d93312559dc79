/** HOW is the outcome shown? As lines while it runs, and as the table of docs/runtimes.md. */
import { release } from 'node:os'
import { tableOf, writeTable } from '../written-table.mjs'

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

function hiddenLines(rows) {
  const lines = new Map()
  for (const { runtime, outcome } of rows) {
    if (outcome.hidden?.length > 0) lines.set(runtime, `${runtime} hides: ${outcome.hidden.join('; ')}.`)
  }
  return [...lines.values()].flatMap(line => ['', line])
}

export function writeRuntimes(rows) {
  const cells = rows.map(({ runtime, run, outcome }) => [runtime, run, describe(outcome)])
  writeTable('runtimes.md', 'npm run test:runtimes', [
    `${process.platform} ${process.arch}, kernel ${release().split('-', 1)[0]}.`,
    '',
    ...tableOf(['runtime', 'run', 'outcome'], cells),
    ...hiddenLines(rows),
  ])
}
