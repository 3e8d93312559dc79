/** What does the terminal show of an answer? */
import { amount, limitOf, measuredOf, spread, times, verdict, whole } from './figures.js'

const NAME = 62
const AMOUNT = 24

const showTable = ({ title, base, per, rows }) => [
  `  ${title}: ns per ${per}, and times the ${base}`,
  ...rows.map(row => `    ${row.name.padEnd(NAME)} ${spread(row.nanoseconds, whole).padStart(AMOUNT)}   ${spread(row.times, times)}`),
]

function showTarget(target) {
  const { of, measured, isMet } = target
  const limit = limitOf(target, measured?.unit ?? '')
  const found = measured === undefined ? '' : `: ${measuredOf(target)}`
  return `  ${verdict(isMet).padEnd(NAME / 6)} ${of}, ${limit}${found}`
}

/** @returns lines, medians with [p10 .. p90] */
export function show({ name, title, tables, facts, targets, skipped, failed }) {
  return [
    '',
    `# ${name}: ${title}`,
    ...tables.flatMap(showTable),
    ...facts.map(({ what, unit, ...value }) => `    ${what}: ${spread(value, amount)} ${unit}`.trimEnd()),
    ...targets.map(showTarget),
    ...skipped.map(reason => `  skipped: ${reason}`),
    ...(failed === undefined ? [] : [`  FAILED: ${failed}`]),
  ].join('\n')
}
