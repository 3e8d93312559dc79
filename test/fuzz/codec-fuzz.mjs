/** WHAT does one codec make of bytes and values, some of them random, most of them changed from what led somewhere new before? */
import { anyBytes, forget, learn } from './atoms.mjs'
import { chanceOf, mixSeeds } from './chance.mjs'
import { Contract, plain, show } from './codec-contract.mjs'
import { Corpus } from './corpus.mjs'
import { mutateValue } from './mutate.mjs'
import { mutateBytes } from './mutate-bytes.mjs'
import { isOwn } from './oddities.mjs'
import { anyValue } from './values.mjs'

const strange = [
  undefined,
  null,
  true,
  Number.NaN,
  -0,
  2 ** 32,
  2n ** 64n,
  '',
  'a\0b',
  Symbol('x'),
  [],
  {},
  new Uint8Array(0),
  new Date(0),
  () => 1,
  'x'.repeat(100_000),
]
/** Decoded values that are kept to be changed and encoded. */
const MOST_VALUES = 200
/** Every so many runs are looked at more closely. */
const THOROUGH = 32

/** Mostly what fits, and now and then more: no kernel promises not to return more. */
function anyLength({ below, pick, chance }, size) {
  if (chance(30)) return size
  if (chance(10)) return size + below(40)
  return below(pick([size, Math.min(size, 16), Math.min(size, 300)]) + 1)
}

/** One of the machines that there are, or one that there might be. */
function anyMachine({ pick, chance }, machines) {
  if (chance(85)) return pick(machines)
  return {
    littleEndian: chance(50),
    wordSize: pick([4, 8]),
    timevalSize: pick([8, 16]),
    int64Alignment: pick([4, 8]),
    sockaddrHasLength: chance(50),
    afInet6: pick([10, 23, 28, 30]),
  }
}

/** The same value, changed. What cannot even be looked at is left as it is. */
function change(random, value, meanwhile) {
  try {
    return mutateValue(random, plain(value), meanwhile)
  } catch (error) {
    if (!isOwn(error)) throw error
    return value
  }
}

/** One in eight is strange, one in nine anything, and most of the others something that led somewhere, or was decoded, with a change. */
function nextValue(random, corpus, decoded, meanwhile) {
  const { chance, pick } = random
  const isKept = corpus.inputs.length > 0 && chance(60)
  const known = isKept ? corpus.pick(random) : decoded.length > 0 ? pick(decoded) : anyValue(random, meanwhile)
  const choice = random.below(100)
  if (choice < 12) return pick(strange)
  if (choice < 23) return anyValue(random, meanwhile)
  return choice < 85 ? change(random, known, meanwhile) : known
}

/** `codec` in `runs` runs, half of them decode. Returns what they came to and `failures`, `{ run, what, error }`, each kind once. */
export function fuzzCodec(
  codec,
  { seed, number, runs, isGuided = true, counters, machines, Refusal, readsOn, hasUnion, reached, isUntilFailure },
) {
  const random = chanceOf(mixSeeds(seed, number))
  const contract = new Contract({ Refusal, isOwn, readsOn, hasUnion })
  const [bytesSeen, valuesSeen] = [new Corpus(counters, isGuided), new Corpus(counters, isGuided)]
  const totals = { decoded: 0, refusedBytes: 0, encoded: 0, refusedValues: 0 }
  const longest = Math.min(codec.size, 4096)
  const decoded = []
  const failures = new Map()
  forget()
  learn(String(codec.accepts))

  function fail(error, run, what) {
    const place = String(error?.stack ?? error)
      .split('\n')
      .slice(0, 3)
      .join()
    const key = place.replace(/[-\d.e+]+/g, '')
    if (!failures.has(key)) failures.set(key, { run, what: what(), error })
  }

  function keep(value) {
    if (decoded.length < MOST_VALUES) decoded.push(value)
    else decoded[random.below(MOST_VALUES)] = value
  }

  function decodeOnce(run, abi) {
    const isMutant = bytesSeen.inputs.length > 0 && random.chance(70)
    const bytes = isMutant ? mutateBytes(random, bytesSeen.pick(random), longest) : anyBytes(random, anyLength(random, longest))
    bytesSeen.start()
    try {
      const { isRefused, value } = contract.checkDecode(codec, bytes, abi)
      totals[isRefused ? 'refusedBytes' : 'decoded']++
      if (!isRefused) keep(value)
      if (!isRefused && run % THOROUGH === 0) contract.checkAmongOthers(codec, bytes, abi, value)
    } catch (error) {
      fail(error, run, () => `decode ${Buffer.from(bytes).toString('hex')} for ${show(abi)}`)
    }
    bytesSeen.finish(bytes)
  }

  function encodeOnce(run, abi) {
    const meanwhile = () => contract.decodeUnchecked(codec, anyBytes(chanceOf(run), Math.min(codec.size, 16)), abi)
    const value = nextValue(random, valuesSeen, decoded, meanwhile)
    valuesSeen.start()
    try {
      totals[contract.checkEncode(codec, value, abi) ? 'encoded' : 'refusedValues']++
    } catch (error) {
      fail(error, run, () => `encode ${show(value)} for ${show(abi)}`)
    }
    valuesSeen.finish(value)
  }

  for (let run = 0; run < runs && !(isUntilFailure && failures.size > 0); run++) {
    const abi = anyMachine(random, machines)
    if (run % 2 === 0) decodeOnce(run, abi)
    else encodeOnce(run, abi)
  }
  for (const corpus of [bytesSeen, valuesSeen]) if (reached !== undefined) corpus.mark(reached)
  return { ...totals, kept: bytesSeen.inputs.length + valuesSeen.inputs.length, failures: [...failures.values()] }
}
