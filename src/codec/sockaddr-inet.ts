/** Which host and port? The sockaddrs of IPv4 and IPv6. */
import { in6Addr, inAddr } from './address.js'
import { type Abi, type Codec, Refusal } from './codec.js'
import { be16, be32, type Field, nested, optional, u32 } from './field.js'
import { type StructInput, type StructValue, struct } from './struct.js'

/** The number of a family: 16 bits, or on the BSDs 8 bits after the length. */
export const readFamily = (view: DataView, at: number, abi: Abi): number =>
  abi.sockaddrHasLength ? view.getUint8(at + 1) : view.getUint16(at, abi.littleEndian)

export function writeFamily(view: DataView, at: number, size: number, family: number, abi: Abi): void {
  if (abi.sockaddrHasLength) {
    view.setUint8(at, size)
    view.setUint8(at + 1, family)
  } else {
    view.setUint16(at, family, abi.littleEndian)
  }
}

/** The first field of a sockaddr: the family that its struct is for, and `size` where the system wants it said. */
export function familyField<const Name extends string>(name: Name, size: number, numberOf: (abi: Abi) => number): Field<Name> {
  const expected = `'${name}'`
  return {
    size: 2,
    read(view, at, abi) {
      const family = readFamily(view, at, abi)
      if (family !== numberOf(abi)) throw new Refusal('range', `${expected}, and family ${family} came back`, 'family')
      return name
    },
    write(value, view, at, abi, part) {
      if (value !== name) throw new Refusal(typeof value === 'string' ? 'range' : 'type', expected, part)
      writeFamily(view, at, size, numberOf(abi), abi)
    },
    isOptional: false,
  }
}

const inFields = {
  family: [0, familyField('AF_INET', 16, () => 2)],
  /** In host order; 0 unless given. */
  port: [2, optional(be16)],
  address: [4, nested(inAddr)],
} as const

/** `struct sockaddr_in`. */
export type InetAddress = StructValue<typeof inFields>
export type InetAddressInput = StructInput<typeof inFields>
export const sockaddrIn: Codec<InetAddress, InetAddressInput> = struct('sockaddr_in', 16, inFields, { prefix: 'sin_' })

const in6Fields = {
  family: [0, familyField('AF_INET6', 28, abi => abi.afInet6)],
  /** In host order; 0 unless given. */
  port: [2, optional(be16)],
  /** Traffic class and flow label, in host order; 0 unless given. */
  flowinfo: [4, optional(be32)],
  address: [8, nested(in6Addr)],
  /** Index of the interface of a link-local address; 0 unless given. */
  scopeId: [24, optional(u32)],
} as const

/** `struct sockaddr_in6`. */
export type Inet6Address = StructValue<typeof in6Fields>
export type Inet6AddressInput = StructInput<typeof in6Fields>
export const sockaddrIn6: Codec<Inet6Address, Inet6AddressInput> = struct('sockaddr_in6', 28, in6Fields, { prefix: 'sin6_' })
