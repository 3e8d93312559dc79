/** Which value is another than the one found? What trials.ts says, or the other switch position, or the next number that fits. */
import { abi, type KernelRow } from '../support/rows.js'
import { type Trial, trials } from './trials.js'

export const trialOf = (row: KernelRow): Trial => trials[row.key] ?? trials[row.name] ?? {}

/** A rule of a trial: a value, or how it follows from others. */
export const follow = (rule: unknown, ...values: unknown[]): unknown => (typeof rule === 'function' ? rule(...values) : rule)

/** The value that the row is set to. */
export function valueToSet(row: KernelRow, found: unknown): unknown {
  const trial = trialOf(row)
  if ('set' in trial) return follow(trial.set, found)
  if (typeof found === 'boolean') return !found
  if (typeof found === 'number') return fits(row, found + 1) ? found + 1 : found - 1
  throw new Error(`trials.ts has to say which value ${row.key} (${row.codec.name}) is set to: ${row.codec.accepts}`)
}

function fits(row: KernelRow, value: number): boolean {
  try {
    return row.codec.encode(value, new DataView(new ArrayBuffer(row.codec.size)), 0, abi) > 0
  } catch {
    return false
  }
}
