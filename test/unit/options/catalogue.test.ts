/** Is the catalogue whole, consistent with the platforms' tables, and fit to be read? */
import { describe, expect, test } from 'vitest'
import { hazards } from '../../../src/access/hazards.js'
import { aliases } from '../../../src/options/aliases.js'
import * as bsd from '../../../src/options/bsd.js'
import type { Option } from '../../../src/options/define.js'
import { catalogue } from '../../../src/options/index.js'
import { common } from '../../../src/options/on-demand.js'
import * as windows from '../../../src/options/windows.js'
import { type Platform, platforms } from '../../../src/platform/index.js'
import { linuxArchNumbers } from '../../../src/platform/linux-arch-numbers.js'
import { whole } from '../../../src/platform/platform.js'

const rows = Object.entries<Option<any, never>>(catalogue)
const names = new Set<string>(Object.keys(catalogue))
const everyPlatform = Object.values(platforms).map(whole)

/** The kernel's units, and nothing else: a unit also names a metric. */
const units = new Set(
  's ms us ns bytes bytes/s hops packets segments connections probes retransmissions instructions entries'.split(' ').concat('round trips'),
)

/** Two names of one number at one level, and why. Any other pair is a mistake in a table. */
const shared: Readonly<Record<string, string>> = {
  'linux IP_RETOPTS IP_RECVRETOPTS': 'linux/in.h defines the second as the first',
  'linux IPV6_RECVORIGDSTADDR IPV6_ORIGDSTADDR': 'linux/in6.h defines one as the other',
  'freebsd IPV6_RECVORIGDSTADDR IPV6_ORIGDSTADDR': 'netinet6/in6.h defines one as the other',
  'freebsd TCP_RACK_GP_INCREASE TCP_RACK_MIN_PACE_SEG': 'netinet/tcp.h reuses numbers of knobs that it retired',
  'freebsd TCP_BBR_LOWGAIN_THRESH TCP_BBR_TSLIMITS': 'as above',
  'freebsd TCP_BBR_LOWGAIN_HALF TCP_BBR_PACE_OH': 'as above',
  'freebsd TCP_BBR_HOLD_TARGET TCP_BBR_LOWGAIN_FD': 'as above',
  'freebsd TCP_BBR_ALGORITHM TCP_BBR_UNLIMITED': 'as above',
  'freebsd TCP_BBR_ACK_COMP_ALG TCP_BBR_TMR_PACE_OH': 'as above',
  'freebsd TCP_BBR_USE_RACK_CHEAT TCP_BBR_USE_RACK_RR': 'as above',
  'win32 TCP_KEEPIDLE TCP_KEEPALIVE': 'ws2ipdef.h has both, as 3',
  'win32 IP_RECVTTL IP_HOPLIMIT': 'ws2ipdef.h has both, as 21',
  'win32 IP_RECVTOS IP_RECVTCLASS': 'ws2ipdef.h has both, as 40',
}

const directions = { rw: ['read', 'write'], ro: ['read'], wo: ['write'], none: [] } as const

/** Names that one system call cannot tell apart: same level, same family of socket, same number, same direction. */
function collisions(platform: Platform): string[] {
  const users = new Map<string, string[]>()
  for (const [name, row] of rows) {
    const number = platform.numbers[name]
    if (number === undefined) continue
    for (const direction of directions[platform.quirks[name]?.access ?? row.access]) {
      const key = [platform.levels[row.level], row.family, number, direction].join('/')
      users.set(key, [...(users.get(key) ?? []), name])
    }
  }
  return [...users.values()].filter(sharing => sharing.length > 1).map(sharing => `${platform.name} ${sharing.join(' ')}`)
}

const bad = (isBad: (row: Option<any, never>, name: string) => boolean) =>
  rows.filter(([name, row]) => isBad(row, name)).map(([name]) => name)

describe('every row', () => {
  test('knows its own name', () => expect(bad((row, name) => row.name !== name)).toEqual([]))
  test('is documented in sentences', () => expect(bad(row => !/^(?:[A-Z]|9-wire|eBPF).*\.$/.test(row.doc))).toEqual([]))
  test('has quirks that are sentences', () => expect(bad(row => row.quirks.some(quirk => !/^[A-Za-z0-9-].*\.$/.test(quirk)))).toEqual([]))
  test('has a need that completes "needs"', () => expect(bad(row => row.needs !== undefined && /\.$|^needs/.test(row.needs))).toEqual([]))
  test('has a unit of the list, if any', () => expect(bad(row => row.unit !== undefined && !units.has(row.unit))).toEqual([]))
  test('has the version of a kernel, if any', () =>
    expect(bad(row => row.since !== undefined && !/^\d\.\d+(\.\d+)?$/.test(row.since))).toEqual([]))
  test('tells of a Linux version only if Linux has it', () =>
    expect(bad((row, name) => row.since !== undefined && whole(platforms.linux as Platform).numbers[name] === undefined)).toEqual([]))
  test('has a number somewhere', () =>
    expect(bad((_, name) => everyPlatform.every(({ numbers }) => numbers[name] === undefined))).toEqual([]))
  test('whose name is taken at another level carries its own level', () => {
    const parts = rows
      .filter(([name]) => name.includes('.'))
      .map(([name, row]) => ({ level: name.split('.')[0], plain: name.split('.')[1], row }))
    expect(parts.filter(({ level, plain, row }) => level !== row.level || !names.has(plain ?? ''))).toEqual([])
  })
  test('with variants names the option that tells them apart', () =>
    expect(bad(row => row.variants !== undefined && !names.has(row.variants.by))).toEqual([]))
  test('is frozen', () => expect(bad(row => !Object.isFrozen(row))).toEqual([]))
  test('that asks with its buffer can be read', () =>
    expect(bad(row => row.inOut && row.access !== 'rw' && row.access !== 'ro')).toEqual([]))
})

describe.each(everyPlatform)('the table of $name', platform => {
  const options = Object.keys(platform.numbers)
  const row = (name: string) => (catalogue as Readonly<Record<string, Option<any, never>>>)[name]

  test('numbers rows of the catalogue only', () => expect(options.filter(name => !names.has(name))).toEqual([]))
  test('numbers the level of every option it numbers', () =>
    expect(options.filter(name => platform.levels[row(name)?.level ?? ''] === undefined)).toEqual([]))
  test('numbers no level for nothing', () => {
    const used = new Set(options.map(name => row(name)?.level))
    expect(Object.keys(platform.levels).filter(level => !used.has(level))).toEqual([])
  })
  test('disagrees about options it numbers only', () =>
    expect(Object.keys(platform.quirks).filter(name => platform.numbers[name] === undefined)).toEqual([]))
  test('gives a reason for every disagreement', () =>
    expect(Object.entries(platform.quirks).filter(([, { reason }]) => reason === undefined || /\.$/.test(reason))).toEqual([]))
  test('never disagrees to the same effect', () =>
    expect(Object.entries(platform.quirks).filter(([name, { access }]) => access === row(name)?.access)).toEqual([]))
  test('gives two options one number only where the headers do', () => {
    const known = Object.keys(shared).filter(line => line.startsWith(`${platform.name} `))
    expect([...new Set(collisions(platform))].sort()).toEqual(known.sort())
  })
  test('fits in a C int', () =>
    expect(Object.entries(platform.numbers).filter(([, number]) => (number | 0) !== number && number >>> 0 !== number)).toEqual([]))
})

test('a level whose number another level has is told apart by its family', () => {
  for (const { levels } of everyPlatform) {
    for (const [level, number] of Object.entries(levels)) {
      const others = Object.keys(levels).filter(other => other !== level && levels[other] === number)
      if (others.length === 0) continue
      const families = [level, ...others].map(one => rows.find(([, row]) => row.level === one)?.[1].family)
      expect(new Set(families).size, `${level} ${others.join(' ')}`).toBe(families.length)
    }
  }
})

test('the other architectures of Linux number rows and levels of the catalogue', () => {
  for (const numbers of Object.values(linuxArchNumbers)) {
    expect(Object.keys(numbers).filter(name => name !== 'SOL_SOCKET' && !names.has(name))).toEqual([])
  }
})

test('an alias points at a row and is not a row itself', () => {
  for (const [alias, name] of Object.entries(aliases)) {
    expect(names.has(name), name).toBe(true)
    expect(names.has(alias), alias).toBe(false)
  }
})

describe.each(everyPlatform)('what the raw form takes for the option of a number on $name', platform => {
  const keyOf = (row: Option<any, never>) => `${platform.levels[row.level]}:${platform.numbers[row.name]}`
  const parts = [...Object.values(common), ...Object.values({ win32: windows, darwin: bsd, freebsd: bsd }[platform.name] ?? {})]
  const usual = parts.flatMap(group => Object.values<Option<any, never>>(group())).filter(row => platform.numbers[row.name] !== undefined)
  const others = rows.map(([, row]) => row).filter(row => platform.numbers[row.name] !== undefined && !usual.includes(row))
  const sharing = others
    .map(other => ({ other, first: usual.filter(row => keyOf(row) === keyOf(other)) }))
    .filter(({ first }) => first.length > 0)

  test('is never less dangerous for another one of the same number', () =>
    expect(sharing.filter(({ other }) => hazards[other.name] !== undefined || other.counted !== undefined)).toEqual([]))
  test('is an int where another one of the same number is', () =>
    expect(sharing.filter(({ other, first }) => other.codec.isInt && first.every(row => !row.codec.isInt))).toEqual([]))
})
