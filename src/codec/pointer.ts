/** What of a struct that carries memory addresses can JavaScript use? */
import { codec, Refusal } from './codec.js'
import { type Field, optional } from './field.js'

const expected = 'a struct of pointers; not available from JavaScript'

function refuse(): never {
  throw new Refusal('type', expected)
}

/** A struct that is nothing without the memory it points to: neither read nor written. */
export const pointer = codec<never, never>({ name: 'pointer', size: 0, accepts: expected, decode: refuse, encode: refuse })

/** A user-space address that the kernel would write to or map. It can be read; it is always left zero, which the kernel takes for "nowhere". */
const unwritten: Field<bigint, undefined> = {
  size: 8,
  read: (view, at, abi) => view.getBigUint64(at, abi.littleEndian),
  write(_value, _view, _at, _abi, part) {
    throw new Refusal('type', 'nothing: JavaScript has no memory addresses to give', part)
  },
  isOptional: false,
}
export const userAddress = optional(unwritten)
