/** Do this machine's C headers lay a struct out as a codec does? Asks the C compiler, field by field. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Abi, Codec, Layout } from '../../src/codec/codec.js'

export interface LayoutCase {
  /** A codec that has a layout. */
  readonly codec: Codec<any, any>
  /** Headers in the order of inclusion, without brackets: `['linux/tcp.h']`. Cases that share a list are compiled together. */
  readonly includes: readonly string[]
  /** How C names it, where that is not `struct ` and the layout's name: `sctp_assoc_t`, `union foo`. */
  readonly cStruct?: string
  /** C members that are not prefix + snake_case(field), as designators (`a.b`, `u.c[0]`); null for a field that C does not have. */
  readonly cNames?: Readonly<Record<string, string | null>>
  /** What sizeof has to be; null where it says nothing (a struct that grows, a flexible array). By default the codec's size. */
  readonly size?: number | null
  /** A preprocessor condition under which the headers have this form of it: `LINUX_VERSION_CODE >= 0x70000`. */
  readonly only?: string
  /** The only system that has it. */
  readonly platform?: NodeJS.Platform
}

export interface Comparison {
  readonly struct: string
  /** Fields that agree. */
  readonly agree: readonly string[]
  /** What disagrees, each as a sentence. */
  readonly disagree: readonly string[]
  /** Fields that the installed headers lack. */
  readonly absent: readonly string[]
  /** Why nothing was compared. */
  readonly skipped: string | undefined
}

type Read = (view: DataView, at: number, abi: Abi) => unknown
interface Probe {
  readonly line: number
  readonly at: number
  readonly field: string | undefined
}

/** The compiler may come with flags, and what it makes may need an emulator: `CC='arm-linux-gnueabihf-gcc -static' EMULATOR=qemu-arm-static`. */
const [compiler = 'cc', ...flags] = (process.env.CC ?? 'cc').split(' ')
const emulator = process.env.EMULATOR
const keyOf = ({ at, field }: { at: number; field: string | undefined }) => `${at} ${field ?? ''}`
const hasCompiler = spawnSync(compiler, ['--version']).status === 0

export const snakeCase = (name: string) => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

function layoutOf({ codec }: LayoutCase): Layout {
  if (codec.layout === undefined) throw new Error(`${codec.name} has no layout`)
  return codec.layout
}

const cStructOf = (of: LayoutCase) => of.cStruct ?? `struct ${layoutOf(of).struct}`

function cNameOf(of: LayoutCase, field: string): string | null {
  const given = of.cNames?.[field]
  return given === undefined ? layoutOf(of).prefix + snakeCase(field) : given
}

const prologue = `#define _GNU_SOURCE
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/time.h>
`
const bytesOf =
  'static void bytes(const void *p, size_t n) { for (size_t i = 0; i < n; i++) printf("%02x", ((const unsigned char *)p)[i]); printf("\\n"); }'
const abiLine = `union { int i; char c; } one = { 1 }; struct after { char byte; int64_t number; };
printf("abi %d %zu %zu %zu\\n", one.c, sizeof(long), sizeof(struct timeval), offsetof(struct after, number));`

/** One C program for the cases that share their headers; `dropped` are the lines a former attempt could not compile, `bits` the bit-fields. */
function program(
  cases: readonly LayoutCase[],
  dropped: ReadonlySet<string>,
  bits: ReadonlySet<string>,
): { source: string; probes: Probe[] } {
  const lines = prologue.trimEnd().split('\n')
  for (const include of cases[0]?.includes ?? []) lines.push(`#include <${include}>`)
  lines.push(bytesOf, 'int main(void) {', ...abiLine.split('\n'))
  const probes: Probe[] = []
  const probe = (at: number, field: string | undefined, source: string) => {
    if (dropped.has(keyOf({ at, field }))) return
    lines.push(source)
    probes.push({ line: lines.length, at, field })
  }
  cases.forEach((of, at) => {
    const type = cStructOf(of)
    if (of.only !== undefined) lines.push(`#if ${of.only}`)
    probe(at, undefined, `printf("${at} size %zu\\n", sizeof(${type}));`)
    for (const field of Object.keys(layoutOf(of).fields)) {
      const member = cNameOf(of, field)
      if (member === null) continue
      if (bits.has(`${at} ${field}`)) {
        probe(at, field, `{ ${type} s; memset(&s, 0, sizeof s); s.${member} = ~0; printf("${at} bits ${field} "); bytes(&s, sizeof s); }`)
      } else {
        probe(at, field, `printf("${at} field ${field} %zu %zu\\n", offsetof(${type}, ${member}), sizeof(((${type} *)0)->${member}));`)
      }
    }
    if (of.only !== undefined) lines.push('#endif')
  })
  lines.push('return 0; }', '')
  return { source: lines.join('\n'), probes }
}

/** Compiles and runs; a line that does not compile is dropped (the headers lack it) or becomes a bit-field, and the rest is tried again. */
function ask(cases: readonly LayoutCase[], folder: string): { output: string; missing: string | undefined } {
  const dropped = new Set<string>()
  const bits = new Set<string>()
  for (;;) {
    const { source, probes } = program(cases, dropped, bits)
    const file = join(folder, 'layout.c')
    writeFileSync(file, source)
    const compiled = spawnSync(compiler, [...flags, '-w', '-fmax-errors=0', '-o', join(folder, 'layout'), file], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    })
    if (compiled.status === 0) {
      const layout = join(folder, 'layout')
      const run = emulator === undefined ? spawnSync(layout, { encoding: 'utf8' }) : spawnSync(emulator, [layout], { encoding: 'utf8' })
      if (run.status !== 0) throw new Error(`the layout program failed: ${run.stderr}`)
      return { output: run.stdout, missing: undefined }
    }
    const missing = /fatal error: '?([\w./-]+)'?(?:: No such file| file not found)/.exec(compiled.stderr)?.[1]
    if (missing !== undefined) return { output: '', missing }
    const faults = new Map<string, string[]>()
    for (const [, line, message = ''] of compiled.stderr.matchAll(/layout\.c:(\d+):\d+: error: (.*)/g)) {
      const probe = probes.find(one => one.line === Number(line))
      if (probe !== undefined) faults.set(keyOf(probe), [...(faults.get(keyOf(probe)) ?? []), message])
    }
    for (const [key, messages] of faults) {
      if (!bits.has(key) && messages.some(message => /bit-?field/.test(message))) bits.add(key)
      else dropped.add(key)
    }
    if (faults.size === 0) throw new Error(`${cases.map(cStructOf).join(', ')} cannot be compared:\n${compiled.stderr}`)
  }
}

const hexBytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** C set every bit of the bit-field and no other: the codec's field must see a change there, and none in the complement. */
function compareBits(read: Read, offset: number, hex: string, abi: Abi): string | undefined {
  const ones = hexBytes(hex)
  const zero = read(viewOf(new Uint8Array(ones.length)), offset, abi)
  const set = read(viewOf(ones), offset, abi)
  const others = read(viewOf(ones.map(byte => ~byte)), offset, abi)
  const every = read(viewOf(ones.map(() => 0xff)), offset, abi)
  if (set === zero || String(set) !== String(every)) return `does not cover the bits C sets (${hex})`
  return String(others) === String(zero) ? undefined : `covers bits that C leaves to others (${hex})`
}

function compareOne(of: LayoutCase, at: number, output: string, abi: Abi): Comparison {
  const layout = layoutOf(of)
  const agree: string[] = []
  const disagree: string[] = []
  const absent: string[] = []
  const struct = cStructOf(of)
  const size = new RegExp(`^${at} size (\\d+)$`, 'm').exec(output)?.[1]
  const condition = of.only === undefined ? '' : ` where ${of.only}`
  if (size === undefined) return { struct, agree, disagree, absent, skipped: `${of.includes.join(', ')} here has no ${struct}${condition}` }
  for (const [name, [start, field]] of Object.entries(layout.fields)) {
    const member = cNameOf(of, name)
    if (member === null) continue
    const offset = typeof start === 'number' ? start : start(abi)
    const plain = new RegExp(`^${at} field ${name} (\\d+) (\\d+)$`, 'm').exec(output)
    const bits = new RegExp(`^${at} bits ${name} ([0-9a-f]+)$`, 'm').exec(output)?.[1]
    if (plain !== null) {
      const same = Number(plain[1]) === offset && Number(plain[2]) === field.size
      if (same) agree.push(name)
      else disagree.push(`${member} is ${plain[2]} bytes at ${plain[1]} in C, ${field.size} bytes at ${offset} in the codec`)
    } else if (bits !== undefined) {
      const fault = compareBits((field as unknown as { read: Read }).read, offset, bits, abi)
      if (fault === undefined) agree.push(name)
      else disagree.push(`the codec of ${member} ${fault}`)
    } else {
      absent.push(name)
    }
  }
  const expected = of.size === null ? null : (layout.bytes?.(abi) ?? of.size ?? of.codec.size)
  if (expected !== null && absent.length === 0 && Number(size) !== expected)
    disagree.push(`sizeof(${struct}) is ${size} in C, ${expected} in the codec`)
  return { struct, agree, disagree, absent, skipped: undefined }
}

function abiOf(output: string): Abi {
  const [, little, word, timeval, alignment] = /^abi (\d) (\d+) (\d+) (\d+)$/m.exec(output) ?? []
  const numbers = { linux: 10, win32: 23, freebsd: 28, darwin: 30 } as Readonly<Record<string, number>>
  return {
    littleEndian: little === '1',
    wordSize: Number(word),
    timevalSize: Number(timeval),
    int64Alignment: Number(alignment),
    sockaddrHasLength: process.platform === 'darwin' || process.platform.endsWith('bsd'),
    afInet6: numbers[process.platform] ?? 0,
  }
}

/** Compares each struct with the headers of this machine, in the order given. */
export function compareLayouts(structs: readonly LayoutCase[]): readonly Comparison[] {
  const results = new Map<LayoutCase, Comparison>()
  const skip = (of: LayoutCase, skipped: string) => results.set(of, { struct: cStructOf(of), agree: [], disagree: [], absent: [], skipped })
  const groups = new Map<string, LayoutCase[]>()
  for (const of of structs) {
    const key = of.includes.join(' ')
    if (!hasCompiler) skip(of, `no C compiler (${compiler})`)
    else if (of.platform !== undefined && of.platform !== process.platform) skip(of, `only ${of.platform} has it`)
    else groups.set(key, [...(groups.get(key) ?? []), of])
  }
  const folder = mkdtempSync(join(tmpdir(), 'getsockopt-layout-'))
  try {
    for (const cases of groups.values()) {
      const { output, missing } = ask(cases, folder)
      const abi = abiOf(output)
      cases.forEach((of, at) => {
        if (missing !== undefined) skip(of, `no header ${missing} here`)
        else results.set(of, compareOne(of, at, output, abi))
      })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return structs.map(of => results.get(of) as Comparison)
}

/** One test per struct. What could not be compared is skipped with its reason, or printed with the fields concerned. */
export function testLayouts(title: string, structs: readonly LayoutCase[]): void {
  describe(title, () => {
    compareLayouts(structs).forEach(({ struct, agree, disagree, absent, skipped }) => {
      test(`${struct} has the layout of this machine's headers`, context => {
        if (skipped !== undefined) {
          console.info(`not compared: ${struct}: ${skipped}`)
          context.skip(skipped)
        }
        if (absent.length > 0) console.info(`not compared: ${struct}: the headers here lack ${absent.join(', ')}`)
        expect(disagree).toEqual([])
        expect(agree.length).toBeGreaterThan(0)
      })
    })
  })
}
