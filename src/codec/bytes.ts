/** What if the bytes have no other form? As they are, as nothing, or as a UUID. */
import { Buffer } from 'node:buffer'
import { types } from 'node:util'
import { type Codec, codec, Refusal } from './codec.js'
import { bytesOf } from './own.js'
import { checkLength } from './scalar.js'

/** `length` bytes as a Buffer of their own. */
export function copyBytes(view: DataView, at: number, length: number): Buffer {
  return Buffer.from(new Uint8Array(view.buffer, view.byteOffset + at, length))
}

/** Bytes without a meaning of their own (IP options, keys, provider blobs): as many as came back, and at most `max` of them in. */
export function bytes(max: number): Codec<Buffer, Uint8Array> {
  const accepts = `a Uint8Array of at most ${max} bytes`
  return codec({
    name: 'bytes',
    size: max,
    accepts,
    decode: copyBytes,
    encode(value, view, at) {
      if (!types.isUint8Array(value)) throw new Refusal('type', accepts)
      const own = bytesOf(value)
      if (own.length > max) throw new Refusal('range', accepts)
      new Uint8Array(view.buffer, view.byteOffset + at, own.length).set(own)
      return own.length
    },
  })
}

/** An option that is an act and not a value (SO_DETACH_FILTER): undefined, written as an int 0, because Linux wants four bytes all the same. */
export const nothing: Codec<undefined> = codec({
  name: 'nothing',
  size: 4,
  accepts: 'undefined: this option has no value',
  decode() {
    throw new Refusal('type', 'nothing: this option has no value to read')
  },
  encode(value, view, at) {
    if (value !== undefined) throw new Refusal('type', 'undefined: this option has no value')
    view.setUint32(at, 0)
    return 4
  },
})

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** `uuid_t`: 16 bytes in the order of the text. */
export const uuid: Codec<string> = codec({
  name: 'uuid_t',
  size: 16,
  accepts: 'a UUID such as 123e4567-e89b-12d3-a456-426614174000',
  decode(view, at, length) {
    checkLength(length, 16)
    return copyBytes(view, at, 16)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  },
  encode(value, view, at) {
    if (typeof value !== 'string') throw new Refusal('type', uuid.accepts)
    if (!uuidForm.test(value)) throw new Refusal('range', uuid.accepts)
    new Uint8Array(view.buffer, view.byteOffset + at, 16).set(Buffer.from(value.replaceAll('-', ''), 'hex'))
    return 16
  },
})
