/** The layers of the design, held against the imports. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = join(root, 'src')

/** What each folder of src may import, besides itself. `errors` and `index` are the files of that name. */
const allowed: Record<string, readonly string[]> = {
  joined: [],
  'package-root': [],
  codec: ['joined'],
  platform: ['codec'],
  options: ['codec', 'platform', 'joined'],
  native: ['codec', 'package-root'],
  errors: ['codec', 'platform'],
  socket: ['errors', 'native', 'platform'],
  access: ['codec', 'platform', 'options', 'native', 'errors', 'socket'],
  timeouts: ['access', 'codec', 'options', 'platform', 'errors', 'socket'],
  observe: ['access', 'codec', 'options', 'platform', 'errors', 'socket'],
  connect: ['access', 'codec', 'options', 'platform', 'errors', 'socket'],
  index: ['codec', 'options', 'errors', 'socket', 'access', 'timeouts', 'observe', 'connect'],
  cli: ['index', 'package-root', 'access', 'native', 'codec', 'options', 'platform', 'errors', 'timeouts', 'observe'],
}

function filesOf(folder: string, endings: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => endings.some(ending => name.endsWith(ending)))
    .map(name => join(folder, name))
}

const roomOf = (file: string): string => (relative(source, file).split(sep)[0] as string).replace(/\.ts$/, '')

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/(?:from|import)\s+'(\.[^']+)'/g)].map(([, specifier]) =>
    resolve(dirname(file), (specifier as string).replace(/\.js$/, '.ts')),
  )
}

describe('architecture', () => {
  const files = filesOf(source, ['.ts'])

  it('has every folder of src in the table of layers', () => {
    expect([...new Set(files.map(roomOf))].filter(room => !(room in allowed))).toEqual([])
  })

  it('imports only downwards', () => {
    const wrong = files.flatMap(file =>
      importsOf(file)
        .filter(imported => roomOf(imported) !== roomOf(file) && !allowed[roomOf(file)]?.includes(roomOf(imported)))
        .map(imported => `${relative(root, file)} imports ${relative(root, imported)}`),
    )
    expect(wrong).toEqual([])
  })

  it('asks for process.platform in src/platform/index.ts alone', () => {
    const asking = files.filter(file => /process\.platform|os\.platform\(/.test(readFileSync(file, 'utf8')))
    expect(asking.map(file => relative(source, file))).toEqual([join('platform', 'index.ts')])
  })

  it('includes napi.h in native/addon.cc alone', () => {
    const including = filesOf(join(root, 'native'), ['.cc', '.h']).filter(file =>
      /#include <(napi|node_api)/.test(readFileSync(file, 'utf8')),
    )
    expect(including.map(file => relative(root, file))).toEqual([join('native', 'addon.cc')])
  })

  it('keeps files that are not tables of data under 250 lines', () => {
    const isTable = (file: string) => ['options', 'platform'].includes(roomOf(file)) || file.endsWith(join('codec', 'enums.ts'))
    const long = files.filter(file => !isTable(file) && readFileSync(file, 'utf8').split('\n').length > 250)
    expect(long.map(file => relative(root, file))).toEqual([])
  })
})
