/** Is there an address at all? A sockaddr of family AF_UNSPEC (0) within a struct stands for none, or for any. */
import type { Codec } from './codec.js'
import { type Field, nested } from './field.js'
import { readFamily } from './sockaddr-inet.js'

/** A sockaddr as a field: null where its family is 0. */
export function orUnspecified<Out, In>(of: Codec<Out, In>): Field<Out | null, In | null> {
  const address = nested(of)
  return {
    size: address.size,
    read: (view, at, abi) => (readFamily(view, at, abi) === 0 ? null : address.read(view, at, abi)),
    write(value, view, at, abi, part) {
      if (value !== null) address.write(value, view, at, abi, part)
    },
    isOptional: false,
  }
}
