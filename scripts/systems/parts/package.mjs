/** WHAT is in the package that is published? `npm pack` of this tree, unpacked: what is tested is what a user would install. */
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './commands.mjs'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** @returns {string} the folder of the unpacked package */
export function unpackPackage(temporary) {
  const folder = join(temporary, 'package')
  mkdirSync(folder)
  const tarball = run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', temporary], { cwd: root })
    .trim()
    .split('\n')
    .at(-1)
  run('tar', ['-xzf', join(temporary, tarball), '-C', folder, '--strip-components=1'])
  return folder
}

/** The binaries of an unpacked package, by their names below prebuilds/. */
export const binariesIn = folder => readdirSync(join(folder, 'prebuilds'), { recursive: true }).filter(name => name.endsWith('.node'))
