/** WHAT of the catalogue is only read by people? The texts of its rows: they are taken out of src/options, and kept in a chunk of their own. */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import ts from 'typescript'
import { readSources } from '../sources.js'

const constructors = new Set(['rw', 'ro', 'wo', 'no'])
const texts = new Set(['since', 'quirks'])

const isText = property => ts.isPropertyAssignment(property) && texts.has(property.name.getText())

/** `rw(int, 'What it does.', { unit: 's', since: '2.4' })` becomes `rw(int, undefined, { unit: 's' })`. */
function shorten(call) {
  const [codec, , facts] = call.arguments
  const kept = facts === undefined ? [] : facts.properties.filter(property => !isText(property)).map(property => property.getText())
  return `${call.expression.getText()}(${codec.getText()}${kept.length === 0 ? '' : `, undefined, { ${kept.join(', ')} }`})`
}

/** The source of a module; of a file of src/options without the texts of its rows. */
export function readRows(path) {
  const source = readFileSync(path, 'utf8')
  if (!relative('.', path).startsWith('src/options/')) return source
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true)
  const edits = []
  const visit = node => {
    const isRow = ts.isCallExpression(node) && ts.isIdentifier(node.expression) && constructors.has(node.expression.text)
    if (!isRow) return ts.forEachChild(node, visit)
    const [, , facts] = node.arguments
    if (facts === undefined || ts.isObjectLiteralExpression(facts))
      edits.push({ start: node.getStart(), end: node.end, text: shorten(node) })
  }
  visit(file)
  return edits.reverse().reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), source)
}

/** The texts of every row, as the chunk that holds them: what the unchanged sources say, whatever expressions they say it with. */
export async function textsChunk() {
  const { catalogue } = await readSources('options/index')
  const lines = Object.values(catalogue).map(({ name, doc, since, quirks }) => {
    const rest = quirks.map(quirk => `, ${JSON.stringify(quirk)}`).join('')
    return `    ${JSON.stringify(name)}: text(${JSON.stringify(doc)}, ${JSON.stringify(since)}${rest}),`
  })
  return `module.exports = () => {
  const text = (doc, since, ...quirks) => ({ doc, since, quirks: Object.freeze(quirks) });
  return {
${lines.join('\n')}
  };
};
`
}
