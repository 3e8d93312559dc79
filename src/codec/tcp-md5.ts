/** Which key signs the segments to and from a peer (RFC 2385)? */
import { octetsUpTo } from './array.js'
import { flags } from './choice.js'
import { i32, nested, optional, u8, u16 } from './field.js'
import { counted } from './list.js'
import { sockaddr } from './sockaddr.js'
import { struct } from './struct.js'

const md5Flags = flags('TCP_MD5SIG_FLAG', { TCP_MD5SIG_FLAG_PREFIX: 0x1, TCP_MD5SIG_FLAG_IFINDEX: 0x2 }, 1)

/** TCP_MD5SIG and, with `flags`, TCP_MD5SIG_EXT. An empty key removes the peer's. */
export const tcpMd5sig = counted(
  struct(
    'tcp_md5sig',
    216,
    {
      addr: [0, nested(sockaddr)],
      flags: [128, optional(nested(md5Flags))],
      prefixlen: [129, optional(u8), 'bits'],
      keylen: [130, u16, 'bytes'],
      ifindex: [132, optional(i32)],
      key: [136, octetsUpTo(80)],
    },
    { prefix: 'tcpm_' },
  ),
  { keylen: 'key' },
)
