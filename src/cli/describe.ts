/** What is known of one option? Everything that its row, the platforms and the table of hazards say, as plain data. */
import { hazards } from '../access/hazards.js'
import { adapt } from '../access/plan.js'
import type { Codec } from '../codec/codec.js'
import { aliases } from '../options/aliases.js'
import type { Access, Option } from '../options/define.js'
import { examplesOf } from './example.js'
import { abiHere, allPlatforms, platformHere } from './where.js'

export interface Place {
  readonly level: number
  readonly number: number
  /** Only what differs from the row. */
  readonly type?: string
  readonly access?: Access
  readonly reason?: string
}

export interface FieldLine {
  readonly name: string
  readonly offset: number
  readonly size: number
  readonly unit: string | undefined
}

export interface Description {
  readonly name: string
  readonly doc: string
  readonly level: string
  readonly aliases: readonly string[]
  readonly type: string
  /** Whether the value is one C int: readable by level and number too. */
  readonly isInt: boolean
  /** The largest the value can have, in bytes. */
  readonly size: number
  readonly accepts: string
  readonly access: Access
  readonly unit: string | undefined
  readonly since: string | undefined
  readonly needs: string | undefined
  readonly quirks: readonly string[]
  readonly hazard: string | undefined
  readonly here: string
  /** null where a platform has no such option. */
  readonly platforms: Readonly<Record<string, Place | null>>
  readonly struct: { readonly name: string; readonly prefix: string; readonly fields: readonly FieldLine[] } | undefined
  readonly examples: readonly string[]
}

function placesOf(row: Option<any, any>): Readonly<Record<string, Place | null>> {
  const places = allPlatforms().map(platform => {
    const adapted = adapt(row, platform)
    if (adapted === undefined) return [platform.name, null]
    const { level, number, codec, access } = adapted
    const reason = platform.quirks[row.name]?.reason
    const differing = {
      ...(codec === row.codec ? {} : { type: codec.name }),
      ...(access === row.access ? {} : { access }),
      ...(reason === undefined ? {} : { reason }),
    }
    return [platform.name, { level, number, ...differing }]
  })
  return Object.fromEntries(places)
}

function structOf({ layout }: Codec<any, any>): Description['struct'] {
  if (layout === undefined) return undefined
  const abi = abiHere()
  const fields = Object.entries(layout.fields).map(([name, [offset, { size }, unit]]) => ({
    name,
    offset: typeof offset === 'number' ? offset : offset(abi),
    size,
    unit,
  }))
  return { name: layout.struct, prefix: layout.prefix, fields }
}

/** The option as this platform has it; as the catalogue has it where this platform does not. */
export function describe(row: Option<any, any>): Description {
  const { name, doc, level, unit, since, needs, quirks, inOut } = row
  const here = platformHere()
  const { codec, access } = adapt(row, here) ?? row
  return {
    name,
    doc,
    level,
    aliases: Object.entries(aliases).flatMap(([alias, of]) => (of === name ? [alias] : [])),
    type: codec.name,
    isInt: codec.isInt,
    size: codec.size,
    accepts: codec.accepts,
    access,
    unit,
    since,
    needs,
    quirks,
    hazard: hazards[name]?.why,
    here: here.name,
    platforms: placesOf(row),
    struct: structOf(codec),
    examples: examplesOf({ name, access, unit, codec, inOut }, abiHere()),
  }
}
