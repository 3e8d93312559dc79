/** `getsockopt list [PATTERN]`: which options are there? */
import { adapt } from '../../access/plan.js'
import { findSimilar } from '../../access/similar.js'
import { formatTable } from '../../observe/table.js'
import { aliases } from '../../options/aliases.js'
import type { Option } from '../../options/define.js'
import { catalogue } from '../../options/index.js'
import type { Platform } from '../../platform/index.js'
import type { Request } from '../arguments.js'
import { heading, print, printError, printJson, terminalWidth } from '../output.js'
import { platformHere, platformNamed } from '../where.js'
import type { Command } from './command.js'

interface Entry {
  readonly name: string
  readonly level: string
  readonly access: string
  readonly type: string
  readonly unit: string | null
  /** null where the platform has no such option. */
  readonly number: number | null
  readonly doc: string
}

/** A part of the text, or with `*` a pattern for the whole of it; capitals do not matter. */
export function matcherOf(pattern: string): (text: string) => boolean {
  const wanted = pattern.toLowerCase()
  if (!wanted.includes('*')) return text => text.toLowerCase().includes(wanted)
  const parts = wanted.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  const whole = new RegExp(`^${parts.join('.*')}$`, 's')
  return text => whole.test(text.toLowerCase())
}

const rows = Object.values(catalogue) as Option<any, any>[]

function find(pattern: string | undefined): Option<any, any>[] {
  if (pattern === undefined) return rows
  const matches = matcherOf(pattern)
  const renamed = new Set(Object.entries(aliases).flatMap(([alias, name]) => (matches(alias) ? [name as string] : [])))
  return rows.filter(({ name, level, doc }) => renamed.has(name) || matches(name) || matches(level) || matches(doc))
}

function toEntry(row: Option<any, any>, platform: Platform): Entry {
  const { name, level, unit, doc } = row
  const adapted = adapt(row, platform)
  const { access, codec, number } = adapted ?? { ...row, number: null }
  return { name, level, access, type: codec.name, unit: unit ?? null, number, doc }
}

/** At most so many characters, the last three of them dots where it was longer. */
const cut = (text: string, width: number): string => (text.length > width ? `${text.slice(0, Math.max(0, width - 3))}...` : text)

/** The least room for a description beside the other columns; with less it goes on a line of its own. */
const BESIDE = 40
/** The widest TYPE and UNIT on a terminal: a few are sentences. */
const NARROW = 20

function format(entries: readonly Entry[], platform: Platform): string {
  const width = terminalWidth()
  const narrow = width === undefined ? Number.POSITIVE_INFINITY : NARROW
  const cells = entries.map(({ name, level, access, type, unit, number }) => [
    name,
    level,
    access === 'none' ? '-' : access,
    cut(type, narrow),
    cut(unit ?? '-', narrow),
    number === null ? '-' : String(number),
  ])
  const lines = formatTable([['NAME', 'LEVEL', 'ACCESS', 'TYPE', 'UNIT', platform.name.toUpperCase()], ...cells]).split('\n')
  const start = Math.max(...lines.map(line => line.length)) + 2
  const room = (width ?? Number.POSITIVE_INFINITY) - start
  const [titles = '', ...rest] = lines
  const beside = (line: string, text: string) => `${line.padEnd(start)}${cut(text, room)}`
  const below = (line: string, text: string) => `${cut(line, width ?? line.length)}\n    ${cut(text, (width ?? text.length) - 4)}`
  const put = room >= BESIDE ? beside : below
  return [
    heading(room >= BESIDE ? beside(titles, 'DESCRIPTION') : titles),
    ...rest.map((line, index) => put(line, entries[index]?.doc ?? '')),
  ].join('\n')
}

function count(entries: readonly Entry[], platform: Platform): string {
  const there = entries.filter(({ number }) => number !== null).length
  const options = entries.length === 1 ? '1 option' : `${entries.length} options`
  return there === entries.length ? `${options} on ${platform.name}` : `${options}, ${there} of them on ${platform.name}`
}

function run({ operands: [pattern], json, platform: named }: Request): number {
  const platform = named === undefined ? platformHere() : platformNamed(named)
  const found = find(pattern).map(row => toEntry(row, platform))
  const entries = named === undefined ? found : found.filter(({ number }) => number !== null)
  if (json) printJson(entries)
  else if (entries.length > 0) print(`${format(entries, platform)}\n\n${count(entries, platform)}`)
  if (entries.length > 0) return 0
  printError(`getsockopt: ${explainNothing(pattern ?? '', found.length, platform)}`)
  return 1
}

function explainNothing(pattern: string, elsewhere: number, { name }: Platform): string {
  if (elsewhere > 0) return `no option of ${name} matches ${JSON.stringify(pattern)}; ${elsewhere} of other platforms do`
  const similar = findSimilar(pattern, [...Object.keys(catalogue), ...Object.keys(aliases)])
  const hint = similar.length === 0 ? '' : `; similar names: ${similar.join(', ')}`
  return `no option matches ${JSON.stringify(pattern)}${hint}`
}

export const list: Command = {
  usage: '[PATTERN]',
  flags: '[--json] [--platform NAME]',
  summary: 'socket options, by name, level or description',
  details: `Lists the socket options whose name, level or description has PATTERN in it;
capitals do not matter. With * in it, PATTERN stands for the whole name, level or
description: 'TCP_KEEP*'. Without PATTERN: all of them.

ACCESS  rw (read and set), ro (read only), wo (set only), or - (neither)
TYPE    the C type
UNIT    the kernel's unit
The next column is the option's number on this platform, - where it has none.

  --platform NAME  only the options of linux, darwin (macOS), freebsd or win32,
                   with their numbers there
  --json           an array of { name, level, access, type, unit, number, doc }`,
  takes: ['json', 'platform'],
  operand: 'a pattern',
  least: 0,
  most: 1,
  run,
}
