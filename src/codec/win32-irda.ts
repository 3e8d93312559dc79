/** Which infrared devices are in sight, and what do they say of themselves (af_irda.h)? */
import { types } from 'node:util'
import { octets } from './array.js'
import { bytes } from './bytes.js'
import { type Abi, type Codec, codec, Refusal } from './codec.js'
import { i32, nested, optional, u8, u32 } from './field.js'
import { list, tailed } from './list.js'
import { asked } from './query.js'
import { checkInteger } from './scalar.js'
import { struct } from './struct.js'
import { text } from './text.js'

/** 29 bytes, without padding. The hints say what kind of device it is (LM_HB1_*, LM_HB2_*), the character set how its name is written. */
const device = struct(
  'WINDOWS_IRDA_DEVICE_INFO',
  29,
  { deviceId: [0, octets(4)], deviceName: [4, nested(text(22))], deviceHints1: [26, u8], deviceHints2: [27, u8], charSet: [28, u8] },
  { prefix: 'irda' },
)

/** IRLMP_ENUMDEVICES. */
export const deviceList = tailed(
  'WINDOWS_DEVICELIST',
  4,
  { numDevice: [0, u32] },
  { name: 'device', of: list('WINDOWS_IRDA_DEVICE_INFO', 64, nested(device)), count: 'numDevice', each: 29 },
)

/** An attribute: an integer, bytes, or a string in a character set (0 is ASCII, 1 to 9 are ISO 8859's parts, 255 is Unicode). */
export type IasAttribute = number | Uint8Array | { readonly charSet: number; readonly usrStr: Uint8Array }

const attributeTypes = { int: 1, octetSeq: 2, str: 3 } as const
const attributeForm = 'an integer, a Uint8Array of at most 1024 bytes, or an object { charSet, usrStr } with at most 255'

/** The two structs differ in the widths of the lengths within the attribute, and in where it starts. */
interface Widths {
  readonly octetLen: 2 | 4
  readonly strLen: 1 | 4
}

function readUnsigned(view: DataView, at: number, width: 1 | 2 | 4, abi: Abi): number {
  if (width === 1) return view.getUint8(at)
  return width === 2 ? view.getUint16(at, abi.littleEndian) : view.getUint32(at, abi.littleEndian)
}

function writeUnsigned(value: number, view: DataView, at: number, width: 1 | 2 | 4, abi: Abi): void {
  if (width === 1) view.setUint8(at, value)
  else if (width === 2) view.setUint16(at, value, abi.littleEndian)
  else view.setUint32(at, value, abi.littleEndian)
}

/** irdaAttribType and the union after it; null where there is no such class or attribute. */
function attribute(widths: Widths): Codec<IasAttribute | null, IasAttribute> {
  const { octetLen, strLen } = widths
  const octetSeq = bytes(1024)
  const usrStr = bytes(255)
  const size = (4 + octetLen + octetSeq.size + 3) & ~3
  return codec<IasAttribute | null, IasAttribute>({
    name: 'IAS attribute',
    size,
    accepts: attributeForm,
    decode(view, at, _length, abi) {
      const type = view.getUint32(at, abi.littleEndian)
      if (type === attributeTypes.int) return i32.read(view, at + 4, abi)
      if (type === attributeTypes.octetSeq) {
        const length = Math.min(readUnsigned(view, at + 4, octetLen, abi), octetSeq.size)
        return octetSeq.decode(view, at + 4 + octetLen, length, abi)
      }
      if (type !== attributeTypes.str) return null
      const length = Math.min(readUnsigned(view, at + 4, strLen, abi), usrStr.size)
      const charSet = readUnsigned(view, at + 4 + strLen, strLen, abi) & 0xff
      return Object.freeze({ charSet, usrStr: usrStr.decode(view, at + 4 + 2 * strLen, length, abi) })
    },
    encode(value, view, at, abi) {
      if (typeof value === 'number') {
        view.setUint32(at, attributeTypes.int, abi.littleEndian)
        i32.write(value, view, at + 4, abi, 'attribute')
      } else if (types.isUint8Array(value)) {
        view.setUint32(at, attributeTypes.octetSeq, abi.littleEndian)
        writeUnsigned(octetSeq.encode(value, view, at + 4 + octetLen, abi), view, at + 4, octetLen, abi)
      } else {
        if (typeof value !== 'object' || value === null) throw new Refusal('type', attributeForm)
        view.setUint32(at, attributeTypes.str, abi.littleEndian)
        const length = usrStr.encode(value.usrStr, view, at + 4 + 2 * strLen, abi)
        writeUnsigned(length, view, at + 4, strLen, abi)
        writeUnsigned(checkInteger(value.charSet, 0, 0xff, 'charSet'), view, at + 4 + strLen, strLen, abi)
      }
      return size
    },
  })
}

/** IRLMP_IAS_SET: an attribute of this machine. */
export const iasSet = struct(
  'WINDOWS_IAS_SET',
  1352,
  {
    className: [0, nested(text(64))],
    attribName: [64, nested(text(256))],
    attribute: [320, nested(attribute({ octetLen: 2, strLen: 1 }))],
  },
  { prefix: 'irda' },
)

/** IRLMP_IAS_QUERY: asked by device, class and attribute. */
export const iasQuery = asked(
  struct(
    'WINDOWS_IAS_QUERY',
    1356,
    {
      deviceId: [0, octets(4)],
      className: [4, nested(text(64))],
      attribName: [68, nested(text(256))],
      attribute: [324, optional(nested(attribute({ octetLen: 4, strLen: 4 })))],
    },
    { prefix: 'irda' },
  ),
  ['deviceId', 'className', 'attribName'],
)
