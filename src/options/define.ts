/** WHAT is an option? A row: how its bytes read, who may read or set it, its unit, and one line of documentation. */
import { inspect } from 'node:util'
import type { Codec } from '../codec/codec.js'
import { type Texts, textsOf } from './texts.js'

/** `rw` read and set, `ro` only read, `wo` only set, `none` a number that no getsockopt or setsockopt accepts (a control-message type, a reserved name). */
export type Access = 'rw' | 'ro' | 'wo' | 'none'

/** What a row says besides its codec and its sentence. */
export interface Facts {
  /** The kernel's unit: `s`, `ms`, `us`, `bytes`, `hops`, ... */
  readonly unit?: string
  /** First Linux kernel that has it. */
  readonly since?: string
  /** The privilege or the state it needs, with the errno otherwise. */
  readonly needs?: string
  /** What a reader of the man page would not expect. */
  readonly quirks?: readonly string[]
  /** getsockopt reads the buffer first: the caller passes `input`. */
  readonly inOut?: true
  /** optlen counts units of so many bytes, in both directions: SO_GET_FILTER counts instructions of 8 bytes. */
  readonly counted?: number
  /** The bytes depend on another option of the same socket: its value picks the codec. */
  readonly variants?: Variants
  /** The kernel refuses a buffer of another length than the value's: `peer`, the length is getpeername(2)'s (SO_PEERNAME); `input`, it is the query's; a list, one of these (TLS_TX). */
  readonly sizedBy?: 'peer' | 'input' | readonly number[]
  /** The query is the version of the answer, in 4 bytes. Without input the first is asked for, and the next one where the system refuses it. */
  readonly versions?: readonly number[]
}

/** `by` is read first; `codecs` is indexed by what it answers, and the row's own codec serves every other answer. */
export interface Variants {
  readonly by: string
  readonly codecs: Readonly<Record<string, Codec<any, never>>>
}

/** What an option is, apart from its name and its texts. */
interface Traits<Out, In, A extends Access, Unit extends string | undefined> {
  readonly codec: Codec<Out, In>
  readonly access: A
  readonly unit: Unit
  readonly needs: string | undefined
  readonly inOut: boolean
  readonly counted: number | undefined
  readonly variants: Variants | undefined
  readonly sizedBy: 'peer' | 'input' | readonly number[] | undefined
  readonly versions: readonly number[] | undefined
}

/** An option as the file of its level writes it. */
export interface Row<Out = unknown, In = Out, A extends Access = Access, Unit extends string | undefined = string | undefined> extends Traits<Out, In, A, Unit> {
  /** Undefined in the built package, where they are apart from the rows: see texts.ts. */
  readonly texts: Texts | undefined
}

/** A row that knows its level and its name: what the catalogue holds. */
export interface Option<Out = unknown, In = Out, A extends Access = Access, Unit extends string | undefined = string | undefined> extends Traits<Out, In, A, Unit>, Texts {
  readonly name: string
  readonly level: string
  /** The only address family whose sockets have this level, where the level's number belongs to another protocol too. */
  readonly family: string | undefined
}

type UnitOf<F> = F extends { readonly unit: infer U extends string } ? U : undefined

type VariantOf<F> = F extends { readonly variants: { readonly codecs: Readonly<Record<string, Codec<infer Out, never>>> } } ? Out : never

const noQuirks: readonly string[] = Object.freeze([])

const row =
  <const A extends Access>(access: A) =>
  <Out, In, const F extends Facts = Record<never, never>>(codec: Codec<Out, In>, doc: string | undefined, facts?: F): Row<Out | VariantOf<F>, In, A, UnitOf<F>> => ({
    codec,
    access,
    texts: doc === undefined ? undefined : { doc, since: facts?.since, quirks: facts?.quirks ?? noQuirks },
    unit: facts?.unit as UnitOf<F>,
    needs: facts?.needs,
    inOut: facts?.inOut ?? false,
    counted: facts?.counted,
    variants: facts?.variants,
    sizedBy: facts?.sizedBy,
    versions: facts?.versions,
  })

/** An option that can be read and set. */
export const rw = row('rw')
/** An option that can only be read. */
export const ro = row('ro')
/** An option that can only be set. */
export const wo = row('wo')
/** A name that is in the headers and in no getsockopt: a control-message type, a reserved number. */
export const no = row('none')

/** Prints a row with its texts, which are getters. */
const printed = {
  [inspect.custom](this: object): object {
    return { ...this }
  },
}

/** Field by field: a spread would take six times as long. */
const complete = (of: Row<unknown, never>, name: string, level: string, family: string | undefined): Option<unknown, never> =>
  Object.freeze({
    __proto__: printed,
    codec: of.codec,
    access: of.access,
    get doc() {
      return (of.texts ?? textsOf(name)).doc
    },
    unit: of.unit,
    get since() {
      return (of.texts ?? textsOf(name)).since
    },
    needs: of.needs,
    get quirks() {
      return (of.texts ?? textsOf(name)).quirks
    },
    inOut: of.inOut,
    counted: of.counted,
    variants: of.variants,
    sizedBy: of.sizedBy,
    versions: of.versions,
    name,
    level,
    family,
  })

type OptionsOf<Rows> = { readonly [Name in keyof Rows]: Rows[Name] extends Row<infer Out, infer In, infer A, infer U> ? Option<Out, In, A, U> : never }

/** The options of one level, made when they are first asked for: a program that reads SO_RCVBUF makes no option of TCP. */
export type Group<Rows> = () => OptionsOf<Rows>

/** The level is named once, here, so a row cannot name another. */
export function group<Rows extends Record<string, Row<any, never, Access, string | undefined>>>(level: string, rows: () => Rows, family?: string): Group<Rows> {
  let made: OptionsOf<Rows> | undefined
  return () => {
    made ??= completeAll(rows(), level, family)
    return made
  }
}

function completeAll<Rows extends Record<string, Row<any, never, Access, string | undefined>>>(rows: Rows, level: string, family: string | undefined): OptionsOf<Rows> {
  const options: Record<string, Option<unknown, never>> = {}
  for (const name in rows) options[name] = complete(rows[name] as Row<unknown, never>, name, level, family)
  return Object.freeze(options) as OptionsOf<Rows>
}
