/** A struct that decodes a field when it is asked for: TCP_INFO has 74, and most callers take one. */
import { inspect } from 'node:util'
import type { Abi } from './codec.js'
import type { Line, Lines } from './struct.js'

/** The value of a lazily decoded struct. Its fields are getters; `toJSON()` gives them all as a plain object. */
export interface LazyStruct {
  /** The fields that came back, as a plain object; bigints as decimal strings, so that JSON.stringify takes it. */
  toJSON(): Record<string, unknown>
}

type LazyClass = new (view: DataView, at: number, length: number, abi: Abi) => LazyStruct

/**
 * The class of one struct's values: a getter per field, named after the C struct.
 * A class of its own, not one derived from a common one: making a derived object takes 20 ns more, of the 300 of a TCP_INFO.
 */
export function lazyClass(name: string, fields: Lines): LazyClass {
  const Value = class {
    readonly #view: DataView
    readonly #at: number
    readonly #length: number
    readonly #abi: Abi

    constructor(view: DataView, at: number, length: number, abi: Abi) {
      this.#view = view
      this.#at = at
      this.#length = length
      this.#abi = abi
    }

    /** The getter of one field: undefined if and only if the kernel did not return it. */
    static getter([offset, field]: Line): (this: InstanceType<typeof Value>) => unknown {
      const read = field.read
      if (typeof offset !== 'number') {
        return function () {
          const start = offset(this.#abi)
          return start + field.size <= this.#length ? read(this.#view, this.#at + start, this.#abi) : undefined
        }
      }
      const end = offset + field.size
      return function () {
        return end <= this.#length ? read(this.#view, this.#at + offset, this.#abi) : undefined
      }
    }

    toJSON(): Record<string, unknown> {
      const value: Record<string, unknown> = {}
      for (const name in this) {
        const field: unknown = this[name]
        if (field !== undefined && typeof field !== 'function') value[name] = typeof field === 'bigint' ? String(field) : field
      }
      return value
    }

    [inspect.custom](_depth: number, options: object, print: typeof inspect): string {
      return `${name} ${print(this.toJSON(), options)}`
    }
  }
  Object.defineProperty(Value, 'name', { value: name })
  for (const [field, line] of Object.entries(fields)) {
    Object.defineProperty(Value.prototype, field, { get: Value.getter(line), enumerable: true, configurable: false })
  }
  Object.freeze(Value.prototype)
  return Value
}
