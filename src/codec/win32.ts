/** Structs of Winsock's own options and ioctls; their fields are Microsoft's names in camelCase. */
import { bytes } from './bytes.js'
import { flags, oneOf } from './choice.js'
import { type Codec, codec, Refusal } from './codec.js'
import { flag, i32, named, nested, optional, u8, u16, u32, u64 } from './field.js'
import { list } from './list.js'
import { type Inet6AddressInput, type InetAddressInput, type SocketAddress, sockaddr, sockaddrIn, sockaddrIn6 } from './sockaddr.js'
import { struct } from './struct.js'

export * from './win32-irda.js'
export * from './win32-protocol.js'

/** SO_BSP_STATE: a CSADDR_INFO and the addresses it points to. The pointers' width is not told, and what they point to lies in the same bytes. */
export const csaddrInfo = bytes(512)

/** IP_GET_IFLIST, IPV6_GET_IFLIST: indexes of interfaces. */
export const ifindexList = list('DWORD', 256, u32)

/** SIO_KEEPALIVE_VALS. Both times are milliseconds, as nowhere else on Windows. */
export const tcpKeepaliveVals = struct('tcp_keepalive', 12, {
  onoff: [0, flag(u32)],
  keepalivetime: [4, u32, 'ms'],
  keepaliveinterval: [8, u32, 'ms'],
})

/** SIO_TCP_INITIAL_RTO. 65535 and 255 leave a value to the system; 254 retransmits no SYN. */
export const tcpInitialRto = struct('TCP_INITIAL_RTO_PARAMETERS', 4, { rtt: [0, u16, 'ms'], maxSynRetransmissions: [2, u8] })

/** SIO_PRIORITY_HINT: very low is LEDBAT. */
export const priorityHint = oneOf('SOCKET_PRIORITY_HINT', {
  SocketPriorityHintVeryLow: 0,
  SocketPriorityHintLow: 1,
  SocketPriorityHintNormal: 2,
})

const timestampingFlags = flags('TIMESTAMPING_FLAG', { TIMESTAMPING_FLAG_RX: 0x1, TIMESTAMPING_FLAG_TX: 0x2 })
/** SIO_TIMESTAMPING. */
export const timestampingConfig = struct('TIMESTAMPING_CONFIG', 8, {
  flags: [0, nested(timestampingFlags)],
  txTimestampsBuffered: [4, optional(u16)],
})

/** SIO_QUERY_RSS_PROCESSOR_INFO: `group` and `number` are a PROCESSOR_NUMBER. */
export const socketProcessorAffinity = struct('SOCKET_PROCESSOR_AFFINITY', 8, { group: [0, u16], number: [2, u8], numaNodeId: [4, u16] })

/** SOCKADDR_INET: a union of the internet addresses alone. */
const sockaddrInet: Codec<SocketAddress, InetAddressInput | Inet6AddressInput> = codec<SocketAddress, InetAddressInput | Inet6AddressInput>(
  {
    name: 'SOCKADDR_INET',
    size: 28,
    accepts: "an object { family: 'AF_INET' or 'AF_INET6', address, port }",
    decode: (view, at, length, abi) => sockaddr.decode(view, at, Math.min(length, 28), abi),
    encode(value, view, at, abi) {
      if (typeof value !== 'object' || value === null) throw new Refusal('type', sockaddrInet.accepts)
      if (value.family === 'AF_INET') return sockaddrIn.encode(value, view, at, abi)
      if (value.family === 'AF_INET6') return sockaddrIn6.encode(value, view, at, abi)
      throw new Refusal('range', "'AF_INET' or 'AF_INET6'", 'family')
    },
  },
)

/** TCP_ICMP_ERROR_INFO: who refused the connection, and with which ICMP message. */
export const icmpErrorInfo = struct('ICMP_ERROR_INFO', 36, {
  srcaddress: [0, nested(sockaddrInet)],
  protocol: [28, named(i32, { IPPROTO_ICMP: 1, IPPROTO_ICMPV6: 58 })],
  type: [32, u8],
  code: [33, u8],
})

/** RM_RATE_WINDOW_SIZE. Any two of the three imply the third. */
export const rmSendWindow = struct('RM_SEND_WINDOW', 12, {
  rateKbitsPerSec: [0, u32, 'kbit/s'],
  windowSizeInMSecs: [4, u32, 'ms'],
  windowSizeInBytes: [8, u32, 'bytes'],
})

/** RM_SENDER_STATISTICS. */
export const rmSenderStats = struct('RM_SENDER_STATS', 104, {
  dataBytesSent: [0, u64, 'bytes'],
  totalBytesSent: [8, u64, 'bytes'],
  naksReceived: [16, u64],
  naksReceivedTooLate: [24, u64],
  numOutstandingNaks: [32, u64],
  numNaksAfterRData: [40, u64],
  repairPacketsSent: [48, u64, 'packets'],
  bufferSpaceAvailable: [56, u64],
  trailingEdgeSeqId: [64, u64],
  leadingEdgeSeqId: [72, u64],
  rateKBitsPerSecOverall: [80, u64, 'kbit/s'],
  rateKBitsPerSecLast: [88, u64, 'kbit/s'],
  totalODataPacketsSent: [96, u64, 'packets'],
})

/** RM_RECEIVER_STATISTICS. */
export const rmReceiverStats = struct('RM_RECEIVER_STATS', 144, {
  numODataPacketsReceived: [0, u64, 'packets'],
  numRDataPacketsReceived: [8, u64, 'packets'],
  numDuplicateDataPackets: [16, u64, 'packets'],
  dataBytesReceived: [24, u64, 'bytes'],
  totalBytesReceived: [32, u64, 'bytes'],
  rateKBitsPerSecOverall: [40, u64, 'kbit/s'],
  rateKBitsPerSecLast: [48, u64, 'kbit/s'],
  trailingEdgeSeqId: [56, u64],
  leadingEdgeSeqId: [64, u64],
  averageSequencesInWindow: [72, u64],
  minSequencesInWindow: [80, u64],
  maxSequencesInWindow: [88, u64],
  firstNakSequenceNumber: [96, u64],
  numPendingNaks: [104, u64],
  numOutstandingNaks: [112, u64],
  numDataPacketsBuffered: [120, u64, 'packets'],
  totalSelectiveNaksSent: [128, u64],
  totalParityNaksSent: [136, u64],
})
