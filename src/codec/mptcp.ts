/** How is this MPTCP connection doing, and its subflows? The structs of SOL_MPTCP. */
import { flags } from './choice.js'
import { type Codec, codec, Refusal } from './codec.js'
import { flag, nested, u8, u32, u64, u64big } from './field.js'
import type { LazyStruct } from './lazy.js'
import { checkInteger } from './scalar.js'
import { type SocketAddress, sockaddr } from './sockaddr.js'
import { type GrowingValue, growing, lazy, type StructValue, struct } from './struct.js'
import { type TcpInfo, tcpInfo } from './tcp-info.js'

const infoFlags = flags('MPTCP_INFO_FLAG', { MPTCP_INFO_FLAG_FALLBACK: 1, MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED: 2 })

const infoFields = {
  /** Subflows besides the first. */
  extraSubflows: [0, u8, 'count'],
  addAddrSignal: [1, u8, 'count'],
  addAddrAccepted: [2, u8, 'count'],
  limitExtraSubflows: [3, u8, 'count'],
  endpSignalMax: [4, u8, 'count'],
  limitAddAddrAccepted: [5, u8, 'count'],
  flags: [8, nested(infoFlags)],
  token: [12, u32],
  /** A sequence number: it starts anywhere, so a bigint. */
  writeSeq: [16, u64big],
  /** A sequence number: it starts anywhere, so a bigint. */
  sndUna: [24, u64big],
  /** A sequence number: it starts anywhere, so a bigint. */
  rcvNxt: [32, u64big],
  localAddrUsed: [40, u8, 'count'],
  endpSubflowMax: [41, u8, 'count'],
  csumEnabled: [42, flag(u8)],
  retransmits: [44, u32, 'count'],
  /** bytes. */
  bytesRetrans: [48, u64, 'bytes'],
  /** bytes. */
  bytesSent: [56, u64, 'bytes'],
  /** bytes. */
  bytesReceived: [64, u64, 'bytes'],
  /** bytes. */
  bytesAcked: [72, u64, 'bytes'],
  /** Subflows, the first included. */
  subflowsTotal: [80, u8, 'count'],
  endpLaminarMax: [81, u8, 'count'],
  endpFullmeshMax: [82, u8, 'count'],
  /** ms ago. */
  lastDataSent: [84, u32, 'ms'],
  /** ms ago. */
  lastDataRecv: [88, u32, 'ms'],
  /** ms ago. */
  lastAckRecv: [92, u32, 'ms'],
} as const
const infoSize = 96
const infoShape = { prefix: 'mptcpi_' }

/** `struct mptcp_info`. A field is undefined if and only if the kernel did not return it. */
export type MptcpInfo = GrowingValue<typeof infoFields> & LazyStruct

/** MPTCP_INFO. After a fallback to TCP the whole level is EOPNOTSUPP. */
export const mptcpInfo: Codec<MptcpInfo> = lazy('mptcp_info', infoSize, infoFields, infoShape)

const dataFields = {
  sizeSubflowData: [0, u32, 'bytes'],
  numSubflows: [4, u32, 'count'],
  sizeKernel: [8, u32, 'bytes'],
  sizeUser: [12, u32, 'bytes'],
} as const

/** `struct mptcp_subflow_data`, the header before an array with an element per subflow. */
export const mptcpSubflowData = struct('mptcp_subflow_data', 16, dataFields)

/** The header, and as many elements as came back; `numSubflows` counts those that did not fit too. */
export type MptcpSubflows<Element> = StructValue<typeof dataFields> & { readonly subflows: readonly Element[] }

/** The query: bytes to offer for each element, as many as are decoded unless given. `{}` will do. */
export interface MptcpSubflowsInput {
  readonly sizeUser?: number | undefined
}

/** The most elements that there is room for. */
const maximumSubflows = 64

/** The fields of a query, of which it has none that are not known; no query at all has none either. */
function checkQuery(value: unknown, accepts: string, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (value === undefined) return {}
  if (Object.prototype.toString.call(value) !== '[object Object]') throw new Refusal('type', accepts)
  const unknown = Object.keys(value as object).find(key => !known.includes(key))
  if (unknown !== undefined) throw new Refusal('type', accepts, unknown)
  return value as Record<string, unknown>
}

interface Bounds {
  /** Bytes of an element without which it does not decode. */
  readonly least: number
  /** Bytes of an element that are decoded. */
  readonly most: number
}

const subflowsAccept = 'an object { sizeUser }, or {}'

function subflows<Element>(name: string, element: Codec<Element, never>, { least, most }: Bounds) {
  return codec<MptcpSubflows<Element>, MptcpSubflowsInput | undefined>({
    name,
    size: mptcpSubflowData.size + maximumSubflows * most,
    accepts: subflowsAccept,
    isLazy: element.isLazy,
    decode(view, at, length, abi) {
      const header = mptcpSubflowData.decode(view, at, length, abi)
      const { sizeSubflowData, numSubflows, sizeKernel, sizeUser } = header
      const filled = Math.min(sizeKernel, sizeUser)
      const room = sizeUser > 0 ? Math.floor((length - sizeSubflowData) / sizeUser) : 0
      const count = Math.max(Math.min(numSubflows, room), 0)
      const decoded = Array.from({ length: count }, (_, index) =>
        element.decode(view, at + sizeSubflowData + index * sizeUser, filled, abi),
      )
      return Object.freeze({ ...header, subflows: Object.freeze(decoded) })
    },
    encode(value, view, at, abi) {
      const { sizeUser: given = most } = checkQuery(value, subflowsAccept, ['sizeUser'])
      const sizeUser = checkInteger(given, least, most, 'sizeUser')
      return mptcpSubflowData.encode({ sizeSubflowData: mptcpSubflowData.size, numSubflows: 0, sizeKernel: 0, sizeUser }, view, at, abi)
    },
  })
}

/** MPTCP_TCPINFO: the TCP_INFO of each subflow. In/out. */
export const mptcpTcpinfo = subflows<TcpInfo>('struct mptcp_subflow_data, struct tcp_info[]', tcpInfo, { least: 1, most: 280 })

const addrsFields = { local: [0, nested(sockaddr)], remote: [128, nested(sockaddr)] } as const

/** `struct mptcp_subflow_addrs`. */
export interface MptcpAddresses {
  readonly local: SocketAddress
  readonly remote: SocketAddress
}
export const mptcpAddrs = struct('mptcp_subflow_addrs', 256, addrsFields)

/** MPTCP_SUBFLOW_ADDRS: both addresses of each subflow. In/out. */
export const mptcpSubflowAddrs = subflows<MptcpAddresses>('struct mptcp_subflow_data, struct mptcp_subflow_addrs[]', mptcpAddrs, {
  least: 256,
  most: 256,
})

const fullFields = {
  sizeTcpinfoKernel: [0, u32, 'bytes'],
  sizeTcpinfoUser: [4, u32, 'bytes'],
  sizeSfinfoKernel: [8, u32, 'bytes'],
  sizeSfinfoUser: [12, u32, 'bytes'],
  numSubflows: [16, u32, 'count'],
  sizeArraysUser: [20, u32, 'count'],
} as const
const fullHead = struct('mptcp_full_info', 24, fullFields)
/** At 24 and 32 are pointers to arrays: written as null, with room for no element, so the kernel writes to none. */
const infoAt = 40
const fullInfo = growing('mptcp_info', infoSize, infoFields, infoShape)

/** `struct mptcp_full_info`, without the arrays. */
export type MptcpFullInfo = StructValue<typeof fullFields> & { readonly mptcpInfo: GrowingValue<typeof infoFields> }

const fullAccepts = '{}: the query has no fields'

/** MPTCP_FULL_INFO: MPTCP_INFO and the number of subflows; their arrays are asked for with MPTCP_TCPINFO and MPTCP_SUBFLOW_ADDRS. In/out. */
export const mptcpFullInfo: Codec<MptcpFullInfo, Readonly<Record<string, never>> | undefined> = codec({
  name: fullHead.name,
  size: infoAt + infoSize,
  accepts: fullAccepts,
  layout: { struct: 'mptcp_full_info', prefix: '', fields: { ...fullFields, mptcpInfo: [infoAt, nested(fullInfo)] } },
  decode(view, at, length, abi) {
    const head = fullHead.decode(view, at, length, abi)
    return Object.freeze({ ...head, mptcpInfo: fullInfo.decode(view, at + infoAt, Math.max(length - infoAt, 0), abi) })
  },
  encode(value, view, at) {
    checkQuery(value, fullAccepts, [])
    for (let offset = 0; offset < infoAt + infoSize; offset++) view.setUint8(at + offset, 0)
    return infoAt + infoSize
  },
})
