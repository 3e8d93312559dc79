/** WHAT are nearly the same bytes? Cut, longer, with a bit, a byte, a word or a run of them changed. */
import { anyBytes } from './atoms.mjs'

export function mutateBytes(random, bytes, longest) {
  const { below, pick, chance } = random
  let changed = bytes.slice()
  for (let times = 1 + below(3); times > 0; times--) {
    const choice = below(10)
    const at = below(changed.length || 1)
    if (choice === 0) changed = changed.slice(0, below(changed.length + 1))
    else if (choice === 1) changed = longer(random, changed, longest)
    else if (changed.length === 0) continue
    else if (choice === 2) changed[at] ^= 1 << below(8)
    else if (choice <= 4) changed[at] = below(256)
    else if (choice === 5) changed[at] = changed[at] + pick([1, -1, 2, -2])
    else if (choice === 6) changed.set(anyBytes(random, Math.min(4, changed.length - at)), at)
    else if (choice === 7) changed.copyWithin(at, below(changed.length), below(changed.length))
    else if (chance(50)) changed.fill(pick([0, 255]), at, at + below(8))
    else changed.reverse()
  }
  return changed
}

const longer = (random, bytes, longest) =>
  Uint8Array.from([...bytes, ...anyBytes(random, Math.min(random.below(16), Math.max(0, longest - bytes.length)))])
