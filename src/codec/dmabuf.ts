/** Which fragments of device memory does the application give back (SO_DEVMEM_DONTNEED)? */
import { nested, u32 } from './field.js'
import { list } from './list.js'
import { struct } from './struct.js'

export const dmabufToken = struct('dmabuf_token', 8, { tokenStart: [0, u32], tokenCount: [4, u32] })

/** The kernel takes at most 128 ranges, of 1024 tokens in all (net/core/sock.c, MAX_DONTNEED_TOKENS). */
export const dmabufTokens = list('struct dmabuf_token', 128, nested(dmabufToken))
