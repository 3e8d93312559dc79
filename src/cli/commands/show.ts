/** `getsockopt show OPTION`: what is this option, and how is it used? */
import { expectRow, rowOf } from '../../access/plan.js'
import { toJson } from '../../observe/json.js'
import { formatTable } from '../../observe/table.js'
import type { Option } from '../../options/define.js'
import type { Request } from '../arguments.js'
import { type Description, describe, type Place } from '../describe.js'
import { heading, print, printJson } from '../output.js'
import type { Command } from './command.js'

const accesses = { rw: 'read and set', ro: 'read only', wo: 'set only', none: 'neither read nor set' } as const

/** Kernel names are capitals, whatever was typed. */
const find = (name: string): Option<any, any> => rowOf(name) ?? rowOf(name.toUpperCase()) ?? expectRow(name)

function formatPlace(name: string, place: Place | null): string[] {
  if (place === null) return [name, '-', '-']
  const { level, number, type, access, reason } = place
  const differing = [type, access && accesses[access], reason].filter(part => part !== undefined)
  return [name, String(level), String(number), differing.join('; ')]
}

function formatFacts(option: Description): string {
  const facts: [string, string | undefined][] = [
    ['level', option.level],
    ['also called', option.aliases.join(', ') || undefined],
    ['access', accesses[option.access]],
    ['type', option.isInt || option.size === 0 ? option.type : `${option.type}, up to ${option.size} bytes`],
    ['accepts', option.access === 'ro' || option.access === 'none' ? undefined : option.accepts],
    ['unit', option.unit],
    ['since', option.since && `Linux ${option.since}`],
    ['needs', option.needs],
    ['hazard', option.hazard],
  ]
  return formatTable(facts.filter((fact): fact is [string, string] => fact[1] !== undefined))
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', heading(title), ...lines]
}

function format(option: Description): string {
  const { name, doc, quirks, platforms, struct, examples, here } = option
  const places = Object.entries(platforms).map(([platform, place]) =>
    formatPlace(platform === here ? `${platform} (here)` : platform, place),
  )
  const fields = struct?.fields.map(field => [String(field.offset), String(field.size), field.name, field.unit ?? '']) ?? []
  return [
    heading(name),
    doc,
    '',
    formatFacts(option),
    ...section(
      'Notes',
      quirks.map(quirk => `- ${quirk}`),
    ),
    ...section('Numbers', [formatTable([['', 'LEVEL', 'OPTION'], ...places], '  ')]),
    ...section(
      `struct ${struct?.name}${struct?.prefix ? `, without the prefix ${struct.prefix}` : ''}`,
      fields.length === 0 ? [] : [formatTable([['OFFSET', 'BYTES', 'FIELD', 'UNIT'], ...fields], '  ')],
    ),
    ...section(
      'Example',
      examples.map(line => `  ${line}`),
    ),
  ].join('\n')
}

function run({ operands: [name = ''], json }: Request): number {
  const option = describe(find(name))
  if (json) printJson(toJson(option))
  else print(format(option))
  return 0
}

export const show: Command = {
  usage: 'OPTION',
  flags: '[--json]',
  summary: 'everything about one option',
  details: `Prints what is known of OPTION, by its kernel name (SO_RCVTIMEO) or another name
that it has (SO_TIMEOUT): what it does, its level, its numbers on every platform,
its type and unit, what it needs, what one would not expect, and code that uses it.

  --json  the same as one object`,
  takes: ['json'],
  operand: 'the name of an option',
  least: 1,
  most: 1,
  run,
}
