/** Do C headers number options and levels as a platform's table does? Asks the C compiler, symbol by symbol. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Platform } from '../../src/platform/platform.js'

/** C symbol to the number that the table gives it. */
export type Symbols = ReadonlyMap<string, number>

export interface Findings {
  /** Symbols that at least one header defines. */
  readonly compared: readonly string[]
  /** What disagrees, each as a sentence. */
  readonly disagree: readonly string[]
  /** Symbols that no header here defines. */
  readonly absent: readonly string[]
}

/** `IPPROTO_IPV6.MCAST_JOIN_GROUP` is MCAST_JOIN_GROUP in C. */
const symbolOf = (name: string) => name.slice(name.lastIndexOf('.') + 1)

/** Levels and options of a table under their C names. A C name with two numbers is an error of the table. */
export function symbolsOf({ levels, numbers }: Pick<Platform, 'levels' | 'numbers'>): Symbols {
  const symbols = new Map<string, number>()
  for (const [name, number] of [...Object.entries(levels), ...Object.entries(numbers)]) {
    const symbol = symbolOf(name)
    if ((symbols.get(symbol) ?? number) !== number) throw new Error(`${symbol} is both ${symbols.get(symbol)} and ${number}`)
    symbols.set(symbol, number)
  }
  return symbols
}

export const hasCompiler = (compiler: string) => spawnSync(compiler, ['--version']).status === 0

const includesOf = (headers: readonly string[]) =>
  headers.flatMap(header => [`#if __has_include(<${header}>)`, `#include <${header}>`, '#endif'])

interface Attempt {
  readonly file: string
  readonly compiler: string
  readonly flags: readonly string[]
}

/**
 * Compiles a file of one line per symbol; what is wrong with each line that fails, by symbol.
 * A fault within a macro is reported where the header defines it, and a note tells the line that used it.
 */
function compile({ file, compiler, flags }: Attempt, head: readonly string[], lines: ReadonlyMap<string, string>, tail: string) {
  const symbols = [...lines.keys()]
  writeFileSync(file, [...head, ...lines.values(), tail, ''].join('\n'))
  const { stderr, error } = spawnSync(compiler, [...flags, '-w', '-fmax-errors=0', file], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: 1 << 26,
  })
  if (error !== undefined) throw error
  const faults = new Map<string, string>()
  let inHeader = ''
  for (const [, where, line, kind, message = ''] of stderr.matchAll(/^([^:\n]+):(\d+):\d+: (error|fatal error|note): (.*)$/gm)) {
    const symbol = where === file ? symbols[Number(line) - 1 - head.length] : undefined
    if (symbol !== undefined) {
      if (kind !== 'note' || inHeader !== '') faults.set(symbol, faults.get(symbol) ?? (kind === 'note' ? inHeader : message))
      inHeader = ''
    } else if (kind !== 'note') {
      if (inHeader !== '') break
      inHeader = message
    }
  }
  if (inHeader !== '') throw new Error(`the headers do not compile:\n${head.join('\n')}\n${stderr.slice(0, 2000)}`)
  return faults
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'getsockopt-numbers-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function summarize(symbols: Symbols, found: ReadonlyMap<string, string | undefined>): Findings {
  return {
    compared: [...symbols.keys()].filter(symbol => found.has(symbol)),
    disagree: [...found.values()].filter(sentence => sentence !== undefined),
    absent: [...symbols.keys()].filter(symbol => !found.has(symbol)),
  }
}

/** Compiles and runs, for this machine. Headers that exclude each other are separate units. */
export function compareByRunning(symbols: Symbols, units: readonly (readonly string[])[], compiler = process.env.CC ?? 'cc'): Findings {
  const found = new Map<string, string | undefined>()
  inFolder(folder => {
    const program = join(folder, 'numbers')
    const file = `${program}.c`
    for (const headers of units) {
      const head = ['#include <stdio.h>', '#include <sys/types.h>', ...includesOf(headers), 'int main(void) {']
      const lines = new Map([...symbols.keys()].map(symbol => [symbol, `printf("%s %lld\\n", "${symbol}", (long long)(int)(${symbol}));`]))
      for (const symbol of compile({ file, compiler, flags: ['-fsyntax-only'] }, head, lines, 'return 0; }').keys()) lines.delete(symbol)
      if (lines.size === 0) continue
      const faults = compile({ file, compiler, flags: ['-o', program] }, head, lines, 'return 0; }')
      if (faults.size > 0) throw new Error(`cannot be compiled: ${[...faults].join('; ')}`)
      for (const line of spawnSync(program, { encoding: 'utf8' }).stdout.trim().split('\n')) {
        const [symbol = '', number] = line.split(' ')
        const expected = symbols.get(symbol)
        const sentence =
          Number(number) === expected ? undefined : `${symbol} is ${number} in <${headers.join('>, <')}> and ${expected} in the table`
        found.set(symbol, found.get(symbol) ?? sentence)
      }
    }
  })
  return summarize(symbols, found)
}

/** Compiles only, for another system: a static_assert per symbol. */
export function compareByAsserting(symbols: Symbols, headers: readonly string[], compiler: string): Findings {
  return inFolder(folder => {
    const file = join(folder, 'numbers.cc')
    const lines = new Map(
      [...symbols].map(([symbol, number]) => [symbol, `static_assert((int)(${symbol}) == (int)(${number}LL), "asserted");`]),
    )
    const faults = compile({ file, compiler, flags: ['-std=c++17', '-fsyntax-only'] }, includesOf(headers), lines, '')
    const found = new Map<string, string | undefined>()
    for (const [symbol, number] of symbols) {
      const fault = faults.get(symbol)
      if (fault === undefined) found.set(symbol, undefined)
      else if (fault.includes('asserted')) found.set(symbol, `${symbol} is ${number} in the table and something else in the headers`)
    }
    return summarize(symbols, found)
  })
}

/** What was compared and what was not: never silent. */
export function printFindings(title: string, { compared, absent }: Findings): void {
  console.info(`${title}: ${compared.length} symbols compared; ${absent.length} that the headers here lack: ${absent.join(', ') || 'none'}`)
}
