/** Structs of macOS's own options; most are in headers that Apple keeps private. */
import { array, octetsUpTo } from './array.js'
import { flags } from './choice.js'
import { type Codec, codec } from './codec.js'
import { i32, named, nested, optional, u8, u16, u32 } from './field.js'
import { counted } from './list.js'
import { intIn } from './scalar.js'
import { struct } from './struct.js'

/** SO_NKE: which kernel extension to attach (net/kext_net.h). */
export const soNke = struct('so_nke', 28, { handle: [0, u32], where: [4, optional(u32)], flags: [8, optional(i32)] }, { prefix: 'nke_' })

const extensions = optional(nested(flags('SONPX', { SONPX_SETOPTSHUT: 0x1 })))
/** SO_NP_EXTENSIONS: of the bits in `mask`, those in `flags` are on. Read, `mask` are those there are. */
export const soNpExtensions = struct('so_np_extensions', 8, { flags: [0, extensions], mask: [4, extensions] }, { prefix: 'npx_' })

/** LOCAL_PEERTOKEN: audit_token_t, eight u32 whose meaning is that of audit_token_to_au32(3). */
export const auditToken = struct('audit_token', 32, {
  auid: [0, u32],
  euid: [4, u32],
  egid: [8, u32],
  ruid: [12, u32],
  rgid: [16, u32],
  pid: [20, u32],
  asid: [24, u32],
  pidversion: [28, u32],
})

/** TCP_MEASURE_BW_BURST. */
export const tcpMeasureBwBurst = struct('tcp_measure_bw_burst', 8, {
  minBurstSize: [0, u32, 'packets'],
  maxBurstSize: [4, u32, 'packets'],
})

const acknowledged = struct(
  'tcp_notify_ack_complete',
  48,
  { pending: [0, u32], completeCount: [4, u32], completeId: [8, array(u32, 10)] },
  { prefix: 'notify_' },
)
const marker = intIn(1, 2 ** 31 - 1)
type Acknowledged = typeof acknowledged extends Codec<infer Out> ? Out : never

/** TCP_NOTIFY_ACKNOWLEDGEMENT: written, a number of one's own for what was sent so far; read, which of them are acknowledged, each once. */
export const tcpNotifyAckId: Codec<Acknowledged, number> = codec<Acknowledged, number>({
  ...acknowledged,
  accepts: marker.accepts,
  decode(view, at, length, abi) {
    const value = acknowledged.decode(view, at, length, abi)
    return Object.freeze({ ...value, completeId: Object.freeze(value.completeId.slice(0, value.completeCount)) })
  },
  encode: marker.encode,
})

/** UDP_KEEPALIVE_OFFLOAD: what the interface sends while the machine sleeps, and how often; an interval of 0 ends it. */
export const udpKeepaliveOffload = counted(
  struct(
    'udp_keepalive_offload',
    36,
    {
      data: [0, octetsUpTo(32)],
      interval: [32, u16, 's'],
      dataLen: [34, u8, 'bytes'],
      type: [35, named(u8, { UDP_KEEPALIVE_OFFLOAD_TYPE_AIRPLAY: 0x1 })],
    },
    { prefix: 'ka_' },
  ),
  { dataLen: 'data' },
)
