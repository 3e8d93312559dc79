/** WHAT is run? The package as its user has it, in a folder of its own: under node_modules, with the built addon as its one prebuild. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
export const addon = join(root, 'build', 'Release', 'getsockopt.node')
export const certificates = join(root, 'test', 'support', 'certificates')
export const programs = join(root, 'test', 'runtimes')

/** @returns {{ folder: string, remove: () => void }} */
export function makeApp() {
  for (const needed of [addon, join(root, 'dist', 'index.js')]) {
    if (!existsSync(needed)) throw new Error(`${needed} is missing: run npm run compile`)
  }
  const folder = mkdtempSync(join(tmpdir(), 'runtimes-'))
  installInto(folder)
  for (const name of readdirSync(programs)) cpSync(join(programs, name), join(folder, name))
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  mkdirSync(homeOf(folder))
  return { folder, remove: () => rmSync(folder, { recursive: true }) }
}

/** Where a runtime keeps what it writes. Not the app's own folder: what lies in its cache, Deno does not take for a package. */
export const homeOf = folder => join(folder, 'home')

/** Installs the package, and the one package that it needs at run time. */
export function installInto(folder) {
  const installed = join(folder, 'node_modules', 'getsockopt')
  const prebuilds = join(installed, 'prebuilds', `${process.platform}-${process.arch}`)
  mkdirSync(prebuilds, { recursive: true })
  cpSync(addon, join(prebuilds, 'getsockopt.node'))
  cpSync(join(root, 'package.json'), join(installed, 'package.json'))
  cpSync(join(root, 'dist'), join(installed, 'dist'), { recursive: true })
  cpSync(join(root, 'node_modules', 'node-gyp-build'), join(folder, 'node_modules', 'node-gyp-build'), { recursive: true })
}
