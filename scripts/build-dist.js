#!/usr/bin/env node
/**
 * HOW does src become dist? Types by tsc; JavaScript by esbuild: the core in one file, and everything else in chunks that are loaded when they are first
 * asked for. Why, and what is in which file: docs/package.md.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildChunks } from './package/chunks.js'
import { buildCore, entryFiles } from './package/core.js'
import { planModules } from './package/modules.js'
import { readRows, textsChunk } from './package/rows.js'
import { lazyFile, wholeFile } from './package/tables.js'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
rmSync('dist', { recursive: true, force: true })

/** The main modules, as package.json has them: `./dist/index.js` is src/index.ts. */
const { exports } = JSON.parse(readFileSync('package.json', 'utf8'))
const [main, ...others] = Object.values(exports).flatMap(({ default: file }) =>
  file === undefined ? [] : [file.slice('./dist/'.length, -'.js'.length)],
)

const plan = await planModules(main, others, 'cli/main')
const { texts, tables } = await buildChunks(plan, readRows)
texts.set('optionsTexts', await textsChunk())
await buildCore(plan, tables, readRows, 'dist/core.js')

for (const [path, text] of entryFiles(plan)) {
  mkdirSync(dirname(`dist/${path}`), { recursive: true })
  writeFileSync(`dist/${path}`, text)
}
mkdirSync('dist/chunks')
for (const [name, text] of texts) writeFileSync(`dist/chunks/${name}.cjs`, text)
writeFileSync('dist/chunks/lazy.js', lazyFile([...texts.keys()]))
writeFileSync('dist/chunks/whole.js', wholeFile([...texts.keys()]))
chmodSync('dist/cli/main.js', 0o755)

execFileSync(process.execPath, [createRequire(import.meta.url).resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
