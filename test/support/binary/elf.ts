/** WHAT does an ELF file say of itself? elf(5); versions as in the Linux Standard Base, "Symbol Versioning". */
import { nameOf, type Slice, textAt } from './binary.js'

/** e_machine, with the class and the byte order: both powerpc64 have one number. */
const architectures: Readonly<Record<string, string>> = {
  '62 64 little': 'x64',
  '183 64 little': 'arm64',
  '40 32 little': 'arm',
  '21 64 little': 'ppc64',
  '22 64 big': 's390x',
  '243 64 little': 'riscv64',
  '3 32 little': 'ia32',
}

const SHT_SYMTAB = 2
const SHT_DYNAMIC = 6
const SHT_DYNSYM = 11
const SHT_GNU_VERNEED = 0x6ffffffe
const PT_GNU_STACK = 0x6474e551
const PT_GNU_RELRO = 0x6474e552
const PF_X = 1
const DT_NEEDED = 1
const DT_TEXTREL = 22
const DT_FLAGS = 30
const DF_TEXTREL = 4
const DF_BIND_NOW = 8

interface Section {
  readonly name: number
  readonly type: number
  readonly offset: number
  readonly size: number
  readonly link: number
  readonly info: number
}

/** Integers of the file's own width and byte order. */
function readerOf(bytes: Buffer) {
  const wide = bytes[4] === 2
  const little = bytes[5] === 1
  const u16 = (at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
  const u32 = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const word = (at: number) => (wide ? Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at)) : u32(at))
  return { wide, little, u16, u32, word }
}

type Reader = ReturnType<typeof readerOf>

function sectionsOf({ wide, u16, u32, word }: Reader): Section[] {
  const start = word(wide ? 40 : 32)
  const size = u16(wide ? 58 : 46)
  return Array.from({ length: u16(wide ? 60 : 48) }, (_, index) => {
    const at = start + index * size
    return {
      name: u32(at),
      type: u32(at + 4),
      offset: word(at + (wide ? 24 : 16)),
      size: word(at + (wide ? 32 : 20)),
      link: u32(at + (wide ? 40 : 24)),
      info: u32(at + (wide ? 44 : 28)),
    }
  })
}

function segmentsOf({ wide, u16, u32, word }: Reader): { readonly type: number; readonly flags: number }[] {
  const start = word(wide ? 32 : 28)
  const size = u16(wide ? 54 : 42)
  return Array.from({ length: u16(wide ? 56 : 44) }, (_, index) => {
    const at = start + index * size
    return { type: u32(at), flags: u32(at + (wide ? 4 : 24)) }
  })
}

/** Tag and value of each entry of the dynamic section. */
function dynamicOf({ wide, word }: Reader, section: Section): [number, number][] {
  const size = wide ? 16 : 8
  return Array.from({ length: section.size / size }, (_, index) => {
    const at = section.offset + index * size
    return [word(at), word(at + size / 2)]
  })
}

/** Exported: defined (st_shndx), global or weak (st_info), default or protected (st_other). Imported: not defined, and not weak. */
function symbolsOf(bytes: Buffer, { wide, u16, u32 }: Reader, section: Section, strings: number): Pick<Slice, 'exported' | 'imported'> {
  const size = wide ? 24 : 16
  const [exported, imported]: [string[], string[]] = [[], []]
  for (let at = section.offset; at < section.offset + section.size; at += size) {
    const name = textAt(bytes, strings + u32(at))
    const binding = bytes.readUInt8(at + (wide ? 4 : 12)) >> 4
    const visibility = bytes.readUInt8(at + (wide ? 5 : 13)) & 3
    const isDefined = u16(at + (wide ? 6 : 14)) !== 0
    if (!isDefined && binding === 1) imported.push(name)
    if (isDefined && binding > 0 && (visibility === 0 || visibility === 3)) exported.push(name)
  }
  return { exported, imported }
}

/** A chain of libraries, each with a chain of the versions that are needed of it. */
function versionsOf(bytes: Buffer, { u16, u32 }: Reader, section: Section, strings: number): string[] {
  const versions: string[] = []
  let library = section.offset
  for (let libraries = section.info; libraries > 0; libraries--) {
    let version = library + u32(library + 8)
    for (let count = u16(library + 2); count > 0; count--) {
      versions.push(textAt(bytes, strings + u32(version + 8)))
      version += u32(version + 12)
    }
    library += u32(library + 12)
  }
  return versions
}

export function readElf(bytes: Buffer): Slice {
  const reader = readerOf(bytes)
  const { wide, little, u16 } = reader
  const sections = sectionsOf(reader)
  const sectionOf = (type: number) => sections.find(section => section.type === type)
  const offsetOf = (index: number) => sections[index]?.offset ?? 0

  const names = offsetOf(u16(wide ? 62 : 50))
  const debug = sections.map(({ name }) => textAt(bytes, names + name)).find(name => name.startsWith('.debug'))
  const [dynamic, symbols, versions] = [SHT_DYNAMIC, SHT_DYNSYM, SHT_GNU_VERNEED].map(sectionOf)
  if (dynamic === undefined || symbols === undefined) throw new Error('an ELF file without a dynamic section or dynamic symbols')
  const entries = dynamicOf(reader, dynamic)
  const flags = entries.find(([tag]) => tag === DT_FLAGS)?.[1] ?? 0
  const segments = segmentsOf(reader)
  const hasTextRelocations = (flags & DF_TEXTREL) !== 0 || entries.some(([tag]) => tag === DT_TEXTREL)

  return {
    arch: architectures[`${u16(18)} ${wide ? 64 : 32} ${little ? 'little' : 'big'}`] ?? nameOf({}, u16(18), 'e_machine'),
    bytes: bytes.length,
    needed: entries.filter(([tag]) => tag === DT_NEEDED).map(([, name]) => textAt(bytes, offsetOf(dynamic.link) + name)),
    delayed: [],
    ...symbolsOf(bytes, reader, symbols, offsetOf(symbols.link)),
    versions: versions ? versionsOf(bytes, reader, versions, offsetOf(versions.link)) : [],
    unstripped: sectionOf(SHT_SYMTAB) ? '.symtab' : debug,
    hardening: [
      ...(segments.some(({ type, flags }) => type === PT_GNU_STACK && (flags & PF_X) === 0) ? ['stack is not executable'] : []),
      ...(segments.some(({ type }) => type === PT_GNU_RELRO) && (flags & DF_BIND_NOW) !== 0 ? ['relocations are read-only'] : []),
      ...(hasTextRelocations ? [] : ['text is not relocated']),
    ],
  }
}
