/** Structs of the BSDs' own options. */
import { array } from './array.js'
import { type Codec, codec } from './codec.js'
import { timeval } from './duration.js'
import { flag, i32, nested, optional, u8, u32, u64 } from './field.js'
import { pointer } from './pointer.js'
import { checkLength } from './scalar.js'
import { struct } from './struct.js'
import { text } from './text.js'

/** SO_ACCEPTFILTER (FreeBSD, NetBSD): `httpready`, `dataready`, and their argument. */
export const acceptFilterArg = struct(
  'accept_filter_arg',
  256,
  { name: [0, nested(text(16))], arg: [16, optional(nested(text(240)))] },
  { prefix: 'af_' },
)

/** TCP_FUNCTION_BLK, TCP_FUNCTION_ALIAS (FreeBSD): the TCP stack by name, and how many connections use it. */
export const tcpFunctionSet = struct('tcp_function_set', 36, { functionSetName: [0, nested(text(32))], pcbcnt: [32, optional(u32)] })

/** TCP_PERF_INFO (FreeBSD, kernels built with TCP_ACCOUNTING): how often, and how long in units of `timebase` per second. */
export const tcpPerfInfo = struct('tcp_perf_info', 224, {
  tcpCntCounters: [0, array(u64, 13)],
  tcpProcTime: [104, array(u64, 13)],
  timebase: [208, u64, 'Hz'],
  tbIsStable: [216, flag(u8)],
})

/** LOCAL_PEEREID (NetBSD). */
export const unpcbid = struct('unpcbid', 12, { pid: [0, i32], euid: [4, u32], egid: [8, u32] }, { prefix: 'unp_' })

const spliceForm = struct(
  'splice',
  32,
  {
    fd: [0, i32],
    max: [abi => abi.int64Alignment, optional(u64), 'bytes'],
    idle: [abi => abi.int64Alignment + 8, optional(nested(timeval)), 'ms'],
  },
  { prefix: 'sp_', bytes: abi => abi.int64Alignment + 8 + abi.timevalSize },
)
type SpliceInput = typeof spliceForm extends Codec<unknown, infer In> ? In : never

/** SO_SPLICE (OpenBSD, FreeBSD): written, the socket to splice to (-1 ends it), the most bytes, the longest idle time; read, the bytes that went. */
export const splice: Codec<number, SpliceInput> = codec<number, SpliceInput>({
  ...spliceForm,
  decode(view, at, length, abi) {
    checkLength(length, 8)
    return u64.read(view, at, abi)
  },
  encode: spliceForm.encode,
})

/** TCP_TXTLS_ENABLE, TCP_RXTLS_ENABLE (FreeBSD): the keys are elsewhere in memory. */
export const tlsEnable = pointer

/** IP_MSFILTER and IPV6_MSFILTER of macOS and FreeBSD: the kernel reads and writes the sources at an address in the struct. */
export const msfilterreq = pointer
