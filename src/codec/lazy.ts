/** A struct that decodes a field when it is asked for: TCP_INFO has 74, and most callers take one. */
import { inspect } from 'node:util'
import type { Abi } from './codec.js'
import type { Line, Lines } from './struct.js'

/** The value of a lazily decoded struct. Its fields are getters; `toJSON()` gives them all as a plain object. */
export class LazyStruct {
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
  static getter([offset, field]: Line): (this: LazyStruct) => unknown {
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

  /** The fields that came back, as a plain object; bigints as decimal strings, so that JSON.stringify takes it. */
  toJSON(): Record<string, unknown> {
    const value: Record<string, unknown> = {}
    for (const name in this) {
      const field: unknown = this[name]
      if (field !== undefined && typeof field !== 'function') value[name] = typeof field === 'bigint' ? String(field) : field
    }
    return value
  }

  [inspect.custom](_depth: number, options: object, print: typeof inspect): string {
    return `${this.constructor.name} ${print(this.toJSON(), options)}`
  }
}

/** The class of one struct's values: a getter per field, named after the C struct. */
export function lazyClass(name: string, fields: Lines): typeof LazyStruct {
  const Value = { [name]: class extends LazyStruct {} }[name] as typeof LazyStruct
  for (const [field, line] of Object.entries(fields)) {
    Object.defineProperty(Value.prototype, field, { get: LazyStruct.getter(line), enumerable: true, configurable: false })
  }
  Object.freeze(Value.prototype)
  return Value
}
