/** A value whose length is its own affair: an array of structs, a struct that ends in an array, a field that counts another. */
import type { Buffer } from 'node:buffer'
import { types } from 'node:util'
import { type Abi, type Codec, codec, Refusal } from './codec.js'
import type { Field } from './field.js'
import { type Lines, type Shape, type StructInput, type StructValue, struct } from './struct.js'

/** `struct can_filter[]`: as many as came back; at most `max` are written. `bytes` is the size of one, where that depends on the machine. */
export function list<Out, In>(
  name: string,
  max: number,
  of: Field<Out, In>,
  bytes: (abi: Abi) => number = () => of.size,
): Codec<readonly Out[], readonly In[]> {
  const accepts = `an array of at most ${max}`
  return codec({
    name: `${name}[]`,
    size: of.size * max,
    accepts,
    decode(view, at, length, abi) {
      const each = bytes(abi)
      if (length % each !== 0) throw new Refusal('length', `a multiple of ${each} bytes, and ${length} came back`)
      return Object.freeze(Array.from({ length: length / each }, (_, index) => of.read(view, at + index * each, abi)))
    },
    encode(value, view, at, abi) {
      if (!Array.isArray(value)) throw new Refusal('type', accepts)
      if (value.length > max) throw new Refusal('range', accepts)
      const each = bytes(abi)
      for (let i = 0; i < value.length * each; i++) view.setUint8(at + i, 0)
      for (let index = 0; index < value.length; index++) of.write(value[index] as In, view, at + index * each, abi, `[${index}]`)
      return value.length * each
    },
  })
}

type Without<In, K extends PropertyKey> = Omit<In, K> & { readonly [Name in K & keyof In]?: In[Name] }

const lengthOf = (value: unknown) => (Array.isArray(value) || types.isUint8Array(value) ? value.length : undefined)

/** A struct in which fields count others (`keylen` counts `key`): read, the others end there; written, the count follows, and one that is given must be right. */
export function counted<Out extends object, In extends object, const C extends Readonly<Record<string, keyof In & keyof Out & string>>>(
  of: Codec<Out, In>,
  counts: C,
): Codec<Out, Without<In, keyof C>> {
  return codec({
    ...of,
    decode(view, at, length, abi) {
      const value = { ...of.decode(view, at, length, abi) } as unknown as Record<string, unknown>
      for (const [count, counting] of Object.entries(counts)) {
        const whole = value[counting] as Buffer | readonly unknown[]
        value[counting] = Array.isArray(whole)
          ? Object.freeze(whole.slice(0, Number(value[count])))
          : (whole as Buffer).subarray(0, Number(value[count]))
      }
      return Object.freeze(value) as Out
    },
    encode(value, view, at, abi) {
      if (typeof value !== 'object' || value === null) return of.encode(value as unknown as In, view, at, abi)
      const given = value as unknown as Record<string, unknown>
      const whole: Record<string, unknown> = { ...given }
      for (const [count, counting] of Object.entries(counts)) {
        const length = lengthOf(given[counting])
        if (given[count] !== undefined && length !== undefined && given[count] !== length)
          throw new Refusal('range', `${length}, the length of ${counting} (or nothing: it follows)`, count)
        whole[count] = length ?? 0
      }
      return of.encode(whole as In, view, at, abi)
    },
  })
}

/** A struct whose last member is an array without a size, and one of whose fields says how many elements that has. */
export interface Tail<T extends string, C extends string, Out, In> {
  readonly name: T
  readonly of: Codec<Out, In>
  readonly count: C
  /** Bytes of one element. */
  readonly each: number
}

/** `struct { u32 num; u16 idents[]; }`: decoded as far as it came back, never past its count; without a tail it is a query. */
export function tailed<const F extends Lines, T extends string, C extends keyof F & string, Out, In>(
  name: string,
  headBytes: number,
  head: F,
  tail: Tail<T, C, Out, In>,
  shape: Shape = {},
): Codec<StructValue<F> & { readonly [K in T]: Out }, Without<StructInput<F>, C> & { readonly [K in T]?: In }> {
  const start = struct(name, headBytes, head, shape)
  const startBytes = shape.bytes ?? (() => headBytes)
  return codec({
    ...start,
    size: headBytes + tail.of.size,
    accepts: `an object { ${[...Object.keys(head).filter(field => field !== tail.count), tail.name].join(', ')} }`,
    decode(view, at, length, abi) {
      const value = start.decode(view, at, length, abi)
      const whole = Math.min(length - startBytes(abi), tail.of.size, Number(value[tail.count]) * tail.each)
      const rest = tail.of.decode(view, at + startBytes(abi), whole - (whole % tail.each), abi)
      return Object.freeze({ ...value, [tail.name]: rest }) as StructValue<F> & { readonly [K in T]: Out }
    },
    encode(value, view, at, abi) {
      if (typeof value !== 'object' || value === null) return start.encode(value as never, view, at, abi)
      const { [tail.name as string]: rest, ...fields } = value as Record<string, unknown>
      const bytes = rest === undefined ? 0 : encodeTail(tail, rest as In, view, at + startBytes(abi), abi)
      const count = bytes / tail.each
      if (fields[tail.count] !== undefined && fields[tail.count] !== count)
        throw new Refusal('range', `${count}, the length of ${tail.name} (or nothing: it follows)`, tail.count)
      return start.encode({ ...fields, [tail.count]: count } as never, view, at, abi) + bytes
    },
  })
}

function encodeTail<In>(tail: Tail<string, string, unknown, In>, value: In, view: DataView, at: number, abi: Abi): number {
  try {
    return tail.of.encode(value, view, at, abi)
  } catch (refusal) {
    if (refusal instanceof Refusal) throw new Refusal(refusal.reason, refusal.expected, `${tail.name}${refusal.part ?? ''}`)
    throw refusal
  }
}
