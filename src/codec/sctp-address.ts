/** Structs of IPPROTO_SCTP about the addresses of an association, and the counters that mention one. */
import { flags } from './choice.js'
import { type Abi, type Codec, codec } from './codec.js'
import { be16, i32, named, nested, optional, u8, u16, u32, u64 } from './field.js'
import { pointer } from './pointer.js'
import { asked } from './query.js'
import { assocId } from './sctp-association.js'
import { type SocketAddress, sockaddr, sockaddrs, storageOffset } from './sockaddr.js'
import { growing, struct } from './struct.js'
import { orUnspecified } from './unspecified.js'

/** A struct sockaddr_storage; null or nothing where no particular address is meant. */
const address = optional(orUnspecified(sockaddr))
const after = (more: number) => (abi: Abi) => storageOffset(abi) + 128 + more

/** SCTP_SET_PEER_PRIMARY_ADDR. */
export const sctpSetpeerprim = struct('sctp_setpeerprim', 132, { assocId: [0, assocId], addr: [4, nested(sockaddr)] }, { prefix: 'sspp_' })

/** SCTP_PRIMARY_ADDR: asked by association. */
export const sctpPrim = asked(struct('sctp_prim', 132, { assocId: [0, assocId], addr: [4, nested(sockaddr)] }, { prefix: 'ssp_' }), [
  'assocId',
])

const sppFlags = flags('sctp_spp_flags', {
  SPP_HB_ENABLE: 1 << 0,
  SPP_HB_DISABLE: 1 << 1,
  SPP_HB_DEMAND: 1 << 2,
  SPP_PMTUD_ENABLE: 1 << 3,
  SPP_PMTUD_DISABLE: 1 << 4,
  SPP_SACKDELAY_ENABLE: 1 << 5,
  SPP_SACKDELAY_DISABLE: 1 << 6,
  SPP_HB_TIME_IS_ZERO: 1 << 7,
  SPP_IPV6_FLOWLABEL: 1 << 8,
  SPP_DSCP: 1 << 9,
})

/** SCTP_PEER_ADDR_PARAMS: asked by association and address. Packed; 0 leaves a value as it is. */
export const sctpPaddrparams = asked(
  struct(
    'sctp_paddrparams',
    156,
    {
      assocId: [0, assocId],
      address: [4, address],
      hbinterval: [132, optional(u32), 'ms'],
      pathmaxrxt: [136, optional(u16), 'retransmissions'],
      pathmtu: [138, optional(u32), 'bytes'],
      sackdelay: [142, optional(u32), 'ms'],
      flags: [146, nested(sppFlags)],
      ipv6Flowlabel: [150, optional(u32)],
      dscp: [154, optional(u8)],
    },
    { prefix: 'spp_' },
  ),
  ['assocId', 'address'],
)

const pathStates = { SCTP_INACTIVE: 0, SCTP_PF: 1, SCTP_ACTIVE: 2, SCTP_UNCONFIRMED: 3, SCTP_UNKNOWN: 0xffff } as const
const paddrinfo = struct(
  'sctp_paddrinfo',
  152,
  {
    assocId: [0, assocId],
    address: [4, address],
    state: [132, optional(named(i32, pathStates))],
    cwnd: [136, optional(u32), 'bytes'],
    srtt: [140, optional(u32), 'ms'],
    rto: [144, optional(u32), 'ms'],
    mtu: [148, optional(u32), 'bytes'],
  },
  { prefix: 'spinfo_' },
)

/** SCTP_GET_PEER_ADDR_INFO: asked by association and address. */
export const sctpPaddrinfo = asked(paddrinfo, ['assocId', 'address'])

const associationStates = {
  SCTP_EMPTY: 0,
  SCTP_CLOSED: 1,
  SCTP_COOKIE_WAIT: 2,
  SCTP_COOKIE_ECHOED: 3,
  SCTP_ESTABLISHED: 4,
  SCTP_SHUTDOWN_PENDING: 5,
  SCTP_SHUTDOWN_SENT: 6,
  SCTP_SHUTDOWN_RECEIVED: 7,
  SCTP_SHUTDOWN_ACK_SENT: 8,
} as const

/** SCTP_STATUS: asked by association. */
export const sctpStatus = asked(
  struct(
    'sctp_status',
    176,
    {
      assocId: [0, assocId],
      state: [4, optional(named(i32, associationStates))],
      rwnd: [8, optional(u32), 'bytes'],
      unackdata: [12, optional(u16), 'chunks'],
      penddata: [14, optional(u16), 'chunks'],
      instrms: [16, optional(u16), 'streams'],
      outstrms: [18, optional(u16), 'streams'],
      fragmentationPoint: [20, optional(u32), 'bytes'],
      primary: [24, optional(nested(paddrinfo))],
    },
    { prefix: 'sstat_' },
  ),
  ['assocId'],
)

/** SCTP_PEER_ADDR_THLDS: asked by association and address. */
export const sctpPaddrthlds = asked(
  struct(
    'sctp_paddrthlds',
    144,
    {
      assocId: [0, assocId],
      address: [storageOffset, address],
      pathmaxrxt: [after(0), u16, 'retransmissions'],
      pathpfthld: [after(2), u16, 'retransmissions'],
    },
    { prefix: 'spt_', bytes: abi => (abi.wordSize === 8 ? 144 : 136) },
  ),
  ['assocId', 'address'],
)

/** SCTP_PEER_ADDR_THLDS_V2: asked by association and address. */
export const sctpPaddrthldsV2 = asked(
  struct(
    'sctp_paddrthlds_v2',
    144,
    {
      assocId: [0, assocId],
      address: [storageOffset, address],
      pathmaxrxt: [after(0), u16, 'retransmissions'],
      pathpfthld: [after(2), u16, 'retransmissions'],
      pathcpthld: [after(4), u16, 'retransmissions'],
    },
    { prefix: 'spt_', bytes: abi => (abi.wordSize === 8 ? 144 : 140) },
  ),
  ['assocId', 'address'],
)

/** SCTP_REMOTE_UDP_ENCAPS_PORT: asked by association and address. `port` is in network order in the struct and in host order here. */
export const sctpUdpencaps = asked(
  struct(
    'sctp_udpencaps',
    144,
    { assocId: [0, assocId], address: [storageOffset, address], port: [after(0), be16] },
    { prefix: 'sue_', bytes: abi => (abi.wordSize === 8 ? 144 : 136) },
  ),
  ['assocId', 'address'],
)

/** SCTP_PLPMTUD_PROBE_INTERVAL: asked by association and address. */
export const sctpProbeinterval = asked(
  struct(
    'sctp_probeinterval',
    144,
    { assocId: [0, assocId], address: [storageOffset, address], interval: [after(0), u32, 'ms'] },
    { prefix: 'spi_', bytes: abi => (abi.wordSize === 8 ? 144 : 136) },
  ),
  ['assocId', 'address'],
)

/** SCTP_SOCKOPT_CONNECTX3: the addresses are elsewhere in memory. */
export const sctpGetaddrsOld = pointer

const getaddrs = struct('sctp_getaddrs', 8, { assocId: [0, assocId], addrNum: [4, optional(u32)] })

/** The addresses of an association. */
export interface AssociationAddresses {
  readonly assocId: number
  readonly addrNum: number
  readonly addrs: readonly SocketAddress[]
}
export interface AssociationQuery {
  readonly assocId?: number
}

function addressList(lengthOfAddresses: (length: number) => number): Codec<AssociationAddresses, AssociationQuery> {
  return codec<AssociationAddresses, AssociationQuery>({
    ...getaddrs,
    size: 8 + sockaddrs.size,
    accepts: 'as a question an object { assocId }',
    decode(view, at, length, abi) {
      const head = getaddrs.decode(view, at, length, abi)
      const whole = Math.min(lengthOfAddresses(length), sockaddrs.size, view.byteLength - at - 8)
      return Object.freeze({ ...head, addrs: sockaddrs.decode(view, at + 8, whole, abi) })
    },
    encode: (value, view, at, abi) => getaddrs.encode(value, view, at, abi),
  })
}

/** SCTP_GET_PEER_ADDRS: asked by association. */
export const sctpGetaddrs = addressList(length => length - 8)
/** SCTP_GET_LOCAL_ADDRS: asked by association. The kernel forgets the 8 bytes before the addresses in the length it answers, for ever (net/sctp/socket.c). */
export const sctpLocalAddrs = addressList(length => length)

/** Of the counters that follow the address: the first lies where an int64_t may, which is 136, on ia32 132. */
const counter = (index: number) => (abi: Abi) => Math.ceil(after(0)(abi) / abi.int64Alignment) * abi.int64Alignment + 8 * index

/** SCTP_GET_ASSOC_STATS: asked by association. Reading starts `maxrto` anew. */
export const sctpAssocStats = asked(
  growing(
    'sctp_assoc_stats',
    256,
    {
      assocId: [0, assocId],
      obsRtoIpaddr: [storageOffset, address],
      maxrto: [counter(0), optional(u64), 'ms'],
      isacks: [counter(1), optional(u64), 'chunks'],
      osacks: [counter(2), optional(u64), 'chunks'],
      opackets: [counter(3), optional(u64), 'packets'],
      ipackets: [counter(4), optional(u64), 'packets'],
      rtxchunks: [counter(5), optional(u64), 'chunks'],
      outofseqtsns: [counter(6), optional(u64), 'chunks'],
      idupchunks: [counter(7), optional(u64), 'chunks'],
      gapcnt: [counter(8), optional(u64), 'chunks'],
      ouodchunks: [counter(9), optional(u64), 'chunks'],
      iuodchunks: [counter(10), optional(u64), 'chunks'],
      oodchunks: [counter(11), optional(u64), 'chunks'],
      iodchunks: [counter(12), optional(u64), 'chunks'],
      octrlchunks: [counter(13), optional(u64), 'chunks'],
      ictrlchunks: [counter(14), optional(u64), 'chunks'],
    },
    { prefix: 'sas_', bytes: counter(15) },
  ),
  ['assocId'],
)
