/** WHICH index has an interface? */
import { networkInterfaces } from 'node:os'
import { withScratchSocket } from '../access/borrow.js'
import { readPlan } from '../access/get.js'
import { planOf } from '../access/plan.js'
import { encodeValue, writePlan } from '../access/set.js'
import { SocketOptionError } from '../errors.js'

/** By its name, or by the index itself in digits; undefined where there is none. */
export function indexOfInterface(name: string): number | undefined {
  return /^\d+$/.test(name) ? Number(name) : (askKernel(name) ?? askNode(name))
}

/** Linux 5.1: a socket is bound to the interface by its name, and tells its index. In the network namespace of this thread, as the sockets that it is asked for. */
function askKernel(name: string): number | undefined {
  try {
    return withScratchSocket(descriptor => {
      const byName = planOf('SO_BINDTODEVICE')
      writePlan(byName, descriptor, encodeValue(byName, name), name)
      return readPlan(planOf('SO_BINDTOIFINDEX'), descriptor) as number
    })
  } catch (error) {
    if (error instanceof SocketOptionError || error instanceof RangeError) return undefined
    throw error
  }
}

/** Node tells it with each link-local address, as the address' scope. */
function askNode(name: string): number | undefined {
  return networkInterfaces()[name]?.find(each => each.family === 'IPv6' && each.scopeid !== 0)?.scopeid
}
