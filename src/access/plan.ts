/** Joins WHAT and WHERE: an option's row with its numbers here. Made once per option, then found by name. */
import type { Codec } from '../codec/codec.js'
import { type Word, wordOf } from '../codec/scalar.js'
import { refusedByUs } from '../errors.js'
import { loadBinding } from '../native/binding.js'
import { aliases } from '../options/aliases.js'
import type { Access, Option } from '../options/define.js'
import { catalogue, findRow } from '../options/index.js'
import { here, type Platform } from '../platform/index.js'
import { isHarmless } from './hazards.js'
import { loadSimilar } from './on-demand.js'

/** An option on this platform: everything a system call needs. */
export interface Plan {
  readonly option: Option<any, any>
  readonly level: number
  readonly number: number
  readonly codec: Codec<any, any>
  readonly access: Access
  /** optlen to offer, in units of `unit` bytes. */
  readonly capacity: number
  readonly unit: number
  /** What 4 bytes that come back are, where the codec does no more with them. */
  readonly word: Word
  /** Nothing to do but ask and decode: no consent, no input, no second read. */
  readonly isSimple: boolean
  /** The codec is not ours: it never sees the arena. */
  readonly isForeign: boolean
}

const others: Readonly<Record<string, string>> = aliases

/** The row of a name or an alias, whatever the platform. */
export const rowOf = (name: string): Option<any, any> | undefined => findRow(Object.hasOwn(others, name) ? (others[name] as string) : name)

/** The row, or an error that names the nearest options. */
export function expectRow(name: string): Option<any, any> {
  const row = rowOf(name)
  if (row !== undefined) return row
  const similar = loadSimilar().findSimilar(name, [...Object.keys(catalogue), ...Object.keys(others)])
  const hint = similar.length === 0 ? '' : `; did you mean ${similar.join(', ')}?`
  throw refusedByUs('ERR_SOCKOPT_UNKNOWN', 'unknown', `there is no socket option ${JSON.stringify(name)}${hint}`)
}

/** A row as a platform has it. */
export type Adapted = Omit<Plan, 'word' | 'isSimple' | 'isForeign'>

/** What a platform's quirk makes of a row, or undefined where the platform has no such option. */
export function adapt(row: Option<any, any>, platform: Platform): Adapted | undefined {
  const level = platform.levels[row.level]
  const number = platform.numbers[row.name] ?? platform.rareNumbers?.(row.level)?.[row.name]
  if (level === undefined || number === undefined) return undefined
  const quirk = platform.quirks[row.name]
  const codec = quirk?.codec ?? row.codec
  const unit = row.counted ?? 1
  return { option: row, level, number, codec, access: quirk?.access ?? row.access, capacity: Math.ceil(codec.size / unit), unit }
}

/** @throws SocketOptionError ERR_SOCKOPT_UNSUPPORTED where the platform lacks it. */
export function planRow(row: Option<any, any>, platform: Platform, isForeign: boolean): Plan {
  const adapted = adapt(row, platform)
  if (adapted === undefined) {
    throw refusedByUs('ERR_SOCKOPT_UNSUPPORTED', 'unsupported', `${row.name} does not exist on ${platform.name}`, row)
  }
  const { option, level, number, codec, access, capacity, unit } = adapted
  // Written out: of plans that a spread has made, V8 reads every property the slow way, which takes 15 ns of each read.
  return { option, level, number, codec, access, capacity, unit, word: wordOf(codec), isForeign, isSimple: isSimple(adapted, isForeign) }
}

function isSimple({ option, access, unit, level }: Adapted, isForeign: boolean): boolean {
  const isReadable = access === 'rw' || access === 'ro'
  const isSpecial = option.inOut || option.variants || option.sizedBy || option.family || isForeign || unit !== 1 || level === -1
  return isReadable && !isSpecial && isHarmless(option.name)
}

const plans = new Map<string, Plan>()
let platform: Platform | undefined

/** The tables of this process, as the binary's ABI has them. */
export function currentPlatform(): Platform {
  platform ??= here(loadBinding().abi)
  return platform
}

/** The plan that was asked for last: who polls asks for the same one again, and a Map takes 5 to 9 ns to find it. */
const last: { name: string | undefined; plan: Plan | undefined } = { name: undefined, plan: undefined }

/** The plan of an option by name or alias. */
export function planOf(name: string): Plan {
  if (name === last.name) return last.plan as Plan
  const known = plans.get(name)
  if (known === undefined) return addPlan(name)
  last.name = name
  last.plan = known
  return known
}

function addPlan(name: string): Plan {
  const plan = planRow(expectRow(name), currentPlatform(), false)
  plans.set(name, plan)
  return plan
}
