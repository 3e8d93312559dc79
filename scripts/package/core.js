/** WHAT is in the files that every program loads? The modules that are always needed, with what loads a chunk in the place of what is in it. */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { build } from 'esbuild'
import ts from 'typescript'
import { idOf, isOnDemand, pathOf, resolveId } from './modules.js'
import { markPure } from './purity.js'
import { loaderModule, tableModule } from './tables.js'

const parse = (id, source) => ts.createSourceFile(id, source, ts.ScriptTarget.Latest, true)
const edit = (source, edits) =>
  edits.reduceRight((text, { node, by }) => text.slice(0, node.getStart()) + by + text.slice(node.end), source)

/** `() => linux` becomes `() => given('platform/linux').linux`. */
function withLoads(id, source, chunks) {
  const loads = new Map()
  for (const { entry, names, isWhole } of chunks) for (const name of names) loads.set(name, `given('${entry}')${isWhole ? '' : `.${name}`}`)
  const edits = []
  const visit = node => {
    if (ts.isTypeNode(node)) return
    if (ts.isImportDeclaration(node)) edits.push({ node, by: '' })
    else if (ts.isIdentifier(node) && loads.has(node.text)) edits.push({ node, by: loads.get(node.text) })
    else ts.forEachChild(node, visit)
  }
  visit(parse(id, source))
  return `import { given } from 'table:onDemand'\n${edit(source, edits)}`
}

/** A function that loads another, and calls it. */
const late = (name, entry, chunk) => `export function ${name}(...words) { return ${chunk}('${entry}').${name}(...words) }\n`
const importOf = chunk => `import { ${chunk} } from 'table:${chunk}'\n`

/** `export { snapshot } from './observe/snapshot.js'` becomes a function that loads it and calls it. */
function withFeatures(source, { main, features, owners }) {
  const file = parse(main, source)
  const chunks = new Set()
  const edits = file.statements.filter(ts.isExportDeclaration).flatMap(node => {
    const feature = features.find(({ entry }) => entry === resolveId(main, node.moduleSpecifier.text))
    if (feature === undefined || !node.exportClause || node.isTypeOnly) return []
    const chunk = owners.get(feature.entry)
    chunks.add(chunk)
    return [{ node, by: feature.names.map(name => late(name, feature.entry, chunk)).join('') }]
  })
  return `${[...chunks].map(importOf).join('')}${edit(source, edits)}`
}

const texts = `import { optionsTexts } from '#chunks'\nlet texts\nexport const textsOf = name => (texts ??= optionsTexts()())[name]\n`

/** The chunks that other files than the main one ask for: those of other paths of the package, and of the command line. */
const chunksForOthers = ({ others, program, owners }) => [...others, program].map(id => owners.get(id))

const coreEntry = plan =>
  `export * from './${pathOf(plan.main)}'\n${chunksForOthers(plan)
    .map(chunk => `export { ${chunk} } from 'table:${chunk}'\n`)
    .join('')}`

const pathToCore = id => `${'../'.repeat(id.split('/').length - 1) || './'}core.js`

/** The files that a program names: they take what they export from the core. By their path in dist. */
export function entryFiles({ main, others, program, features, owners, exported }) {
  const fromCore = id => `import { ${owners.get(id)} } from "${pathToCore(id)}";\n`
  const facade = id =>
    features
      .find(({ entry }) => entry === id)
      .names.map(name => late(name, id, owners.get(id)))
      .join('')
  return new Map([
    [`${main}.js`, `export { ${exported.get(main).join(', ')} } from "${pathToCore(main)}";\n`],
    ...others.map(id => [`${id}.js`, `${fromCore(id)}${facade(id)}`]),
    [`${program}.js`, `#!/usr/bin/env node\n${fromCore(program)}${owners.get(program)}();\n`],
  ])
}

export async function buildCore(plan, tables, rewrite, outfile) {
  const load = id => {
    const source = readFileSync(pathOf(id), 'utf8')
    if (id === plan.main) return withFeatures(source, plan)
    if (id === 'options/texts') return texts
    if (isOnDemand(id)) return withLoads(id, source, plan.onDemand.get(id))
    return markPure(id, rewrite(pathOf(id)))
  }
  const replace = {
    name: 'replace',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^table:/ }, ({ path }) => ({ path: path.slice('table:'.length), namespace: 'table', sideEffects: false }))
      onResolve({ filter: /^loader$/ }, ({ path }) => ({ path, namespace: 'loader', sideEffects: false }))
      onLoad({ filter: /./, namespace: 'loader' }, () => ({ contents: loaderModule }))
      onResolve({ filter: /^#chunks$/ }, ({ path }) => ({ path, external: true, sideEffects: false }))
      onLoad({ filter: /./, namespace: 'table' }, ({ path }) => ({
        contents: tableModule(path, plan, tables.get(path)),
        resolveDir: process.cwd(),
      }))
      onLoad({ filter: /src\/.*\.ts$/ }, ({ path }) => ({ contents: load(idOf(relative('.', path))), loader: 'ts' }))
    },
  }
  await build({
    stdin: { contents: coreEntry(plan), resolveDir: process.cwd() },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    logLevel: 'warning',
    plugins: [replace],
  })
}
