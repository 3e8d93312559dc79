/** Which multicast group, on which interface, from which sources? The requests of IGMP and MLD. */
import { in6Addr, inAddr } from './address.js'
import { i32, nested, optional, u32, within } from './field.js'
import { sockaddr, storageOffset } from './sockaddr.js'
import { struct } from './struct.js'

const index = within(i32, 0, 2 ** 31 - 1)
const addressField = nested(inAddr)

/** `struct ip_mreqn`. Neither interface: the kernel chooses by its routes; `ifindex` wins over `address` (ip(7)). */
export const ipMreqn = struct(
  'ip_mreqn',
  12,
  { multiaddr: [0, addressField], address: [4, optional(addressField)], ifindex: [8, optional(index)] },
  { prefix: 'imr_' },
)

/** `struct ipv6_mreq`. `ifindex` 0, or none given: the kernel chooses. */
export const ipv6Mreq = struct('ipv6_mreq', 20, { multiaddr: [0, nested(in6Addr)], ifindex: [16, optional(index)] }, { prefix: 'ipv6mr_' })

/** `struct ip_mreq_source` of Linux. `interface` is one of this host's addresses; without it the kernel chooses. */
export const ipMreqSource = struct(
  'ip_mreq_source',
  12,
  { multiaddr: [0, addressField], interface: [4, optional(addressField)], sourceaddr: [8, addressField] },
  { prefix: 'imr_' },
)

/** `struct ip_mreq_source` of macOS, FreeBSD and Windows, which have the source before the interface. */
export const ipMreqSourceBsd = struct(
  'ip_mreq_source',
  12,
  { multiaddr: [0, addressField], sourceaddr: [4, addressField], interface: [8, optional(addressField)] },
  { prefix: 'imr_' },
)

const storageSize = 128
const storage = nested(sockaddr)

/** `struct group_req`. `interface` is an index; 0, or none given: the kernel chooses. */
export const groupReq = struct(
  'group_req',
  8 + storageSize,
  { interface: [0, optional(u32)], group: [storageOffset, storage] },
  { prefix: 'gr_', bytes: abi => storageOffset(abi) + storageSize },
)

/** `struct group_source_req`. `interface` is an index; 0, or none given: the kernel chooses. */
export const groupSourceReq = struct(
  'group_source_req',
  8 + 2 * storageSize,
  {
    interface: [0, optional(u32)],
    group: [storageOffset, storage],
    source: [abi => storageOffset(abi) + storageSize, storage],
  },
  { prefix: 'gsr_', bytes: abi => storageOffset(abi) + 2 * storageSize },
)

export { type GroupFilter, type GroupFilterInput, groupFilter, type IpMsfilter, type IpMsfilterInput, ipMsfilter } from './source-filter.js'
