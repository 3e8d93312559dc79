/** WHAT do the fuzzers run? The sources of now as JavaScript, in a temporary folder with the addon that was built: nothing inside of dist/. */
import { copyFileSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { transpileSources } from '../support/transpile.mjs'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * `load(path)` imports a module by its path below src (`codec/codec.js`). `transformersOf(path)` may add transformers of the compiler's for a file.
 * The folder is the caller's to remove.
 */
export function buildTree(transformersOf) {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
  transpileSources(join(folder, 'src'), transformersOf)
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'))
  for (const name of ['build', 'node_modules'])
    if (existsSync(join(root, name))) symlinkSync(join(root, name), join(folder, name), 'junction')
  return { folder, load: path => loadFrom(folder, path), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A module of a tree that another process has built. */
export const loadFrom = (folder, path) => import(pathToFileURL(join(folder, 'src', path)).href)
