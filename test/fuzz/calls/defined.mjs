/** Options of the caller's own, defineOption, and with them codecs that do what no codec should. */
import { anyText } from '../atoms.mjs'
import { print } from '../given.mjs'
import { thrown } from '../oddities.mjs'

/** A codec that throws, takes away the memory that it was given, reports lengths that cannot be, and calls the library. */
function foreignCodec({ library, random, meanwhile }) {
  const { pick, chance } = random
  const misbehave = (view, expected) => {
    meanwhile()
    if (chance(20)) throw thrown
    if (chance(20)) throw new library.Refusal('length', expected)
    if (chance(10)) structuredClone(view.buffer, { transfer: [view.buffer] })
  }
  return {
    name: 'foreign',
    size: pick([0, 1, 4, 8, 64, 280, 4096, 1024 * 1024, 1024 * 1024 + 1, -1, 0.5]),
    accepts: 'anything',
    isInt: chance(50),
    isLazy: chance(50),
    decode(view, at, length) {
      misbehave(view, 'other bytes')
      for (let byte = 0; byte < Math.min(length, view.buffer.byteLength, 64); byte++) view.setUint8(at + byte, 0xff)
      return view
    },
    encode(_value, view, at) {
      misbehave(view, 'another value')
      if (view.buffer.byteLength > at) view.setUint8(at, 1)
      return pick([4, 0, 8, 2 ** 31, -1, Number.NaN, 'x', undefined])
    },
  }
}

export function calls({ library, catalogue, codecs }) {
  function definition(given) {
    const { pick, chance, below } = given.random
    const row = chance(15) ? pick(catalogue.delicate) : pick(catalogue.numbered)
    // Under another name what must not be set would be set after all, and what opens a descriptor would leave it to nobody.
    const isHarmless = catalogue.isSettable(row.level, row.number) && !catalogue.isDangerous(row.level, row.number)
    const [level, number] = isHarmless ? [row.level, row.number] : [6, 1000 + below(100)]
    return {
      level: pick([() => level, () => level, () => library.options[row.name].level, given.odd])(),
      number: pick([() => number, () => number, () => ({ linux: number }), given.odd])(),
      name: pick([() => undefined, () => anyText(given.random), given.odd])(),
      codec: pick([() => pick(codecs), () => foreignCodec(given), given.odd])(),
      access: pick(['rw', 'ro', 'wo', undefined, 'x']),
    }
  }

  return {
    defined: {
      weight: 4,
      prepare(given) {
        const [on, defining, to] = [given.target(), given.random.chance(90) ? definition(given) : given.odd(), given.value()]
        const isSet = given.random.chance(40)
        return {
          text: () => `${isSet ? 'set' : 'get'}sockopt(${print(on)}, defineOption(${print(defining)})${isSet ? `, ${print(to)}` : ''})`,
          run() {
            const option = library.defineOption(defining)
            return isSet ? library.setsockopt(on, option, to) : library.getsockopt(on, option)
          },
        }
      },
    },
  }
}
