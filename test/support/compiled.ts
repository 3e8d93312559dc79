/** HOW does a plain node child process run the sources? As JavaScript, in a temporary folder: never an older build. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
// @ts-expect-error plain JavaScript, which the fuzzers run as it is
import { transpileSources } from './transpile.mjs'

export interface Compiled {
  /** The URL of a module, by its path below src: `socket/resolve.js`. */
  url(module: string): string
  remove(): void
}

/** Every module of src, its types taken off. The addon is not among them. */
export function compileSources(): Compiled {
  const folder = mkdtempSync(join(tmpdir(), 'compiled-'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  transpileSources(folder)
  return {
    url: module => pathToFileURL(join(folder, module)).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
