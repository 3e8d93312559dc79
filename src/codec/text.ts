/** Which characters are in a C string? Names that end at a NUL, or where the bytes end. */
import { Buffer } from 'node:buffer'
import { type Codec, codec, Refusal } from './codec.js'

/** The characters before the first NUL of `length` bytes. Bytes that are not UTF-8 become U+FFFD. */
export function readText(view: DataView, at: number, length: number): string {
  let end = at
  while (end < at + length && view.getUint8(end) !== 0) end++
  return Buffer.from(view.buffer, view.byteOffset + at, end - at).toString('utf8')
}

/** The UTF-8 bytes of a string between `minimum` and `maximum` of them; never cut. */
export function checkText(value: unknown, minimum: number, maximum: number, expected: string, part?: string): Uint8Array {
  if (typeof value !== 'string') throw new Refusal('type', expected, part)
  if (value.length > maximum) throw new Refusal('range', expected, part)
  if (value.includes('\0')) throw new Refusal('range', `${expected}, without NUL`, part)
  if (/\p{Surrogate}/u.test(value)) throw new Refusal('range', `${expected}, of whole characters (no lone surrogates)`, part)
  const bytes = Buffer.from(value, 'utf8')
  if (bytes.length < minimum || bytes.length > maximum) throw new Refusal('range', expected, part)
  return bytes
}

interface Bounds {
  readonly name: string
  /** sizeof the C array, its NUL included. */
  readonly size: number
  readonly minimum: number
  readonly accepts: string
}

function string({ name, size, minimum, accepts }: Bounds): Codec<string> {
  return codec({
    name,
    size,
    accepts,
    decode: (view, at, length) => readText(view, at, length),
    encode(value, view, at) {
      const bytes = checkText(value, minimum, size - 1, accepts)
      new Uint8Array(view.buffer, view.byteOffset + at, bytes.length + 1).set(bytes)
      view.setUint8(at + bytes.length, 0)
      return bytes.length + 1
    },
  })
}

/** A string in `char[size]`: encoded with its NUL, so of at most `size - 1` bytes; decoded with or without one, and '' from no bytes at all. */
export const text = (size: number, accepts = `a string of at most ${size - 1} bytes`): Codec<string> =>
  string({ name: `char[${size}]`, size, minimum: 0, accepts })

/** An interface's name (IFNAMSIZ is 16). '' is none: setting it unbinds, and an unbound socket answers with no bytes. */
export const ifname = string({
  name: 'char[IFNAMSIZ]',
  size: 16,
  minimum: 0,
  accepts: "the name of an interface, at most 15 bytes, or '' for none",
})

/** A congestion control algorithm (TCP_CA_NAME_MAX is 16). Linux answers with all 16 bytes, FreeBSD with the name. */
export const congestion = string({
  name: 'char[TCP_CA_NAME_MAX]',
  size: 16,
  minimum: 1,
  accepts: 'the name of a congestion control algorithm, 1 to 15 bytes',
})

/** An upper layer protocol (TCP_ULP_NAME_MAX is 16). '' when the socket has none, which cannot be set: a ULP is never removed. */
export const ulp = string({
  name: 'char[TCP_ULP_NAME_MAX]',
  size: 16,
  minimum: 1,
  accepts: 'the name of an upper layer protocol, 1 to 15 bytes',
})

/** A security label (SO_PEERSEC). Modules differ in whether they count a NUL; a longer label is ERANGE. */
export const label = text(4096)
