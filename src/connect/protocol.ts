/** WHICH protocol has a stream socket that is to be opened: the family's own, or Multipath TCP? */
import { openSocket } from '../access/open.js'
import { currentPlatform } from '../access/plan.js'
import type { OnUnsupported } from '../access/prepared.js'
import { badArgument, refusedByUs } from '../errors.js'

/** <linux/in.h> */
const IPPROTO_MPTCP = 262

/** The number for socket(2); 0 is the family's own. */
export function protocolOf(type: unknown, onUnsupported: OnUnsupported | undefined): number {
  if (type === 'tcp') return 0
  if (type !== 'mptcp') throw badArgument('range', 'type', "'tcp' or 'mptcp'", type)
  const { name } = currentPlatform()
  if (name === 'linux') return IPPROTO_MPTCP
  if (onUnsupported === 'skip') return 0
  throw refusedByUs('ERR_SOCKOPT_UNSUPPORTED', 'unsupported', `type 'mptcp' does not exist on ${name}`)
}

/** What a socket is to be. */
export interface Wanted {
  /** 0 is the family's own. */
  readonly protocol: number
  /** Opens with the family's own protocol where the kernel lacks this one. */
  readonly isOptional: boolean
}

/** A descriptor of the protocol that is wanted, or -errno. */
export function openWanted(family: number, type: number, { protocol, isOptional }: Wanted): number {
  const opened = openSocket(family, type, protocol)
  return opened < 0 && isOptional && protocol !== 0 ? openSocket(family, type, 0) : opened
}
