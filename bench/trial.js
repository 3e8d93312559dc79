/**
 * Does another package run here, and does it leak? In a process of its own, before it is let into one with others: `node --expose-gc trial.js NAME`
 * prints the KiB that RSS grew over CALLS reads.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { growth, tolerated } from './at-rest.js'
import { fetchPackage } from './packages.js'
import { connectedPair } from './pair.js'
import { readerOf, titleOf, versions } from './peers.js'

const CALLS = 360_000
const MINUTES = 3
const own = fileURLToPath(import.meta.url)

/** What it needs besides itself, or `{ reason }` why that is not there. node:ffi comes with Node. */
const provide = name => (versions[name] === undefined ? {} : fetchPackage(name, versions[name]))

/** How it ended: by a signal, or with an error, of which the line that says what it was. */
const endOf = ({ status, signal, stderr, error }) =>
  error?.message ?? signal ?? `exit code ${status}: ${stderr.split('\n').find(line => /^\w*Error\b/.test(line)) ?? 'no error'}`

/** `{ run, grown }`: a reader that has passed its trial and the KiB that it kept; or `{ reason }` why there is none. */
export function tryPeer(name, socket) {
  const { reason, require } = provide(name)
  if (reason !== undefined) return { reason }
  const args = ['--expose-gc', '--max-semi-space-size=1', own, name]
  const outcome = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: MINUTES * 60_000 })
  if (outcome.status !== 0) return { reason: `${titleOf(name)} ended with ${endOf(outcome)}` }
  return { run: readerOf(name, socket, require), grown: JSON.parse(outcome.stdout) }
}

/** What trials have shown, for the answer to a question: `tried` are the names with what `tryPeer` gave. */
export const tellTrials = tried => ({
  facts: tried.flatMap(([name, { grown }]) => {
    const what = `RSS grew over ${CALLS.toLocaleString('en')} reads by ${titleOf(name)}`
    return grown === undefined ? [] : [{ what, unit: grown > tolerated.rss ? 'KiB: it leaks' : 'KiB', median: grown }]
  }),
  skipped: tried.flatMap(([, { reason }]) => reason ?? []),
})

/** Those that have passed, as contenders. */
export const passed = tried => tried.flatMap(([name, { run }]) => (run === undefined ? [] : [{ name: titleOf(name), run }]))

async function standTrial(name) {
  const { client, close } = await connectedPair()
  const run = readerOf(name, client, provide(name).require)
  const { rss } = growth(run, CALLS)
  close()
  process.stdout.write(JSON.stringify(rss))
}

if (process.argv[1] === own) await standTrial(process.argv[2])
