/** WHO gives a chunk the modules that others own? A table of the modules that it may ask for: those of the core at once, those of other chunks when it asks. */
import { importsAndMembers } from './chunks.js'

/**
 * The module that has a table, and for each of its chunks a function that loads it: `optionsTcp('codec/tcp-info')` is that module of it.
 * `#chunks` is a line of package.json: Node finds a file that requires the chunks there, a bundler one that imports them.
 */
export function tableModule(table, plan, needs) {
  const own = plan.chunks.filter(chunk => chunk.table === table).map(({ name }) => name)
  const ownerOf = id => plan.owners.get(id)
  const { imports, members } = importsAndMembers(new Map([...needs].filter(([id]) => ownerOf(id) === 'core')))
  const ofChunks = [...needs.keys()].filter(id => ownerOf(id) !== 'core')
  const foreign = [...new Set(ofChunks.map(ownerOf))].filter(name => !own.includes(name))
  const tableOf = name => plan.chunks.find(chunk => chunk.name === name).table
  return `import { loader } from 'loader'
${imports}${foreign.map(name => `import { ${name} } from 'table:${tableOf(name)}'\n`).join('')}
import { ${own.map(name => `${name} as ${name}Factory`).join(', ')} } from '#chunks'

let shared
let owners
const sharedModules = () => ({
${members}})
const ownersOfModules = () => ({
${ofChunks.map(id => `  '${id}': ${ownerOf(id)},\n`).join('')}})
export function given(id) {
  shared ??= sharedModules()
  owners ??= ownersOfModules()
  return Object.hasOwn(owners, id) ? owners[id](id) : shared[id]
}
${own.map(name => `export const ${name} = /* @__PURE__ */ loader(() => ${name}Factory()(given))\n`).join('')}`
}

/** What makes such a function: the chunk is loaded once. */
export const loaderModule = `export function loader(load) {
  let modules
  return id => {
    modules ??= load()
    return modules[id]
  }
}
`

/** What Node loads chunks with: `require`, which is synchronous, and made when it is first needed. */
export const lazyFile = names => `let require;
function load(name) {
  require ??= process.getBuiltinModule("node:module").createRequire(import.meta.url);
  return require(\`./\${name}.cjs\`);
}
${names.map(name => `export const ${name} = () => load("${name}");\n`).join('')}`

/** What a bundler gets instead: it sees every chunk, and leaves out those that nothing in the bundle can ask for. */
export const wholeFile = names =>
  names.map(name => `import ${name}Factory from "./${name}.cjs";\nexport const ${name} = () => ${name}Factory;\n`).join('')
