/** WHAT can be called? The files of calls/, each of which describes the calls of one feature; and whether every public function is among them. */
import { readdirSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/**
 * `{ kind, weight, prepare }` of every file. A file exports `calls(tools)`, which returns `{ kind: { weight, prepare(given) } }`; `prepare` makes the
 * arguments and returns `{ text, run }`: how the trace prints the call, and the call. It may return a promise. `prepare` returns undefined where chance
 * came up with a call that must not be made. What `run` opens it closes. `also` are more such files.
 */
export async function listCalls(tools, also = []) {
  const folder = new URL('calls/', import.meta.url)
  const files = readdirSync(folder)
    .sort()
    .map(file => new URL(file, folder))
  const all = []
  for (const file of [...files, ...also.map(path => pathToFileURL(path))]) {
    const { calls } = await import(file.href)
    for (const [kind, call] of Object.entries(calls(tools))) all.push({ kind, ...call })
  }
  return all
}

/** One of them, by its weight. */
export function chooserOf(calls) {
  let total = 0
  const bounds = calls.map(({ weight }) => {
    total += weight
    return total
  })
  return ({ next }) => {
    const choice = (next() / 2 ** 32) * total
    return calls[bounds.findIndex(bound => choice < bound)]
  }
}

/** The library with its functions counted: `uncalled()` are those that no call was made of. */
export function countFunctions(library) {
  const called = new Set()
  const counted = { ...library }
  const isFunction = ([name, value]) => typeof value === 'function' && !/^[A-Z]/.test(name)
  const names = Object.entries(library)
    .filter(isFunction)
    .map(([name]) => name)
  for (const name of names) {
    const call = library[name]
    counted[name] = (...parameters) => {
      called.add(name)
      return call(...parameters)
    }
  }
  return { library: counted, uncalled: () => names.filter(name => !called.has(name)) }
}
