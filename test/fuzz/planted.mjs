/** DOES the search find what chance does not? A codec with a mistake behind four bytes that have to be right one after the other. */

/** Chance alone would need 2^32 runs to find it. */
export const plantedSource = `
export const decode = (view, at, length) => {
  if (length < 8) return 0
  if (view.getUint8(at + 1) === 0x51) {
    if (view.getUint8(at + 3) === 0x9c) {
      if (view.getUint8(at + 5) === 0x2e) {
        if (view.getUint8(at + 7) === 0xd3) throw new Error('planted')
      }
    }
  }
  return 1
}`

/** Guided, a hundred thousand are enough on average. */
const MOST_RUNS = 2_000_000

/**
 * Whether it is found, and in how many runs, by a search that is guided or by chance alone. `fuzz(codec, parameters)` is that of codec-fuzz.mjs with
 * what is the same for every codec.
 */
export async function searchPlanted(tree, fuzz, isGuided, most = MOST_RUNS) {
  const { decode } = await tree.load('codec/planted.js')
  const trap = { name: 'planted', size: 8, accepts: '', isInt: false, isLazy: false, layout: undefined, decode, encode: () => 0 }
  const { failures } = fuzz(trap, { isGuided, runs: most, number: 0, isUntilFailure: true })
  return { isFound: failures.length > 0, runs: failures[0]?.run ?? most }
}
