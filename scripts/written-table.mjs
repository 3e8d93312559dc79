/** HOW does a run write its table into a document? Between two markers, as whole lines, so that nobody writes it by hand. */
import { readFileSync, writeFileSync } from 'node:fs'

const end = '<!-- end -->'

const cell = text => String(text).replace(/\s+/g, ' ').replaceAll('|', '\\|')
const line = cells => `| ${cells.join(' | ')} |`

/** A Markdown table: the names of its columns, and rows of as many cells. */
export const tableOf = (columns, rows) => [line(columns), `|${'---|'.repeat(columns.length)}`, ...rows.map(row => line(row.map(cell)))]

/** Replaces what the command wrote into the document before. */
export function writeTable(document, command, lines) {
  const file = new URL(`../docs/${document}`, import.meta.url)
  const start = `<!-- written by ${command} -->`
  const [before, written, ...more] = readFileSync(file, 'utf8').split(start)
  const [, ...after] = written?.split(end) ?? []
  if (after.length === 0 || more.length > 0) throw new Error(`${document} has not exactly one "${start}" with a "${end}" after it`)
  writeFileSync(file, `${before}${[start, '', ...lines, '', end].join('\n')}${after.join(end)}`)
}
