/** Options by level and number: the raw form of getsockopt and setsockopt. */
import { anyBytes } from '../atoms.mjs'
import { print } from '../given.mjs'

export const calls = ({ library, catalogue, adopt }) => ({
  getRaw: {
    weight: 10,
    prepare(given) {
      const [on, [level, number], length, how] = [given.target(), given.numbers(), given.length(), given.how()]
      return {
        text: () => `getsockopt(${print(on)}, ${print(level)}, ${print(number)}, ${print(length)}, ${print(how)})`,
        run: () => adopt(catalogue.isOpening(level, number), library.getsockopt(on, level, number, length, how)),
      }
    },
  },

  setRaw: {
    weight: 10,
    prepare(given) {
      const { below, chance, pick } = given.random
      const [on, [level, number]] = [given.target(), given.numbers()]
      if (typeof level === 'number' && typeof number === 'number' && !catalogue.isSettable(level, number)) return undefined
      const size = () => pick([0, 1, 4, 8, 16, 128, below(600), chance(2) ? 1024 * 1024 : 4])
      const to = chance(40) ? anyBytes(given.random, size()) : given.value()
      return {
        text: () => `setsockopt(${print(on)}, ${print(level)}, ${print(number)}, ${print(to)})`,
        run: () => library.setsockopt(on, level, number, to),
      }
    },
  },
})
