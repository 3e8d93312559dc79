/** Where is a socket's memory? The nine counters of SO_MEMINFO. */
import { type Codec, codec, readOnly } from './codec.js'
import { u32 } from './field.js'
import { type GrowingValue, growing } from './struct.js'

const fields = {
  /** Bytes: received and not yet read, with the kernel's overhead. */
  rmemAlloc: [0, u32, 'bytes'],
  /** Bytes: SO_RCVBUF. */
  rcvbuf: [4, u32, 'bytes'],
  /** Bytes: handed to the device and not yet sent. */
  wmemAlloc: [8, u32, 'bytes'],
  /** Bytes: SO_SNDBUF. */
  sndbuf: [12, u32, 'bytes'],
  /** Bytes: reserved ahead. */
  fwdAlloc: [16, u32, 'bytes'],
  /** Bytes: queued for sending. */
  wmemQueued: [20, u32, 'bytes'],
  /** Bytes: options and filters. */
  optmem: [24, u32, 'bytes'],
  /** Bytes: received while the socket was locked. */
  backlog: [28, u32, 'bytes'],
  /** Packets dropped for want of room. */
  drops: [32, u32, 'packets'],
} as const

/** SK_MEMINFO_* of linux/sock_diag.h, in camelCase without the prefix. */
export type Meminfo = GrowingValue<typeof fields>

const array = growing('sk_meminfo', 36, fields, { prefix: 'SK_MEMINFO_' })

/** SO_MEMINFO: an array of u32 that grows by appending. */
export const meminfo: Codec<Meminfo> = codec({
  name: 'u32[SK_MEMINFO_VARS]',
  size: array.size,
  accepts: 'nothing: counters can only be read',
  layout: array.layout,
  decode: array.decode,
  encode: readOnly,
})
