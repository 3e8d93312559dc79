/** HOW does a plain node child process run the sources? As JavaScript, in a temporary folder: never an older build. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'

const sources = fileURLToPath(new URL('../../src', import.meta.url))

export interface Compiled {
  /** The URL of a module, by its path below src: `socket/resolve.js`. */
  url(module: string): string
  remove(): void
}

/** Every module of src, its types taken off. The addon is not among them. */
export function compileSources(): Compiled {
  const folder = mkdtempSync(join(tmpdir(), 'compiled-'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  for (const name of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue
    const target = join(folder, name.replace(/ts$/, 'js'))
    mkdirSync(dirname(target), { recursive: true })
    const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true }
    writeFileSync(target, ts.transpileModule(readFileSync(join(sources, name), 'utf8'), { compilerOptions }).outputText)
  }
  return {
    url: module => pathToFileURL(join(folder, module)).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
