/** Which service does an RxRPC service upgrade to? */
import { type Codec, codec, Refusal } from './codec.js'
import { u16 } from './field.js'
import { checkLength } from './scalar.js'

const accepts = 'an array of two integers from 0 to 65535'

/** RXRPC_UPGRADEABLE_SERVICE: the service's id, and that of the one it becomes. */
export const u16Pair: Codec<readonly [number, number]> = codec<readonly [number, number]>({
  name: 'u16[2]',
  size: 4,
  accepts,
  decode(view, at, length, abi) {
    checkLength(length, 4)
    return Object.freeze([u16.read(view, at, abi), u16.read(view, at + 2, abi)] as const)
  },
  encode(value, view, at, abi) {
    if (!Array.isArray(value)) throw new Refusal('type', accepts)
    if (value.length !== 2) throw new Refusal('range', accepts)
    u16.write(value[0], view, at, abi, '[0]')
    u16.write(value[1], view, at + 2, abi, '[1]')
    return 4
  },
})
