/** WHAT may a value be? Anything, or something like what is accepted. */
import { anyBytes, anyNumber, anyText, learned } from './atoms.mjs'
import { anyOddity } from './oddities.mjs'

/** A value of any kind, nested a little. */
export function anyValue(random, meanwhile, depth = 0) {
  const { chance, below, pick } = random
  if (learned.shapes.length > 0 && depth < 3 && chance(30)) {
    return Object.fromEntries(pick(learned.shapes).map(name => [name, anyValue(random, meanwhile, depth + 1)]))
  }
  if (chance(40)) return anyNumber(random)
  if (chance(25)) return anyText(random)
  if (chance(20)) return chance(50)
  if (chance(20)) return anyBytes(random, pick([0, 1, 2, 4, 8, 12, 16, 28, 64, 128, 256, below(600)]))
  if (chance(40) || depth > 2) return anyOddity(random, meanwhile)
  if (chance(30)) return Array.from({ length: below(5) }, () => anyValue(random, meanwhile, depth + 1))
  return Object.fromEntries(Array.from({ length: below(5) }, () => [anyText(random), anyValue(random, meanwhile, depth + 1)]))
}

/** A value such as `accepts` describes: a boolean, an integer within its bounds or next to them, an object with its parts, one of its words. */
export function valueAs(random, accepts, meanwhile) {
  const { chance, below, pick, next } = random
  if (accepts.includes('true or false')) return chance(50)
  const [, from, to] = /integer from (-?\d+) to (\d+)/.exec(accepts) ?? []
  if (from !== undefined) return pick([Number(from), Number(to), Number(from) - 1, Number(to) + 1, Number(from) + below(300), next()])
  const [, parts] = /\{ ([\w, ]+) \}/.exec(accepts) ?? []
  if (parts !== undefined) return Object.fromEntries(parts.split(', ').map(part => [part, anyValue(random, meanwhile, 1)]))
  const words = [...accepts.matchAll(/'([^']+)'/g)].map(([, word]) => word)
  if (words.length > 0 && chance(80)) return chance(70) ? pick(words) : [pick(words), pick(words)]
  if (accepts.includes('Uint8Array')) return anyBytes(random, pick([0, 1, 4, 8, 16, below(300)]))
  if (accepts.includes('string') || accepts.includes('name')) return anyText(random)
  if (accepts.includes('array')) return Array.from({ length: below(4) }, () => anyValue(random, meanwhile, 1))
  return accepts.includes('millisecond') ? anyNumber(random) : undefined
}
