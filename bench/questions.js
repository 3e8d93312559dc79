/** Which questions are there? Each file of the folder is one, and says itself what it is and how it wants to be run. */
import { readdirSync } from 'node:fs'

export const folder = new URL('questions/', import.meta.url)

/**
 * A file exports
 * - `title`: the question, as a sentence;
 * - `run(pace)`: the answer, as `{ series, facts, skipped }`, see docs/benchmarks.md. `pace` is what `compare` takes, and `isQuick`;
 * and, where it needs them,
 * - `processes`: how many processes of their own measure it (1), because V8 compiles the same code a little differently each time;
 * - `flags`: what node is started with;
 * - `node`: the version of Node that it needs, fetched if it is another than this one;
 * - `targets`: `{ of, over, limit, series }`, a ratio of two contenders, or `{ of, limit }`, a fact;
 * - `remarks`: what a reader of the figures has to know;
 * - `quote(figures)`: a sentence for the README;
 * - `leftOutOfQuick`: why `--quick` does not ask it.
 */
export async function readQuestion(name, where = folder) {
  const { title, run, ...rest } = await import(new URL(`${name}.js`, where).href)
  if (typeof title !== 'string' || typeof run !== 'function') throw new TypeError(`${name}.js exports no title, or no run`)
  return { name, title, run, processes: 1, flags: [], targets: [], remarks: [], ...rest }
}

export const listNames = (where = folder) =>
  readdirSync(where)
    .filter(file => file.endsWith('.js'))
    .map(file => file.slice(0, -'.js'.length))
    .sort()

/** Names that are no question's are the caller's mistake. */
export class UnknownQuestion extends Error {}

/** The named questions, or all. */
export async function chooseQuestions(names, where = folder) {
  const all = listNames(where)
  const unknown = names.filter(name => !all.includes(name))
  if (unknown.length > 0) throw new UnknownQuestion(`there is no question ${unknown.join(', ')}; there are ${all.join(', ')}`)
  return Promise.all((names.length > 0 ? [...new Set(names)] : all).map(name => readQuestion(name, where)))
}
