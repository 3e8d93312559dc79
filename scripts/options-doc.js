#!/usr/bin/env node
/**
 * WHAT options are there, for a reader? Writes docs/options.md from the catalogue and the platforms' tables.
 * With --check, writes nothing and exits 1 if the file is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { readSources } from './sources.js'

const {
  aliases,
  catalogue,
  platforms: tables,
  whole,
} = await readSources('options/aliases', 'options/index', 'platform/index', 'platform/platform')
const [linux, darwin, freebsd, win32] = ['linux', 'darwin', 'freebsd', 'win32'].map(name => whole(tables[name]))
const file = new URL('../docs/options.md', import.meta.url)
const title = { linux: 'Linux', darwin: 'macOS', freebsd: 'FreeBSD', win32: 'Windows' }

/** Offsets that depend on the machine are shown for a 64-bit one of each system. */
const abiOf = (name, afInet6) => ({
  littleEndian: true,
  wordSize: 8,
  timevalSize: 16,
  int64Alignment: 8,
  sockaddrHasLength: name === 'darwin' || name === 'freebsd',
  afInet6,
})
const systems = [
  { platform: linux, abi: abiOf('linux', 10) },
  { platform: darwin, abi: abiOf('darwin', 30) },
  { platform: freebsd, abi: abiOf('freebsd', 28) },
  { platform: win32, abi: abiOf('win32', 23) },
]
const platforms = systems.map(({ platform }) => platform)
const rows = Object.values(catalogue)
const levels = [...new Set(rows.map(row => row.level))]
const accesses = { rw: 'get, set', ro: 'get', wo: 'set', none: '-' }

const cell = text => String(text).replaceAll('|', '\\|')
const code = text => `\`${cell(text)}\``
const table = (head, lines) => [head, head.map(() => '---'), ...lines].map(line => `| ${line.join(' | ')} |`).join('\n')
const showNumber = number => (number === undefined ? '' : number >= 0x1000 ? `0x${number.toString(16)}` : `${number}`)

/** How a platform differs from the row: "On Windows: `DWORD (ms)`, a DWORD of milliseconds." */
function disagreement(platform, row) {
  const quirk = platform.quirks[row.name]
  if (quirk === undefined) return []
  const type = quirk.codec === undefined ? [] : [code(quirk.codec.name)]
  const access = quirk.access === undefined ? [] : [quirk.access === 'none' ? 'neither get nor set' : `${accesses[quirk.access]} only`]
  return [`On ${title[platform.name]}: ${[...type, ...access, cell(quirk.reason)].join(', ')}.`]
}

function describeRow(row) {
  const others = Object.keys(aliases).filter(alias => aliases[alias] === row.name)
  return [
    cell(row.doc),
    ...(row.needs === undefined ? [] : [`Needs ${cell(row.needs)}.`]),
    ...row.quirks.map(cell),
    ...platforms.flatMap(platform => disagreement(platform, row)),
    ...(row.inOut ? ['A get takes its question from the buffer (`input`).'] : []),
    ...(others.length === 0 ? [] : [`Also called ${others.map(code).join(', ')}.`]),
  ].join('<br>')
}

function describeLevel(level) {
  const options = rows.filter(row => row.level === level)
  const numbers = platforms
    .filter(({ levels }) => levels[level] !== undefined)
    .map(({ name, levels }) => `${showNumber(levels[level])} on ${title[name]}`)
  const family =
    options[0].family === undefined ? '' : ` Its number belongs to another protocol too: only sockets of ${options[0].family} have it.`
  const head = ['option', 'type', 'access', 'unit', ...platforms.map(({ name }) => title[name]), 'since', 'what it does']
  const lines = options.map(row => [
    code(row.name),
    code(row.codec.name),
    accesses[row.access],
    row.unit ?? '',
    ...platforms.map(platform => showNumber(platform.numbers[row.name])),
    row.since ?? '',
    describeRow(row),
  ])
  const where = level === 'WSAIOCTL' ? 'Not a level: control codes of WSAIoctl on Windows.' : `${numbers.join(', ')}.${family}`
  return `## ${level}\n\n${where}\n\n${table(head, lines)}`
}

/** Every codec in use with the options that use it: the rows' own, their variants', and those of the platforms. */
function codecsInUse() {
  const users = new Map()
  const use = (codec, user, abi) => {
    const known = users.get(codec) ?? { codec, abi, names: [] }
    known.names.push(user)
    users.set(codec, known)
  }
  for (const row of rows) {
    const system = systems.find(({ platform }) => platform.numbers[row.name] !== undefined)
    use(row.codec, code(row.name), system.abi)
    for (const [variant, codec] of Object.entries(row.variants?.codecs ?? {})) use(codec, `${code(row.name)} with ${variant}`, system.abi)
    for (const { platform, abi } of systems) {
      const codec = platform.quirks[row.name]?.codec
      if (codec !== undefined) use(codec, `${code(row.name)} on ${title[platform.name]}`, abi)
    }
  }
  return [...users.values()].sort((a, b) => (a.codec.name < b.codec.name ? -1 : a.codec.name > b.codec.name ? 1 : 0))
}

function describeStruct({ codec, abi, names }) {
  const offset = start => (typeof start === 'function' ? start(abi) : start)
  const lines = Object.entries(codec.layout.fields).map(([name, [start, field, unit]]) => [
    code(name),
    offset(start),
    field.size,
    unit ?? '',
  ])
  return `### struct ${codec.layout.struct}\n\n${names.join(', ')}; at most ${codec.size} bytes.\n\n${table(['field', 'offset', 'bytes', 'unit'], lines)}`
}

function render() {
  const used = codecsInUse()
  const structs = used.filter(({ codec }) => codec.layout !== undefined)
  const choices = used.filter(({ codec }) => /^(enum|flags) /.test(codec.name))
  const counts = platforms.map(({ name, numbers }) => `${Object.keys(numbers).length} on ${title[name]}`).join(', ')
  return `<!-- Written by scripts/options-doc.js from src/options and src/platform. Do not edit: run npm run docs. -->

# Options

${rows.length} options at ${levels.length} levels: ${counts}. Names, numbers and units are the kernel's.

- **access**: what getsockopt and setsockopt accept; "-" is a number of the headers that neither does.
- **Linux** to **Windows**: the number there; empty where the system has no such option.
- **since**: the first Linux kernel that has it.

Levels: ${levels.map(level => `[${level}](#${level.toLowerCase()})`).join(', ')}. Then: [enums and flags](#enums-and-flags), [structs](#structs).

${levels.map(describeLevel).join('\n\n')}

## Enums and flags

${table(
  ['type', 'options', 'takes'],
  choices.map(({ codec, names }) => [code(codec.name), names.join(', '), cell(codec.accepts)]),
)}

## Structs

Offsets and sizes in bytes, on a 64-bit machine. A field that the kernel did not return is \`undefined\`.

${structs.map(describeStruct).join('\n\n')}
`
}

const text = render()
if (process.argv.includes('--check')) {
  const isFresh = readFileSync(file, 'utf8') === text
  if (!isFresh) console.error('docs/options.md is stale: run npm run docs')
  process.exitCode = isFresh ? 0 : 1
} else {
  writeFileSync(file, text)
}
