/** DOES one call of a codec keep the contract of src/codec/codec.ts? Throws if it does not. */
import { inspect, types } from 'node:util'
import { learn } from './atoms.mjs'
import { checkValue, textOf } from './value-contract.mjs'

const GUARD = 33
const UNTOUCHED = 0xa5

export const show = value => {
  try {
    if (types.isUint8Array(value))
      return `Uint8Array of ${value.length}: ${Buffer.from(value.buffer, value.byteOffset).toString('hex', 0, 64)}`
    return inspect(value, { depth: 6, maxStringLength: 200, maxArrayLength: 64, breakLength: Number.POSITIVE_INFINITY })
  } catch {
    return `something that cannot be printed: ${typeof value}`
  }
}

/** A machine for which one codec is called. `isOwn(error)` is true of what a value itself throws; `readsOn` and `hasUnion` of codecs that are exceptions. */
export class Contract {
  constructor({ Refusal, isOwn, readsOn, hasUnion }) {
    Object.assign(this, { Refusal, isOwn, readsOn, hasUnion })
  }

  /** Decodes at an odd offset of a buffer that ends where the bytes do: reading on is a RangeError, which is no Refusal. */
  checkDecode(codec, bytes, abi) {
    const whole = new Uint8Array(GUARD + bytes.length).fill(UNTOUCHED)
    whole.set(bytes, GUARD)
    const outcome = this.#decode(codec, new DataView(whole.buffer), bytes.length, abi)
    if (outcome.isRefused) return outcome
    if (Buffer.compare(whole.subarray(GUARD), bytes) !== 0 || whole.subarray(0, GUARD).some(byte => byte !== UNTOUCHED))
      throw new Error('decode wrote')
    checkValue(codec, outcome.value, bytes.length, abi)
    return outcome
  }

  /** The same bytes among others are the same value, and it can be printed. */
  checkAmongOthers(codec, bytes, abi, value) {
    if (this.readsOn(codec)) return
    inspect(value)
    const other = new Uint8Array(2 * GUARD + bytes.length).fill(0x5a)
    other.set(bytes, GUARD)
    const again = this.#decode(codec, new DataView(other.buffer), bytes.length, abi)
    if (again.isRefused || again.text !== textOf(value))
      throw new Error(`decode reads beyond its bytes: ${textOf(value)} and ${again.text}`)
  }

  /** A decode in the middle of another call. */
  decodeUnchecked(codec, bytes, abi) {
    return this.#decode(codec, new DataView(new Uint8Array(GUARD + bytes.length).buffer), bytes.length, abi)
  }

  #decode(codec, view, length, abi) {
    try {
      const value = codec.decode(view, GUARD, length, abi)
      return { isRefused: false, value, text: textOf(value) }
    } catch (refusal) {
      this.#expectRefusal(refusal)
      return { isRefused: true }
    }
  }

  #expectRefusal(refusal) {
    if (!(refusal instanceof this.Refusal)) throw refusal
    const { reason, expected } = refusal
    if (!['type', 'range', 'length'].includes(reason) || typeof expected !== 'string' || expected === '')
      throw new Error('a Refusal that does not say why')
    learn(expected)
  }

  /** The bytes of a value, encoded between guards; undefined where it is refused. What the value itself threw is nobody's fault. */
  encode(codec, value, abi) {
    const bytes = new Uint8Array(GUARD + codec.size + GUARD).fill(UNTOUCHED)
    const end = GUARD + codec.size
    let length
    try {
      length = codec.encode(value, new DataView(bytes.buffer), GUARD, abi)
    } catch (error) {
      if (!this.isOwn(error)) this.#expectRefusal(error)
    }
    for (let at = 0; at < GUARD; at++) {
      if (bytes[at] !== UNTOUCHED || bytes[end + at] !== UNTOUCHED) throw new Error(`encode wrote beyond its ${codec.size} bytes`)
    }
    if (length === undefined) return undefined
    if (!Number.isInteger(length) || length < 0 || length > codec.size) throw new Error(`encode reports ${length} of ${codec.size} bytes`)
    return bytes.slice(GUARD, GUARD + length)
  }

  /**
   * What was written can be read, or is refused as bytes. What was read from it is written as bytes that read the same: after one pass through
   * the codec, which may round, a value no longer changes.
   */
  checkEncode(codec, value, abi) {
    const bytes = this.encode(codec, value, abi)
    if (bytes === undefined) return false
    const read = this.checkDecode(codec, bytes, abi)
    if (read.isRefused || this.hasUnion(codec)) return true
    const again = this.encode(codec, plain(read.value), abi)
    if (again === undefined) return true
    const { text } = this.checkDecode(codec, again, abi)
    if (text !== read.text) throw new Error(`not stable: ${show(value)} is read as ${read.text}, and that, written, as ${text}`)
    return true
  }
}

/** A struct that decodes on demand as plain data. */
export const plain = value => (typeof value?.toJSON === 'function' && !Buffer.isBuffer(value) ? value.toJSON() : value)
