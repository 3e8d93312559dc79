/** Which classic BPF program is attached? Its instructions. */
import { type Codec, codec, readOnly } from './codec.js'
import { nested, u8, u16, u32 } from './field.js'
import { list } from './list.js'
import { type StructValue, struct } from './struct.js'

const fields = {
  /** BPF_*: class, size and mode, or operation. */
  code: [0, u16],
  /** Instructions to skip when the test holds. */
  jt: [2, u8],
  /** Instructions to skip when it does not. */
  jf: [3, u8],
  k: [4, u32],
} as const

/** `struct sock_filter`, one instruction (linux/filter.h). */
export type SockFilter = StructValue<typeof fields>
export const sockFilter = struct('sock_filter', 8, fields)

/** BPF_MAXINSNS. */
const maximum = 4096
const instructions = list('struct sock_filter', maximum, nested(sockFilter))

/** SO_GET_FILTER's program. `length` is in bytes here; the kernel counts instructions. */
export const sockFilters: Codec<readonly SockFilter[]> = codec({
  name: instructions.name,
  size: instructions.size,
  accepts: 'nothing: a program is attached by its address, which JavaScript cannot give',
  decode: instructions.decode,
  encode: readOnly,
})
