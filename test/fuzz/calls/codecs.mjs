/** The codecs that the package exports, by a caller who hands them bytes and values of his own. codecs.mjs looks at each of them more closely. */
import { anyBytes } from '../atoms.mjs'
import { print } from '../given.mjs'

export const calls = ({ library, codecs, abi }) => ({
  codec: {
    weight: 2,
    prepare(given) {
      const codec = given.random.pick(codecs)
      const bytes = anyBytes(given.random, given.random.below(300))
      const value = given.value()
      const isDecoded = given.random.chance(50)
      const view = new DataView(isDecoded ? bytes.buffer : new ArrayBuffer(codec.size))
      return {
        text: () => `codecs: ${codec.name} ${isDecoded ? `of ${print(bytes)}` : `from ${print(value)}`}`,
        run() {
          try {
            return isDecoded ? codec.decode(view, 0, bytes.length, abi) : codec.encode(value, view, 0, abi)
          } catch (refusal) {
            if (!(refusal instanceof library.Refusal)) throw refusal
            return undefined
          }
        },
      }
    },
  },
})
