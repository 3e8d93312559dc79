/** WHO else may have an address that is taken? What libuv sets for that by itself, on each system. */
import { readPlan } from '../access/get.js'
import { currentPlatform, planOf } from '../access/plan.js'
import { type Prepared, prepareOptions, type SocketOptions, setPrepared } from '../access/prepared.js'
import type { Place } from './bound.js'

/** Flags of uv_tcp_bind() and uv_udp_bind(). */
const TCP = { IPV6ONLY: 1, REUSEPORT: 2 }
const UDP = { IPV6ONLY: 1, REUSEADDR: 4, REUSEPORT: 8 }

const isWindows = () => currentPlatform().name === 'win32'
/** The names that share an address among sockets of datagrams, and balance among sockets that share one. */
const sharing = (): keyof SocketOptions => (['darwin', 'freebsd'].includes(currentPlatform().name) ? 'SO_REUSEPORT' : 'SO_REUSEADDR')
const balancing = (): keyof SocketOptions => (currentPlatform().name === 'freebsd' ? 'SO_REUSEPORT_LB' : 'SO_REUSEPORT')

const prepare = (options: SocketOptions): Prepared => prepareOptions(options, 'skip')

/** What uv_tcp_bind() sets before bind(2). On Windows, SO_REUSEADDR would let others take the address away. */
export const usualForListening = ({ family }: Place, flags: number): Prepared =>
  prepare({
    ...(!isWindows() && { SO_REUSEADDR: true }),
    ...((flags & TCP.REUSEPORT) !== 0 && { [balancing()]: true }),
    ...(family === 6 && { IPV6_V6ONLY: (flags & TCP.IPV6ONLY) !== 0 }),
  })

/** What uv_udp_bind() sets before bind(2). On Windows a socket of IPv6 is for IPv6 alone, unless it is told otherwise. */
export const usualForDatagrams = ({ family }: Place, flags: number): Prepared => {
  const isAlone = (flags & UDP.IPV6ONLY) !== 0
  return prepare({
    ...((flags & UDP.REUSEADDR) !== 0 && { [sharing()]: true }),
    ...((flags & UDP.REUSEPORT) !== 0 && { [balancing()]: true }),
    ...(family === 6 && (isAlone || isWindows()) && { IPV6_V6ONLY: isAlone }),
  })
}

/**
 * Whatever `open` does, who may have the address stays as it is. uv_udp_open() sets SO_REUSEADDR, on BSD SO_REUSEPORT, of every descriptor that it is given
 * (libuv, src/unix/udp.c): whoever asks for the same address with the same option would get it, and the datagrams.
 */
export function keepReuse(descriptor: number, open: () => number): number {
  const { numbers } = currentPlatform()
  const plans = ['SO_REUSEADDR', 'SO_REUSEPORT'].filter(name => numbers[name] !== undefined).map(planOf)
  const before = plans.map(plan => [plan.option.name, readPlan(plan, descriptor)] as const)
  const result = open()
  if (result === 0) {
    const changed = before.filter(([name, value]) => readPlan(planOf(name), descriptor) !== value)
    setPrepared(prepare(Object.fromEntries(changed)), descriptor)
  }
  return result
}
