/** WHICH branches does a run take? Sources that count them: each function, each arm, each case, each right-hand side. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { transpile } from '../support/transpile.mjs'
import { buildTree } from './tree.mjs'

const { factory } = ts

/** One counter for each branch, for all modules together. They are bytes, as AFL's: what matters is how often, roughly. */
const COUNTERS = 'fuzzCounters'

const isLogical = ({ kind }) =>
  kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken

/** Puts a counter into every branch. `take(line)` gives the number of the next one. */
const counting = take => context => source => {
  let line = 0
  const count = () =>
    factory.createPostfixIncrement(
      factory.createElementAccessExpression(
        factory.createPropertyAccessExpression(factory.createIdentifier('globalThis'), COUNTERS),
        factory.createNumericLiteral(take(line)),
      ),
    )
  const counted = expression => factory.createParenthesizedExpression(factory.createComma(count(), expression))
  const block = statement => {
    const statements = ts.isBlock(statement) ? statement.statements : [statement]
    return factory.createBlock([factory.createExpressionStatement(count()), ...statements], true)
  }
  const visit = node => {
    const seen = ts.visitEachChild(node, visit, context)
    line = ts.getLineAndCharacterOfPosition(source, node.getStart(source)).line + 1
    if (ts.isArrowFunction(seen)) {
      const body = ts.isBlock(seen.body) ? block(seen.body) : counted(seen.body)
      return factory.updateArrowFunction(seen, seen.modifiers, undefined, seen.parameters, undefined, seen.equalsGreaterThanToken, body)
    }
    if (ts.isFunctionDeclaration(seen) && seen.body) {
      const { modifiers, asteriskToken, name, parameters, body } = seen
      return factory.updateFunctionDeclaration(seen, modifiers, asteriskToken, name, undefined, parameters, undefined, block(body))
    }
    if (ts.isMethodDeclaration(seen) && seen.body) {
      const { modifiers, asteriskToken, name, parameters, body } = seen
      return factory.updateMethodDeclaration(seen, modifiers, asteriskToken, name, undefined, undefined, parameters, undefined, block(body))
    }
    if (ts.isIfStatement(seen)) {
      const otherwise = seen.elseStatement ? block(seen.elseStatement) : block(factory.createBlock([]))
      return factory.updateIfStatement(seen, seen.expression, block(seen.thenStatement), otherwise)
    }
    if (ts.isConditionalExpression(seen)) {
      const { condition, questionToken, whenTrue, colonToken, whenFalse } = seen
      return factory.updateConditionalExpression(seen, condition, questionToken, counted(whenTrue), colonToken, counted(whenFalse))
    }
    if (ts.isBinaryExpression(seen) && isLogical(seen.operatorToken)) {
      return factory.updateBinaryExpression(seen, seen.left, seen.operatorToken, counted(seen.right))
    }
    if (ts.isForStatement(seen)) {
      return factory.updateForStatement(seen, seen.initializer, seen.condition, seen.incrementor, block(seen.statement))
    }
    if (ts.isForOfStatement(seen)) {
      return factory.updateForOfStatement(seen, seen.awaitModifier, seen.initializer, seen.expression, block(seen.statement))
    }
    if (ts.isForInStatement(seen)) return factory.updateForInStatement(seen, seen.initializer, seen.expression, block(seen.statement))
    if (ts.isWhileStatement(seen)) return factory.updateWhileStatement(seen, seen.expression, block(seen.statement))
    if (ts.isCaseClause(seen)) {
      return factory.updateCaseClause(seen, seen.expression, [factory.createExpressionStatement(count()), ...seen.statements])
    }
    if (ts.isCatchClause(seen)) return factory.updateCatchClause(seen, seen.variableDeclaration, block(seen.block))
    return seen
  }
  return ts.visitNode(source, visit)
}

/**
 * The tree of tree.mjs with the branches of `folder` (below src) counted. `counters` are the counts, `branches` how many there are, `where(n)` the file
 * and line of one. `extra` are more modules to count in: `{ 'codec/name.js': text }`.
 */
export function buildCountingTree(folder, extra = {}) {
  const places = []
  const counterOf = path => counting(line => places.push(`src/${path}:${line}`) - 1)
  const tree = buildTree(path => (path.startsWith(`${folder}/`) ? [counterOf(path)] : []))
  const branches = places.length
  for (const [path, text] of Object.entries(extra)) writeFileSync(join(tree.folder, 'src', path), transpile(text, path, [counterOf(path)]))
  const counters = new Uint8Array(Math.ceil(places.length / 4) * 4)
  globalThis[COUNTERS] = counters
  return { ...tree, counters, branches, where: branch => places[branch] }
}
