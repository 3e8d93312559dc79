/** HOW does a Node built for glibc start on musl? With the C++ library it needs, and a shim that has what it misses; a folder of both. */
import { cpSync, mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './commands.mjs'

const shim = fileURLToPath(new URL('../../../test/systems/musl-shim.c', import.meta.url))

/**
 * `gnu` is a compiler for glibc, whose C++ library is taken; `musl` is the compiler for musl, with its flags. glibc's own loader, `loader`, is among
 * the libraries that Node asks for: the shim takes its name, and so its place.
 */
export function makeLibraries(folder, { gnu, musl: [compiler, ...flags], loader }) {
  mkdirSync(folder)
  for (const name of ['libstdc++.so.6', 'libgcc_s.so.1']) {
    cpSync(realpathSync(run(gnu, [`-print-file-name=${name}`]).trim()), join(folder, name))
  }
  const options = ['-shared', '-fPIC', '-O1', '-Wall', '-Wextra', '-Werror', `-Wl,-soname,${loader}`]
  run(compiler, [...flags, ...options, '-o', join(folder, loader), shim])
  return folder
}
