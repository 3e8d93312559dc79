/**
 * When does a kernel timer fire? Never early, and late until the end of its granule.
 *
 * The timer wheel (kernel/time/timer.c) keeps a timer that is due further away in coarser granules: 1 jiffy below 63 jiffies, 8 below 504, 64 below 4032,
 * and so on. It fires at the first multiple of its granule after it is due. A timer that is armed again when it fires is so armed at a multiple of its old
 * granule, and if the new granule is no coarser, how late it will be is no longer chance: 120 s at HZ 250 are 30000 jiffies, which end 208 jiffies before
 * the next multiple of 512, every time.
 */

/** Milliseconds from the look. */
export interface Window {
  readonly earliest: number
  readonly latest: number
}

/** When a timer fires, of how many jiffies that moment is a multiple, and how much later than that it may be run, ms. */
export interface Tick extends Window {
  readonly grain: number
  readonly delay: number
}

/** HZ of the kernels that are built: 100, 250, 300, 1000. All of them where it could not be probed. */
export const JIFFIES = [10, 4, 10 / 3, 1] as const

/**
 * How late the kernel may come to run a timer that is due, ms, before the next one lands in another granule than predicted.
 * Of this machine's load nothing is known: 10 ms is what an idle one does not reach.
 */
export const DELAY = 10
/**
 * How far the kernel's count of jiffies may lag behind the clock, ms: the tick that counts them is late at times, on a virtual machine above all, and
 * then a timer is nearer than it was told. Up to 1.3 ms were seen on a machine with ten times more to run than processors.
 */
export const LAG = 4

export const toJiffies = (milliseconds: number, jiffy: number): number => Math.ceil(milliseconds / jiffy - 1e-6)

/** The granule, in jiffies, of a timer that is due in so many (LVL_START, LVL_GRAN). */
export function granuleOf(jiffies: number): number {
  let granule = 1
  while (jiffies >= 63 * granule) granule *= 8
  return granule
}

/** How many jiffies after it is due a timer fires that is armed for `wait` jiffies at a multiple of `grain`, or up to `delay` ms later. */
function latenessOf(wait: number, grain: number, jiffy: number, delay: number): { least: number; most: number } {
  const delayed = toJiffies(delay, jiffy)
  const each = [granuleOf(wait - 1), granuleOf(wait + 1)].map(granule => {
    const remainder = wait % Math.min(granule, grain)
    const most = granule === Math.min(granule, grain) ? (Math.floor((remainder + delayed) / granule) + 1) * granule : granule + delayed
    return { least: Math.min(granule, grain) - remainder, most: most - remainder }
  })
  return { least: Math.min(...each.map(({ least }) => least)), most: Math.max(...each.map(({ most }) => most)) }
}

/** Now, which is somewhere within a jiffy. */
export const startTick = (jiffy: number): Tick => ({ earliest: -jiffy, latest: 0, grain: 1, delay: 0 })

/** The tick of a timer that is armed at `from` for `wait` ms, or for any time up to `longest`. */
export function arm(from: Tick, wait: number, jiffy: number, longest: number = wait): Tick {
  const [least, most] = [toJiffies(wait, jiffy), toJiffies(longest, jiffy)]
  const late =
    least === most
      ? latenessOf(least, from.grain, jiffy, from.delay)
      : { least: 1, most: granuleOf(most + 1) + toJiffies(from.delay, jiffy) }
  return {
    earliest: from.earliest + (least + late.least) * jiffy,
    latest: from.latest + (most + late.most) * jiffy,
    grain: granuleOf(least - 1),
    delay: DELAY,
  }
}

/**
 * The tick of a timer that is pending, due in `expires` ms as the kernel told it in whole jiffies. It was armed for a time between `shortest` and
 * `longest`, at a multiple of `grain` or a little later. An overdue one (0) fires at any moment until the
 * end of its granule, and may be about to be run.
 */
export function pendingTick(expires: number, [shortest, longest]: readonly [number, number], grain: number, jiffy: number): Tick {
  const [least, most] = [toJiffies(Math.max(shortest, expires), jiffy), toJiffies(Math.max(longest, expires), jiffy)]
  const late = least === most ? latenessOf(least, grain, jiffy, 0) : { least: 1, most: granuleOf(most + 1) }
  const onTime = Math.max(0, (late.least - 1) * jiffy - DELAY)
  // Armed so late that it missed the end of a granule, it fires at the end of the next.
  const last = late.least * jiffy <= DELAY ? granuleOf(most + 1) : late.most
  return {
    earliest: expires > 0 ? expires + onTime : -DELAY,
    latest: expires + last * jiffy,
    grain: granuleOf(least - 1),
    delay: DELAY,
  }
}

/** How long a timer may be due without having been run, ms: the granule of its wait; only one that is told to be due in no time is. */
export const overdue = (expires: number, wait: number, jiffy: number): number =>
  expires > 0 ? 0 : granuleOf(toJiffies(wait, jiffy) + 1) * jiffy + DELAY

/** The smallest window that holds both. */
export const hull = (one: Window, other: Window): Window => ({
  earliest: Math.min(one.earliest, other.earliest),
  latest: Math.max(one.latest, other.latest),
})

export const shift = <W extends Window>(window: W, by: Window): W => ({
  ...window,
  earliest: window.earliest + by.earliest,
  latest: window.latest + by.latest,
})

/** What both allow; where they exclude each other, the first: it is measured, the second reckoned. */
export function meet(one: Window, other: Window): Window {
  const both = { earliest: Math.max(one.earliest, other.earliest), latest: Math.min(one.latest, other.latest) }
  return both.earliest <= both.latest ? both : one
}

/** Later than this only a busy machine ends it. */
export const withDelay = <W extends Window>(window: W): W => ({ ...window, latest: window.latest + DELAY })
