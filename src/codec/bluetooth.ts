/** Structs of Bluetooth sockets: security, power, voice, isochronous channels, and what the connection is. */
import { types } from 'node:util'
import { bitSet, octets } from './array.js'
import { bytes } from './bytes.js'
import { type Abi, type Codec, codec, Refusal } from './codec.js'
import { type Field, flag, named, nested, optional, u8, u16, u32 } from './field.js'
import { bytesOf, itemsOf } from './own.js'
import { checkInteger } from './scalar.js'
import { type GrowingValue, growing, type StructInput, struct } from './struct.js'

const levels = { BT_SECURITY_SDP: 0, BT_SECURITY_LOW: 1, BT_SECURITY_MEDIUM: 2, BT_SECURITY_HIGH: 3, BT_SECURITY_FIPS: 4 } as const

/** BT_SECURITY. Old kernels answer one byte. */
export const btSecurity = growing('bt_security', 2, { level: [0, named(u8, levels)], keySize: [1, optional(u8), 'bytes'] })

/** BT_POWER. */
export const btPower = struct('bt_power', 1, { forceActive: [0, flag(u8)] })

const settings = { BT_VOICE_TRANSPARENT: 0x0003, BT_VOICE_CVSD_16BIT: 0x0060, BT_VOICE_TRANSPARENT_16BIT: 0x0063 } as const
/** BT_VOICE. */
export const btVoice = struct('bt_voice', 2, { setting: [0, named(u16, settings)] })

/** One direction of an isochronous stream. */
export const btIsoIoQos = struct('bt_iso_io_qos', 12, {
  interval: [0, u32, 'us'],
  latency: [4, u16, 'ms'],
  sdu: [6, u16, 'bytes'],
  phys: [8, u8],
  rtn: [9, optional(u8), 'retransmissions'],
})
const io = optional(nested(btIsoIoQos))

const ucast = {
  cig: [0, u8],
  cis: [1, u8],
  sca: [2, optional(u8)],
  packing: [3, optional(u8)],
  framing: [4, optional(u8)],
  in: [8, io],
  out: [20, io],
} as const
/** With one device. 0xff leaves `cig` and `cis` to the kernel. */
export const btIsoUcastQos = growing('bt_iso_ucast_qos', 32, ucast)

const bcast = {
  big: [0, u8],
  bis: [1, u8],
  syncFactor: [2, optional(u8)],
  packing: [3, optional(u8)],
  framing: [4, optional(u8)],
  in: [8, io],
  out: [20, io],
  encryption: [32, optional(u8)],
  bcode: [33, optional(octets(16))],
  options: [49, optional(u8)],
  skip: [50, optional(u16)],
  syncTimeout: [52, optional(u16), '10 ms'],
  syncCteType: [54, optional(u8)],
  mse: [55, optional(u8)],
  timeout: [56, optional(u16), '10 ms'],
} as const
/** With whoever listens. 0xff leaves `big` and `bis` to the kernel. */
export const btIsoBcastQos = growing('bt_iso_bcast_qos', 60, bcast)

/** Both readings of the same bytes: the socket's destination decides, a device (unicast) or none (broadcast). */
export interface IsoQos {
  readonly ucast: GrowingValue<typeof ucast>
  readonly bcast: GrowingValue<typeof bcast>
}
/** One of the two. */
export type IsoQosInput = { readonly ucast: StructInput<typeof ucast> } | { readonly bcast: StructInput<typeof bcast> }

const isoQosForm = 'an object { ucast } or { bcast }'

/** BT_ISO_QOS: a union, always written whole. */
export const btIsoQos: Codec<IsoQos, IsoQosInput> = codec<IsoQos, IsoQosInput>({
  name: 'struct bt_iso_qos',
  size: 60,
  layout: { struct: 'bt_iso_qos', prefix: '', fields: { ucast: [0, nested(btIsoUcastQos)], bcast: [0, nested(btIsoBcastQos)] } },
  accepts: isoQosForm,
  decode: (view, at, length, abi) =>
    Object.freeze({ ucast: btIsoUcastQos.decode(view, at, Math.min(length, 32), abi), bcast: btIsoBcastQos.decode(view, at, length, abi) }),
  encode(value, view, at, abi) {
    if (typeof value !== 'object' || value === null) throw new Refusal('type', isoQosForm)
    const arms = Object.keys(value)
    if (arms.length !== 1 || (arms[0] !== 'ucast' && arms[0] !== 'bcast')) throw new Refusal('range', isoQosForm, arms[0])
    for (let i = 0; i < 60; i++) view.setUint8(at + i, 0)
    if ('ucast' in value) nested(btIsoUcastQos).write(value.ucast, view, at, abi, 'ucast')
    else nested(btIsoBcastQos).write(value.bcast, view, at, abi, 'bcast')
    return 60
  },
})

const codecHead = { id: [0, u8], cid: [1, u16], vid: [3, u16], dataPathId: [5, u8], numCaps: [6, u8] } as const
/** Packed: 7 bytes, then its capabilities. */
export const btCodec = struct('bt_codec', 7, codecHead)
const capability = bytes(255)

/** A codec of the controller; each capability is bytes of the codec's own. */
export interface BluetoothCodec {
  readonly id: number
  readonly cid: number
  readonly vid: number
  readonly dataPathId: number
  readonly caps: readonly Uint8Array[]
}

function readCodec(view: DataView, at: number, length: number, abi: Abi): [BluetoothCodec, number] {
  const { numCaps, ...head } = btCodec.decode(view, at, length, abi)
  const caps: Uint8Array[] = []
  let end = 7
  while (caps.length < numCaps) {
    const size = end < length ? view.getUint8(at + end) : length
    if (end + 1 + size > length) throw new Refusal('length', `${numCaps} capabilities, and ${length} bytes came back`)
    caps.push(capability.decode(view, at + end + 1, size, abi))
    end += 1 + size
  }
  return [Object.freeze({ ...head, caps: Object.freeze(caps) }), end]
}

const codecsForm = 'an array of at most one object { id, cid, vid, dataPathId, caps }'

/** BT_CODEC: those the controller knows; written, the one to use (net/bluetooth/sco.c), which takes at most 255 bytes. */
export const btCodecs: Codec<readonly BluetoothCodec[]> = codec<readonly BluetoothCodec[]>({
  name: 'struct bt_codecs',
  size: 1024,
  accepts: codecsForm,
  decode(view, at, length, abi) {
    if (length < 1) throw new Refusal('length', '1 byte or more, and 0 came back')
    const found: BluetoothCodec[] = []
    let end = 1
    while (found.length < view.getUint8(at)) {
      const [one, bytesRead] = readCodec(view, at + end, length - end, abi)
      found.push(one)
      end += bytesRead
    }
    return Object.freeze(found)
  },
  encode(value, view, at, abi) {
    if (!Array.isArray(value)) throw new Refusal('type', codecsForm)
    const items = itemsOf<BluetoothCodec>(value, 1)
    if (items === undefined) throw new Refusal('range', codecsForm)
    view.setUint8(at, items.length)
    return items.length === 0 ? 1 : 1 + writeCodec(items[0] as BluetoothCodec, view, at + 1, abi)
  },
})

/** Bytes for all capabilities: what the kernel takes, without the head of its list and of the codec. */
const capsRoom = 247
const tooMany = `fewer of them: all take at most ${capsRoom} bytes`

/** The capabilities one after the other, each with its length before it. */
function writeCaps(caps: readonly Uint8Array[], view: DataView, at: number, abi: Abi): { count: number; length: number } {
  if (!Array.isArray(caps)) throw new Refusal('type', 'an array of Uint8Arrays', 'caps')
  const items = itemsOf<Uint8Array>(caps, capsRoom)
  if (items === undefined) throw new Refusal('range', tooMany, 'caps')
  let length = 0
  for (const [index, item] of items.entries()) {
    const room = capsRoom - length - 1
    if (room < 0) throw new Refusal('range', tooMany, `caps[${index}]`)
    const own = types.isUint8Array(item) ? bytesOf(item) : item
    nested(bytes(room)).write(own, view, at + length + 1, abi, `caps[${index}]`)
    view.setUint8(at + length, own.length)
    length += 1 + own.length
  }
  return { count: items.length, length }
}

function writeCodec(value: BluetoothCodec, view: DataView, at: number, abi: Abi): number {
  if (typeof value !== 'object' || value === null) throw new Refusal('type', codecsForm, '[0]')
  const { caps, ...head } = value
  const { count, length } = writeCaps(caps, view, at + 7, abi)
  return btCodec.encode({ ...head, numCaps: count }, view, at, abi) + length
}

const modes = {
  L2CAP_MODE_BASIC: 0x00,
  L2CAP_MODE_RETRANS: 0x01,
  L2CAP_MODE_FLOWCTL: 0x02,
  L2CAP_MODE_ERTM: 0x03,
  L2CAP_MODE_STREAMING: 0x04,
  L2CAP_MODE_LE_FLOWCTL: 0x80,
  L2CAP_MODE_EXT_FLOWCTL: 0x81,
} as const

/** L2CAP_OPTIONS. */
export const l2capOptions = struct('l2cap_options', 12, {
  omtu: [0, u16, 'bytes'],
  imtu: [2, u16, 'bytes'],
  flushTo: [4, u16, 'ms'],
  mode: [6, named(u8, modes)],
  fcs: [7, optional(u8)],
  maxTx: [8, optional(u8), 'transmissions'],
  txwinSize: [10, optional(u16), 'packets'],
})

const conninfo = { hciHandle: [0, u16], devClass: [2, octets(3)] } as const
/** L2CAP_CONNINFO. */
export const l2capConninfo = struct('l2cap_conninfo', 6, conninfo)
/** SCO_CONNINFO. */
export const scoConninfo = struct('sco_conninfo', 6, conninfo)
/** RFCOMM_CONNINFO. */
export const rfcommConninfo = struct('rfcomm_conninfo', 6, conninfo)
/** SCO_OPTIONS. */
export const scoOptions = struct('sco_options', 2, { mtu: [0, u16, 'bytes'] })

const opcode: Field<number> = {
  size: 2,
  read: (view, at) => view.getUint16(at, true),
  write: (value, view, at, _abi, part) => view.setUint16(at, checkInteger(value, 0, 0xffff, part), true),
  isOptional: false,
}

/** HCI_FILTER: the packet types (HCI_*_PKT) and events (HCI_EV_*) to receive; for command events, of one opcode only if it is not 0. */
export const hciUfilter = struct('hci_ufilter', 16, {
  typeMask: [0, bitSet(1)],
  eventMask: [4, bitSet(2)],
  opcode: [12, optional(opcode)],
})
