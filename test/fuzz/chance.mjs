/** WHAT comes up? Numbers that look random and are the same for the same seed. */

/** A source of chance: mulberry32. `next` gives 32 bits, `below(n)` an integer under n, `chance(p)` true p times in 100. */
export function chanceOf(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = limit => next() % limit
  const chance = percent => below(100) < percent
  const pick = list => list[below(list.length)]
  return { next, below, chance, pick }
}

/** Two numbers to one seed: what happens in epoch 7 of seed 1 has nothing in common with epoch 8. */
export function mixSeeds(seed, other) {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(other + 1, 0xc2b2ae35)
  mixed ^= mixed >>> 15
  return Math.imul(mixed, 0x27d4eb2f) >>> 0
}
