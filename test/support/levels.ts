/** Which levels does this system have at all? A level is there when some socket that can be opened answers to one of its options. */
import { kinds, openKind } from './kinds.js'
import { isLinux } from './needs.js'
import { ask, isReadable, kernelRows } from './rows.js'

/** Why a level is not there: what the sockets answer, and which kinds could not be asked. */
function findAbsentLevels(): ReadonlyMap<string, string> {
  const sockets = kinds.map(openKind)
  const unopened = sockets.flatMap(socket => ('reason' in socket ? [`${socket.kind} (${socket.reason})`] : []))
  const absent = new Map<string, string>()
  for (const level of new Set(kernelRows.map(({ option }) => option.level))) {
    const rows = kernelRows.filter(row => row.option.level === level && row.option.family === undefined && isReadable(row))
    const answers = rows.flatMap(row => sockets.flatMap(socket => ('fd' in socket ? [ask(row, socket.fd)] : [])))
    if (answers.some(answer => typeof answer !== 'string')) continue
    const refusals = answers.length === 0 ? 'no socket of its family can be opened by these tests' : `every socket answers ${[...new Set(answers)].join(' or ')}`
    absent.set(level, unopened.length === 0 ? refusals : `${refusals}; not opened: ${unopened.join(', ')}`)
  }
  for (const socket of sockets) if ('fd' in socket) socket.close()
  return absent
}

/** Levels that are not there, and why. */
export const absentLevels: ReadonlyMap<string, string> = isLinux ? findAbsentLevels() : new Map()
