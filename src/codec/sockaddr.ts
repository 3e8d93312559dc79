/** Which address is in a sockaddr? Any family to read, the internet and unix ones to write. */
import type { Buffer } from 'node:buffer'
import { copyBytes } from './bytes.js'
import { type Abi, type Codec, codec, Refusal } from './codec.js'
import { itemsOf } from './own.js'
import { checkLength } from './scalar.js'
import {
  type Inet6Address,
  type Inet6AddressInput,
  type InetAddress,
  type InetAddressInput,
  readFamily,
  sockaddrIn,
  sockaddrIn6,
} from './sockaddr-inet.js'
import {
  type NetlinkAddress,
  type PacketAddress,
  sockaddrLl,
  sockaddrNl,
  sockaddrVm,
  sockaddrXdp,
  type VsockAddress,
  type XdpAddress,
} from './sockaddr-linux.js'
import { isLinux, sockaddrUn, type UnixAddress } from './sockaddr-unix.js'

export {
  type Inet6Address,
  type Inet6AddressInput,
  type InetAddress,
  type InetAddressInput,
  sockaddrIn,
  sockaddrIn6,
} from './sockaddr-inet.js'
export type { NetlinkAddress, PacketAddress, VsockAddress, XdpAddress } from './sockaddr-linux.js'
export { sockaddrUn, type UnixAddress } from './sockaddr-unix.js'

/** A family that is not decoded: its number here, and the bytes after it. */
export interface OtherAddress {
  readonly family: number
  readonly data: Buffer
}

export type SocketAddress =
  | InetAddress
  | Inet6Address
  | UnixAddress
  | NetlinkAddress
  | PacketAddress
  | VsockAddress
  | XdpAddress
  | OtherAddress

export type SocketAddressInput = InetAddressInput | Inet6AddressInput | UnixAddress

/** Families whose numbers mean something else on other systems. */
const linuxFamilies: Readonly<Record<number, Codec<SocketAddress, never>>> = {
  16: sockaddrNl,
  17: sockaddrLl,
  40: sockaddrVm,
  44: sockaddrXdp,
}

function codecOf(family: number, abi: Abi): Codec<SocketAddress, never> | undefined {
  if (family === 2) return sockaddrIn
  if (family === abi.afInet6) return sockaddrIn6
  if (family === 1) return sockaddrUn
  return isLinux(abi) ? linuxFamilies[family] : undefined
}

function readAddress(view: DataView, at: number, length: number, abi: Abi): SocketAddress {
  checkLength(length, 2)
  const family = readFamily(view, at, abi)
  const known = codecOf(family, abi)
  if (known !== undefined) return known.decode(view, at, length, abi)
  return Object.freeze({ family, data: copyBytes(view, at + 2, length - 2) })
}

const accepts = "an object { family: 'AF_INET' or 'AF_INET6', address, port } or { family: 'AF_UNIX', path }"

function writeAddress(value: SocketAddressInput, view: DataView, at: number, abi: Abi): number {
  if (typeof value !== 'object' || value === null) throw new Refusal('type', accepts)
  if (value.family === 'AF_INET') return sockaddrIn.encode(value, view, at, abi)
  if (value.family === 'AF_INET6') return sockaddrIn6.encode(value, view, at, abi)
  if (value.family === 'AF_UNIX') return sockaddrUn.encode(value, view, at, abi)
  throw new Refusal('range', "'AF_INET', 'AF_INET6' or 'AF_UNIX'", 'family')
}

/** An address of any family, in as many bytes as it takes: 16, 28, the length of a path; at most a `struct sockaddr_storage`. */
export const sockaddr: Codec<SocketAddress, SocketAddressInput> = codec({
  name: 'struct sockaddr',
  size: 128,
  accepts,
  decode: readAddress,
  encode: writeAddress,
})

/** Where a sockaddr_storage starts after an int: macOS packs to 4, Windows aligns to 8 whatever the word, the others align to the word. */
export function storageOffset(abi: Abi): number {
  if (abi.afInet6 === 30) return 4
  return abi.afInet6 === 23 ? 8 : abi.wordSize
}

const maximum = 64

/** Internet addresses one after the other, each as long as its family (sctp_bindx(3), sctp_connectx(3)). */
export const sockaddrs: Codec<readonly (InetAddress | Inet6Address)[], readonly AddressInput[]> = codec({
  name: 'struct sockaddr[]',
  size: maximum * sockaddrIn6.size,
  accepts: `an array of at most ${maximum} objects { family: 'AF_INET' or 'AF_INET6', address, port }`,
  decode(view, at, length, abi) {
    const addresses: (InetAddress | Inet6Address)[] = []
    for (let offset = 0; offset < length; ) {
      checkLength(length, offset + 2)
      const family = readFamily(view, at + offset, abi)
      const known = family === 2 ? sockaddrIn : family === abi.afInet6 ? sockaddrIn6 : undefined
      if (known === undefined)
        throw new Refusal('range', `'AF_INET' or 'AF_INET6', and family ${family} came back`, `[${addresses.length}].family`)
      addresses.push(known.decode(view, at + offset, length - offset, abi))
      offset += known.size
    }
    return Object.freeze(addresses)
  },
  encode(value, view, at, abi) {
    if (!Array.isArray(value)) throw new Refusal('type', sockaddrs.accepts)
    const addresses = itemsOf(value, maximum)
    if (addresses === undefined) throw new Refusal('range', sockaddrs.accepts)
    let end = at
    for (const [index, address] of addresses.entries()) end += encodeAt(index, address, view, end, abi)
    return end - at
  },
})

type AddressInput = InetAddressInput | Inet6AddressInput

/** Each of them within the size of its family. */
function writeInternetAddress(value: AddressInput, view: DataView, at: number, abi: Abi): number {
  if (typeof value !== 'object' || value === null) throw new Refusal('type', sockaddrs.accepts)
  const { family } = value
  if (family !== 'AF_INET' && family !== 'AF_INET6') throw new Refusal('range', "'AF_INET' or 'AF_INET6'", 'family')
  const known: Codec<unknown, never> = family === 'AF_INET' ? sockaddrIn : sockaddrIn6
  return known.encode(value as never, view, at, abi)
}

function encodeAt(index: number, address: AddressInput, view: DataView, at: number, abi: Abi): number {
  try {
    return writeInternetAddress(address, view, at, abi)
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    throw new Refusal(refusal.reason, refusal.expected, refusal.part === undefined ? `[${index}]` : `[${index}].${refusal.part}`)
  }
}
