/** WHICH groups does a socket of datagrams hear, and on which interfaces? An option holds one value; a socket joins many groups. */
import { isIP, isIPv4 } from 'node:net'
import { type OnUnsupported, type Prepared, prepareOptions } from '../access/prepared.js'
import { badArgument } from '../errors.js'
import { indexOfInterface } from './interfaces.js'

/** A multicast group, joined on one interface. */
export interface Membership {
  /** An address of IPv4 or of IPv6. */
  readonly group: string
  /** Its index, its name, or for IPv4 one of its addresses. Without it, or with 0, the kernel chooses one by its routes, and refuses where it has none (ENODEV). */
  readonly interface?: string | number | undefined
  /** Hears this sender alone (IGMPv3, MLDv2). */
  readonly source?: string | undefined
}

/** @throws TypeError, RangeError for what is no address, and for an interface that is not there. */
export function prepareMemberships(memberships: readonly Membership[], onUnsupported: OnUnsupported | undefined): readonly Prepared[] {
  if (!Array.isArray(memberships)) throw badArgument('type', 'memberships', 'an array of { group, interface, source }', memberships)
  return Array.from(memberships, (membership: Membership, index) => {
    const name = `memberships[${index}]`
    if (typeof membership !== 'object' || membership === null)
      throw badArgument('type', name, 'an object { group, interface, source }', membership)
    const { group, interface: on, source } = membership
    expectAddress(`${name}.group`, group)
    if (source !== undefined) expectAddress(`${name}.source`, source)
    if (typeof on === 'string' && isIPv4(on)) return prepareOptions(byAddress(group, on, source), onUnsupported)
    return prepareOptions(byIndex(group, indexOf(`${name}.interface`, on), source), onUnsupported)
  })
}

function expectAddress(name: string, value: unknown): void {
  if (typeof value !== 'string') throw badArgument('type', name, 'an IP address', value)
  if (isIP(value) === 0 || value.includes('%')) throw badArgument('range', name, 'an IP address without a zone', value)
}

function indexOf(name: string, on: unknown): number {
  if (on === undefined) return 0
  const isIndex = typeof on === 'number' && Number.isInteger(on) && on >= 0 && on < 2 ** 31
  // Node's addMembership() takes ::%eth1 for the interface of IPv6.
  const found = typeof on === 'string' ? indexOfInterface(on.replace(/^::%/, '')) : isIndex ? on : undefined
  if (found !== undefined) return found
  const isType = typeof on !== 'string' && typeof on !== 'number'
  throw badArgument(isType ? 'type' : 'range', name, 'the index, the name or an IPv4 address of an interface', on)
}

const byAddress = (multiaddr: string, address: string, sourceaddr: string | undefined) =>
  sourceaddr === undefined
    ? { IP_ADD_MEMBERSHIP: { multiaddr, address } }
    : { IP_ADD_SOURCE_MEMBERSHIP: { multiaddr, interface: address, sourceaddr } }

const toSocketAddress = (address: string) => ({ family: isIPv4(address) ? ('AF_INET' as const) : ('AF_INET6' as const), address })

/** The options of IPv6 have the names of IPv4's, and another level. */
function byIndex(group: string, index: number, source: string | undefined) {
  const where = { interface: index, group: toSocketAddress(group) }
  const isIPv6 = !isIPv4(group)
  if (source === undefined) return isIPv6 ? { 'IPPROTO_IPV6.MCAST_JOIN_GROUP': where } : { MCAST_JOIN_GROUP: where }
  const from = { ...where, source: toSocketAddress(source) }
  return isIPv6 ? { 'IPPROTO_IPV6.MCAST_JOIN_SOURCE_GROUP': from } : { MCAST_JOIN_SOURCE_GROUP: from }
}
