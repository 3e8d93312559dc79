/** How long do contenders take beside one another? On a noisy machine only what ran in the same moment can be compared. */

/** `part` of the way through the values in order: 0.5 is the median. Linear between neighbours. */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * part
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return below + (above - below) * (at - Math.floor(at))
}

/** The middle, and the spread in which 8 of 10 values lie. */
export const summarize = values => ({ median: quantile(values, 0.5), p10: quantile(values, 0.1), p90: quantile(values, 0.9) })

/** Calls per entry of a contender's own loop: enough to hide the entry, and few, so that V8 compiles the loop as a function and not while it runs. */
const BATCH = 500

/** What the calls returned ends here, so that no compiler may leave them out. */
let kept = 0

/** Nanoseconds for `calls` calls. */
function time({ name, run, loop }, calls) {
  if (loop !== undefined) {
    const taken = loop(calls)
    if (!(taken > 0)) throw new Error(`${name}: the loop in C returned ${taken}`)
    return taken
  }
  const batch = Math.min(BATCH, calls)
  let sum = 0
  const start = process.hrtime.bigint()
  for (let done = 0; done < calls; done += batch) sum += run(batch)
  const taken = Number(process.hrtime.bigint() - start)
  kept += sum
  if (Number.isNaN(kept)) throw new Error(`${name}: the calls returned no numbers`)
  return taken
}

/**
 * Runs every contender once per round, in an order that rotates from round to round, so that none always follows the same neighbour.
 *
 * @param contenders `{ name, run(calls) }` makes so many calls and returns a number that depends on what they returned;
 * `{ name, loop(calls) }` keeps its own time (a loop in C) and returns the nanoseconds.
 * @returns `{ name, times }[]`: nanoseconds per call, a time for each round
 */
export function compare(contenders, { rounds = 61, calls = 10_000, warmUp = 15 } = {}) {
  for (let round = 0; round < warmUp; round++) for (const contender of contenders) time(contender, calls)
  const times = contenders.map(() => new Array(rounds))
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (round + turn) % contenders.length
      times[index][round] = time(contenders[index], calls) / calls
    }
  }
  return contenders.map(({ name }, index) => ({ name, times: times[index] }))
}

/** How many times `over`'s time `of` took: the ratio within each round, where the machine was the same for both. */
export function ratio(contenders, of, over) {
  const find = name => contenders.find(contender => contender.name === name).times
  const below = find(over)
  return summarize(find(of).map((taken, round) => taken / below[round]))
}
