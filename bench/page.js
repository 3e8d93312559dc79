/** What does docs/benchmarks.md say? Everything between its markers is written here, from one run. */
import { amount, limitOf, measuredOf, spread, times, verdict, whole } from './figures.js'

const cell = text => text.replace(/\s+/g, ' ').replaceAll('|', '\\|')
/** What a name begins with is code if it is a call. */
const named = name => cell(name.replace(/^\w+\(.*\)(?:\.\w+)*/, '`$&`'))
const table = (head, lines) => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---').join('|')}|`,
  ...lines.map(line => `| ${line.join(' | ')} |`),
]

function targetLine(name, target) {
  const { of, measured, isMet } = target
  const limit = cell(limitOf(target, measured?.unit ?? ''))
  return [`[${name}](#${name})`, named(of), limit, measuredOf(target), isMet === false ? '**missed**' : verdict(isMet)]
}

function writeTargets(reports) {
  const lines = reports.flatMap(({ name, targets }) => targets.map(target => targetLine(name, target)))
  return table(['question', 'what', 'target', 'measured', ''], lines)
}

const writeTable = ({ title, base, per, rows }) => [
  ...table(
    [cell(title), `ns per ${per}`, `times the ${cell(base)}`],
    rows.map(({ name, nanoseconds, times: over }) => [named(name), spread(nanoseconds, whole), spread(over, times)]),
  ),
  '',
]

const writeFacts = facts =>
  facts.length === 0
    ? []
    : [
        ...table(
          ['', '', 'unit'],
          facts.map(({ what, unit, ...value }) => [named(what), spread(value, amount), cell(unit)]),
        ),
        '',
      ]

function writeReport({ name, title, remarks, tables, facts, skipped, failed }) {
  return [
    `### ${name}`,
    '',
    title,
    '',
    ...tables.flatMap(writeTable),
    ...writeFacts(facts),
    ...remarks.flatMap(remark => [remark, '']),
    ...skipped.flatMap(reason => [`Not measured: ${cell(reason)}`, '']),
    ...(failed === undefined ? [] : [`**Failed**: ${cell(failed)}`, '']),
  ]
}

/** The text between two markers, which are kept, replaced. */
export function replaceBetween(text, [start, end], lines) {
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`${start} and ${end} are not there, or not in this order`)
  return `${text.slice(0, from + start.length)}\n\n${lines.join('\n').trim()}\n\n${text.slice(to)}`
}

export const writePage = (machine, reports) => [
  `Measured on ${machine}.`,
  '',
  '## Targets',
  '',
  ...writeTargets(reports),
  '',
  '## Answers',
  '',
  ...reports.flatMap(writeReport),
]
