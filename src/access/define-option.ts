/** An option that the catalogue does not have: a vendor's, a newer kernel's, or the same bytes read in another way. */
import type { Codec } from '../codec/codec.js'
import { badArgument } from '../errors.js'
import type { Access, Option } from '../options/define.js'
import { currentPlatform, type Plan, planRow } from './plan.js'

/** What `defineOption` takes. */
export interface Definition<Out, In, A extends Access> {
  /** For errors and printing; `level:number` if left out. */
  readonly name?: string
  /** The level's symbol (`'IPPROTO_TCP'`) or its number. */
  readonly level: string | number
  /** The option's number, or one for each platform that has it: `{ linux: 99, darwin: 0x200 }`. */
  readonly number: number | Readonly<Record<string, number>>
  /** How its bytes are read and written: one of `codecs`, or your own. Your own is handed copies, never the library's memory. */
  readonly codec: Codec<Out, In>
  /** `rw` (the default), `ro` or `wo`. */
  readonly access?: A
  readonly doc?: string
  readonly unit?: string
}

/** An option made by `defineOption`; `getsockopt` and `setsockopt` take it in the place of a name, with its types. */
export interface DefinedOption<Out = unknown, In = Out, A extends Access = Access> extends Option<Out, In, A> {
  readonly number: number | Readonly<Record<string, number>>
}

const defined = new WeakSet<object>()
const plans = new WeakMap<object, Plan>()

export const isDefined = (option: unknown): option is DefinedOption<any, any> =>
  typeof option === 'object' && option !== null && defined.has(option)

/**
 * Describes an option of your own; reading and setting it takes the same path as the catalogue's.
 *
 * ```ts
 * const TCP_NEWEST = defineOption({ level: 'IPPROTO_TCP', number: 47, codec: codecs.uint, doc: 'From a kernel newer than this package.' })
 * getsockopt(socket, TCP_NEWEST) // number
 * ```
 * @throws TypeError or RangeError (ERR_SOCKOPT_TYPE, ERR_SOCKOPT_RANGE) for a definition that cannot be one.
 */
export function defineOption<Out, In = Out, const A extends Access = 'rw'>(definition: Definition<Out, In, A>): DefinedOption<Out, In, A> {
  if (typeof definition !== 'object' || definition === null)
    throw badArgument('type', 'definition', 'an object { level, number, codec }', definition)
  for (const text of ['name', 'doc', 'unit'] as const) {
    if (definition[text] !== undefined && typeof definition[text] !== 'string')
      throw badArgument('type', text, 'a string', definition[text])
  }
  const { level, number, codec, access = 'rw' as A, doc = '', unit } = definition
  if (typeof level !== 'string' && !Number.isInteger(level)) throw badArgument('type', 'level', 'a symbol or an integer', level)
  if (typeof number !== 'number' && (typeof number !== 'object' || number === null)) {
    throw badArgument('type', 'number', 'an integer, or an object of integers by platform', number)
  }
  for (const value of typeof number === 'number' ? [number] : Object.values(number)) {
    if (!Number.isInteger(value) || Math.abs(value) > 2 ** 31 - 1) throw badArgument('range', 'number', 'a 32-bit integer', value)
  }
  if (typeof codec?.decode !== 'function' || typeof codec.encode !== 'function' || !isSize(codec.size)) {
    throw badArgument('type', 'codec', 'a codec: { name, size, accepts, decode, encode } with a size from 0 to 1048576', codec)
  }
  if (!['rw', 'ro', 'wo'].includes(access)) throw badArgument('range', 'access', "'rw', 'ro' or 'wo'", access)
  const name = definition.name ?? `${level}:${typeof number === 'number' ? number : Object.values(number).join('/')}`
  const option = Object.freeze({
    name,
    level: String(level),
    number,
    codec,
    access,
    doc,
    unit,
    since: undefined,
    needs: undefined,
    quirks: Object.freeze([]),
    inOut: false,
    family: undefined,
    counted: undefined,
    variants: undefined,
    sizedBy: undefined,
    versions: undefined,
  }) as DefinedOption<Out, In, A>
  defined.add(option)
  return option
}

const isSize = (size: unknown): boolean => Number.isInteger(size) && (size as number) >= 0 && (size as number) <= 1024 * 1024

/** The plan of a defined option: the platform's tables with its level and number added. */
export function planDefined(option: DefinedOption<any, any>): Plan {
  const known = plans.get(option)
  if (known !== undefined) return known
  const platform = currentPlatform()
  const { number, level, name } = option
  const here = typeof number === 'number' ? number : number[platform.name]
  const levels = Number.isInteger(Number(level)) ? { ...platform.levels, [level]: Number(level) } : platform.levels
  const numbers: Record<string, number> = here === undefined ? {} : { [name]: here }
  const plan = planRow(option, { ...platform, levels, numbers, rareNumbers: undefined, quirks: {} }, true)
  plans.set(option, plan)
  return plan
}
