/** HOW does a descriptor come to its options, and then to its address? For what listens, and for what receives datagrams. */
import { bindDescriptor } from '../access/bind.js'
import { AF_INET, closeDescriptor, familyInet6 } from '../access/open.js'
import { type Prepared, setPrepared } from '../access/prepared.js'
import { indexOfInterface } from './interfaces.js'
import { openWanted, type Wanted } from './protocol.js'

/** An address of this host. */
export interface Place {
  readonly family: 4 | 6
  readonly address: string
  readonly port: number
}

export interface Binding extends Wanted {
  /** SOCK_STREAM or SOCK_DGRAM. */
  readonly type: number
  /** Set before bind(2), in this order. */
  readonly before: readonly Prepared[]
  /** Set after it. */
  readonly after: readonly Prepared[]
}

/**
 * socket(2), setsockopt(2) for each option, bind(2).
 * @returns a descriptor; -errno of socket(2) or bind(2), and then nothing is open; undefined for what is no address
 * @throws SocketOptionError for an option that the kernel refuses, and then nothing is open
 */
export function openBound(binding: Binding, place: Place): number | undefined {
  const opened = openWanted(place.family === 6 ? familyInet6() : AF_INET, binding.type, binding)
  if (opened < 0) return opened
  let result: number | undefined
  try {
    for (const each of binding.before) setPrepared(each, opened)
    result = bindDescriptor(opened, addressOf(place))
    if (result === 0) for (const each of binding.after) setPrepared(each, opened)
  } catch (refusal) {
    closeDescriptor(opened)
    throw refusal
  }
  if (result !== 0) closeDescriptor(opened)
  return result === 0 ? opened : result
}

/** The zone of a link-local address is the name of an interface, or its index. One that is not there gives 0, which bind(2) refuses with EINVAL, as libuv's. */
function addressOf({ family, address, port }: Place) {
  if (family === 4) return { family: 'AF_INET', address, port } as const
  const [text = '', zone] = address.split('%')
  return { family: 'AF_INET6', address: text, port, scopeId: zone === undefined ? 0 : (indexOfInterface(zone) ?? 0) } as const
}
