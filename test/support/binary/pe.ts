/** WHAT does a PE file say of itself? Microsoft's "PE Format". */
import { nameOf, type Slice, textAt } from './binary.js'

const architectures: Readonly<Record<number, string>> = { 34404: 'x64', 332: 'ia32', 43620: 'arm64' }

/** Data directories: indices and the sizes of their entries. */
const EXPORT = 0
const IMPORT = { index: 1, size: 20, name: 12 }
const DELAY_IMPORT = { index: 13, size: 32, name: 4 }

/** IMAGE_DLLCHARACTERISTICS_... */
const characteristics = { 32: 'high entropy', 64: 'dynamic base', 256: 'stack is not executable', 16384: 'control flow guard' }

export function readPe(bytes: Buffer): Slice {
  const header = bytes.readUInt32LE(0x3c) + 4 // after "PE\0\0"
  const optional = header + 20
  const directories = optional + (bytes.readUInt16LE(optional) === 0x20b ? 112 : 96)
  const sections = Array.from({ length: bytes.readUInt16LE(header + 2) }, (_, index) => {
    const at = optional + bytes.readUInt16LE(header + 16) + index * 40
    return {
      name: bytes.toString('latin1', at, at + 8).replace(/\0.*/, ''),
      address: bytes.readUInt32LE(at + 12),
      size: bytes.readUInt32LE(at + 16),
      offset: bytes.readUInt32LE(at + 20),
    }
  })

  /** Where in the file an address of the loaded image lies. */
  const offsetOf = (address: number): number => {
    const section = sections.find(section => address >= section.address && address < section.address + section.size)
    if (section === undefined) throw new Error(`no section has the address 0x${address.toString(16)}`)
    return address - section.address + section.offset
  }
  const addressOf = (directory: number) => bytes.readUInt32LE(directories + directory * 8)

  const librariesOf = ({ index, size, name }: typeof IMPORT): string[] => {
    const libraries: string[] = []
    if (addressOf(index) === 0) return libraries
    for (let at = offsetOf(addressOf(index)); bytes.readUInt32LE(at + name) !== 0; at += size) {
      libraries.push(textAt(bytes, offsetOf(bytes.readUInt32LE(at + name))))
    }
    return libraries
  }

  const exportsOf = (): string[] => {
    if (addressOf(EXPORT) === 0) return []
    const table = offsetOf(addressOf(EXPORT))
    const names = offsetOf(bytes.readUInt32LE(table + 32))
    return Array.from({ length: bytes.readUInt32LE(table + 24) }, (_, index) =>
      textAt(bytes, offsetOf(bytes.readUInt32LE(names + index * 4))),
    )
  }

  const flags = bytes.readUInt16LE(optional + 70)
  const symbols = bytes.readUInt32LE(header + 12)
  return {
    arch: nameOf(architectures, bytes.readUInt16LE(header), 'the machine'),
    bytes: bytes.length,
    needed: librariesOf(IMPORT),
    delayed: librariesOf(DELAY_IMPORT),
    exported: exportsOf(),
    imported: [],
    versions: [],
    // A name that is longer than 8 bytes is '/' and its place in a table, which only debug information has need of.
    unstripped: symbols > 0 ? 'a symbol table' : sections.find(({ name }) => /^(\/|\.debug)/.test(name))?.name,
    hardening: Object.entries(characteristics).flatMap(([bit, name]) => ((flags & Number(bit)) !== 0 ? [name] : [])),
  }
}
