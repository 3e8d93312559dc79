/** Does this kernel still answer as it was recorded, and does the library say the same? `npm run golden` records it anew, as root. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { release } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getsockopt, SocketOptionError } from '../../../src/index.js'
import { kinds, type OpenSocket, open } from '../../support/kinds.js'
import { isLinux, isRoot, needs, skipVisibly } from '../../support/needs.js'
import { bytesToOffer, howToRead, isReadable, isReadByNameOnly, type KernelRow } from '../../support/rows.js'
import { type Golden, goldenRows, outcomeInC, outcomesOf } from './measure.js'

const version = release().split('.').slice(0, 2).join('.')
const file = new URL(`./linux-${version}.json`, import.meta.url)
const isRecording = process.env.GOLDEN === 'record'

let sockets: readonly OpenSocket[] = []
beforeAll(() => {
  if (isLinux && isRoot) sockets = kinds.map(open)
})
afterAll(() => {
  for (const socket of sockets) socket.close()
})

test.runIf(isRecording)('the answers of this kernel are recorded', context => {
  needs(context, isLinux && isRoot, 'only root on Linux can open every kind of socket')
  const rows = Object.fromEntries(goldenRows.map(row => [row.key, outcomesOf(sockets, fd => outcomeInC(row, fd))]))
  writeFileSync(file, `${JSON.stringify({ release: release(), rows } satisfies Golden, null, 2)}\n`)
})

const golden: Golden | undefined = !isRecording && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
const absence = !isLinux
  ? 'the recorded answers are those of Linux'
  : !isRoot
    ? 'only root can open every kind of socket'
    : golden === undefined && `no answers of Linux ${version} are recorded`

/** What the library's raw form comes to: a length, or the code of its error. */
function outcomeInLibrary(row: KernelRow, fd: number): string {
  try {
    return String(getsockopt(fd, row.level, row.number, bytesToOffer(row, fd), howToRead(row)).length)
  } catch (error) {
    if (error instanceof SocketOptionError) return error.code
    throw error
  }
}

describe.skipIf(isRecording)(`the answers recorded on Linux ${version}`, () => {
  test('cover every row of the catalogue that has a number', context => {
    if (absence) skipVisibly(context, absence)
    expect(Object.keys(golden?.rows ?? {})).toEqual(goldenRows.map(({ key }) => key))
  })

  test('are what C gets, and what the library gets', context => {
    if (absence) skipVisibly(context, absence)
    const differing = goldenRows.filter(row => {
      const recorded = JSON.stringify(golden?.rows[row.key])
      return recorded !== JSON.stringify(outcomesOf(sockets, fd => outcomeInC(row, fd)))
    })
    const names = differing.map(({ key }) => key)
    // Another build of the same version may have other features; on the machine that recorded, a difference is a wrong number or a wrong level.
    if (release() !== golden?.release && names.length > 0)
      skipVisibly(context, `this ${version} (${release()}) is built or configured differently: ${names.join(', ')}`)
    expect(names).toEqual([])
    for (const row of goldenRows.filter(row => !isReadByNameOnly(row))) {
      expect
        .soft(
          outcomesOf(sockets, fd => outcomeInLibrary(row, fd)),
          row.key,
        )
        .toEqual(golden?.rows[row.key])
    }
  })

  test('give no bytes for what can only be set', context => {
    if (absence) skipVisibly(context, absence)
    // A number may be another option's when it is read: SO_ATTACH_FILTER is SO_GET_FILTER then.
    const readable = new Set(goldenRows.filter(isReadable).map(({ level, number }) => `${level}:${number}`))
    const silent = goldenRows.filter(row => !isReadable(row) && !readable.has(`${row.level}:${row.number}`))
    const answered = silent.filter(row => Object.keys(golden?.rows[row.key] ?? {}).some(outcome => /^\d/.test(outcome)))
    expect(answered.map(({ key }) => key)).toEqual([])
  })
})
