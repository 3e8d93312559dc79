/** WHICH modules does each file of the package hold? Those that every call needs, and those of each chunk that is loaded when it is first asked for. */
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { build } from 'esbuild'
import ts from 'typescript'

/** `src/codec/scalar.ts` is `codec/scalar`. */
export const idOf = path => path.replace(/^src\//, '').replace(/\.ts$/, '')
export const pathOf = id => `src/${id}.ts`
const fileOf = id => ts.createSourceFile(id, readFileSync(pathOf(id), 'utf8'), ts.ScriptTarget.Latest, true)
/** The module that `specifier` means in the module `id`. */
export const resolveId = (id, specifier) => idOf(relative('.', join(dirname(pathOf(id)), specifier.replace(/js$/, 'ts'))))

/** A module of this name imports what is loaded on demand: each import is a chunk. */
export const isOnDemand = id => id.endsWith('/on-demand')

/** What every read takes, whichever option it is of, and what several features stand on. */
const roots = ['access/getsockopt', 'access/read-many', 'options/define']

/** The folders of on-demand modules, whose chunks share one table of modules (tables.js). A module that two chunks need belongs to the first in this order. */
const onDemandFolders = ['options', 'platform', 'codec', 'access']
const ON_DEMAND = 'onDemand'
const folderOf = id => id.split('/')[0]
const orderOf = ({ entry }) => onDemandFolders.indexOf(folderOf(entry))

/** Every module with the modules that it imports, types left out, and with the names that it exports. */
async function readModules(entries) {
  const options = { bundle: true, write: false, metafile: true, platform: 'node', format: 'esm', outdir: 'unwritten', logLevel: 'warning' }
  const { metafile } = await build({ ...options, entryPoints: entries.map(pathOf) })
  const imports = new Map()
  for (const [path, input] of Object.entries(metafile.inputs)) {
    imports.set(
      idOf(path),
      input.imports.filter(({ external }) => !external).map(({ path }) => idOf(path)),
    )
  }
  const alone = await build({ ...options, entryPoints: [...imports.keys()].map(pathOf), splitting: true })
  const exported = new Map()
  for (const { entryPoint, exports } of Object.values(alone.metafile.outputs))
    if (entryPoint) exported.set(idOf(entryPoint), exports.toSorted())
  return { imports, exported }
}

/** The chunks that an on-demand module names, `import { linux } from './linux.js'` or `import * as bsd from './of-bsd.js'`, in the order in which it uses them. */
function chunksOf(id) {
  const [imports, rest] = [ts.isImportDeclaration, statement => !ts.isImportDeclaration(statement)].map(is =>
    fileOf(id).statements.filter(is),
  )
  const body = rest.map(statement => statement.getText()).join('\n')
  const chunks = imports.map(({ importClause: { namedBindings }, moduleSpecifier: { text } }) => {
    const isWhole = ts.isNamespaceImport(namedBindings)
    const names = isWhole ? [namedBindings.name.text] : namedBindings.elements.map(({ name }) => name.text)
    return { entry: resolveId(id, text), names, isWhole, at: body.search(new RegExp(`\\b(${names.join('|')})\\b(?!:)`)) }
  })
  return chunks.sort((a, b) => a.at - b.at)
}

/** Whether a module exports a function of this name, its own or another's. */
function isFunction(id, name) {
  return fileOf(id).statements.some(statement => {
    if (ts.isFunctionDeclaration(statement)) return statement.name.text === name
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) return false
    const from = resolveId(id, statement.moduleSpecifier.text)
    if (statement.exportClause === undefined) return isFunction(from, name)
    return (
      ts.isNamedExports(statement.exportClause) &&
      statement.exportClause.elements.some(element => element.name.text === name && !element.propertyName && isFunction(from, name))
    )
  })
}

/** The features: what the main module exports and no read needs, as long as it is functions, which can wait for their call. */
function featuresOf(main, needed) {
  return fileOf(main)
    .statements.filter(ts.isExportDeclaration)
    .flatMap(statement => {
      if (statement.isTypeOnly || !ts.isNamedExports(statement.exportClause)) return []
      const names = statement.exportClause.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name }) => name.text)
      const entry = resolveId(main, statement.moduleSpecifier.text)
      const isLate = !needed.has(entry) && names.length > 0 && names.every(name => isFunction(entry, name))
      return isLate ? [{ entry, names, isWhole: false }] : []
    })
}

/** Another main module, for another path of the package: a feature as a whole. */
function wholeFeature(entry, exported) {
  const names = exported.get(entry)
  const wrong = names.filter(name => !isFunction(entry, name))
  if (wrong.length > 0)
    throw new Error(
      `${pathOf(entry)} exports ${wrong}: what another path of the package exports is functions, which can wait for their call`,
    )
  return { entry, names, isWhole: false }
}

function reach(start, imports) {
  const seen = new Set()
  const visit = id => {
    if (seen.has(id)) return
    seen.add(id)
    if (!isOnDemand(id)) for (const next of imports.get(id)) visit(next)
  }
  for (const id of start) visit(id)
  return seen
}

/** `options/of-tcp` is `optionsOfTcp`: a chunk's name, of its file and of what loads it. */
const nameOf = entry => entry.replace(/[/-](\w)/g, (_, letter) => letter.toUpperCase())

/**
 * Every module belongs to the core or to one chunk.
 * @param {string} main what `import 'getsockopt'` means
 * @param {readonly string[]} others the main modules of other paths of the package
 * @param {string} program the command line: a chunk that is run
 */
export async function planModules(main, others, program) {
  const { imports, exported } = await readModules([main, ...others, program])
  const features = [...featuresOf(main, reach(roots, imports)), ...others.map(entry => wholeFeature(entry, exported))]
  const late = new Set(features.map(({ entry }) => entry))
  imports.set(
    main,
    imports.get(main).filter(id => !late.has(id)),
  )
  const owners = new Map([...reach([main, ...roots], imports)].map(id => [id, 'core']))
  const onDemand = new Map([...imports.keys()].filter(isOnDemand).map(id => [id, chunksOf(id)]))
  const asked = [
    ...[...onDemand.values()].flat().sort((a, b) => orderOf(a) - orderOf(b)),
    // A module that two features need belongs to the one that needs fewer: the other is the larger, and is not to be loaded for it.
    ...features.toSorted((a, b) => reach([a.entry], imports).size - reach([b.entry], imports).size),
    { entry: program, names: [], isWhole: false },
  ]
  for (const { entry } of asked) for (const id of reach([entry], imports)) if (!owners.has(id)) owners.set(id, nameOf(entry))
  const chunkOf = ({ entry }, isFeature) => ({ entry, name: nameOf(entry), table: isFeature ? nameOf(entry) : ON_DEMAND })
  const chunks = asked
    .filter(({ entry }, index) => owners.get(entry) === nameOf(entry) && asked.findIndex(each => each.entry === entry) === index)
    .map(each => chunkOf(each, late.has(each.entry) || each.entry === program))
  return { main, others, program, chunks, asked, features, onDemand, owners, exported }
}
