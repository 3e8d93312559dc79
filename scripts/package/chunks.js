/** HOW does a chunk come to share the modules that are loaded already? It is a function that is given them, so that no module exists twice. */
import { relative, resolve } from 'node:path'
import { build } from 'esbuild'
import { idOf, pathOf, resolveId } from './modules.js'

const OWNED = 'owned:'

/** Modules of other files: a named import stays as one, an `export *` is spelled out. */
const othersOf = (chunk, { owners, exported }, load) => ({
  name: 'others',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, importer, kind }) => {
      if (importer.endsWith('<stdin>')) return { path: resolve(path), sideEffects: kind === 'import-statement' }
      const id = resolveId(idOf(relative('.', importer)), path)
      return owners.get(id) === chunk.name ? undefined : { path: id, namespace: 'view', sideEffects: false }
    })
    onResolve({ filter: new RegExp(`^${OWNED}`) }, ({ path }) => ({ path, external: true, sideEffects: false }))
    onLoad({ filter: /./, namespace: 'view' }, ({ path }) => ({
      contents: `export { ${exported.get(path).join(', ')} } from '${OWNED}${path}'`,
    }))
    onLoad({ filter: /src\/.*\.ts$/ }, ({ path }) => ({ contents: load(path), loader: 'ts' }))
  },
})

/** An object literal that holds, by module, names that it imports. A name that two modules have gets a number. */
export function importsAndMembers(needs) {
  const users = new Map()
  for (const names of needs.values()) for (const name of names) users.set(name, (users.get(name) ?? 0) + 1)
  const modules = [...needs].map(([id, names], index) => {
    const alias = name => (users.get(name) === 1 ? name : `${name}_${index}`)
    const imported = [...names].map(name => (alias(name) === name ? name : `${name} as ${alias(name)}`)).join(', ')
    const held = [...names].map(name => (alias(name) === name ? name : `${name}: ${alias(name)}`)).join(', ')
    return { import: `import { ${imported} } from './${pathOf(id)}'\n`, member: `  '${id}': { ${held} },\n` }
  })
  return { imports: modules.map(each => each.import).join(''), members: modules.map(each => each.member).join('') }
}

/** What the chunk gives: of each of its modules the names that somebody needs. The command line gives nothing, and runs. */
function entryOf(chunk, { owners }, needs) {
  const { imports, members } = importsAndMembers(new Map([...needs].filter(([id]) => owners.get(id) === chunk.name)))
  return `import './${pathOf(chunk.entry)}'\n${imports}export const modules = {\n${members}}\n`
}

const importOf = /^import \{([^}]*)\} from "(owned:|node:)([^"]+)";$/gm

/** Imports become what the function is given, the export what it returns. Builtin modules are asked of the process: a bundle of ESM has no `require`. */
function toFactory(text, onNeed) {
  const rest = text.replace(importOf, '')
  const isUsed = local => new RegExp(`(?<![\\w$])${local.replaceAll('$', '\\$')}(?![\\w$])`).test(rest)
  const body = text
    .replace(importOf, (_, list, from, id) => {
      // esbuild keeps every name that it imports from elsewhere, used or not.
      const names = list
        .split(',')
        .map(name => name.trim().split(' as '))
        .filter(name => isUsed(name.at(-1)))
      if (names.length === 0) return ''
      const imported = names.map(([name]) => name)
      if (from === OWNED) onNeed(id, imported)
      const source = from === OWNED ? `given("${id}")` : `process.getBuiltinModule("node:${id}")`
      return `const { ${names.map(name => name.join(': ')).join(', ')} } = ${source};`
    })
    .replace(/^import \* as (\w+) from "(node:[^"]+)";$/gm, 'const $1 = process.getBuiltinModule("$2");')
    .replace(/export \{\n\s+modules\n\};\n$/, 'return modules;\n')
  const left = body.match(/^(import|export) .*/m)
  if (left !== null) throw new Error(`${left[0]}: an import or export is left`)
  return `module.exports = (given) => {\n${body.replace(/\n*^\/\/ (view:|<stdin>).*$/gm, '')}};\n`
}

/** Every chunk's text, and what each table has to give. Dependents first, so that a chunk knows what it is asked for. */
export async function buildChunks(plan, load) {
  const needs = new Map()
  const tables = new Map(plan.chunks.map(({ table }) => [table, new Map()]))
  const add = (to, id, names) => to.set(id, new Set([...(to.get(id) ?? []), ...names]))
  for (const { entry, names, isWhole } of plan.asked) {
    const asked = isWhole ? plan.exported.get(entry) : names
    add(needs, entry, asked)
    if ([...plan.onDemand.values()].flat().some(each => each.entry === entry)) add(tables.get('onDemand'), entry, asked)
  }
  const texts = new Map()
  for (const chunk of plan.chunks.toReversed()) {
    const { outputFiles } = await build({
      stdin: { contents: entryOf(chunk, plan, needs), resolveDir: '.' },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      charset: 'utf8',
      logLevel: 'warning',
      plugins: [othersOf(chunk, plan, load)],
    })
    texts.set(
      chunk.name,
      toFactory(outputFiles[0].text, (id, names) => {
        add(needs, id, names)
        add(tables.get(chunk.table), id, names)
      }),
    )
  }
  return { texts, tables }
}
