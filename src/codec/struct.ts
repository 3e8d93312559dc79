/** A C struct as a table of fields: decoded by what came back, encoded only when it is whole. */
import { type Abi, type Codec, codec, Refusal } from './codec.js'
import type { Field } from './field.js'
import { type LazyStruct, lazyClass } from './lazy.js'
import { checkLength } from './scalar.js'

/** Where a field starts; a function where that depends on the machine. */
export type Offset = number | ((abi: Abi) => number)
/** One line of a struct: offset, primitive, unit. The unit also names the metric. */
export type Line<Out = any, In = any> = readonly [offset: Offset, field: Field<Out, In>, unit?: string]
export type Lines = Readonly<Record<string, Line>>

type OutOf<L> = L extends readonly [Offset, Field<infer Out, any>, string?] ? Out : never
type InOf<L> = L extends readonly [Offset, Field<any, infer In>, string?] ? In : never
type OptionalKeys<F extends Lines> = { [K in keyof F]: F[K][1]['isOptional'] extends true ? K : never }[keyof F]

/** A struct whose size is part of the ABI: every field is there. */
export type StructValue<F extends Lines> = { readonly [K in keyof F]: OutOf<F[K]> }
/** What encoding takes: every field, but for the ones that may be left out. */
export type StructInput<F extends Lines> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: InOf<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: InOf<F[K]> | undefined
}
/** A struct that grows with the kernel: a field is there if and only if it came back. */
export type GrowingValue<F extends Lines> = { readonly [K in keyof F]: OutOf<F[K]> | undefined }

export const offsetOf = (line: Line, abi: Abi): number => (typeof line[0] === 'number' ? line[0] : line[0](abi))

function readFields(fields: Lines, view: DataView, at: number, length: number, abi: Abi): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  for (const name in fields) {
    const line = fields[name] as Line
    const offset = offsetOf(line, abi)
    if (offset + line[1].size <= length) value[name] = line[1].read(view, at + offset, abi)
  }
  return value
}

function writeFields(fields: Lines, value: unknown, view: DataView, at: number, bytes: number, abi: Abi): number {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal('type', `an object { ${Object.keys(fields).join(', ')} }`)
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(fields, name)) throw new Refusal('type', `only the fields ${Object.keys(fields).join(', ')}`, name)
  }
  for (let i = 0; i < bytes; i++) view.setUint8(at + i, 0)
  for (const name in fields) {
    const [, field] = fields[name] as Line
    const part = (value as Record<string, unknown>)[name]
    if (part === undefined && field.isOptional) continue
    field.write(part, view, at + offsetOf(fields[name] as Line, abi), abi, name)
  }
  return bytes
}

export interface Shape {
  /** What the C names of the fields start with: `tcpi_`. */
  readonly prefix?: string
  /** Bytes to write, where that depends on the machine; `size` is then the largest. */
  readonly bytes?: (abi: Abi) => number
}

/** A struct of fixed size. Fewer bytes than its fields need is a Refusal: the layout is not the one that was meant. */
export function struct<const F extends Lines>(
  name: string,
  size: number,
  fields: F,
  shape: Shape = {},
): Codec<StructValue<F>, StructInput<F>> {
  const bytes = shape.bytes ?? (() => size)
  return codec({
    name: `struct ${name}`,
    size,
    layout: { struct: name, prefix: shape.prefix ?? '', fields, bytes: shape.bytes },
    accepts: `an object { ${Object.keys(fields).join(', ')} }`,
    decode(view, at, length, abi) {
      checkLength(length, bytes(abi))
      return Object.freeze(readFields(fields, view, at, length, abi)) as StructValue<F>
    },
    encode: (value, view, at, abi) => writeFields(fields, value, view, at, bytes(abi), abi),
  })
}

/** A struct that grows at its end from kernel to kernel: decoded as far as it came back. Set as a whole, where it can be set. */
export function growing<const F extends Lines>(
  name: string,
  size: number,
  fields: F,
  shape: Shape = {},
): Codec<GrowingValue<F>, StructInput<F>> {
  const bytes = shape.bytes ?? (() => size)
  return codec({
    name: `struct ${name}`,
    size,
    layout: { struct: name, prefix: shape.prefix ?? '', fields, bytes: shape.bytes },
    accepts: `an object { ${Object.keys(fields).join(', ')} }`,
    decode: (view, at, length, abi) => Object.freeze(readFields(fields, view, at, length, abi)) as GrowingValue<F>,
    encode: (value, view, at, abi) => writeFields(fields, value, view, at, bytes(abi), abi),
  })
}

/** A growing struct with so many fields that each is decoded when it is asked for. Read-only. */
export function lazy<const F extends Lines>(name: string, size: number, fields: F, shape: Shape = {}): Codec<GrowingValue<F> & LazyStruct> {
  const Value = lazyClass(name, fields)
  return codec({
    name: `struct ${name}`,
    size,
    layout: { struct: name, prefix: shape.prefix ?? '', fields, bytes: shape.bytes },
    accepts: 'nothing: this struct can only be read',
    isLazy: true,
    decode: (view, at, length, abi) => new Value(view, at, length, abi) as GrowingValue<F> & LazyStruct,
    encode() {
      throw new Refusal('type', 'nothing: this struct can only be read')
    },
  })
}
