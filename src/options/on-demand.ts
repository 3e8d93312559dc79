/** WHICH options are loaded when they are first asked for? All of them; each import here is a file of its own in the built package (docs/package.md). */
import * as bsd from './bsd.js'
import * as families from './families.js'
import { ip } from './ip.js'
import { ipv6 } from './ipv6.js'
import { mptcp } from './mptcp.js'
import { icmpv6, raw } from './raw.js'
import { socket } from './socket.js'
import { tcp } from './tcp.js'
import { tls } from './tls.js'
import { udp, udplite } from './udp.js'
import * as windows from './windows.js'

/** By level: what the sockets that Node itself makes have on Linux, and others of the same families. */
export const common = {
  SOL_SOCKET: (): ReturnType<typeof socket> => socket(),
  IPPROTO_TCP: (): ReturnType<typeof tcp> => tcp(),
  IPPROTO_IP: (): ReturnType<typeof ip> => ip(),
  IPPROTO_IPV6: (): ReturnType<typeof ipv6> => ipv6(),
  IPPROTO_UDP: (): ReturnType<typeof udp> => udp(),
  IPPROTO_UDPLITE: (): ReturnType<typeof udplite> => udplite(),
  IPPROTO_RAW: (): ReturnType<typeof raw> => raw(),
  IPPROTO_ICMPV6: (): ReturnType<typeof icmpv6> => icmpv6(),
  SOL_MPTCP: (): ReturnType<typeof mptcp> => mptcp(),
  SOL_TLS: (): ReturnType<typeof tls> => tls(),
} as const
export const loadBsd = (): typeof bsd => bsd
export const loadFamilies = (): typeof families => families
export const loadWindows = (): typeof windows => windows
