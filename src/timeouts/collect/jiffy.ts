/** How long is a jiffy? The kernel rounds SO_RCVTIMEO up to whole ones, so the smallest reads back as one. Its HZ is told nowhere else without privilege. */
import { withScratchSocket } from '../../access/borrow.js'
import { readPlan } from '../../access/get.js'
import { planOf } from '../../access/plan.js'
import { encodeValue, writePlan } from '../../access/set.js'
import { SocketOptionError } from '../../errors.js'

/** 1 us, in the option's unit. */
const SMALLEST = 0.001

/** HZ is 100 to 1000 on every architecture that Node runs on. Something else is not Linux, but imitates it. */
function isPlausible(milliseconds: unknown): milliseconds is number {
  return typeof milliseconds === 'number' && milliseconds >= 1 && milliseconds <= 10
}

/** The kernel is built with it, so it is asked until it has answered once. */
let known: number | undefined

/** ms, 1000 / HZ: 4 ms where HZ is 250. undefined where the kernel does not tell. */
export function readJiffy(): number | undefined {
  known ??= probe()
  return known
}

function probe(): number | undefined {
  try {
    const milliseconds = withScratchSocket(descriptor => {
      const plan = planOf('SO_RCVTIMEO')
      writePlan(plan, descriptor, encodeValue(plan, SMALLEST), SMALLEST)
      return readPlan(plan, descriptor)
    })
    // Whole microseconds came back: 3.333 ms where HZ is 300.
    return isPlausible(milliseconds) ? 1000 / Math.round(1000 / milliseconds) : undefined
  } catch (error) {
    if (error instanceof SocketOptionError) return undefined
    throw error
  }
}
