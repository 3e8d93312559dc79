/** WHAT options are there? The catalogue, and the types that follow from it. */
import type { aliases } from './aliases.js'
import { bluetooth, hci, l2cap, rfcomm, sco } from './bluetooth.js'
import { canIsotp, canJ1939, canRaw } from './can.js'
import { kcm, rds, rxrpc, smc, tipc } from './cluster.js'
import { crypto } from './crypto.js'
import type { Access, Option } from './define.js'
import { ip } from './ip.js'
import { ipBsd } from './ip-bsd.js'
import { ipWindows } from './ip-windows.js'
import { ipv6 } from './ipv6.js'
import { ipv6Bsd, ipv6Windows } from './ipv6-elsewhere.js'
import { atm, iucv, llc, mctp, nfc, pnpipe, pppol2tp, x25 } from './link-layers.js'
import { mptcp } from './mptcp.js'
import { multicastRoutingIp, multicastRoutingIpv6 } from './multicast-routing.js'
import { netfilterIp, netfilterIpv6 } from './netfilter.js'
import { netlink } from './netlink.js'
import { packet } from './packet.js'
import { icmpv6, raw } from './raw.js'
import { sctp } from './sctp.js'
import { socket } from './socket.js'
import { socketBsd } from './socket-bsd.js'
import { socketWindows } from './socket-windows.js'
import { tcp } from './tcp.js'
import { tcpBsd } from './tcp-bsd.js'
import { tcpFreebsdStacks } from './tcp-freebsd-stacks.js'
import { tcpWindows } from './tcp-windows.js'
import { tls } from './tls.js'
import { udp, udpElsewhere, udplite } from './udp.js'
import { unix } from './unix.js'
import { utun } from './utun.js'
import { vsock } from './vsock.js'
import { hyperv, irda, redirection, reliableMulticast } from './windows-families.js'
import { wsaioctl } from './wsaioctl.js'
import { xdp } from './xdp.js'

/** Every option by its kernel name. A name that two levels share belongs to the more common one; the other carries its level: `IPPROTO_IPV6.MCAST_JOIN_GROUP`. */
export const catalogue = Object.freeze({
  ...socket,
  ...socketBsd,
  ...socketWindows,
  ...tcp,
  ...tcpBsd,
  ...tcpFreebsdStacks,
  ...tcpWindows,
  ...ip,
  ...ipBsd,
  ...ipWindows,
  ...multicastRoutingIp,
  ...netfilterIp,
  ...ipv6,
  ...ipv6Bsd,
  ...ipv6Windows,
  ...multicastRoutingIpv6,
  ...netfilterIpv6,
  ...udp,
  ...udpElsewhere,
  ...udplite,
  ...raw,
  ...icmpv6,
  ...unix,
  ...mptcp,
  ...tls,
  ...sctp,
  ...packet,
  ...netlink,
  ...vsock,
  ...xdp,
  ...canRaw,
  ...canIsotp,
  ...canJ1939,
  ...bluetooth,
  ...l2cap,
  ...sco,
  ...rfcomm,
  ...hci,
  ...tipc,
  ...rds,
  ...rxrpc,
  ...kcm,
  ...smc,
  ...llc,
  ...pppol2tp,
  ...pnpipe,
  ...nfc,
  ...iucv,
  ...mctp,
  ...x25,
  ...atm,
  ...crypto,
  ...utun,
  ...hyperv,
  ...reliableMulticast,
  ...irda,
  ...redirection,
  ...wsaioctl,
})

type Catalogue = typeof catalogue
type Aliases = typeof aliases

/** The name of a row. */
export type OptionName = keyof Catalogue
/** Another name of a row: `SO_TIMEOUT`. */
export type AliasName = keyof Aliases
/** The row behind a name or an alias. */
export type RowName<Name extends OptionName | AliasName> = Name extends AliasName ? Aliases[Name] : Name
type RowOf<Name extends OptionName | AliasName> = Catalogue[RowName<Name> & OptionName]

/** What reading an option gives. */
export type OptionValue<Name extends OptionName | AliasName> = RowOf<Name> extends Option<infer Out, never, Access, any> ? Out : never
/** What setting an option takes. */
export type OptionInput<Name extends OptionName | AliasName> = RowOf<Name> extends Option<any, infer In, Access, any> ? In : never

type NamesWith<A extends Access> = { [Name in OptionName]: Catalogue[Name]['access'] extends A ? Name : never }[OptionName]
type AliasesOf<Name> = { [Alias in AliasName]: Aliases[Alias] extends Name ? Alias : never }[AliasName]

/** Names that getsockopt takes, aliases included. */
export type ReadableName = NamesWith<'rw' | 'ro'> | AliasesOf<NamesWith<'rw' | 'ro'>>
/** Names that setsockopt takes, aliases included. */
export type WritableName = NamesWith<'rw' | 'wo'> | AliasesOf<NamesWith<'rw' | 'wo'>>
