/** What does this kernel answer to every row on every kind of socket? The lengths and errnos that C gets, in a form that reads and diffs well. */
import { isHarmless } from '../../../src/access/hazards.js'
import type { OpenSocket } from '../../support/kinds.js'
import { ask, type KernelRow, kernelRows } from '../../support/rows.js'

/** Outcome to the kinds that have it: `{ "280": "tcp4 tcp4-conn", "EOPNOTSUPP": "every other kind" }`. An outcome is a length or an errno. */
export type Outcomes = Readonly<Record<string, string>>

/** A file of `golden/`: what one kernel, as built and configured on one machine, answered to root. */
export interface Golden {
  readonly release: string
  readonly rows: Readonly<Record<string, Outcomes>>
}

/** A number that is a hazard under any of its names is not asked for. */
const isSafe = ({ level, number }: KernelRow): boolean =>
  kernelRows.every(row => row.level !== level || row.number !== number || isHarmless(row.name))

/** Every row that may be asked without harm: those that can only be set too, to show that they cannot be read. */
export const goldenRows: readonly KernelRow[] = kernelRows.filter(isSafe).sort((one, other) => (one.key < other.key ? -1 : 1))

/** The outcomes of one row: the commonest is the rule, and names no kinds. */
export function outcomesOf(sockets: readonly OpenSocket[], outcomeOn: (fd: number) => string): Outcomes {
  const kinds = new Map<string, string[]>()
  for (const { kind, fd } of sockets) {
    const outcome = outcomeOn(fd)
    kinds.set(outcome, [...(kinds.get(outcome) ?? []), kind])
  }
  const byCount = [...kinds].sort(([, one], [, other]) => one.length - other.length)
  const rule = byCount.at(-1)?.[0]
  const named = byCount.map(([outcome, names]) => [outcome, outcome === rule ? 'every other kind' : names.join(' ')])
  return Object.fromEntries(byCount.length === 1 ? [[rule, 'every kind']] : named)
}

/** What C gets: a length, or an errno's name. */
export function outcomeInC(row: KernelRow, fd: number): string {
  const answer = ask(row, fd)
  return typeof answer === 'string' ? answer : String(answer.length)
}
