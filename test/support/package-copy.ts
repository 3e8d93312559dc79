/** WHAT does a program load that has installed the package? A copy of it, somewhere else: the sources of today as JavaScript, and the binary. */
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { compileSources } from './compiled.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface PackageCopy {
  /** The URL of its main module. */
  readonly url: string
  remove(): void
}

export function copyPackage(): PackageCopy {
  const compiled = compileSources()
  const folder = mkdtempSync(join(tmpdir(), 'package-'))
  cpSync(dirname(fileURLToPath(compiled.url('index.js'))), join(folder, 'dist'), { recursive: true })
  compiled.remove()
  writeFileSync(join(folder, 'package.json'), '{"name":"getsockopt","type":"module"}')
  mkdirSync(join(folder, 'build', 'Release'), { recursive: true })
  copyFileSync(join(root, 'build/Release/getsockopt.node'), join(folder, 'build/Release/getsockopt.node'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  return { url: pathToFileURL(join(folder, 'dist/index.js')).href, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
