/**
 * How much memory does a program hold when nothing is going on? For a node with `--expose-gc --max-semi-space-size=1`: V8 lets its young
 * generation grow to 16 MiB and more as it pleases, also in a program that only makes errors, and that would hide a leak.
 */
import { GCProfiler } from 'node:v8'

const KIB = 1024
/** Calls per entry of a loop: V8 compiles it as a function then, in which the sum is no object. */
const BATCH = 500

function repeat(run, calls) {
  for (let done = 0; done < calls; done += BATCH) run(BATCH)
}

/**
 * Bytes that a call allocates on V8's heap, as a `{ bytes, collections }`. New space is counted to the byte, as long as no collection comes between.
 * What measuring itself allocates is divided among the calls.
 */
export function allocation(run, calls) {
  repeat(run, calls)
  globalThis.gc()
  const profiler = new GCProfiler()
  profiler.start()
  const before = process.memoryUsage().heapUsed
  repeat(run, calls)
  const after = process.memoryUsage().heapUsed
  const { statistics } = profiler.stop()
  return { bytes: (after - before) / calls, collections: statistics.length }
}

/** Collected twice, because the first collection only begins to free what lies outside the heap. */
function usage() {
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage()
}

/** Looks at the memory at rest before the first pass and after each; the first three looks and the last three are compared. */
const PASSES = 8
const LOOKS = 3

/**
 * KiB that RSS, the heap, and what lies outside it grew over so many calls, after as many as a sixth of them to warm up. Of three looks the least
 * counts, because malloc gives free memory back to the system at one time and not at another; a leak adds to each.
 */
export function growth(run, calls) {
  const looks = []
  for (let pass = 0; pass <= PASSES; pass++) {
    repeat(run, calls / (PASSES + 1 - LOOKS))
    looks.push(usage())
  }
  const least = (some, key) => Math.min(...some.map(look => look[key]))
  const grown = key => (least(looks.slice(-LOOKS), key) - least(looks.slice(0, LOOKS), key)) / KIB
  return { rss: grown('rss'), heap: grown('heapUsed'), outside: grown('external') }
}

/**
 * KiB of growth that is no leak, from 120,000 calls on. At rest RSS comes and goes by 2 MiB, and the heap by some ten KiB, however many calls there
 * were. A leak grows with the calls: of malloc's least, 32 bytes, or of V8's least object, 16, it would be 3,750 or 1,875 KiB by then.
 */
export const tolerated = { rss: 3 * KIB, heap: KIB / 4, outside: KIB / 4 }
