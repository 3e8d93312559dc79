/** Which end point is it, of the families that only Linux has? Netlink, packet, vsock and XDP sockets; read, never written. */
import { type Abi, type Codec, codec, Refusal, readOnly } from './codec.js'
import { be16, i32, u8, u16, u32 } from './field.js'
import { familyField } from './sockaddr-inet.js'
import { type StructValue, struct } from './struct.js'

const netlinkFields = {
  family: [0, familyField('AF_NETLINK', 12, () => 16)],
  /** Port id; 0 is the kernel. */
  pid: [4, u32],
  /** Mask of the first 32 multicast groups. */
  groups: [8, u32],
} as const

/** `struct sockaddr_nl`. */
export type NetlinkAddress = StructValue<typeof netlinkFields>
export const sockaddrNl = struct('sockaddr_nl', 12, netlinkFields, { prefix: 'nl_' })

const vsockFields = {
  family: [0, familyField('AF_VSOCK', 16, () => 40)],
  port: [4, u32],
  /** Context id: 2 is the host. */
  cid: [8, u32],
} as const

/** `struct sockaddr_vm`. */
export type VsockAddress = StructValue<typeof vsockFields>
export const sockaddrVm = struct('sockaddr_vm', 16, vsockFields, { prefix: 'svm_' })

const xdpFields = {
  family: [0, familyField('AF_XDP', 16, () => 44)],
  flags: [2, u16],
  ifindex: [4, u32],
  queueId: [8, u32],
  sharedUmemFd: [12, u32],
} as const

/** `struct sockaddr_xdp`. */
export type XdpAddress = StructValue<typeof xdpFields>
export const sockaddrXdp = struct('sockaddr_xdp', 16, xdpFields, { prefix: 'sxdp_' })

const packetFields = {
  family: [0, familyField('AF_PACKET', 20, () => 17)],
  /** ETH_P_*, in host order. */
  protocol: [2, be16],
  ifindex: [4, i32],
  /** ARPHRD_*. */
  hatype: [8, u16],
  /** PACKET_HOST 0, PACKET_BROADCAST 1, ... */
  pkttype: [10, u8],
} as const
const packet = struct('sockaddr_ll', 12, packetFields, { prefix: 'sll_' })

/** `struct sockaddr_ll`. */
export type PacketAddress = StructValue<typeof packetFields> & {
  /** `sll_addr`, as many bytes as `sll_halen` says, as hexadecimal pairs with colons. */
  readonly address: string
}

/** As long as the link's address: 18 bytes for Ethernet, 12 and eight at most. */
export const sockaddrLl: Codec<PacketAddress> = codec({
  name: 'struct sockaddr_ll',
  size: 20,
  accepts: 'nothing: this address can only be read',
  layout: packet.layout,
  decode(view: DataView, at: number, length: number, abi: Abi): PacketAddress {
    const fixed = packet.decode(view, at, length, abi)
    const halen = view.getUint8(at + 11)
    if (halen > 8 || 12 + halen > length) throw new Refusal('length', `${12 + halen} bytes of at most 20, and ${length} came back`, 'halen')
    const pairs = Array.from({ length: halen }, (_, index) =>
      view
        .getUint8(at + 12 + index)
        .toString(16)
        .padStart(2, '0'),
    )
    return Object.freeze({ ...fixed, address: pairs.join(':') })
  },
  encode: readOnly,
})
