/** Structs of IPPROTO_IP, IPPROTO_IPV6 and the ICMP filters, apart from multicast membership. */
import { in6Addr } from './address.js'
import { bitSet } from './array.js'
import { flags } from './choice.js'
import { type Codec, codec, Refusal } from './codec.js'
import { be32, i32, named, nested, optional, u8, u16, u32 } from './field.js'
import { asked } from './query.js'
import { checkInteger, checkLength, uint } from './scalar.js'
import { sockaddrIn6 } from './sockaddr.js'
import { struct } from './struct.js'
import { orUnspecified } from './unspecified.js'

/** Ports; 0 on either side leaves that side to net.ipv4.ip_local_port_range. */
export interface PortRange {
  readonly low: number
  readonly high: number
}

const portRangeForm = 'an object { low, high } of ports, low not above high unless high is 0'

/** IP_LOCAL_PORT_RANGE: one u32, the low port in its low half. */
export const portRange: Codec<PortRange> = codec({
  name: 'u32 (port range)',
  size: 4,
  accepts: portRangeForm,
  decode(view, at, length, abi) {
    const range = uint.decode(view, at, length, abi)
    return Object.freeze({ low: range & 0xffff, high: (range >>> 16) & 0xffff })
  },
  encode(value, view, at, abi) {
    if (typeof value !== 'object' || value === null) throw new Refusal('type', portRangeForm)
    const low = checkInteger(value.low, 0, 0xffff, 'low')
    const high = checkInteger(value.high, 0, 0xffff, 'high')
    if (low > high && high !== 0) throw new Refusal('range', portRangeForm, 'low')
    return uint.encode(high * 0x10000 + low, view, at, abi)
  },
})

/** IPV6_PKTINFO. */
export const in6Pktinfo = struct('in6_pktinfo', 20, { addr: [0, nested(in6Addr)], ifindex: [16, optional(i32)] }, { prefix: 'ipi6_' })

/** IPV6_PATHMTU: the MTU of the path to `addr`. As a socket option Linux leaves the address out, connected or not; the control message has it. */
export const ip6Mtuinfo = struct('ip6_mtuinfo', 32, { addr: [0, orUnspecified(sockaddrIn6)], mtu: [28, u32, 'bytes'] }, { prefix: 'ip6m_' })

const flowlabelActions = { IPV6_FL_A_GET: 0, IPV6_FL_A_PUT: 1, IPV6_FL_A_RENEW: 2 } as const
const flowlabelShares = { IPV6_FL_S_NONE: 0, IPV6_FL_S_EXCL: 1, IPV6_FL_S_PROCESS: 2, IPV6_FL_S_USER: 3, IPV6_FL_S_ANY: 255 } as const
const flowlabelFlags = flags('IPV6_FL_F', { IPV6_FL_F_CREATE: 1, IPV6_FL_F_EXCL: 2, IPV6_FL_F_REFLECT: 4, IPV6_FL_F_REMOTE: 8 }, 2)

/** IPV6_FLOWLABEL_MGR: as a question, the action is IPV6_FL_A_GET (0). The label is the 20-bit number itself. */
export const in6FlowlabelReq = asked(
  struct(
    'in6_flowlabel_req',
    32,
    {
      dst: [0, optional(nested(in6Addr))],
      label: [16, optional(be32)],
      action: [20, named(u8, flowlabelActions)],
      share: [21, optional(named(u8, flowlabelShares))],
      flags: [22, optional(nested(flowlabelFlags))],
      expires: [24, optional(u16), 's'],
      linger: [26, optional(u16), 's'],
    },
    { prefix: 'flr_' },
  ),
  ['action', 'flags'],
)

/** One bit for each ICMP type, in 32-bit words of the machine's order. */
function typeFilter(name: string, words: number, accepts: string): Codec<readonly number[]> {
  const data = bitSet(words)
  return codec<readonly number[]>({
    name: `struct ${name}`,
    size: data.size,
    layout: { struct: name, prefix: '', fields: { data: [0, data] } },
    accepts,
    decode(view, at, length, abi) {
      checkLength(length, data.size)
      return data.read(view, at, abi)
    },
    encode(value, view, at, abi) {
      data.write(value, view, at, abi, 'types')
      return data.size
    },
  })
}

/** ICMP_FILTER: the ICMP types that are dropped. */
export const icmpFilter = typeFilter('icmp_filter', 1, 'an array of ICMP types from 0 to 31')
/** ICMPV6_FILTER: the ICMPv6 types whose bit is set. Linux drops those; the BSDs, macOS and Windows pass those and drop the others (RFC 3542, 3.2). */
export const icmp6Filter = typeFilter('icmp6_filter', 8, 'an array of ICMPv6 types from 0 to 255')
