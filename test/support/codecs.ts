/** Does a codec keep its contract? Bytes in and out with guards around them, and values that nobody should pass. */
import { type Abi, type Codec, Refusal } from '../../src/codec/codec.js'
import { abis, linuxX64 } from './abis.js'
import { integerFrom, randomBytes, seeded } from './random.js'

const guard = 32
/** Odd, so that nothing relies on alignment. */
const start = guard + 1
const untouched = 0xa5

export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
export const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

/** Encodes between guards: throws if a byte outside of `size` was written, or more was reported than `size`. */
export function encodeBytes<In>(codec: Codec<any, In>, value: In, abi: Abi = linuxX64): Uint8Array {
  const bytes = new Uint8Array(start + codec.size + guard).fill(untouched)
  const end = start + codec.size
  const checkGuards = () => {
    const isIntact = [bytes.subarray(0, start), bytes.subarray(end)].every(side => side.every(byte => byte === untouched))
    if (!isIntact) throw new Error(`${codec.name} writes beyond its ${codec.size} bytes`)
  }
  let length: number
  try {
    length = codec.encode(value, new DataView(bytes.buffer), start, abi)
  } catch (refusal) {
    checkGuards()
    throw refusal
  }
  checkGuards()
  if (!Number.isInteger(length) || length < 0 || length > codec.size)
    throw new Error(`${codec.name} reports ${length} of ${codec.size} bytes`)
  return bytes.slice(start, start + length)
}

/** Decodes bytes after which nothing is: a read beyond them is a RangeError. */
export function decodeBytes<Out>(codec: Codec<Out, any>, bytes: Uint8Array, abi: Abi = linuxX64): Out {
  const whole = new Uint8Array(start + bytes.length).fill(untouched)
  whole.set(bytes, start)
  return codec.decode(new DataView(whole.buffer), start, bytes.length, abi)
}

export const encodeHex = <In>(codec: Codec<any, In>, value: In, abi: Abi = linuxX64): string => toHex(encodeBytes(codec, value, abi))
export const decodeHex = <Out>(codec: Codec<Out, any>, hex: string, abi: Abi = linuxX64): Out => decodeBytes(codec, fromHex(hex), abi)

interface Refused {
  readonly reason: Refusal['reason']
  readonly expected: string
  readonly part: string | undefined
}

/** What the refusal says; throws if there was none, or another error. */
export function refusalOf(run: () => unknown): Refused {
  try {
    run()
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    const { reason, expected, part } = refusal
    if (expected.length === 0) throw new Error('a refusal that does not say what was expected')
    return { reason, expected, part }
  }
  throw new Error('it was not refused')
}

/** How `encode` refuses a value of any kind. */
export const refusedValue = (codec: Codec<any, any>, value: unknown, abi: Abi = linuxX64): Refused =>
  refusalOf(() => encodeBytes(codec, value, abi))

/** How `decode` refuses bytes. */
export const refusedBytes = (codec: Codec<any, any>, hex: string, abi: Abi = linuxX64): Refused =>
  refusalOf(() => decodeHex(codec, hex, abi))

/** Whether it went well; false for a Refusal; any other error is thrown. */
export function accepts(run: () => unknown): boolean {
  try {
    run()
    return true
  } catch (refusal) {
    if (refusal instanceof Refusal) return false
    throw refusal
  }
}

/** Reads every field there is, lazy ones and nested ones too. */
function touch(value: unknown): unknown {
  return JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? String(part) : (part as unknown)))
}

/**
 * Random bytes of every length up to the size (of many lengths, where the size is large) decode or are refused, on every machine.
 * `prepare` may write what chance would rarely hit: a family, a version.
 */
export function fuzzDecode(
  codec: Codec<any, any>,
  seed: number,
  prepare?: (bytes: Uint8Array, abi: Abi) => void,
): { decoded: number; refused: number } {
  const next = seeded(seed)
  const lengths = Array.from({ length: Math.min(codec.size, 300) + 1 }, (_, length) => length)
  if (codec.size > 300) lengths.push(codec.size, ...Array.from({ length: 60 }, () => integerFrom(next, 300, codec.size)))
  let decoded = 0
  let refused = 0
  for (const abi of Object.values(abis)) {
    for (const length of lengths) {
      const bytes = randomBytes(next, length)
      prepare?.(bytes, abi)
      if (accepts(() => touch(decodeBytes(codec, bytes, abi)))) decoded++
      else refused++
    }
  }
  return { decoded, refused }
}

/** What no codec should take for something else. */
export const strangeValues: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -1,
  -0,
  0,
  0.5,
  1,
  256,
  65536,
  2 ** 31,
  2 ** 32,
  2 ** 40,
  -(2 ** 40),
  2 ** 53,
  2 ** 64,
  1e300,
  -1n,
  1n,
  2n ** 64n,
  '',
  '0',
  'a\0b',
  '\0',
  '\ud800',
  'é'.repeat(100),
  'x'.repeat(100_000),
  Symbol('x'),
  () => 1,
  [],
  [undefined],
  [null, Symbol('x')],
  [Object.create(null)],
  Array(70_000).fill(1),
  {},
  Object.create(null),
  { family: 'AF_INET' },
  { constructor: 1 },
  JSON.parse('{ "__proto__": 1 }'),
  new Date(0),
  new Map(),
  new Uint8Array(0),
  new Uint8Array(100_000),
  new ArrayBuffer(8),
]

/** Strange values, and a good one with each part made strange, missing or foreign: all encode within bounds or are refused, on every machine. */
export function fuzzEncode(codec: Codec<any, any>, good: readonly unknown[]): { encoded: number; refused: number } {
  let encoded = 0
  let refused = 0
  const attempt = (value: unknown, abi: Abi) => {
    if (accepts(() => encodeBytes(codec, value, abi))) encoded++
    else refused++
  }
  for (const abi of Object.values(abis)) {
    for (const value of strangeValues) attempt(value, abi)
    for (const value of good) {
      attempt(value, abi)
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue
      attempt({ ...value, zork: 1 }, abi)
      for (const part of Object.keys(value)) {
        const { [part]: _, ...rest } = value as Record<string, unknown>
        attempt(rest, abi)
        for (const strange of strangeValues) attempt({ ...rest, [part]: strange }, abi)
      }
    }
  }
  return { encoded, refused }
}
