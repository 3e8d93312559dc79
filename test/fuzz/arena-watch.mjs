/** WHAT may a native call change? The results of its requests, and the bytes that they name: everything else in the arena stays as it was. */

const HEADER = 8
const REQUEST = 8
const EFAULT = -14
/** Operations that write to none of their bytes. Of any other it is believed that it may. */
const silent = ['set', 'unread', 'unsent', 'neverSent', 'isSocket', 'isNonBlocking', 'bind']

/** The bounds of native/request.h, in numbers that cannot overflow. */
function isWithin(words, at, first, size) {
  const [offset, capacity, unit, input] = words.subarray(at + 3, at + 7)
  if (offset < first || capacity < 0 || unit < 1 || input < 0) return false
  return capacity * unit <= size - offset && input <= capacity * unit
}

/** Of a large arena only so many bytes are watched: those beyond are one large body. */
const WATCHED = 128 * 1024
const copy = Buffer.alloc(WATCHED)

/** `watched(call, arena)` for the operations of src/native/scratch.ts. */
export function watchFor(Operation) {
  const known = new Set(Object.values(Operation))
  const writing = new Set(known)
  for (const name of silent) writing.delete(Operation[name])
  return (call, arena) => watch(call, arena, known, writing)
}

/** Carries out the requests in the arena, and throws if they changed a byte that they may not, or answered what cannot be an answer. */
function watch(call, arena, known, writing) {
  const words = new Int32Array(arena, 0, arena.byteLength >> 2)
  const size = arena.byteLength
  const bytes = Buffer.from(arena, 0, Math.min(size, WATCHED))
  const count = words[0]
  const room = Math.floor((size - 32) / 32)
  const carriedOut = count >= 0 && count <= room ? count : 0
  const before = copy.subarray(0, bytes.length)
  bytes.copy(before)
  const first = (HEADER + carriedOut * REQUEST) * 4
  const isIn = Array.from({ length: carriedOut }, (_, index) => isWithin(words, HEADER + index * REQUEST, first, size))
  call()
  // The requests still stand: another instance has attached its arena since, and carries out its own.
  if (carriedOut > 0 && words[0] === count) return
  if (carriedOut > 0 && words[0] !== 0) throw new Error(`the number of requests has become ${words[0]}`)
  if (count <= room && count >= 0) before.writeInt32LE(0, 0)
  for (let index = 0; index < carriedOut; index++) {
    const at = HEADER + index * REQUEST
    const result = words[at + 7]
    const operation = words[at]
    const isCarriedOut = isIn[index] && known.has(operation)
    if (!isCarriedOut && result !== EFAULT) throw new Error(`request ${words.subarray(at, at + 8)} is out of bounds and answers ${result}`)
    if (result < -4095) throw new Error(`request ${words.subarray(at, at + 8)} answers ${result}, which is no errno`)
    before.writeInt32LE(result, (at + 7) * 4)
    const [offset, capacity, unit] = words.subarray(at + 3, at + 6)
    if (isCarriedOut && writing.has(operation) && offset < bytes.length) bytes.copy(before, offset, offset, offset + capacity * unit)
  }
  if (bytes.equals(before)) return
  const at = bytes.findIndex((byte, index) => byte !== before[index])
  throw new Error(`byte ${at} of the arena changed: [${words.subarray(0, 2)}] [${words.subarray(HEADER, HEADER + REQUEST)}]`)
}
