/** IS each prebuilt binary what its name says, and does it load wherever Node does? PREBUILDS=folder instead of prebuilds/; PREBUILDS_COMPLETE=yes before a release. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Binary, readBinary, type Slice } from '../support/binary/binary.js'
import { isLinux, needs, skipVisibly } from '../support/needs.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = resolve(root, process.env.PREBUILDS ?? 'prebuilds')
const contents = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .sort()
const names = contents.filter(name => name.endsWith('.node'))
const bytesOf = (name: string) => readFileSync(join(folder, name))

/** What a release has. */
const released = [
  'darwin-x64+arm64/getsockopt.node',
  'linux-arm/getsockopt.armv7.glibc.node',
  'linux-arm/getsockopt.armv7.musl.node',
  'linux-arm64/getsockopt.glibc.node',
  'linux-arm64/getsockopt.musl.node',
  'linux-ia32/getsockopt.glibc.node',
  'linux-ppc64/getsockopt.glibc.node',
  'linux-riscv64/getsockopt.glibc.node',
  'linux-s390x/getsockopt.glibc.node',
  'linux-x64/getsockopt.glibc.node',
  'linux-x64/getsockopt.musl.node',
  'win32-arm64/getsockopt.node',
  'win32-ia32/getsockopt.node',
  'win32-x64/getsockopt.node',
]

const formats: Readonly<Record<string, Binary['format']>> = { linux: 'ELF', darwin: 'Mach-O', win32: 'PE' }

/** What Node itself loads too, by what the name of the file says. ADVAPI32 has the random numbers of GCC's stack protector. */
const libraries: Readonly<Record<string, RegExp>> = {
  glibc: /^(libc\.so\.6|libm\.so\.6|libstdc\+\+\.so\.6|libgcc_s\.so\.1|ld-linux[\w-]*\.so\.\d|ld64\.so\.\d)$/,
  musl: /^(libc\.so|libc\.musl-\w+\.so\.1|libstdc\+\+\.so\.6|libgcc_s\.so\.1)$/,
  darwin: /^\/usr\/lib\/lib(System\.B|c\+\+\.1)\.dylib$/,
  win32: /^(kernel32|ws2_32|advapi32|msvcrt|api-ms-win-crt-[\w-]+)\.dll$/i,
}

/** The newest that Node 20 to 26 need themselves, and GCC_: of libgcc_s, which has had it since GCC 3.5. */
const newest: Readonly<Record<string, string>> = { GLIBC: '2.28', GLIBCXX: '3.4.21', CXXABI: '1.3.9', GCC: '3.5' }

const SIZE = 100_000
const LARGER = 200_000
const documentation = readFileSync(join(root, 'docs/prebuilds.md'), 'utf8')
/** Those of which docs/prebuilds.md says why. */
const isLarger = (name: string) => documentation.includes(`\`${name.split('/')[0]}\` is larger than 100 kB:`)

const isLater = (version: string): boolean => {
  const [kind, number] = version.split('_') as [string, string]
  const limit = newest[kind]
  return limit === undefined || number.localeCompare(limit, 'en', { numeric: true }) > 0
}

function readName(name: string) {
  const parts = /^(?<platform>\w+)-(?<archs>[\w+]+)\/getsockopt(\.armv7)?(\.(?<libc>glibc|musl))?\.node$/.exec(name)?.groups
  if (parts === undefined) throw new Error(`${name} is no name that node-gyp-build would look for`)
  const { platform = '', archs = '', libc } = parts
  return { platform, archs: archs.split('+'), system: libc ?? platform }
}

test('a release has every binary', context => {
  needs(context, process.env.PREBUILDS_COMPLETE, 'this is no release: PREBUILDS_COMPLETE is not set')
  expect(names).toEqual(released)
})

test('there are binaries', context => {
  needs(context, names.length > 0 || process.env.PREBUILDS, 'prebuilds/ has no binary; npm run prebuild makes one')
  expect(names).not.toEqual([])
  expect(contents.filter(name => !names.includes(name) && name !== 'README.md')).toEqual([])
})

describe.each(names)('%s', name => {
  const { platform, archs, system } = readName(name)
  const { format, slices } = readBinary(bytesOf(name))
  const each = <T>(property: (slice: Slice) => T) => slices.map(property)

  test('is of the format and for the architecture that its folder says', () => {
    expect(format).toBe(formats[platform])
    expect(each(slice => slice.arch)).toEqual(archs)
  })

  test('exports what Node-API looks for', () => {
    for (const exported of each(slice => slice.exported)) {
      expect(exported).toEqual(expect.arrayContaining(['napi_register_module_v1', 'node_api_module_get_api_version_v1']))
    }
  })

  test('needs no library that Node does not need', () => {
    for (const needed of each(slice => slice.needed)) {
      expect(needed).not.toEqual([])
      expect(needed.filter(library => !libraries[system]?.test(library))).toEqual([])
    }
  })

  test('calls no function of C++ that none of them has', () => {
    for (const { needed, imported } of slices) {
      const hasLibrary = needed.some(library => /c\+\+/.test(library))
      expect(imported.filter(symbol => symbol.startsWith('_Z') && !hasLibrary)).toEqual([])
    }
  })

  test('asks for node.exe only through a hook that finds it under any name', () => {
    expect(each(slice => slice.delayed.filter(library => !/^node\.exe$/i.test(library)))).toEqual(each(() => []))
  })

  test('needs no later version of them than Node does', () => {
    expect(each(slice => slice.versions.filter(isLater))).toEqual(each(() => []))
    expect(each(slice => slice.versions.some(version => version.startsWith('GLIBC_')))).toEqual(each(() => system === 'glibc'))
  })

  test('is stripped', () => {
    expect(each(slice => slice.unstripped)).toEqual(each(() => undefined))
  })

  test('is small', () => {
    for (const bytes of each(slice => slice.bytes)) expect(bytes).toBeLessThan(isLarger(name) ? LARGER : SIZE)
  })

  test('has what its system protects a process with', () => {
    const wanted = {
      ELF: ['stack is not executable', 'relocations are read-only', 'text is not relocated'],
      PE: ['stack is not executable', 'dynamic base'],
      'Mach-O': [],
    }
    for (const hardening of each(slice => slice.hardening)) expect(hardening).toEqual(expect.arrayContaining(wanted[format]))
    // Without a signature that holds, arm64 kills the process that loads it; x64 does not look.
    const unsigned = slices.filter(({ arch, signature }) => signature === 'broken' || (signature === 'none' && arch === 'arm64'))
    expect(unsigned).toEqual([])
    const tooNew = each(slice => slice.oldestSystem).filter(version => version !== undefined && version !== '11.0')
    expect(tooNew).toEqual([])
  })
})

test('the one for this machine loads, and finds the socket functions', context => {
  const found = spawnSync(process.execPath, ['-p', `require('node-gyp-build').resolve(${JSON.stringify(join(folder, '..'))})`], {
    cwd: root,
    env: { ...process.env, PREBUILDS_ONLY: '1' },
    encoding: 'utf8',
  })
  needs(
    context,
    found.status === 0 && folder.endsWith('prebuilds'),
    'there is none for this machine, or its folder is not called prebuilds',
  )
  const binding = createRequire(import.meta.url)(found.stdout.trim())
  expect(binding.attach(new ArrayBuffer(64))).toBe(64)
  expect(binding.abi.wordSize).toBe(['arm', 'ia32'].includes(process.arch) ? 4 : 8)
  expect(binding.abi.int64Alignment).toBe(process.arch === 'ia32' && process.platform !== 'win32' ? 4 : 8)
})

describe('what reads them', () => {
  const built = join(root, 'build/Release/getsockopt.node')
  const found = [built, ...names.map(name => join(folder, name))].filter(path => existsSync(path))
  const ofFormat = (format: Binary['format']) => found.filter(path => readBinary(readFileSync(path)).format === format)
  const output = (command: string, ...words: string[]) =>
    execFileSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const has = (command: string) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0
  const matches = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, match]) => match as string))].sort()
  const sorted = (list: readonly string[]) => [...new Set(list)].sort()

  test('sees the symbols of a build that is not stripped', context => {
    needs(context, isLinux && existsSync(built), 'not Linux, or not built')
    expect(readBinary(readFileSync(built)).slices[0]?.unstripped).toBe('.symtab')
  })

  test('agrees with readelf', context => {
    const files = ofFormat('ELF')
    needs(context, files.length > 0 && has('readelf'), 'no ELF file, or no readelf')
    for (const file of files) {
      const [slice] = readBinary(readFileSync(file)).slices as [Slice]
      expect(sorted(slice.needed)).toEqual(matches(output('readelf', '-dW', file), /\(NEEDED\).*\[(.+)\]/g))
      expect(sorted(slice.versions)).toEqual(matches(output('readelf', '-VW', file), /Name: (\w+_[\d.]+)/g))
      const symbols = output('readelf', '--dyn-syms', '-W', file)
      expect(sorted(slice.imported)).toEqual(matches(symbols, /GLOBAL +DEFAULT .*? *UND ([^\s@]+)/g))
      expect(sorted(slice.exported)).toEqual(matches(symbols, /(?:GLOBAL|WEAK) +DEFAULT .*? +(?!UND)\w+ (\w+)$/gm))
    }
  })

  test('agrees with objdump', context => {
    const files = ofFormat('PE').filter(file => spawnSync('objdump', ['-p', file], { stdio: 'ignore' }).status === 0)
    needs(context, files.length > 0, 'no PE file, or no objdump that reads one')
    for (const file of files) {
      const [slice] = readBinary(readFileSync(file)).slices as [Slice]
      const text = output('objdump', '-p', file)
      expect(sorted([...slice.needed, ...slice.delayed])).toEqual(matches(text, /DLL Name: (\S+)/g))
      expect(sorted(slice.exported)).toEqual(matches(text, /^\s+\[ *\d+\].* (\w+)$/gm).filter(name => name.includes('_')))
    }
  })

  test('sees that a signed file was changed', context => {
    const [file] = ofFormat('Mach-O')
    if (file === undefined) skipVisibly(context, 'no Mach-O file')
    const bytes = readFileSync(file)
    const signatures = () => readBinary(bytes).slices.map(({ signature }) => signature)
    expect(signatures()).toContain('valid')
    const text = bytes.indexOf('napi_fatal_error')
    for (let at = text; at !== -1; at = bytes.indexOf('napi_fatal_error', at + 1)) bytes.writeUInt8(0x4e, at)
    expect(signatures()).not.toContain('valid')
  })
})
