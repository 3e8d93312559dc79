/** Which multicast groups has a netlink socket joined? */
import { type Codec, codec, readOnly } from './codec.js'
import { optional, u32 } from './field.js'
import { struct } from './struct.js'

/**
 * NETLINK_LIST_MEMBERSHIPS: the numbers of the joined groups, as NETLINK_ADD_MEMBERSHIP takes them: group 1 is bit 0 of the first u32.
 * The kernel answers with the length it would need, even where it wrote less (net/netlink/af_netlink.c), so this reads no further than it offered.
 */
export const nlGroups: Codec<readonly number[]> = codec<readonly number[]>({
  name: 'u32[] (netlink groups)',
  size: 512,
  accepts: 'nothing: this value can only be read',
  decode(view, at, length, abi) {
    const words = Math.min(length, nlGroups.size) >> 2
    const groups: number[] = []
    for (let word = 0; word < words; word++) {
      const value = view.getUint32(at + word * 4, abi.littleEndian)
      for (let bit = 0; bit < 32; bit++) if ((value >>> bit) & 1) groups.push(word * 32 + bit + 1)
    }
    return Object.freeze(groups)
  },
  encode: readOnly,
})

/** NETLINK_RX_RING, NETLINK_TX_RING: gone since Linux 4.6. */
export const nlMmapReq = struct(
  'nl_mmap_req',
  16,
  { blockSize: [0, u32, 'bytes'], blockNr: [4, u32], frameSize: [8, u32, 'bytes'], frameNr: [12, optional(u32)] },
  { prefix: 'nm_' },
)
