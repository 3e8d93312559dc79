/** Does every writable option take what it is given? Each row is set to another value than the one found, and read back: by the library, and by C. */
import { describe, expect, test } from 'vitest'
import { type ClosedKind, kinds, type OpenSocket, openKind } from '../support/kinds.js'
import { absenceOf, absentLevels } from '../support/levels.js'
import { isLinux, skipVisibly } from '../support/needs.js'
import { type Answer, ask, decode, type KernelRow, kernelRows, plain } from '../support/rows.js'
import { follow, trialOf, valueToSet } from './another.js'
import { needsKernelOf, skipIfLacking } from './lacking.js'
import { get, set, trials } from './trials.js'

const rows = isLinux ? kernelRows.filter(({ access }) => access === 'rw') : []
/** Rows whose level is there, or whose table says how to make a socket that has it. */
const present = rows.filter(row => !absentLevels.has(row.option.level) || trialOf(row).on !== undefined)

/** A socket of the first kind on which C can read the row, or the errnos of all of them. */
function firstThatAnswers(row: KernelRow): OpenSocket | ClosedKind {
  const answers = new Set<Answer>()
  for (const kind of kinds) {
    const socket = openKind(kind)
    if ('reason' in socket) continue
    const answer = ask(row, socket.fd)
    if (typeof answer !== 'string') return socket
    answers.add(answer)
    socket.close()
  }
  return { kind: 'any', reason: `no kind of socket here has it: ${[...answers].join(' or ')}` }
}

function openFor(row: KernelRow): OpenSocket | ClosedKind {
  const { on } = trialOf(row)
  if (on === undefined) return firstThatAnswers(row)
  return typeof on === 'string' ? openKind(on) : on()
}

describe('an option that is set reads back, to the library and to C', () => {
  test.for(present.map(row => [row.key, row] as const))('%s', ([, row], context) => {
    const { before, input, shows, reads, why, absent, privileges: own } = trialOf(row)
    const { name } = row
    needsKernelOf(context, row)
    const socket = openFor(row)
    if ('reason' in socket) skipVisibly(context, `${socket.kind}: ${socket.reason}`)
    const { fd } = socket
    let wanted: unknown
    try {
      before?.(fd)
      const found = shows ? undefined : plain(get(fd, name, input))
      wanted = valueToSet(row, found)
      set(fd, name, wanted)
      if (shows) {
        shows(fd)
        return
      }
      const expected = reads === undefined ? wanted : follow(reads, wanted, found)
      expect(plain(get(fd, name, input)), why).toEqual(expected)
      expect(plain(decode(row, fd, ask(row, fd, input) as Uint8Array)), `${socket.kind}, in C`).toEqual(expected)
      if (why === undefined) expect(expected, 'the value found').not.toEqual(found)
    } catch (error) {
      const privileges = `${row.option.needs} ${own} ${before === undefined ? '' : 'CAP_NET_ADMIN'}`
      skipIfLacking(context, error, { row, fd, value: wanted, privileges, absent })
    } finally {
      socket.close()
    }
  })

  test.for(absenceOf(rows.filter(row => !present.includes(row))))('at level %s', ([, reason], context) => skipVisibly(context, reason))
})

test('every exception belongs to a writable row and says why', () => {
  const known = new Set(kernelRows.filter(({ access }) => access === 'rw').flatMap(({ key, name }) => [key, name]))
  expect(Object.keys(trials).filter(name => isLinux && !known.has(name))).toEqual([])
  const unexplained = Object.entries(trials).filter(([, { reads, shows, why }]) => (reads ?? shows) !== undefined && why === undefined)
  expect(unexplained).toEqual([])
})
