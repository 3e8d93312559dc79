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
  handles: 10,
  openSocket: 11,
  takeDescriptor: 12,
  close: 13,
  askSockDiag: 14,
  bind: 15,
})

/** Words before the first request, and words of one request (native/request.h). */
const HEADER = 8
const REQUEST = 8
const WORD = 4
/**
 * Bytes for bodies: two hundred TCP_INFOs, or sixty snapshots of 40 options. A result that is kept keeps all of it alive.
 * A fresh arena takes 2 to 4 us: of each TCP_INFO that is 90 ns with 8 KiB, 30 with 32 and 20 with 64.
 */
const BODIES = 64 * 1024

/**
 * Header, then requests, then bodies: the bytes of requests.
 * `words` is empty until the first call, and again if somebody detached the buffer: no `body`, which is never 0, fits in that, so it is renewed.
 * `body` is where the bytes of the next request lie. It moves on when a result keeps its bytes (see `retain`).
 */
interface Scratch {
  words: Int32Array
  view: DataView
  bytes: Uint8Array
  body: number
  abi: NativeAbi
  call: () => void
  /** Whose request lies in the arena, ready to be carried out again on any descriptor: see `askFor`. */
  ready: Asked | undefined
}

/** What a request asks for, apart from the descriptor. */
export interface Asked {
  readonly level: number
  readonly number: number
  readonly capacity: number
}

const nothing = new ArrayBuffer(0)

export const scratch: Scratch = {
  words: new Int32Array(nothing),
  view: new DataView(nothing),
  bytes: new Uint8Array(nothing),
  body: WORD,
  abi: undefined as unknown as NativeAbi,
  call: () => undefined,
  ready: undefined,
}

/** Where the bodies begin: room before them for the requests of the longest program that was run. */
let bodies = 4 * 1024

/** A fresh arena with room for at least `length` bytes of body. Results that keep their bytes keep the old buffer alive, nobody else does. */
function renew(length: number): void {
  const binding = loadBinding()
  const buffer = new ArrayBuffer(bodies + Math.max(BODIES, (length + 7) & ~7))
  binding.attach(buffer)
  scratch.words = new Int32Array(buffer)
  scratch.view = new DataView(buffer)
  scratch.bytes = new Uint8Array(buffer)
  scratch.body = bodies
  scratch.abi = binding.abi
  scratch.call = binding.call
  scratch.ready = undefined
}

/** Makes sure that `length` bytes fit at `scratch.body`. */
export function ensure(length: number): void {
  if (scratch.words.length * WORD - scratch.body < length) renew(length)
}

/** Leaves the first `length` bytes of the body to the result that reads from them. The request that lies ready moves on with the body, while that fits. */
export function retain(length: number): void {
  scratch.body += (length + 7) & ~7
  const { words, body, ready } = scratch
  if (ready === undefined) return
  if (words.length * WORD - body < ready.capacity) scratch.ready = undefined
  else words[11] = body
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
  scratch.ready = undefined
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
  if (words[0] !== 0) callAgain()
  return words[15] as number
}

/** Carried-out requests are counted down to 0. If ours still stand, another copy of the library on this thread has attached its arena since. */
function callAgain(): void {
  loadBinding().attach(scratch.words.buffer as ArrayBuffer)
  scratch.call()
}

/** The plain read of an option. Its request stays in the arena: who polls asks for the same again, and writing it anew takes 6 ns of 200. */
export function askFor(asked: Asked, descriptor: number): number {
  const { words } = scratch
  if (scratch.ready !== asked || words.length === 0) {
    const result = ask(descriptor, Operation.get, asked.level, asked.number, asked.capacity, 1, 0)
    scratch.ready = asked
    return result
  }
  words[0] = 1
  words[1] = descriptor
  scratch.call()
  if (words[0] !== 0) callAgain()
  return words[15] as number
}

/** A list of requests that can be carried out on any descriptor in one crossing. */
export interface Program {
  /** As they lie in the arena, but for the offsets, which count from where the program's bytes begin. */
  readonly requests: Int32Array
  readonly count: number
  /** Bytes of all results. */
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
  let offset = 0
  instructions.forEach(({ operation, level, number, capacity, unit }, index) => {
    requests.set([operation, level, number, offset, capacity, unit, 0, 0], index * REQUEST)
    offset += (capacity * unit + 7) & ~7
  })
  return { requests, count: instructions.length, size: offset }
}

/** What a program left behind: bytes that nobody else will touch, so that results can be decoded when they are asked for. */
export class Results {
  readonly view: DataView
  readonly #start: number
  readonly #requests: Int32Array
  readonly #results: readonly number[]

  constructor(view: DataView, start: number, requests: Int32Array, results: readonly number[]) {
    this.view = view
    this.#start = start
    this.#requests = requests
    this.#results = results
  }

  /** Length or value of request `index`, or -errno. */
  result(index: number): number {
    return this.#results[index] as number
  }

  /** Where the bytes of request `index` lie in `view`. */
  offset(index: number): number {
    return this.#start + (this.#requests[index * REQUEST + 3] as number)
  }
}

/** Carries a program out on one descriptor, in one crossing. Its bytes stay where they are in the arena: a buffer for a copy would take 0.7 us. */
export function run({ requests, count, size }: Program, descriptor: number): Results {
  const needed = (HEADER + requests.length) * WORD
  if (needed > bodies) {
    bodies = (needed + 7) & ~7
    renew(size)
  } else {
    ensure(size)
  }
  const { words, view, body } = scratch
  scratch.ready = undefined
  words[0] = count
  words[1] = descriptor
  words.set(requests, HEADER)
  for (let at = HEADER + 3; at < HEADER + requests.length; at += REQUEST) words[at] = (words[at] as number) + body
  scratch.call()
  if (words[0] !== 0) callAgain()
  const results: number[] = []
  for (let at = HEADER + 7; at < HEADER + requests.length; at += REQUEST) results.push(words[at] as number)
  retain(size)
  return new Results(view, body, requests, results)
}
