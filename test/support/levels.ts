/** Which levels does this system have at all? A level is there when some socket that can be opened answers to one of its options. */
import { kinds, openKind } from './kinds.js'
import { isLinux } from './needs.js'
import { ask, isReadable, type KernelRow, kernelRows } from './rows.js'

/** Why a level is not there: what the sockets answer, and how many kinds could not be asked. */
function findAbsentLevels(): ReadonlyMap<string, string> {
  const sockets = kinds.map(openKind)
  const unopened = sockets.filter(socket => 'reason' in socket).length
  const absent = new Map<string, string>()
  for (const level of new Set(kernelRows.map(({ option }) => option.level))) {
    const rows = kernelRows.filter(row => row.option.level === level && row.option.family === undefined && isReadable(row))
    const answers = rows.flatMap(row => sockets.flatMap(socket => ('fd' in socket ? [ask(row, socket.fd)] : [])))
    if (answers.some(answer => typeof answer !== 'string')) continue
    const refusals =
      answers.length === 0
        ? 'no socket of its family can be opened by these tests'
        : `every socket answers ${[...new Set(answers)].join(' or ')}`
    absent.set(level, unopened === 0 ? refusals : `${refusals}; ${unopened} kinds of socket cannot be opened here`)
  }
  for (const socket of sockets) if ('fd' in socket) socket.close()
  return absent
}

/** Levels that are not there, and why. */
export const absentLevels: ReadonlyMap<string, string> = isLinux ? findAbsentLevels() : new Map()

/** The rows that lie at such a level: the level, their names and why, for a test to skip. */
export function absenceOf(rows: readonly KernelRow[]): readonly (readonly [level: string, reason: string])[] {
  return [...absentLevels].flatMap(([level, reason]) => {
    const names = rows.filter(({ option }) => option.level === level).map(({ name }) => name)
    return names.length === 0 ? [] : [[level, `${names.join(', ')}: ${reason}`] as const]
  })
}
