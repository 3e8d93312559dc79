/** A getsockopt that reads its buffer first: what does it take as the question? */
import { type Codec, codec } from './codec.js'
import { type Line, offsetOf } from './struct.js'

/**
 * A struct that is both the question and the answer: its first fields (`keys`) ask, and all of it answers or is set.
 * A value of `keys` alone is written no further than these, so that it cannot be mistaken for a value to set: the kernel refuses one so short.
 * The question is to be asked with a zeroed buffer of `size` bytes.
 */
export function asked<Out, In extends object, const K extends keyof In & string>(
  of: Codec<Out, In>,
  keys: readonly K[],
): Codec<Out, In | Partial<Pick<In, K>>> {
  const fields = of.layout?.fields ?? {}
  return codec<Out, In | Partial<Pick<In, K>>>({
    ...of,
    accepts: `${of.accepts}, or as a question { ${keys.join(', ')} }`,
    encode(value, view, at, abi) {
      const isQuestion = typeof value === 'object' && value !== null && Object.keys(value).every(key => keys.includes(key as K))
      if (!isQuestion) return of.encode(value as In, view, at, abi)
      for (let i = 0; i < of.size; i++) view.setUint8(at + i, 0)
      let end = 0
      for (const key of keys) {
        const line = fields[key] as Line
        const start = offsetOf(line, abi)
        const part = (value as Partial<Record<K, unknown>>)[key]
        if (part !== undefined) line[1].write(part, view, at + start, abi, key)
        end = Math.max(end, start + line[1].size)
      }
      return end
    },
  })
}
