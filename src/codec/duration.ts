/** How long does a call wait? Milliseconds as the kernels write them: a timeval of two widths, or a DWORD. */
import { type Abi, codec, Refusal } from './codec.js'
import { checkLength } from './scalar.js'

const accepts = 'a positive number of milliseconds, or null for no timeout'

/** The milliseconds, or 0 for null. Zero itself is refused: some APIs take it for "at once", the kernel takes it for "never". */
function checkMilliseconds(value: number | null, maximum: number): number {
  if (value === null) return 0
  if (typeof value !== 'number') throw new Refusal('type', accepts)
  if (!(value > 0) || value === Number.POSITIVE_INFINITY) throw new Refusal('range', accepts)
  if (value > maximum) throw new Refusal('range', `${accepts}; at most ${maximum}`)
  return value
}

/** Rounded up to a whole number, but for what floating point itself has added: 4.001 ms are 4001 us, not 4002. */
function roundUp(value: number, error: number): number {
  const nearest = Math.round(value)
  return Math.abs(value - nearest) <= Math.min(error, 0.49) ? nearest : Math.ceil(value)
}

/** Seconds and microseconds, rounded up to 1 us: a wait that was asked for never becomes {0, 0}, which is "no timeout". */
function split(milliseconds: number): { seconds: number; microseconds: number } {
  const rest = milliseconds % 1000
  const seconds = (milliseconds - rest) / 1000
  const microseconds = roundUp(rest * 1000, milliseconds * 1000 * 2 ** -52 + 1e-9)
  if (milliseconds > 0 && seconds === 0 && microseconds === 0) return { seconds, microseconds: 1 }
  return microseconds === 1_000_000 ? { seconds: seconds + 1, microseconds: 0 } : { seconds, microseconds }
}

const narrowMaximum = (2 ** 31 - 1) * 1000 + 999.999

function timevalOf(name: string, sizeOf: (abi: Abi) => number) {
  return codec<number | null>({
    name,
    size: 16,
    accepts,
    decode(view, at, length, abi) {
      const size = sizeOf(abi)
      checkLength(length, size)
      if (size === 8) return join(view.getInt32(at, abi.littleEndian), view.getInt32(at + 4, abi.littleEndian))
      // tv_usec fits 32 bits. On macOS it has no more (the rest is padding), elsewhere these are its low ones.
      return join(Number(view.getBigInt64(at, abi.littleEndian)), view.getInt32(at + (abi.littleEndian ? 8 : 12), abi.littleEndian))
    },
    encode(value, view, at, abi) {
      const size = sizeOf(abi)
      const { seconds, microseconds } = split(checkMilliseconds(value, size === 8 ? narrowMaximum : Number.MAX_SAFE_INTEGER))
      if (size === 8) {
        view.setInt32(at, seconds, abi.littleEndian)
        view.setInt32(at + 4, microseconds, abi.littleEndian)
      } else {
        view.setBigInt64(at, BigInt(seconds), abi.littleEndian)
        view.setBigInt64(at + 8, BigInt(microseconds), abi.littleEndian)
      }
      return size
    },
  })
}

const join = (seconds: number, microseconds: number) => (seconds === 0 && microseconds === 0 ? null : seconds * 1000 + microseconds / 1000)

/**
 * `struct timeval` as milliseconds, with fractions down to 1 us; null is {0, 0}, no timeout. Its width is the machine's: two longs, or two
 * 64-bit fields on a 32-bit machine with a 64-bit time_t. Linux rounds up to a jiffy (1/HZ): 0.001 ms reads back as 1 to 10 ms.
 */
export const timeval = timevalOf('struct timeval', abi => abi.timevalSize)

/** `struct __kernel_sock_timeval` (SO_RCVTIMEO_NEW): two 64-bit fields on every machine. */
export const timeval64 = timevalOf('struct __kernel_sock_timeval', () => 16)

/** Windows' DWORD of milliseconds, rounded up to whole ones; null is 0, no timeout. */
export const dwordMilliseconds = codec<number | null>({
  name: 'DWORD (ms)',
  size: 4,
  accepts,
  isInt: true,
  decode(view, at, length, abi) {
    checkLength(length, 4)
    const milliseconds = view.getUint32(at, abi.littleEndian)
    return milliseconds === 0 ? null : milliseconds
  },
  encode(value, view, at, abi) {
    view.setUint32(at, Math.ceil(checkMilliseconds(value, 2 ** 32 - 1)), abi.littleEndian)
    return 4
  },
})
