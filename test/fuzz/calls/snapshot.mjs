/** Everything about a socket at once: snapshot, and reading what it decodes on demand. */
import { inspect } from 'node:util'
import { print } from '../given.mjs'

export const calls = ({ library, catalogue }) => ({
  snapshot: {
    weight: 2,
    prepare(given) {
      const { below, chance, pick } = given.random
      const some = one => Array.from({ length: below(6) }, one)
      const valid = () => (chance(40) ? pick(catalogue.delicate).name : pick(catalogue.local))
      const on = given.target()
      const of = pick([() => undefined, () => some(valid), () => some(valid), () => some(() => given.name()), given.odd])()
      const [isWritten, isPrinted] = [chance(20), chance(20)]
      return {
        text: () => `snapshot(${print(on)}, ${print(of)})`,
        run() {
          const look = library.snapshot(on, of)
          for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(look))) void look[name]
          if (isWritten) JSON.stringify(look)
          if (isPrinted) inspect(look)
          return look
        },
      }
    },
  },
})
