/** WHAT does a file that the system loads say of itself? ELF, PE or Mach-O, read from its bytes on any system. */
import { readElf } from './elf.js'
import { readMachO } from './mach-o.js'
import { readPe } from './pe.js'

/** One architecture's part: a universal Mach-O file has several. */
export interface Slice {
  /** As process.arch says it. */
  readonly arch: string
  readonly bytes: number
  /** Libraries that are loaded with it, as they are named there; those that are loaded at the first call, apart. */
  readonly needed: readonly string[]
  readonly delayed: readonly string[]
  readonly exported: readonly string[]
  /** Symbols that others must have, whichever: PE says of each which, and is not asked. */
  readonly imported: readonly string[]
  /** GLIBC_2.28 and the like. */
  readonly versions: readonly string[]
  /** What is left of symbols that loading does not need: of these the first, or undefined. */
  readonly unstripped: string | undefined
  /** What protects the process, as far as it can be seen: words like 'relro'. */
  readonly hardening: readonly string[]
  /** Mach-O: the oldest macOS, and whether its signature holds. */
  readonly oldestSystem?: string
  readonly signature?: 'valid' | 'broken' | 'none'
}

export interface Binary {
  readonly format: 'ELF' | 'PE' | 'Mach-O'
  readonly slices: readonly Slice[]
}

export function readBinary(bytes: Buffer): Binary {
  const magic = bytes.readUInt32BE(0)
  if (magic === 0x7f454c46) return { format: 'ELF', slices: [readElf(bytes)] }
  if (magic >>> 16 === 0x4d5a) return { format: 'PE', slices: [readPe(bytes)] }
  return { format: 'Mach-O', slices: readMachO(bytes) }
}

/** The text up to the next zero byte. */
export function textAt(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, bytes.indexOf(0, at))
}

/** The name of a number in a table, or an error that says which. */
export function nameOf(names: Readonly<Record<number, string>>, number: number, what: string): string {
  const name = names[number]
  if (name === undefined) throw new Error(`${what} 0x${number.toString(16)} has no name here`)
  return name
}
