/** Which bytes are an address on Linux? The sockaddrs that the tests bind and connect to: loopback, and unix paths without a file. */
import { endianness } from 'node:os'
import { probe, succeed } from './probe.js'

export const family = { unix: 1, ipv4: 2, ipv6: 10, netlink: 16, packet: 17, vsock: 40, xdp: 44 } as const

const isLittleEndian = endianness() === 'LE'

function sockaddr(size: number, af: number): { bytes: Uint8Array; view: DataView } {
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, af, isLittleEndian)
  return { bytes, view }
}

/** 127.0.0.1. */
export function loopback4(port = 0): Uint8Array {
  const { bytes, view } = sockaddr(16, family.ipv4)
  view.setUint16(2, port)
  bytes.set([127, 0, 0, 1], 4)
  return bytes
}

/** ::1. */
export function loopback6(port = 0): Uint8Array {
  const { bytes, view } = sockaddr(28, family.ipv6)
  view.setUint16(2, port)
  bytes[23] = 1
  return bytes
}

/** ::ffff:127.0.0.1, the IPv4 loopback as an IPv6 socket writes it. */
export function mapped4(port: number): Uint8Array {
  const { bytes, view } = sockaddr(28, family.ipv6)
  view.setUint16(2, port)
  bytes.set([0xff, 0xff, 127, 0, 0, 1], 18)
  return bytes
}

/** A unix address of no bytes: bound to, the kernel chooses a free abstract name (unix(7), Autobind). */
export function autobindUnix(): Uint8Array {
  return sockaddr(2, family.unix).bytes
}

/** The address a socket is bound to. */
export function addressOf(fd: number): Uint8Array {
  const bytes = new Uint8Array(128)
  return bytes.subarray(0, succeed('getsockname', probe.getsockname(fd, bytes)))
}

/** The port of an IPv4 or IPv6 socket. */
export function portOf(fd: number): number {
  const bytes = addressOf(fd)
  return new DataView(bytes.buffer).getUint16(2)
}
