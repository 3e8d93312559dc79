/** WHICH sockets may be called? Every kind that can be opened here, by Node and by C, on loopback and in this process alone. */
import { openSync } from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import { endianness } from 'node:os'
import { openDescriptors } from './descriptors.mjs'
import { closedSockets, nodeSockets, seldom } from './node-sockets.mjs'

const probe = createRequire(import.meta.url)('../support/native/build/Release/probe.node')

const [BPF_RET, SO_ATTACH_FILTER] = [6, 26]
const [UNIX, IPV4, IPV6, NETLINK, PACKET, VSOCK, XDP] = [1, 2, 10, 16, 17, 40, 44]
const [STREAM, DATAGRAM, RAW, SEQPACKET] = [1, 2, 3, 5]
const [ICMP, UDP, ICMPV6, UDPLITE, MPTCP, ANY] = [1, 17, 58, 136, 262, 255]

/** Sockets of C that need no peer: `[domain, type, protocol]`. */
const bare = {
  tcp4: [IPV4, STREAM, 0],
  tcp6: [IPV6, STREAM, 0],
  mptcp: [IPV4, STREAM, MPTCP],
  udp6: [IPV6, DATAGRAM, 0],
  udplite: [IPV4, DATAGRAM, UDPLITE],
  unix: [UNIX, DATAGRAM, 0],
  icmp: [IPV4, RAW, ICMP],
  raw: [IPV4, RAW, ANY],
  igmp: [IPV4, RAW, 2],
  icmpv6: [IPV6, RAW, ICMPV6],
  raw6: [IPV6, RAW, UDP],
  netlink: [NETLINK, RAW, 0],
  packet: [PACKET, RAW, 0],
  cooked: [PACKET, DATAGRAM, 0],
  vsock: [VSOCK, STREAM, 0],
  xdp: [XDP, RAW, 0],
}

/** Kinds that could not be opened, with -errno: what the fuzzer says of itself. */
export const refused = new Map()

/** What the ends of a connection say when the other goes, or when an option has made it impossible. */
function expected(error) {
  if (typeof error.code !== 'string') throw error
}

const [SOL_SOCKET, SO_LINGER] = [1, 13]
const atOnce = new Uint8Array(new Int32Array([1, 0]).buffer)

/** SO_GET_FILTER answers with instructions of 8 bytes, up to 4096: what its length does not count in. */
function attachFilter(fd, instructions) {
  const filter = new Uint8Array(8 * instructions)
  const view = new DataView(filter.buffer)
  for (let at = 0; at < filter.length; at += 8) view.setUint16(at, BPF_RET, endianness() === 'LE')
  probe.attachFilter(fd, filter, SO_ATTACH_FILTER)
}

function openBare(kind) {
  const fd = probe.socket(...bare[kind])
  if (fd < 0 && !refused.has(kind)) refused.set(kind, fd)
  return fd
}

/** The sockets of one epoch. `objects` are Node's, `descriptors` numbers of C's sockets and of a file. */
export class Sockets {
  objects = []
  closedObjects = closedSockets()
  descriptors = []
  #held = []
  #before = openDescriptors()

  #hold = (target, close) => {
    target.on('error', expected)
    const gone = new Promise(resolve => target.once('close', resolve))
    this.#held.push({ target, close, gone, isClosed: false })
    this.objects.push(target)
    return target
  }

  async open(random) {
    for (const [name, open] of Object.entries(nodeSockets)) if (!seldom.has(name) || random.chance(15)) await open(this.#hold)
    const made = Object.keys(bare).map(openBare)
    for (const type of [STREAM, DATAGRAM, SEQPACKET]) {
      const ends = new Int32Array(2)
      if (probe.socketpair(UNIX, type, 0, ends) === 0) made.push(...ends)
    }
    this.descriptors = made.filter(fd => fd >= 0)
    for (const fd of [...this.descriptors, ...this.#streams()]) if (random.chance(30)) attachFilter(fd, random.pick([1, 7, 4096]))
    this.descriptors.push(openSync('/dev/null', 'r'))
    return this
  }

  #streams() {
    return this.objects.filter(target => target instanceof net.Socket && target._handle?.fd >= 0).map(target => target._handle.fd)
  }

  /**
   * So that closing resets, and waits for nobody: SO_LINGER on with 0 seconds (socket(7)). On every socket of the epoch, because those behind an
   * object of HTTP/2 or TLS are none of the targets: one of them, set to linger for years, would stop the process as it is closed.
   */
  #letGo() {
    for (const [fd, link] of openDescriptors())
      if (link.startsWith('socket:') && !this.#before.has(fd)) probe.setsockopt(fd, SOL_SOCKET, SO_LINGER, atOnce)
  }

  /** A number that was one socket's becomes another's, or nobody's where that kind cannot be opened. */
  reopen(random) {
    const index = random.below(this.descriptors.length - 1)
    const kind = random.pick(Object.keys(bare))
    this.#letGo()
    probe.close(this.descriptors[index])
    const fd = openBare(kind)
    if (fd >= 0) this.descriptors[index] = fd
    else this.descriptors.splice(index, 1)
  }

  /** It stays among the objects: a target that was destroyed. */
  destroyOne(random) {
    this.#letGo()
    this.#end(random.pick(this.#held))
  }

  #end(held) {
    if (held.isClosed) return
    held.isClosed = true
    if (held.target.destroyed !== true || typeof held.target.resetAndDestroy === 'function') held.close(held.target)
  }

  /** Resolves when every one of them is closed. */
  async close() {
    this.#letGo()
    for (const fd of this.descriptors) probe.close(fd)
    for (const held of this.#held) this.#end(held)
    await Promise.all(this.#held.map(({ gone }) => gone))
  }
}
