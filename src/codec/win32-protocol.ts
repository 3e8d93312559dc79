/** Which entry of the Winsock catalogue made this socket? Its family, type and protocol are here and nowhere else on Windows. */
import { Buffer } from 'node:buffer'
import { array } from './array.js'
import { copyBytes } from './bytes.js'
import { flags } from './choice.js'
import { Refusal } from './codec.js'
import { type Field, i32, named, nested, u32 } from './field.js'
import { struct } from './struct.js'
import { text } from './text.js'

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** GUID: the first three groups are a u32 and two u16 in the machine's order, which is little-endian wherever Windows runs; the others are bytes. */
const guid: Field<string> = {
  size: 16,
  read(view, at) {
    const hex = (start: number, end: number) => copyBytes(view, at + start, end - start).toString('hex')
    const swapped = (start: number, end: number) =>
      copyBytes(view, at + start, end - start)
        .reverse()
        .toString('hex')
    return `${swapped(0, 4)}-${swapped(4, 6)}-${swapped(6, 8)}-${hex(8, 10)}-${hex(10, 16)}`
  },
  write(value, view, at, _abi, part) {
    const expected = 'a GUID such as e70f1aa0-ab8b-11cf-8ca3-00805f48a192'
    if (typeof value !== 'string') throw new Refusal('type', expected, part)
    if (!form.test(value)) throw new Refusal('range', expected, part)
    const [a = '', b = '', c = '', ...rest] = value.split('-')
    view.setUint32(at, Number.parseInt(a, 16), true)
    view.setUint16(at + 4, Number.parseInt(b, 16), true)
    view.setUint16(at + 6, Number.parseInt(c, 16), true)
    new Uint8Array(view.buffer, view.byteOffset + at + 8, 8).set(Buffer.from(rest.join(''), 'hex'))
  },
  isOptional: false,
}

/** `WCHAR name[units]`: UTF-16, ended by a NUL. */
function wideText(units: number): Field<string> {
  const expected = `a string of at most ${units - 1} UTF-16 units without NUL`
  return {
    size: units * 2,
    read(view, at, abi) {
      const codes = Array.from({ length: units }, (_, index) => view.getUint16(at + index * 2, abi.littleEndian))
      const end = codes.indexOf(0)
      return String.fromCharCode(...(end === -1 ? codes : codes.slice(0, end)))
    },
    write(value, view, at, abi, part) {
      if (typeof value !== 'string') throw new Refusal('type', expected, part)
      if (value.length >= units || value.includes('\0')) throw new Refusal('range', expected, part)
      for (let index = 0; index < value.length; index++) view.setUint16(at + index * 2, value.charCodeAt(index), abi.littleEndian)
    },
    isOptional: false,
  }
}

const services = flags('XP1', {
  XP1_CONNECTIONLESS: 0x00000001,
  XP1_GUARANTEED_DELIVERY: 0x00000002,
  XP1_GUARANTEED_ORDER: 0x00000004,
  XP1_MESSAGE_ORIENTED: 0x00000008,
  XP1_PSEUDO_STREAM: 0x00000010,
  XP1_GRACEFUL_CLOSE: 0x00000020,
  XP1_EXPEDITED_DATA: 0x00000040,
  XP1_CONNECT_DATA: 0x00000080,
  XP1_DISCONNECT_DATA: 0x00000100,
  XP1_SUPPORT_BROADCAST: 0x00000200,
  XP1_SUPPORT_MULTIPOINT: 0x00000400,
  XP1_MULTIPOINT_CONTROL_PLANE: 0x00000800,
  XP1_MULTIPOINT_DATA_PLANE: 0x00001000,
  XP1_QOS_SUPPORTED: 0x00002000,
  XP1_INTERRUPT: 0x00004000,
  XP1_UNI_SEND: 0x00008000,
  XP1_UNI_RECV: 0x00010000,
  XP1_IFS_HANDLES: 0x00020000,
  XP1_PARTIAL_MESSAGE: 0x00040000,
  XP1_SAN_SUPPORT_SDP: 0x00080000,
})
const providers = flags('PFL', {
  PFL_MULTIPLE_PROTO_ENTRIES: 0x00000001,
  PFL_RECOMMENDED_PROTO_ENTRY: 0x00000002,
  PFL_HIDDEN: 0x00000004,
  PFL_MATCHES_PROTOCOL_ZERO: 0x00000008,
  PFL_NETWORKDIRECT_PROVIDER: 0x00000010,
})
const chain = struct('WSAPROTOCOLCHAIN', 32, { chainLen: [0, i32], chainEntries: [4, array(u32, 7)] })

/** Without the prefixes of Hungarian notation (dw, i, sz). */
const entry = {
  serviceFlags1: [0, nested(services)],
  serviceFlags2: [4, u32],
  serviceFlags3: [8, u32],
  serviceFlags4: [12, u32],
  providerFlags: [16, nested(providers)],
  providerId: [20, guid],
  catalogEntryId: [36, u32],
  protocolChain: [40, nested(chain)],
  version: [72, i32],
  addressFamily: [76, named(i32, { AF_UNSPEC: 0, AF_UNIX: 1, AF_INET: 2, AF_INET6: 23, AF_IRDA: 26, AF_BTH: 32, AF_HYPERV: 34 })],
  maxSockAddr: [80, i32, 'bytes'],
  minSockAddr: [84, i32, 'bytes'],
  socketType: [88, named(i32, { SOCK_STREAM: 1, SOCK_DGRAM: 2, SOCK_RAW: 3, SOCK_RDM: 4, SOCK_SEQPACKET: 5 })],
  protocol: [92, named(i32, { IPPROTO_ICMP: 1, IPPROTO_TCP: 6, IPPROTO_UDP: 17, IPPROTO_ICMPV6: 58, IPPROTO_RM: 113, IPPROTO_RAW: 255 })],
  protocolMaxOffset: [96, i32],
  networkByteOrder: [100, named(i32, { BIGENDIAN: 0, LITTLEENDIAN: 1 })],
  securityScheme: [104, i32],
  messageSize: [108, u32, 'bytes'],
  providerReserved: [112, u32],
} as const

/** SO_PROTOCOL_INFOA. */
export const wsaProtocolInfoA = struct('WSAPROTOCOL_INFOA', 372, { ...entry, protocolName: [116, nested(text(256))] })
/** SO_PROTOCOL_INFOW. */
export const wsaProtocolInfoW = struct('WSAPROTOCOL_INFOW', 628, { ...entry, protocolName: [116, wideText(256)] })
