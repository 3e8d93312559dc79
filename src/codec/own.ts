/** What is really there? A caller's bytes and arrays, each asked once: a Proxy or a getter may answer otherwise the next time. */

const typedArray: object = Object.getPrototypeOf(Uint8Array.prototype)
type Get = (this: Uint8Array) => unknown
const intrinsic = (name: string): Get => (Object.getOwnPropertyDescriptor(typedArray, name) as { get: Get }).get
const [bufferOf, byteOffsetOf, byteLengthOf] = ['buffer', 'byteOffset', 'byteLength'].map(intrinsic) as [Get, Get, Get]

/** The bytes that there are, whatever the object says: its `length` may be a property of its own. Detached ones, which `set` would not take, are none. */
export function bytesOf(value: Uint8Array): Uint8Array {
  const length = byteLengthOf.call(value) as number
  return length === 0 ? new Uint8Array(0) : new Uint8Array(bufferOf.call(value) as ArrayBuffer, byteOffsetOf.call(value) as number, length)
}

/** The items of an array, or undefined where there are more than `most`. */
export function itemsOf<Item>(value: readonly Item[], most: number): readonly Item[] | undefined {
  const { length } = value
  return length <= most ? Array.from({ length }, (_, index) => value[index] as Item) : undefined
}
