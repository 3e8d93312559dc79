/** WHICH of the binaries are taken, when only a few are? As many as asked for, by a seed: the same seed takes the same ones from the same package. */
import { createHash, randomInt } from 'node:crypto'

/** A seed for whoever gives none; it is printed, so that the choice can be made again. */
export const newSeed = () => String(randomInt(2 ** 32))

/** Ordered by a hash of seed and name, which depends neither on the order they come in nor on who else is there. */
export function choose(names, count, seed) {
  const rank = name => createHash('sha256').update(`${seed} ${name}`).digest('hex')
  return [...new Set(names)]
    .map(name => [rank(name), name])
    .sort()
    .slice(0, count)
    .map(([, name]) => name)
}
