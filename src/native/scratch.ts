/** The arena that JavaScript and C++ share: requests and bytes, one buffer, used again for every call. */
import { loadBinding, type NativeAbi } from './binding.js'

/** What a request asks for; the numbers are those of `Request::Operation` in native/request.h. */
export const Operation = Object.freeze({
  get: 0,
  exchange: 1,
  set: 2,
  localAddress: 3,
  peerAddress: 4,
  unread: 5,
  unsent: 6,
  neverSent: 7,
  isSocket: 8,
  isNonBlocking: 9,
})

/** Words before the first request, and words of one request (native/request.h). */
const HEADER = 8
const REQUEST = 8
const WORD = 4
/** Bytes for the bodies of single requests, and for the results that keep theirs: 28 TCP_INFOs, about as much as Node's own Buffer pool. */
const BODIES = 8 * 1024

/**
 * Header, then programs and their bytes, then the bodies of single requests.
 * `words` is empty until the first call, and again if somebody detached the buffer: no `body`, which is never 0, fits in that, so it is renewed.
 * `body` is where the bytes of a single request lie. It moves on when a result keeps its bytes (see `retain`).
 */
interface Scratch {
  words: Int32Array
  view: DataView
  bytes: Uint8Array
  body: number
  abi: NativeAbi
  call: () => void
}

const nothing = new ArrayBuffer(0)

export const scratch: Scratch = {
  words: new Int32Array(nothing),
  view: new DataView(nothing),
  bytes: new Uint8Array(nothing),
  body: WORD,
  abi: undefined as unknown as NativeAbi,
  call: () => undefined,
}

/** Where the bodies begin: grows to the largest program that was run. */
let bodies = 4 * 1024

/** A fresh arena with room for at least `length` bytes of body. Results that keep their bytes keep the old buffer alive, nobody else does. */
function renew(length: number): void {
  const binding = loadBinding()
  const buffer = new ArrayBuffer(bodies + Math.max(BODIES, length + 8))
  binding.attach(buffer)
  scratch.words = new Int32Array(buffer)
  scratch.view = new DataView(buffer)
  scratch.bytes = new Uint8Array(buffer)
  scratch.body = bodies
  scratch.abi = binding.abi
  scratch.call = binding.call
}

/** Makes sure that `length` bytes fit at `scratch.body`. */
export function ensure(length: number): void {
  if (scratch.words.length * WORD - scratch.body < length) renew(length)
}

/** Leaves the first `length` bytes of the body to the result that reads from them. */
export function retain(length: number): void {
  scratch.body += (length + 7) & ~7
}

/**
 * One request on the body, which is made to fit. Returns what the system call answered: a length or a value, or -errno.
 * A caller that puts bytes into the body calls `ensure` before that, with the same length.
 */
export function ask(
  descriptor: number,
  operation: number,
  level: number,
  number: number,
  capacity: number,
  unit: number,
  input: number,
): number {
  let { words } = scratch
  if (words.length * WORD - scratch.body < capacity * unit) {
    renew(capacity * unit)
    words = scratch.words
  }
  words[0] = 1
  words[1] = descriptor
  words[8] = operation
  words[9] = level
  words[10] = number
  words[11] = scratch.body
  words[12] = capacity
  words[13] = unit
  words[14] = input
  scratch.call()
  return words[15] as number
}

/** A list of requests that can be carried out on any descriptor in one crossing. */
export interface Program {
  readonly requests: Int32Array
  readonly count: number
  /** Bytes of the arena it takes: header, requests, results. */
  readonly size: number
}

export interface Instruction {
  readonly operation: number
  readonly level: number
  readonly number: number
  readonly capacity: number
  readonly unit: number
}

/** Lays the requests and their bytes out. */
export function compile(instructions: readonly Instruction[]): Program {
  const requests = new Int32Array(instructions.length * REQUEST)
  let offset = (HEADER + requests.length) * WORD
  instructions.forEach(({ operation, level, number, capacity, unit }, index) => {
    requests.set([operation, level, number, offset, capacity, unit, 0, 0], index * REQUEST)
    offset += (capacity * unit + 7) & ~7
  })
  return { requests, count: instructions.length, size: offset }
}

/** What a program left behind: its own buffer, so that results can be decoded when they are asked for. */
export interface Results {
  readonly view: DataView
  /** Length or value of request `index`, or -errno. */
  readonly result: (index: number) => number
  /** Where the bytes of request `index` lie in `view`. */
  readonly offset: (index: number) => number
}

/** Carries a program out on one descriptor, in one crossing. */
export function run(program: Program, descriptor: number): Results {
  if (program.size > bodies) {
    bodies = (program.size + 7) & ~7
    renew(0)
  } else {
    ensure(0)
  }
  scratch.words[0] = program.count
  scratch.words[1] = descriptor
  scratch.words.set(program.requests, HEADER)
  scratch.call()
  const { buffer } = scratch.bytes.slice(0, program.size)
  const words = new Int32Array(buffer)
  return {
    view: new DataView(buffer),
    result: index => words[HEADER + index * REQUEST + 7] as number,
    offset: index => words[HEADER + index * REQUEST + 3] as number,
  }
}
