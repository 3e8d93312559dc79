/** Options by name: getsockopt, setsockopt, applyOptions, supports. */
import { print } from '../given.mjs'

export const calls = ({ library, catalogue, adopt }) => ({
  get: {
    weight: 22,
    prepare(given) {
      const [on, of, how] = [given.target(), given.name(), given.how()]
      return {
        text: () => `getsockopt(${print(on)}, ${print(of)}, ${print(how)})`,
        run: () => adopt(catalogue.isOpeningName(of), library.getsockopt(on, of, how)),
      }
    },
  },

  set: {
    weight: 20,
    prepare(given) {
      const [on, of] = [given.target(), given.name()]
      if (!catalogue.isSettableName(of)) return undefined
      const to = given.valueFor(on, of)
      return {
        text: () => `setsockopt(${print(on)}, ${print(of)}, ${print(to)})`,
        run: () => library.setsockopt(on, of, to),
      }
    },
  },

  apply: {
    weight: 5,
    prepare(given) {
      const { random, meanwhile } = given
      const on = given.target()
      const wanted = {}
      for (let times = random.below(4); times > 0; times--) {
        const of = given.name()
        if (typeof of !== 'string' || !catalogue.isSettableName(of)) continue
        const to = given.valueFor(on, of)
        const get = () => {
          meanwhile()
          return to
        }
        const property = random.chance(30) ? { get } : { value: to }
        Object.defineProperty(wanted, of, { enumerable: true, configurable: true, ...property })
      }
      const all = random.chance(90) ? wanted : given.odd()
      return {
        text: () => `applyOptions(${print(on)}, ${print(all)})`,
        run: () => library.applyOptions(on, all),
      }
    },
  },

  supports: {
    weight: 3,
    prepare(given) {
      const [of, on] = [given.name(), given.random.chance(80) ? given.target() : undefined]
      return {
        text: () => `supports(${print(of)}, ${print(on)})`,
        run: () => library.supports(of, on),
      }
    },
  },
})
