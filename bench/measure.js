/** How long do contenders take beside one another? On a noisy machine only what ran in the same moment can be compared. */

/**
 * Processor time of this process in nanoseconds, to the microsecond: of all its threads, so that what the garbage collector does elsewhere
 * counts too. Unlike the time on the wall it does not count the programs that had the processor meanwhile.
 */
function processorTime() {
  const { user, system } = process.cpuUsage()
  return (user + system) * 1000
}

/** Nanoseconds on the wall: the only time there is for what runs in a process of its own. */
export const wallTime = () => Number(process.hrtime.bigint())

/** Calls per entry of a contender's own loop: enough to hide the entry, and few, so that V8 compiles the loop as a function and not while it runs. */
const BATCH = 500

/** What the calls returned ends here, so that no compiler may leave them out. */
let kept = 0

/** Nanoseconds for `calls` calls. */
function time({ name, run, whole }, calls, clock) {
  const batch = whole === undefined ? Math.min(BATCH, calls) : calls
  const call = whole ?? run
  let sum = 0
  const start = clock()
  for (let done = 0; done < calls; done += batch) sum += call(batch)
  const taken = clock() - start
  if (Number.isNaN(sum)) throw new Error(`${name}: the calls returned no numbers`)
  if (whole !== undefined && !(sum > 0)) throw new Error(`${name}: returned ${sum}`)
  kept += sum
  if (kept === Number.POSITIVE_INFINITY) kept = 0
  return taken
}

/**
 * Runs every contender once per round, in an order that rotates from round to round, so that none always follows the same neighbour.
 *
 * @param contenders `{ name, run(calls) }` makes so many calls and returns a number that depends on what they returned;
 * `{ name, whole(calls) }` makes all calls of a round in one (a loop in C), and returns a number greater than 0, or it has failed
 * @param rounds how often; `warmUp` as often before, without being counted
 * @param calls per contender and round: long enough for the clock, short enough to be over before another program wants the processor
 * @returns `{ name, times }[]`: nanoseconds per call, a time for each round
 */
export function compare(contenders, { rounds, warmUp, calls = 1000, clock = processorTime }) {
  for (let round = 0; round < warmUp; round++) for (const contender of contenders) time(contender, calls, clock)
  const times = contenders.map(() => new Array(rounds))
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (round + turn) % contenders.length
      times[index][round] = time(contenders[index], calls, clock) / calls
    }
  }
  return contenders.map(({ name }, index) => ({ name, times: times[index] }))
}

/**
 * The same for what takes its time over several turns of the event loop: `run(calls)` returns a promise. One call after the other.
 *
 * @returns `{ name, times }[]`: nanoseconds per call, a time for each round
 */
export async function compareTurns(contenders, { rounds, warmUp, calls, clock = processorTime }) {
  const times = contenders.map(() => new Array(rounds))
  for (let round = -warmUp; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (round + warmUp + turn) % contenders.length
      const start = clock()
      await contenders[index].run(calls)
      if (round >= 0) times[index][round] = (clock() - start) / calls
    }
  }
  return contenders.map(({ name }, index) => ({ name, times: times[index] }))
}
