/** Which timer of a connection is armed? One question to sock_diag(7) about TCP sockets, and its answer, as netlink messages. */
import { in6Addr, inAddr } from './address.js'
import { bytes } from './bytes.js'
import { type Abi, Refusal } from './codec.js'
import { be16, type Field, i32, nested, u8, u16, u32 } from './field.js'
import type { Inet6Address, InetAddress } from './sockaddr.js'
import { type StructValue, struct } from './struct.js'

/** `struct nlmsghdr`, which begins every message. */
export const nlmsghdr = struct(
  'nlmsghdr',
  16,
  { len: [0, u32, 'bytes'], type: [4, u16], flags: [6, u16], seq: [8, u32], pid: [12, u32] },
  { prefix: 'nlmsg_' },
)

/** SO_COOKIE as two words, the low one first on every machine. */
const cookie: Field<bigint> = {
  size: 8,
  read: (view, at, abi) => BigInt(u32.read(view, at, abi)) | (BigInt(u32.read(view, at + 4, abi)) << 32n),
  write(value, view, at, abi) {
    if (typeof value !== 'bigint') throw new Refusal('type', 'a bigint')
    view.setUint32(at, Number(BigInt.asUintN(32, value)), abi.littleEndian)
    view.setUint32(at + 4, Number(BigInt.asUintN(32, value >> 32n)), abi.littleEndian)
  },
  isOptional: false,
}

/** Four 32-bit words in network order; an IPv4 address is the first of them. */
const address = nested(bytes(16))

/** `struct inet_diag_sockid`. `src` is the end whose socket is meant, `dst` the other. */
export const inetDiagSockid = struct(
  'inet_diag_sockid',
  48,
  { sport: [0, be16], dport: [2, be16], src: [4, address], dst: [20, address], if: [36, u32], cookie: [40, cookie] },
  { prefix: 'idiag_' },
)

/** `struct inet_diag_req_v2`. */
export const inetDiagReqV2 = struct('inet_diag_req_v2', 56, {
  sdiagFamily: [0, u8],
  sdiagProtocol: [1, u8],
  idiagExt: [2, u8],
  pad: [3, u8],
  /** One bit for each state. */
  idiagStates: [4, u32],
  id: [8, nested(inetDiagSockid)],
})

const message = {
  family: [0, u8],
  state: [1, u8],
  /** 0 none, 1 retransmission, 2 keep-alive (or FIN_WAIT2 of a closed socket), 3 TIME_WAIT, 4 zero-window probe; the first that is armed of 1, 4, 2. */
  timer: [2, u8],
  /** Retransmissions for timer 1, unanswered probes for 2 and 4. */
  retrans: [3, u8, 'count'],
  id: [4, nested(inetDiagSockid)],
  /** ms until the timer is due, in whole jiffies. */
  expires: [52, u32, 'ms'],
  rqueue: [56, u32, 'bytes'],
  wqueue: [60, u32, 'bytes'],
  uid: [64, u32],
  inode: [68, u32],
} as const

/** `struct inet_diag_msg`: what is told of a socket without asking for more. */
export const inetDiagMsg = struct('inet_diag_msg', 72, message, { prefix: 'idiag_' })
export type InetDiagMessage = StructValue<typeof message>

/** `struct nlmsgerr`, as far as it says what was wrong. */
const errorCode = i32

/** Which socket is meant. */
export interface DiagQuery {
  readonly cookie: bigint
  readonly local: InetAddress | Inet6Address
  /** Where it is not known, which getpeername(2) does not tell of a connecting socket, all connecting sockets of the local port are asked for. */
  readonly remote: InetAddress | Inet6Address | undefined
  /** Index of the interface it is bound to, 0 for none: a bound socket is found by no other. */
  readonly ifindex: number
}

const IPPROTO_TCP = 6
/** SOCK_DIAG_BY_FAMILY of linux/sock_diag.h. */
const BY_FAMILY = 20
/** NLM_F_REQUEST, NLM_F_DUMP and NLMSG_ERROR of linux/netlink.h. */
const [REQUEST, DUMP, ERROR] = [0x1, 0x300, 2]
/** 1 << TCP_SYN_SENT; any state. */
const [SYN_SENT, ANY] = [1 << 2, 0xffff_ffff]

const length = nlmsghdr.size + inetDiagReqV2.size

function toBytes(of: InetAddress | Inet6Address | undefined, abi: Abi): Uint8Array {
  const view = new DataView(new ArrayBuffer(16))
  if (of !== undefined) (of.family === 'AF_INET' ? inAddr : in6Addr).encode(of.address, view, 0, abi)
  return new Uint8Array(view.buffer)
}

/** Writes the question at `at`; returns its length. */
export function encodeDiagQuery({ cookie, local, remote, ifindex }: DiagQuery, view: DataView, at: number, abi: Abi): number {
  const isExact = remote !== undefined
  nlmsghdr.encode({ len: length, type: BY_FAMILY, flags: REQUEST | (isExact ? 0 : DUMP), seq: 1, pid: 0 }, view, at, abi)
  const id = {
    sport: local.port,
    dport: remote?.port ?? 0,
    src: toBytes(local, abi),
    dst: toBytes(remote, abi),
    if: ifindex,
    cookie,
  }
  const sdiagFamily = local.family === 'AF_INET' ? 2 : abi.afInet6
  const request = { sdiagFamily, sdiagProtocol: IPPROTO_TCP, idiagExt: 0, pad: 0, idiagStates: isExact ? ANY : SYN_SENT, id }
  inetDiagReqV2.encode(request, view, at + nlmsghdr.size, abi)
  return length
}

/** The socket with this cookie among what came back; -errno where the kernel refused; undefined where it is not among them. */
export function decodeDiagAnswer(view: DataView, at: number, end: number, cookie: bigint, abi: Abi): InetDiagMessage | number | undefined {
  for (let next = at; next + nlmsghdr.size <= end; ) {
    const { len, type } = nlmsghdr.decode(view, next, nlmsghdr.size, abi)
    const body = next + nlmsghdr.size
    if (len < nlmsghdr.size || next + len > end) return undefined
    if (type === ERROR && len >= nlmsghdr.size + errorCode.size) return errorCode.read(view, body, abi) || undefined
    if (type === BY_FAMILY && len >= nlmsghdr.size + inetDiagMsg.size) {
      const found = inetDiagMsg.decode(view, body, inetDiagMsg.size, abi)
      if (found.id.cookie === cookie) return found
    }
    next += (len + 3) & ~3
  }
  return undefined
}
