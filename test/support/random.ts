/** What if a value were another one? Numbers that look random and are the same in every run. */

/** A source of numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** An integer from `minimum` to `maximum`, both included. */
export const integerFrom = (next: () => number, minimum: number, maximum: number): number =>
  minimum + Math.floor(next() * (maximum - minimum + 1))

export const pick = <T>(next: () => number, of: readonly T[]): T => of[integerFrom(next, 0, of.length - 1)] as T

/** Bytes of which many are 0 or 255, where the edges are. */
export function randomBytes(next: () => number, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => pick(next, [0, 0, 0xff, integerFrom(next, 0, 255)]))
}
