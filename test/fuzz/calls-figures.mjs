/** WHAT came of all the epochs? Their figures added up, and their failures, each with the command that repeats it. */
import { PER_EPOCH } from './calls-children.mjs'

/** Memory that grows by more than so many KiB, from a fifth of a process to its end, is not flat. */
const MOST_GROWTH = { heapUsed: 16 * 1024, arrayBuffers: 8 * 1024, rss: 96 * 1024 }
/** Freed memory that a sanitizer keeps in quarantine is not what is looked for. */
const isSanitized = (process.env.LD_PRELOAD ?? '').includes('libasan')
/** From so many calls on, every function has been called, if it is among the calls at all. */
const MANY = 10_000

const repeat = (seed, epochs) => `repeat: node test/fuzz/calls.mjs --seed ${seed} --epoch ${epochs} --trace`

function addCounts(all) {
  const sum = {}
  for (const counts of all) for (const [key, count] of Object.entries(counts)) sum[key] = (sum[key] ?? 0) + count
  return Object.fromEntries(Object.entries(sum).sort((a, b) => b[1] - a[1]))
}

export function addFigures(outcomes, seconds) {
  const reports = outcomes.map(({ report }) => report).filter(report => report !== undefined)
  const totals = addCounts(reports.map(({ totals }) => totals))
  const worst = key => Math.max(...reports.map(({ growthKiB }) => growthKiB?.[key] ?? 0))
  return {
    ...totals,
    processes: outcomes.length,
    seconds: Math.round(seconds),
    perSecond: Math.round(totals.calls / seconds),
    byKind: addCounts(reports.map(({ byKind }) => byKind)),
    codes: addCounts(reports.map(({ codes }) => codes)),
    mostGrowthKiB: Object.fromEntries(Object.keys(MOST_GROWTH).map(key => [key, worst(key)])),
    notOpened: Object.assign({}, ...reports.map(({ refused }) => refused)),
  }
}

/** The process is dead: the epoch it died in once more, and its last call. */
async function locate({ first, end, reached, printed }, seed, run) {
  const died = `the process ended with ${end} in epoch ${reached}\n${printed.slice(-4000)}`
  if (reached === undefined) return died
  const alone = await run(reached, 1, true)
  const [again, epochs] =
    alone.report === undefined ? [alone, reached] : [await run(first, reached - first + 1, true), `${first}-${reached}`]
  if (again.report !== undefined) return `${died}\nand not when it was repeated: ${repeat(seed, epochs)}`
  return `${died}\nits last call: ${again.trace.trim().split('\n').at(-1)}\n${repeat(seed, epochs)}`
}

function complaintsOf({ first, epochs, report, printed }, seed) {
  const texts = report.failures.map(
    ({ what, epoch, at, kind, stack }) => `${kind}, call ${at} of epoch ${epoch}: ${what}\n${repeat(seed, epoch)}\n${stack}`,
  )
  const range = `${first}-${first + epochs - 1}`
  if (printed !== '') texts.push(`it printed: ${printed.slice(0, 2000)}\n${repeat(seed, range)}`)
  for (const [name, most] of Object.entries(MOST_GROWTH)) {
    const grown = report.growthKiB?.[name] ?? 0
    if (grown > most && !isSanitized) texts.push(`${name} grew by ${grown} KiB\n${repeat(seed, range)}`)
  }
  if (epochs * PER_EPOCH >= MANY) {
    for (const name of report.uncalled) texts.push(`${name}() is public and was never called: it wants a file in test/fuzz/calls`)
  }
  return texts
}

export async function describeFailures(outcomes, seed, run) {
  const texts = []
  for (const outcome of outcomes) {
    if (outcome.report === undefined) texts.push(await locate(outcome, seed, run))
    else texts.push(...complaintsOf(outcome, seed))
  }
  return [...new Set(texts)]
}
