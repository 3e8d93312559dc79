/** Does setting an option that cannot be read do what it says? Its effect is looked for elsewhere; where there is none to see, that is said. */
import { describe, expect, test } from 'vitest'
import { hazards } from '../../src/access/hazards.js'
import { getsockopt, setsockopt } from '../../src/index.js'
import { open, openKind } from '../support/kinds.js'
import { absenceOf, absentLevels } from '../support/levels.js'
import { isLinux, needs, skipVisibly } from '../support/needs.js'
import { type KernelRow, kernelRows } from '../support/rows.js'
import { type Act, acts, notSet } from './acts.js'
import { isTooOld, needsKernelOf, skipIfLacking } from './lacking.js'
import { get, set } from './trials.js'

const rows = isLinux ? kernelRows.filter(({ access }) => access === 'wo') : []
const isDangerous = ({ name }: KernelRow): boolean => hazards[name]?.write !== undefined
const actOf = (row: KernelRow): Act | undefined => acts[row.key] ?? acts[row.name]
describe('an option that is only set takes effect', () => {
  test.for(rows.filter(row => actOf(row) !== undefined).map(row => [row.key, row, actOf(row) as Act] as const))(
    '%s',
    ([, row, act], context) => {
      needsKernelOf(context, row)
      const socket = typeof act.on === 'string' ? openKind(act.on) : act.on()
      if ('reason' in socket) skipVisibly(context, `${socket.kind}: ${socket.reason}`)
      try {
        act.before?.(socket.fd)
        set(socket.fd, row.name, act.value)
        expect(() => get(socket.fd, row.name), 'a read').toThrow(expect.objectContaining({ code: 'ERR_SOCKOPT_WRITE_ONLY' }))
        act.shows?.(socket.fd)
      } catch (error) {
        const privileges = `${row.option.needs} ${act.before === undefined ? '' : 'CAP_NET_ADMIN'}`
        skipIfLacking(context, error, { row, fd: socket.fd, value: act.value, privileges, absent: act.absent })
      } finally {
        socket.close()
      }
    },
  )

  test.for(rows.filter(isDangerous).map(row => [row.key, row] as const))(
    'but for %s, which is refused by name and by number',
    ([, row]) => {
      const socket = open('udp4')
      const refusal = expect.objectContaining({ code: 'ERR_SOCKOPT_HAZARD', option: row.name })
      expect(() => set(socket.fd, row.name, new Uint8Array(16))).toThrow(refusal)
      expect(() => setsockopt(socket.fd, row.level, row.number, new Uint8Array(16))).toThrow(refusal)
      socket.close()
    },
  )

  test.for(Object.entries(notSet))('but for %s', ([name, reason], context) => {
    needs(context, isLinux, 'it is an option of Linux')
    expect(rows.map(row => row.name)).toContain(name)
    skipVisibly(context, reason)
  })

  const others = rows.filter(row => actOf(row) === undefined && !isDangerous(row) && notSet[row.name] === undefined)
  const newer = others.filter(row => isTooOld(row) && !absentLevels.has(row.option.level))
  test.for(newer.map(row => [row.key, row] as const))('but for %s', ([, row], context) =>
    skipVisibly(context, `it came with Linux ${row.option.since}`),
  )

  test.for(absenceOf(others))('but for those of level %s', ([, reason], context) => skipVisibly(context, reason))

  test('and none is left out', () => {
    const left = others.filter(row => !newer.includes(row) && !absentLevels.has(row.option.level))
    expect(left.map(({ key }) => key)).toEqual([])
    const known = new Set(rows.flatMap(({ key, name }) => [key, name]))
    expect(Object.keys({ ...acts, ...notSet }).filter(name => isLinux && !known.has(name))).toEqual([])
    expect(Object.values(acts).filter(({ shows, unseen }) => (shows === undefined) === (unseen === undefined))).toEqual([])
  })
})

describe.runIf(isLinux)('an option whose read harms', () => {
  const dangerous = kernelRows.filter(({ name }) => hazards[name]?.read !== undefined && kernelRows.some(row => row.name === name))
  test.for(dangerous.map(row => [row.key, row] as const))('%s is refused by name and by number', ([, row]) => {
    const socket = open('tcp4-conn')
    const refusal = expect.objectContaining({ code: 'ERR_SOCKOPT_HAZARD', option: row.name })
    expect(() => get(socket.fd, row.name)).toThrow(refusal)
    expect(() => getsockopt(socket.fd, row.level, row.number, 4)).toThrow(refusal)
    expect(() => getsockopt(socket.fd, row.level, row.number)).toThrow(refusal)
    socket.close()
  })
})
