/** On which kinds of sockets does an option mean something? Every kind this system can make, opened on loopback by C, without Node. */
import { addressOf, autobindUnix, family, loopback4, loopback6, mapped4, portOf } from './addresses.js'
import { probe, succeed } from './probe.js'

/** A socket of one kind. `close` closes it and whatever it needed: its listener, its peer. */
export interface OpenSocket {
  /** The kind, or what else it is. */
  readonly kind: string
  readonly fd: number
  close(): void
}

/** Why a kind cannot be opened here. */
export interface ClosedKind {
  readonly kind: string
  readonly reason: string
}

const stream = 1
const datagram = 2
const raw = 3
const seqpacket = 5
const protocol = { icmp: 1, igmp: 2, udp: 17, icmpv6: 58, udplite: 136, raw: 255, mptcp: 262 } as const

/** The descriptors of one socket in the making: the one that is asked for is the last that `open` returns. */
class Making {
  readonly descriptors: number[] = []

  open(what: string, fd: number): number {
    this.descriptors.push(succeed(what, fd))
    return fd
  }

  socket(domain: number, type: number, of = 0): number {
    return this.open('socket', probe.socket(domain, type, of))
  }

  bound(domain: number, type: number, of: number, address: Uint8Array): number {
    const fd = this.socket(domain, type, of)
    succeed('bind', probe.bind(fd, address))
    return fd
  }

  listening(domain: number, type: number, of: number, address: Uint8Array): number {
    const fd = this.bound(domain, type, of, address)
    succeed('listen', probe.listen(fd, 5))
    return fd
  }

  connected(domain: number, type: number, of: number, address: Uint8Array): number {
    const fd = this.socket(domain, type, of)
    succeed('connect', probe.connect(fd, address))
    return fd
  }

  pair(type: number): number {
    const ends = new Int32Array(2)
    succeed('socketpair', probe.socketpair(family.unix, type, 0, ends))
    this.open('socketpair', ends[1] as number)
    return this.open('socketpair', ends[0] as number)
  }

  close(): void {
    for (const fd of this.descriptors.splice(0).reverse()) succeed('close', probe.close(fd))
  }
}

/** A connected stream socket of `domain`; its listener and the accepted end stay open beside it. */
function streamPair(making: Making, domain: number, of: number, loopback: Uint8Array): { client: number; accepted: number } {
  const listener = making.listening(domain, stream, of, loopback)
  const client = making.connected(domain, stream, of, addressOf(listener))
  return { client, accepted: making.open('accept', probe.accept(listener)) }
}

const { unix, ipv4, ipv6 } = family

const recipes = {
  tcp4: making => making.socket(ipv4, stream),
  'tcp4-listen': making => making.listening(ipv4, stream, 0, loopback4()),
  'tcp4-conn': making => streamPair(making, ipv4, 0, loopback4()).client,
  'tcp4-accepted': making => streamPair(making, ipv4, 0, loopback4()).accepted,
  tcp6: making => making.socket(ipv6, stream),
  'tcp6-listen': making => making.listening(ipv6, stream, 0, loopback6()),
  'tcp6-conn': making => streamPair(making, ipv6, 0, loopback6()).client,
  'tcp6-mapped-conn': making => making.connected(ipv6, stream, 0, mapped4(portOf(making.listening(ipv4, stream, 0, loopback4())))),
  mptcp4: making => making.socket(ipv4, stream, protocol.mptcp),
  'mptcp4-listen': making => making.listening(ipv4, stream, protocol.mptcp, loopback4()),
  'mptcp4-conn': making => streamPair(making, ipv4, protocol.mptcp, loopback4()).client,
  udp4: making => making.socket(ipv4, datagram),
  'udp4-conn': making => making.connected(ipv4, datagram, 0, addressOf(making.bound(ipv4, datagram, 0, loopback4()))),
  udp6: making => making.socket(ipv6, datagram),
  'udp6-conn': making => making.connected(ipv6, datagram, 0, addressOf(making.bound(ipv6, datagram, 0, loopback6()))),
  udplite4: making => making.socket(ipv4, datagram, protocol.udplite),
  'unix-stream': making => making.pair(stream),
  'unix-dgram': making => making.pair(datagram),
  'unix-seqpacket': making => making.pair(seqpacket),
  'unix-stream-unconn': making => making.socket(unix, stream),
  'unix-listen': making => making.listening(unix, stream, 0, autobindUnix()),
  'raw4-icmp': making => making.socket(ipv4, raw, protocol.icmp),
  'raw4-raw': making => making.socket(ipv4, raw, protocol.raw),
  'raw4-igmp': making => making.socket(ipv4, raw, protocol.igmp),
  'raw6-icmpv6': making => making.socket(ipv6, raw, protocol.icmpv6),
  'raw6-udp': making => making.socket(ipv6, raw, protocol.udp),
  'netlink-route': making => making.socket(family.netlink, raw),
  'packet-raw': making => making.socket(family.packet, raw),
  'packet-dgram': making => making.socket(family.packet, datagram),
  'vsock-stream': making => making.socket(family.vsock, stream),
  'vsock-seqpacket': making => making.socket(family.vsock, seqpacket),
  xdp: making => making.socket(family.xdp, raw),
} satisfies Record<string, (making: Making) => number>

export type Kind = keyof typeof recipes
export const kinds = Object.keys(recipes) as Kind[]

function make(kind: string, recipe: (making: Making) => number): OpenSocket | ClosedKind {
  const making = new Making()
  try {
    const fd = recipe(making)
    return { kind, fd, close: () => making.close() }
  } catch (error) {
    making.close()
    return { kind, reason: (error as Error).message }
  }
}

/** Opens one kind, or says why it cannot be opened here: `socket: EPERM`. */
export const openKind = (kind: Kind): OpenSocket | ClosedKind => make(kind, recipes[kind])

/** Opens one kind that has to be there. */
export function open(kind: Kind): OpenSocket {
  const opened = openKind(kind)
  if ('reason' in opened) throw new Error(`${kind} cannot be opened here: ${opened.reason}`)
  return opened
}

/** Opens a raw or packet socket in a network namespace of its own: what it sets there, no other socket sees. */
export const openApart = (what: string, domain: number, of: number): OpenSocket | ClosedKind =>
  make(`${what} in a network namespace of its own`, making => making.open('unshare', probe.socketApart(domain, raw, of)))

/** Opens a socket of no listed kind. */
export const openOther = (what: string, domain: number, type: number, of: number, address?: Uint8Array): OpenSocket | ClosedKind =>
  make(what, making => (address === undefined ? making.socket(domain, type, of) : making.bound(domain, type, of, address)))
