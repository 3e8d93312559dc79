/** HOW are a value's bytes read and written? The contract every codec keeps. */

/**
 * What the bytes depend on besides the kernel's definition: facts of the machine and of the way the binary was compiled.
 * The addon reports them, so a codec can be tested for every machine on any machine.
 */
export interface Abi {
  readonly littleEndian: boolean
  /** sizeof(long): 4 or 8. */
  readonly wordSize: number
  /** sizeof(struct timeval): 8 or 16. */
  readonly timevalSize: number
  /** Where an int64_t may lie in a struct: at multiples of 8, but of 4 on ia32 outside Windows. */
  readonly int64Alignment: number
  /** BSD systems put a length byte before a one-byte address family. */
  readonly sockaddrHasLength: boolean
  /** AF_INET6: 10 on Linux, 23 on Windows, 28 on FreeBSD, 30 on macOS. */
  readonly afInet6: number
}

/**
 * A codec turns a value into bytes and back. Plain data, no `this`, no state: it can be shared, nested and compared.
 * `decode` reads only `view[at .. at + length)`, `length` being what the kernel returned; a field that lies beyond it is `undefined`.
 * `encode` writes at `at`, at most `size` bytes, and returns how many; it throws a {@link Refusal} before it has written anything harmful.
 */
export interface Codec<Out, In = Out> {
  /** The C type or the idea, as shown in docs and errors: `int`, `struct linger`. */
  readonly name: string
  /** Bytes to offer to getsockopt: the largest the value can have. */
  readonly size: number
  /** What `encode` takes, in words that complete "expected ...". */
  readonly accepts: string
  /** Whether the value is one C int (or narrower): what the raw int form may read. */
  readonly isInt: boolean
  /** Whether the decoded value keeps reading from `view`: its bytes must then stay untouched. */
  readonly isLazy: boolean
  /** The C struct behind it, field by field, where there is one: what the docs print and the conformance test compares with the headers. */
  readonly layout: Layout | undefined
  readonly decode: (view: DataView, at: number, length: number, abi: Abi) => Out
  readonly encode: (value: In, view: DataView, at: number, abi: Abi) => number
}

/** A C struct's name, the prefix its fields carry in C (`tcpi_`), its fields: `[offset, field, unit?]`, and its size where that depends on the machine. */
export interface Layout {
  readonly struct: string
  readonly prefix: string
  readonly fields: Readonly<
    Record<string, readonly [offset: number | ((abi: Abi) => number), field: { readonly size: number }, unit?: string]>
  >
  readonly bytes?: ((abi: Abi) => number) | undefined
}

/** What a codec says of a value it cannot encode, or of bytes it cannot decode. `errors.ts` turns it into the public error. */
export class Refusal extends Error {
  readonly reason: 'type' | 'range' | 'length'
  readonly expected: string
  /** The part of the value that is at fault (`milliseconds`, `l_linger`), where the value has parts. */
  readonly part: string | undefined
  constructor(reason: 'type' | 'range' | 'length', expected: string, part?: string) {
    super(expected)
    this.reason = reason
    this.expected = expected
    this.part = part
  }
}

type Parts<Out, In> = Pick<Codec<Out, In>, 'name' | 'size' | 'accepts' | 'decode' | 'encode'> &
  Partial<Pick<Codec<Out, In>, 'isInt' | 'isLazy' | 'layout'>>

/** Makes a codec. Every codec comes from here, so all have one shape and calls through them stay fast. */
export function codec<Out, In = Out>(parts: Parts<Out, In>): Codec<Out, In> {
  return Object.freeze({
    name: parts.name,
    size: parts.size,
    accepts: parts.accepts,
    isInt: parts.isInt ?? false,
    isLazy: parts.isLazy ?? false,
    layout: parts.layout,
    decode: parts.decode,
    encode: parts.encode,
  })
}

/** The `encode` of a value that is only ever read. */
export function readOnly(): never {
  throw new Refusal('type', 'nothing: this value can only be read')
}
