/** MAY this error come out of a call? What docs/errors.md promises, and what a value of the caller's own threw. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isOwn } from './oddities.mjs'
import { root } from './tree.mjs'

const documented = new Set(readFileSync(join(root, 'docs/errors.md'), 'utf8').match(/ERR_SOCKOPT_\w+/g))
const kinds = new Set(['unknown', 'unsupported', 'denied', 'state', 'value'])
const isErrnoName = code => /^E[A-Z][A-Z0-9]+$/.test(code)

/** Why it may not, or undefined. */
export function complaintAbout(error, { SocketOptionError }) {
  if (isOwn(error)) return undefined
  if (!(error instanceof Error) || typeof error.message !== 'string' || error.message === '') return 'no error with a message'
  const { code } = error
  if (error instanceof SocketOptionError) {
    if (!kinds.has(error.kind)) return `kind ${error.kind}`
    return documented.has(code) || isErrnoName(code) ? undefined : `code ${code}`
  }
  if (!(error instanceof TypeError || error instanceof RangeError)) return 'of no documented class'
  return documented.has(code) ? undefined : `code ${code}`
}
