/** WHAT may a bundler leave out? Everything at the top level of a module of src: making a codec or a table has no effect, and the bundler has to be told so. */
import ts from 'typescript'

const isCall = node => ts.isCallExpression(node) || ts.isNewExpression(node)
const isInner = node => ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isTypeNode(node)
/** What may run a getter or an iterator, for all that a bundler knows. */
const isDoubtful = node =>
  ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isSpreadElement(node) || ts.isSpreadAssignment(node)

/** The calls within an expression that run at once, and whether anything else in it might have an effect. */
function inspect(expression) {
  const calls = []
  let hasDoubt = false
  const visit = node => {
    if (isInner(node)) return
    if (isCall(node)) calls.push(node.getStart())
    // `Object.freeze(...)` is marked as a call.
    if (isDoubtful(node) && !(isCall(node.parent) && node.parent.expression === node)) hasDoubt = true
    ts.forEachChild(node, visit)
  }
  visit(expression)
  return { calls, hasDoubt }
}

const PURE = '/* @__PURE__ */ '

/** `const x = a.b` becomes `const x = (() => a.b)()`, a call that is marked; `const { x } = a.b` becomes the same with `.x`. */
function editsOf({ name, initializer }) {
  if (ts.isObjectBindingPattern(name)) {
    const parts = name.elements.map(
      ({ name: local, propertyName }) =>
        `${local.getText()} = ${PURE}(() => ${initializer.getText()}.${(propertyName ?? local).getText()})()`,
    )
    return [{ start: name.getStart(), end: initializer.end, text: parts.join(', ') }]
  }
  const { calls, hasDoubt } = inspect(initializer)
  if (!hasDoubt) return [...new Set(calls)].map(at => ({ start: at, end: at, text: PURE }))
  const text = ts.isObjectLiteralExpression(initializer) ? `(${initializer.getText()})` : initializer.getText()
  return [{ start: initializer.getStart(), end: initializer.end, text: `${PURE}(() => ${text})()` }]
}

/** The source with every initializer at the top level marked as free of effects. */
export function markPure(path, source) {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true)
  const declarations = file.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => [...declarationList.declarations])
  const edits = declarations
    .filter(({ initializer }) => initializer)
    .flatMap(editsOf)
    .sort((a, b) => b.start - a.start)
  return edits.reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), source)
}
