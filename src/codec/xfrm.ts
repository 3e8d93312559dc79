/** Which IPsec policy does a socket carry of its own? */
import type { Buffer } from 'node:buffer'
import { in6Addr, inAddr } from './address.js'
import { bytes } from './bytes.js'
import { flags } from './choice.js'
import { type Abi, type Codec, codec, Refusal } from './codec.js'
import { be16, be32, type Field, i32, named, nested, optional, u8, u16, u32, u64, u64OrNone } from './field.js'
import { list } from './list.js'
import { type StructInput, type StructValue, struct } from './struct.js'

const sadb = {
  len: [0, optional(u16)],
  exttype: [2, optional(u16)],
  type: [
    4,
    named(u16, { IPSEC_POLICY_DISCARD: 0, IPSEC_POLICY_NONE: 1, IPSEC_POLICY_IPSEC: 2, IPSEC_POLICY_ENTRUST: 3, IPSEC_POLICY_BYPASS: 4 }),
  ],
  dir: [6, named(u8, { IPSEC_DIR_ANY: 0, IPSEC_DIR_INBOUND: 1, IPSEC_DIR_OUTBOUND: 2, IPSEC_DIR_FWD: 3 })],
  id: [8, optional(u32)],
  priority: [12, optional(u32)],
} as const
const sadbHead = struct('sadb_x_policy', 16, sadb, { prefix: 'sadb_x_policy_' })
const sadbRequests = bytes(1024)
/** SADB_X_EXT_POLICY. */
const policyExtension = 18

type SadbOut = StructValue<typeof sadb> & { readonly requests: Buffer }
type SadbIn = Omit<StructInput<typeof sadb>, 'len' | 'exttype'> & { readonly requests?: Uint8Array }

/** IP_IPSEC_POLICY, IPV6_IPSEC_POLICY (PF_KEY form). `requests` are `struct sadb_x_ipsecrequest`s with the addresses of tunnels; all of it counts 8-byte units. */
export const sadbXPolicy: Codec<SadbOut, SadbIn> = codec<SadbOut, SadbIn>({
  ...sadbHead,
  size: 16 + sadbRequests.size,
  accepts: 'an object { type, dir, id, priority, requests }',
  decode(view, at, length, abi) {
    const head = sadbHead.decode(view, at, length, abi)
    return Object.freeze({ ...head, requests: sadbRequests.decode(view, at + 16, Math.min(length - 16, sadbRequests.size), abi) })
  },
  encode(value, view, at, abi) {
    if (typeof value !== 'object' || value === null) throw new Refusal('type', sadbXPolicy.accepts)
    const { requests = new Uint8Array(0), ...head } = value
    nested(sadbRequests).write(requests, view, at + 16, abi, 'requests')
    if (requests.length % 8 !== 0) throw new Refusal('range', 'a multiple of 8 bytes', 'requests')
    sadbHead.encode({ ...head, len: (16 + requests.length) / 8, exttype: policyExtension }, view, at, abi)
    return 16 + requests.length
  },
})

const linuxInet = 2

/** `xfrm_address_t`, 16 bytes of which IPv4 uses 4: which it is, the family says, `familyAt` bytes further on. It is written before the address. */
function xfrmAddress(familyAt: number): Field<string> {
  const isIPv4 = (view: DataView, at: number, abi: Abi) => view.getUint16(at + familyAt, abi.littleEndian) === linuxInet
  return {
    size: 16,
    read: (view, at, abi) => (isIPv4(view, at, abi) ? inAddr.decode(view, at, 4, abi) : in6Addr.decode(view, at, 16, abi)),
    write: (value, view, at, abi, part) => nested(isIPv4(view, at, abi) ? inAddr : in6Addr).write(value, view, at, abi, part),
    isOptional: false,
  }
}
const family = named(u16, { AF_UNSPEC: 0, AF_INET: 2, AF_INET6: 10 })
const share = optional(named(u8, { XFRM_SHARE_ANY: 0, XFRM_SHARE_SESSION: 1, XFRM_SHARE_USER: 2, XFRM_SHARE_UNIQUE: 3 }))

/** Which packets: those to `daddr`/`prefixlenD` from `saddr`/`prefixlenS`, ports under their masks. */
export const xfrmSelector = struct('xfrm_selector', 56, {
  family: [40, family],
  daddr: [0, optional(xfrmAddress(40))],
  saddr: [16, optional(xfrmAddress(24))],
  dport: [32, optional(be16)],
  dportMask: [34, optional(be16)],
  sport: [36, optional(be16)],
  sportMask: [38, optional(be16)],
  prefixlenD: [42, optional(u8), 'bits'],
  prefixlenS: [43, optional(u8), 'bits'],
  proto: [44, optional(u8)],
  ifindex: [48, optional(i32)],
  user: [52, optional(u32)],
})

/** Limits; null is XFRM_INF, none. */
export const xfrmLifetimeCfg = struct('xfrm_lifetime_cfg', 64, {
  softByteLimit: [0, u64OrNone, 'bytes'],
  hardByteLimit: [8, u64OrNone, 'bytes'],
  softPacketLimit: [16, u64OrNone, 'packets'],
  hardPacketLimit: [24, u64OrNone, 'packets'],
  softAddExpiresSeconds: [32, u64OrNone, 's'],
  hardAddExpiresSeconds: [40, u64OrNone, 's'],
  softUseExpiresSeconds: [48, u64OrNone, 's'],
  hardUseExpiresSeconds: [56, u64OrNone, 's'],
})
export const xfrmLifetimeCur = struct('xfrm_lifetime_cur', 32, {
  bytes: [0, u64, 'bytes'],
  packets: [8, u64, 'packets'],
  addTime: [16, u64, 's'],
  useTime: [24, u64, 's'],
})

const policy = {
  sel: [0, nested(xfrmSelector)],
  lft: [56, nested(xfrmLifetimeCfg)],
  curlft: [120, optional(nested(xfrmLifetimeCur))],
  priority: [152, optional(u32)],
  index: [156, optional(u32)],
  dir: [160, named(u8, { XFRM_POLICY_IN: 0, XFRM_POLICY_OUT: 1, XFRM_POLICY_FWD: 2 })],
  action: [161, optional(named(u8, { XFRM_POLICY_ALLOW: 0, XFRM_POLICY_BLOCK: 1 }))],
  flags: [162, optional(nested(flags('XFRM_POLICY', { XFRM_POLICY_LOCALOK: 1, XFRM_POLICY_ICMP: 2 }, 1)))],
  share: [163, share],
} as const
/** 164 bytes, and what it takes for another one's u64. */
const policyBytes = (abi: Abi) => (abi.int64Alignment === 8 ? 168 : 164)
export const xfrmUserpolicyInfo = struct('xfrm_userpolicy_info', 168, policy, { bytes: policyBytes })

/** `struct xfrm_id` is the first 24 bytes: daddr, spi, proto. */
export const xfrmUserTmpl = struct('xfrm_user_tmpl', 64, {
  family: [24, family],
  daddr: [0, optional(xfrmAddress(24))],
  spi: [16, optional(be32)],
  proto: [20, named(u8, { IPPROTO_ESP: 50, IPPROTO_AH: 51, IPPROTO_COMP: 108 })],
  saddr: [28, optional(xfrmAddress(-4))],
  reqid: [44, optional(u32)],
  mode: [
    48,
    named(u8, {
      XFRM_MODE_TRANSPORT: 0,
      XFRM_MODE_TUNNEL: 1,
      XFRM_MODE_ROUTEOPTIMIZATION: 2,
      XFRM_MODE_IN_TRIGGER: 3,
      XFRM_MODE_BEET: 4,
    }),
  ],
  share: [49, share],
  optional: [50, optional(u8)],
  aalgos: [52, optional(u32)],
  ealgos: [56, optional(u32)],
  calgos: [60, optional(u32)],
})
/** XFRM_MAX_DEPTH. */
const templates = list('struct xfrm_user_tmpl', 6, nested(xfrmUserTmpl))

type Template<C> = C extends Codec<infer Out, infer In> ? { readonly out: Out; readonly in: In } : never
type PolicyOut = StructValue<typeof policy> & { readonly tmpl: Template<typeof templates>['out'] }
type PolicyIn = StructInput<typeof policy> & { readonly tmpl?: Template<typeof templates>['in'] }

/** IP_XFRM_POLICY, IPV6_XFRM_POLICY: a policy and the transformations (`tmpl`) it asks for. */
export const xfrmUserpolicy: Codec<PolicyOut, PolicyIn> = codec<PolicyOut, PolicyIn>({
  ...xfrmUserpolicyInfo,
  size: 168 + templates.size,
  accepts: `an object { ${[...Object.keys(policy), 'tmpl'].join(', ')} }`,
  decode(view, at, length, abi) {
    const head = xfrmUserpolicyInfo.decode(view, at, length, abi)
    const whole = Math.min(length - policyBytes(abi), templates.size)
    return Object.freeze({ ...head, tmpl: templates.decode(view, at + policyBytes(abi), whole - (whole % 64), abi) })
  },
  encode(value, view, at, abi) {
    if (typeof value !== 'object' || value === null) throw new Refusal('type', xfrmUserpolicy.accepts)
    const { tmpl = [], ...head } = value
    xfrmUserpolicyInfo.encode(head, view, at, abi)
    try {
      return policyBytes(abi) + templates.encode(tmpl, view, at + policyBytes(abi), abi)
    } catch (refusal) {
      throw refusal instanceof Refusal ? new Refusal(refusal.reason, refusal.expected, `tmpl${refusal.part ?? ''}`) : refusal
    }
  },
})
