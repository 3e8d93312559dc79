/** HOW MUCH of the built package does a program load? Measured by running programs, and held against the budgets of docs/package.md. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { isLinux, needs } from '../support/needs.js'

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
const here = fileURLToPath(new URL('.', import.meta.url))
const run = (program: string, ...words: string[]): string[] =>
  JSON.parse(execFileSync(process.execPath, [join(here, program), ...words], { encoding: 'utf8' })) as string[]
const bytesOf = (files: readonly string[]) => files.reduce((sum, file) => sum + statSync(join(dist, file)).size, 0)
const everything = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(file => /\.c?js$/.test(file))

const CORE = 200_000
const EVERYTHING = 680_000

describe('a program', () => {
  test('that imports the library loads three files', () => {
    expect(run('loaded.mjs', 'import').sort()).toEqual(['chunks/lazy.js', 'core.js', 'index.js'])
  })

  test('that imports the library loads no builtin module for sockets, files or paths', () => {
    const loaded = run('builtins.mjs').map(line => line.replace('NativeModule ', ''))
    expect(loaded).not.toEqual([])
    expect(loaded.filter(name => /^(net|tls|http|https|http2|dgram|stream|fs|path|dns)$/.test(name))).toEqual([])
  })

  test('that reads SO_RCVBUF loads SOL_SOCKET and the numbers of this platform besides', context => {
    needs(context, isLinux, 'the numbers of other platforms are in other files')
    expect(run('loaded.mjs', 'SO_RCVBUF').sort()).toEqual([
      'chunks/lazy.js',
      'chunks/optionsSocket.cjs',
      'chunks/platformLinux.cjs',
      'core.js',
      'index.js',
    ])
  })

  test(`that reads, and takes timeouts and snapshots of TCP, UDP and unix sockets, loads fewer than ${CORE} bytes`, context => {
    needs(context, isLinux, 'the budget is for Linux')
    const files = run('loaded.mjs', 'use')
    expect(files).toContain('chunks/observeSnapshot.cjs')
    expect(files.filter(file => /families|windows|bsd|texts|cli|darwin|win32|freebsd/i.test(file))).toEqual([])
    const bytes = bytesOf(files)
    console.log(`core: ${bytes} bytes in ${files.length} files; all JavaScript: ${bytesOf(everything)} in ${everything.length}`)
    expect(bytes, files.map(file => `${file} ${bytesOf([file])}`).join(', ')).toBeLessThan(CORE)
  })
})

test(`all JavaScript together has fewer than ${EVERYTHING} bytes`, () => expect(bytesOf(everything)).toBeLessThan(EVERYTHING))

test('no module of src is in two files', () => {
  const homes = new Map<string, Set<string>>()
  for (const file of everything) {
    for (const [, module] of readFileSync(join(dist, file), 'utf8').matchAll(/^\s*\/\/ (src\/\S+\.ts)$/gm)) {
      homes.set(module as string, (homes.get(module as string) ?? new Set()).add(file))
    }
  }
  expect(homes.size).toBeGreaterThan(100)
  // The stub that runs the command line stands for its main module, which is in a chunk.
  const twice = [...homes].filter(([module, files]) => files.size > 1 && module !== 'src/cli/main.ts')
  expect(twice.map(([module, files]) => `${module}: ${[...files].join(', ')}`)).toEqual([])
})
