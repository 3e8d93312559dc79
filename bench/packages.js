/** Where do other packages come from? From the npm registry, into a cache beside the dependencies, when they are measured; never as dependencies. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cache = fileURLToPath(new URL('../node_modules/.cache/peers/', import.meta.url))
const MINUTES = 5

/** The first lines of what npm says, in which it says why. */
const reasonOf = ({ error, stderr, status }) =>
  error?.message ?? (stderr.trim().split('\n').slice(0, 3).join('; ') || `npm ended with ${status}`)

/** One package alone in its folder, which gets its name when it is complete: one that does not install takes no other with it. */
function install(name, version, folder) {
  mkdirSync(cache, { recursive: true })
  const unfinished = mkdtempSync(join(cache, 'unfinished-'))
  const args = ['install', '--prefix', unfinished, '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1', `${name}@${version}`]
  const outcome = spawnSync('npm', args, { encoding: 'utf8', timeout: MINUTES * 60_000 })
  if (outcome.status === 0) renameSync(unfinished, folder)
  else rmSync(unfinished, { recursive: true, force: true })
  return outcome.status === 0 ? undefined : reasonOf(outcome)
}

/** `{ require }` of a program that has installed the package, or `{ reason }` why there is none. */
export function fetchPackage(name, version) {
  const folder = join(cache, `${name}@${version}`)
  const reason = existsSync(folder) ? undefined : install(name, version, folder)
  return reason === undefined
    ? { require: createRequire(join(folder, 'index.js')) }
    : { reason: `${name} ${version} did not install: ${reason}` }
}
