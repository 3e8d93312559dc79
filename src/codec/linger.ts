/** What does close() do with unsent data? `struct linger` in the three forms that systems give it. */
import { type Abi, Refusal } from './codec.js'
import { type Field, flag, i32, u16, within } from './field.js'
import { struct } from './struct.js'

export interface Linger {
  /** Whether close() waits for unsent data. */
  readonly onoff: boolean
  /** Seconds to wait; 0 sends RST at once. */
  readonly linger: number
}

/** Two ints. Linux does not store `linger` when `onoff` is false: the seconds set before read back. */
export const linger = struct('linger', 8, { onoff: [0, flag(i32)], linger: [4, within(i32, 0, 2 ** 31 - 1), 's'] }, { prefix: 'l_' })

/** Windows: two u_shorts. */
export const lingerShort = struct('linger', 4, { onoff: [0, flag(u16)], linger: [2, u16, 's'] }, { prefix: 'l_' })

const ticksPerSecond = 100
const maximumTicks = 0x7fff

/** Seconds in the value, clock ticks of 1/100 s in the struct, rounded up; the kernel keeps them in a short (xnu, bsd/sys/socketvar.h). */
const ticks: Field<number> = {
  size: 4,
  read: (view, at, abi: Abi) => i32.read(view, at, abi) / ticksPerSecond,
  write(value, view, at, abi, part) {
    const expected = `a number of seconds from 0 to ${maximumTicks / ticksPerSecond}`
    if (typeof value !== 'number') throw new Refusal('type', expected, part)
    const nearest = Math.round(value * ticksPerSecond)
    const count = Math.abs(value * ticksPerSecond - nearest) < 1e-9 ? nearest : Math.ceil(value * ticksPerSecond)
    if (!(value >= 0) || count > maximumTicks) throw new Refusal('range', expected, part)
    i32.write(value > 0 ? Math.max(count, 1) : 0, view, at, abi, part)
  },
  isOptional: false,
}

/** macOS' SO_LINGER: two ints, the time in ticks. The value is in seconds all the same, with fractions down to 0.01. */
export const lingerTicks = struct('linger', 8, { onoff: [0, flag(i32)], linger: [4, ticks, 's'] }, { prefix: 'l_' })
