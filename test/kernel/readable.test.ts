/** Does every readable option read what C reads? Each row of the catalogue on every kind of socket, byte for byte on the same descriptor. */
import { afterAll, describe, expect, test } from 'vitest'
import { getsockopt, SocketOptionError, supports } from '../../src/index.js'
import { kinds, type OpenSocket, openKind } from '../support/kinds.js'
import { absenceOf, absentLevels } from '../support/levels.js'
import { isLinux, skipVisibly } from '../support/needs.js'
import {
  type Answer,
  ask,
  bytesToOffer,
  decode,
  howToRead,
  isReadable,
  isReadByNameOnly,
  type KernelRow,
  kernelRows,
} from '../support/rows.js'
import { stillBytes, stillValue } from './moving.js'

const opened = isLinux ? kinds.map(openKind) : []
const sockets = opened.filter((socket): socket is OpenSocket => 'fd' in socket)
afterAll(() => {
  for (const socket of sockets) socket.close()
})

const rows = isLinux ? kernelRows.filter(isReadable) : []

interface Reading {
  readonly expected: Answer
  readonly raw: Buffer | SocketOptionError
  readonly named: unknown
}

/** What the library answers or throws. */
function attempt<Value>(read: () => Value): Value | SocketOptionError {
  try {
    return read()
  } catch (error) {
    if (error instanceof SocketOptionError) return error
    throw error
  }
}

const isSame = (row: KernelRow, one: Answer, other: Answer): boolean =>
  typeof one === 'string' || typeof other === 'string' ? one === other : Buffer.compare(stillBytes(row, one), stillBytes(row, other)) === 0

/** Reads the row in every way while C sees no change, so that a difference is the library's. */
function readStill(row: KernelRow, fd: number): Reading {
  for (let attempts = 0; attempts < 10; attempts++) {
    const before = ask(row, fd)
    const raw = attempt(() => getsockopt(fd, row.level, row.number, bytesToOffer(row, fd), howToRead(row)))
    const named = attempt(() => getsockopt(fd, row.name as 'SO_TYPE') as unknown)
    if (isSame(row, before, ask(row, fd))) return { expected: before, raw, named }
  }
  throw new Error(`${row.key} changes on an idle socket: does it belong in moving.ts?`)
}

describe('a socket', () => {
  test.for(opened.map(socket => [socket.kind, socket] as const))('of kind %s can be opened here', ([, socket], context) => {
    if ('reason' in socket) skipVisibly(context, socket.reason)
    expect(supports('SO_TYPE', socket.fd)).toEqual({ known: true, numbered: true, accepted: true })
  })
})

describe('an option reads as C reads it, on every kind of socket that has it, and is refused as C is on the others', () => {
  test.for(rows.map(row => [row.key, row] as const))('%s', ([, row]) => {
    expect(sockets.length).toBeGreaterThan(0)
    const { name: option, level, family } = row.option
    for (const { kind, fd } of sockets) {
      const { expected, raw, named } = readStill(row, fd)
      const refusal = { name: 'SocketOptionError', code: expected, syscall: 'getsockopt', fd }
      if (isReadByNameOnly(row)) expect.soft(raw, `${kind}, by number`).toMatchObject({ code: 'ERR_SOCKOPT_HAZARD', option })
      else if (typeof expected === 'string') expect.soft(raw, `${kind}, by number`).toMatchObject(refusal)
      else expect.soft(raw instanceof Buffer ? stillBytes(row, raw) : raw, `${kind}, by number`).toEqual(stillBytes(row, expected))

      // The number of such a level is another protocol's on these sockets, so by name the option is not theirs.
      if (family !== undefined) expect.soft(named, `${kind}, by name`).toMatchObject({ code: 'ERR_SOCKOPT_UNSUPPORTED', option, level })
      else if (typeof expected === 'string') expect.soft(named, `${kind}, by name`).toMatchObject({ ...refusal, option, level })
      else expect.soft(stillValue(row, named), `${kind}, by name`).toEqual(stillValue(row, decode(row, fd, expected)))
    }
  })
})

describe('no socket answers', () => {
  test.for(absenceOf(rows))('at level %s', ([, reason], context) => skipVisibly(context, reason))

  const silent = rows.filter(row => !absentLevels.has(row.option.level) && sockets.every(({ fd }) => typeof ask(row, fd) === 'string'))
  test.for(silent.map(row => [row.key, row] as const))('to %s', ([, row], context) => {
    skipVisibly(context, `refused on every kind of socket: ${[...new Set(sockets.map(({ fd }) => ask(row, fd)))].join(' or ')}`)
  })
})
