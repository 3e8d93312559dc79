/** WHAT options are there? The catalogue, and the types that follow from it. */
import { findIn, join, type Part } from '../joined.js'
import { platformName } from '../platform/index.js'
import type { aliases } from './aliases.js'
import type { Access, Option } from './define.js'
import { common, loadBsd, loadFamilies, loadWindows } from './on-demand.js'

type RowsOf<Groups> = Groups[keyof Groups] extends infer Each ? (Each extends () => infer Rows ? Rows : never) : never
type Groups = RowsOf<typeof common> | RowsOf<ReturnType<typeof loadFamilies>> | RowsOf<ReturnType<typeof loadBsd>> | RowsOf<ReturnType<typeof loadWindows>>
type Merged<Each> = (Each extends unknown ? (each: Each) => void : never) extends (each: infer All) => void ? All : never
type Catalogue = Merged<Groups>

/** The groups of a module by their names: the order of a namespace, which not everything that runs modules keeps. */
function partOf(load: () => Readonly<Record<string, Part>>): Part {
  let rows: Readonly<Record<string, unknown>> | undefined
  return () => {
    if (rows === undefined) {
      const groups = load()
      const names = Object.keys(groups).sort()
      rows = Object.assign({}, ...names.map(name => groups[name]?.())) as Readonly<Record<string, unknown>>
    }
    return rows
  }
}

const bsd = partOf(loadBsd)
const windows = partOf(loadWindows)
/** All parts, in the order in which the options are listed. */
const parts: readonly Part[] = [...Object.values(common), partOf(loadFamilies), bsd, windows]
/** What this platform adds for sockets of Node's kinds. */
const own: Readonly<Record<string, Part>> = { darwin: bsd, freebsd: bsd, win32: windows }
const nothing: Part = () => ({})

/** The level that names of this beginning are most likely to be at. */
const likely: Readonly<Record<string, keyof typeof common>> = {
  SO: 'SOL_SOCKET',
  TCP: 'IPPROTO_TCP',
  IP: 'IPPROTO_IP',
  MCAST: 'IPPROTO_IP',
  IPV6: 'IPPROTO_IPV6',
  UDP: 'IPPROTO_UDP',
  UDPLITE: 'IPPROTO_UDPLITE',
  ICMP: 'IPPROTO_RAW',
  ICMPV6: 'IPPROTO_ICMPV6',
  MPTCP: 'SOL_MPTCP',
  TLS: 'SOL_TLS',
}

const isCommon = (level: string): level is keyof typeof common => Object.hasOwn(common, level)

/** Where to look first for a name, so that no other part is loaded: a wrong guess costs time and nothing else. */
function guessPart(name: string): Part {
  const [beginning = ''] = name.split(name.includes('.') ? '.' : '_', 1)
  const level = Object.hasOwn(likely, beginning) ? (likely[beginning] as string) : beginning
  return isCommon(level) ? common[level] : nothing
}

/** The row of this name. Loads no more than it takes to find it. */
export function findRow(name: string): Option<any, any> | undefined {
  return findIn([guessPart(name), own[platformName] ?? nothing, ...parts], name) as Option<any, any> | undefined
}

/** Every option by its kernel name. A name that two levels share belongs to the more common one; the other carries its level: `IPPROTO_IPV6.MCAST_JOIN_GROUP`. */
export const catalogue: Catalogue = join<Catalogue>(findRow, parts)

/** The rows of these levels that sockets of Node's kinds can have on this platform. Loads no others. */
export function usualRows(levels: readonly string[]): readonly Option[] {
  const tables = [...levels.filter(isCommon).map(level => common[level]), own[platformName] ?? nothing]
  return tables.flatMap(part => Object.values(part()) as Option[]).filter(({ level }) => levels.includes(level))
}

type Aliases = typeof aliases

/** The name of a row. */
export type OptionName = keyof Catalogue
/** Another name of a row: `SO_TIMEOUT`. */
export type AliasName = keyof Aliases
/** The row behind a name or an alias. */
export type RowName<Name extends OptionName | AliasName> = Name extends AliasName ? Aliases[Name] : Name
type RowOf<Name extends OptionName | AliasName> = Catalogue[RowName<Name> & OptionName]

/** What reading an option gives. */
export type OptionValue<Name extends OptionName | AliasName> = RowOf<Name> extends Option<infer Out, never, Access, any> ? Out : never
/** What setting an option takes. */
export type OptionInput<Name extends OptionName | AliasName> = RowOf<Name> extends Option<any, infer In, Access, any> ? In : never

type NamesWith<A extends Access> = { [Name in OptionName]: Catalogue[Name]['access'] extends A ? Name : never }[OptionName]
type AliasesOf<Name> = { [Alias in AliasName]: Aliases[Alias] extends Name ? Alias : never }[AliasName]

/** Names that getsockopt takes, aliases included. */
export type ReadableName = NamesWith<'rw' | 'ro'> | AliasesOf<NamesWith<'rw' | 'ro'>>
/** Names that setsockopt takes, aliases included. */
export type WritableName = NamesWith<'rw' | 'wo'> | AliasesOf<NamesWith<'rw' | 'wo'>>
