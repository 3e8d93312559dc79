/** HOW do the sources become JavaScript for a plain node? Each file by itself, its types taken off: never an older build. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const sources = fileURLToPath(new URL('../../src', import.meta.url))
const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true }

/** `before` are transformers of the compiler's, which see the source as it was written. */
export const transpile = (text, fileName, before = []) =>
  ts.transpileModule(text, { fileName, compilerOptions, transformers: { before } }).outputText

export const transpileFile = path => transpile(readFileSync(path, 'utf8'), path)

/** Writes every module of src below `folder`. `transformersOf(path)`, by the path below src, may add transformers for some. */
export function transpileSources(folder, transformersOf = () => []) {
  for (const name of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue
    const path = name.replaceAll('\\', '/')
    const target = join(folder, name.replace(/ts$/, 'js'))
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, transpile(readFileSync(join(sources, name), 'utf8'), path, transformersOf(path)))
  }
}
