/** WHAT does a Mach-O file say of itself? <mach-o/loader.h>, <mach-o/fat.h> and, for signatures, xnu's bsd/sys/codesign.h and osfmk/kern/cs_blobs.h. */
import { createHash } from 'node:crypto'
import { nameOf, type Slice, textAt } from './binary.js'

const architectures: Readonly<Record<number, string>> = { 16777223: 'x64', 16777228: 'arm64' }

const FAT_MAGIC = 0xcafebabe
const MH_MAGIC_64 = 0xfeedfacf
const LC_SYMTAB = 0x2
const LC_LOAD_DYLIB = 0xc
const LC_SEGMENT_64 = 0x19
const LC_CODE_SIGNATURE = 0x1d
const LC_BUILD_VERSION = 0x32
const N_STAB = 0xe0
const N_TYPE = 0x0e
const N_EXT = 0x01
const CSMAGIC_CODEDIRECTORY = 0xfade0c02
const CS_HASHTYPE_SHA256 = 2

interface Command {
  readonly type: number
  readonly at: number
}

function commandsOf(bytes: Buffer): Command[] {
  const commands: Command[] = []
  let at = 32
  for (let count = bytes.readUInt32LE(16); count > 0; count--) {
    commands.push({ type: bytes.readUInt32LE(at), at })
    at += bytes.readUInt32LE(at + 4)
  }
  return commands
}

/** Name and n_type of each symbol, without the underscore that C puts before it. */
function symbolsOf(bytes: Buffer, at: number): { readonly name: string; readonly type: number }[] {
  const [symbols, count, strings] = [8, 12, 16].map(offset => bytes.readUInt32LE(at + offset)) as [number, number, number]
  return Array.from({ length: count }, (_, index) => {
    const entry = symbols + index * 16
    return { name: textAt(bytes, strings + bytes.readUInt32LE(entry)).replace(/^_/, ''), type: bytes.readUInt8(entry + 4) }
  })
}

/** Whether the hash of each page is the one that the code directory has: arm64 loads nothing else. */
function signatureOf(bytes: Buffer, at: number): 'valid' | 'broken' {
  const blob = bytes.readUInt32LE(at + 8)
  const directories = Array.from({ length: bytes.readUInt32BE(blob + 8) }, (_, index) => blob + bytes.readUInt32BE(blob + 16 + index * 8))
  const directory = directories.find(at => bytes.readUInt32BE(at) === CSMAGIC_CODEDIRECTORY)
  if (directory === undefined || bytes.readUInt8(directory + 37) !== CS_HASHTYPE_SHA256) return 'broken'
  const hashes = directory + bytes.readUInt32BE(directory + 16)
  const limit = bytes.readUInt32BE(directory + 32)
  const page = 2 ** bytes.readUInt8(directory + 39)
  const isRight = (index: number) => {
    const hash = createHash('sha256')
      .update(bytes.subarray(index * page, Math.min(limit, (index + 1) * page)))
      .digest()
    return hash.equals(bytes.subarray(hashes + index * 32, hashes + index * 32 + 32))
  }
  const pages = Math.ceil(limit / page)
  const isWhole = limit === blob && bytes.readUInt32BE(directory + 28) === pages
  return isWhole && Array.from({ length: pages }, (_, index) => index).every(isRight) ? 'valid' : 'broken'
}

function readSlice(bytes: Buffer): Slice {
  if (bytes.readUInt32LE(0) !== MH_MAGIC_64) throw new Error('neither ELF nor PE nor 64-bit Mach-O')
  const commands = commandsOf(bytes)
  const commandOf = (type: number) => commands.find(command => command.type === type)?.at
  const [symtab, build, signature] = [LC_SYMTAB, LC_BUILD_VERSION, LC_CODE_SIGNATURE].map(commandOf)
  const symbols = symtab === undefined ? [] : symbolsOf(bytes, symtab)
  const external = symbols.filter(({ type }) => (type & N_STAB) === 0 && (type & N_EXT) !== 0)
  const segments = commands.filter(({ type }) => type === LC_SEGMENT_64).map(({ at }) => textAt(bytes, at + 8))
  const version = build === undefined ? 0 : bytes.readUInt32LE(build + 12)
  return {
    arch: nameOf(architectures, bytes.readUInt32LE(4), 'cputype'),
    bytes: bytes.length,
    needed: commands.filter(({ type }) => type === LC_LOAD_DYLIB).map(({ at }) => textAt(bytes, at + bytes.readUInt32LE(at + 8))),
    delayed: [],
    exported: external.filter(({ type }) => (type & N_TYPE) !== 0).map(({ name }) => name),
    imported: external.filter(({ type }) => (type & N_TYPE) === 0).map(({ name }) => name),
    versions: [],
    unstripped: segments.includes('__DWARF') ? '__DWARF' : symbols.find(({ type }) => (type & N_STAB) !== 0)?.name,
    hardening: [],
    oldestSystem: `${version >>> 16}.${(version >>> 8) & 0xff}`,
    signature: signature === undefined ? 'none' : signatureOf(bytes, signature),
  }
}

export function readMachO(bytes: Buffer): Slice[] {
  if (bytes.readUInt32BE(0) !== FAT_MAGIC) return [readSlice(bytes)]
  return Array.from({ length: bytes.readUInt32BE(4) }, (_, index) => {
    const [offset, size] = [16, 20].map(at => bytes.readUInt32BE(index * 20 + at)) as [number, number]
    return readSlice(bytes.subarray(offset, offset + size))
  })
}
