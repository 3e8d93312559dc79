/** HOW does the library go into a bundle, and into a single executable? These are the recipes of docs/runtimes.md, carried out. */
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addon, installInto, programs } from './app.mjs'

const quiet = { stdio: ['ignore', 'ignore', 'pipe'] }

const bundle = (esbuild, from, to, options) =>
  execFileSync(esbuild, [from, '--bundle', '--platform=node', `--outfile=${to}`, ...options], quiet)

/** The program in one file; the library stays a package beside it. */
export function bundleExternal(app, esbuild) {
  const folder = join(app, 'external')
  const main = join(folder, 'main.mjs')
  bundle(esbuild, join(app, 'esm.mjs'), main, ['--format=esm', '--external:getsockopt'])
  installInto(folder)
  return main
}

/** The program and the library in one file of CommonJS, which is what a single executable takes. */
function bundleAll(app, esbuild, folder) {
  mkdirSync(folder)
  const main = join(folder, 'main.cjs')
  const prologue = readFileSync(join(programs, 'sea-prologue.cjs'), 'utf8')
  const options = ['--format=cjs', '--define:import.meta.url=globalThis.bundleUrl', `--banner:js=${prologue}`]
  bundle(esbuild, join(app, 'esm.mjs'), main, options)
  return main
}

/** What postject's own command does, without the package that reads its arguments. */
const injection = `const [, api, executable, blob] = process.argv
require(api).inject(executable, 'NODE_SEA_BLOB', require('node:fs').readFileSync(blob), {
  sentinelFuse: 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2',
})`

/** A single executable of this Node: by `--build-sea` where it has that (25.5), else by postject. */
export function singleExecutable(app, esbuild, node, postject) {
  const folder = join(app, postject === undefined ? 'sea' : 'sea-postject')
  const main = bundleAll(app, esbuild, folder)
  const output = join(folder, postject === undefined ? 'app' : 'app.blob')
  const config = join(folder, 'sea.json')
  writeFileSync(config, JSON.stringify({ main, output, disableExperimentalSEAWarning: true, assets: { 'getsockopt.node': addon } }))
  execFileSync(node, [postject === undefined ? '--build-sea' : '--experimental-sea-config', config], quiet)
  if (postject === undefined) return output
  const executable = join(folder, 'app')
  cpSync(node, executable)
  chmodSync(executable, 0o755)
  execFileSync(process.execPath, ['--eval', injection, postject, executable, output], quiet)
  return executable
}
