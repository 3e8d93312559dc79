/** What do iptables, ip6tables and ipset answer through socket options? */
import type { Buffer } from 'node:buffer'
import { array } from './array.js'
import { bytes } from './bytes.js'
import { type Abi, type Codec, codec, Refusal } from './codec.js'
import { named, nested, optional, u16, u32, u64 } from './field.js'
import { list, tailed } from './list.js'
import { pointer } from './pointer.js'
import { asked } from './query.js'
import { growing, struct } from './struct.js'
import { text } from './text.js'

/** XT_TABLE_MAXNAMELEN. */
const table = nested(text(32))
/** NF_INET_NUMHOOKS: prerouting, input, forward, output, postrouting. */
const hooks = optional(array(u32, 5))

function getinfo(name: string) {
  return asked(
    struct(name, 84, {
      name: [0, table],
      validHooks: [32, optional(u32)],
      hookEntry: [36, hooks, 'bytes'],
      underflow: [56, hooks, 'bytes'],
      numEntries: [76, optional(u32)],
      size: [80, optional(u32), 'bytes'],
    }),
    ['name'],
  )
}

/** IPT_SO_GET_INFO: asked by the table's name; `size` is what IPT_SO_GET_ENTRIES wants. */
export const iptGetinfo = getinfo('ipt_getinfo')
/** IP6T_SO_GET_INFO. */
export const ip6tGetinfo = getinfo('ip6t_getinfo')

/** The question for a table's rules. */
export interface EntriesQuery {
  readonly name: string
  /** Bytes of rules, as the table's info says. */
  readonly size: number
}
/** A table's rules, as the kernel has them: `struct ipt_entry` or `ip6t_entry`, one after the other. */
export interface Entries extends EntriesQuery {
  readonly entrytable: Buffer
}

/** The largest table that is asked for. */
const largestTable = 64 * 1024

/** What follows 36 bytes and holds u64 counters: at 40, after padding, or at once. */
const countersAt = (abi: Abi) => (abi.int64Alignment === 8 ? 40 : 36)

/**
 * The kernel wants optlen to be the head's bytes + size exactly (net/ipv4/netfilter/ip_tables.c, get_entries): as many bytes as the question is encoded to.
 */
function getEntries(name: string): Codec<Entries, EntriesQuery> {
  const head = struct(name, 40, { name: [0, table], size: [32, u32, 'bytes'] }, { bytes: countersAt })
  return codec<Entries, EntriesQuery>({
    ...head,
    size: 40 + largestTable,
    decode(view, at, length, abi) {
      const start = head.decode(view, at, length, abi)
      const entrytable = bytes(largestTable).decode(view, at + countersAt(abi), Math.min(start.size, length - countersAt(abi)), abi)
      return Object.freeze({ ...start, entrytable })
    },
    encode(value, view, at, abi) {
      head.encode(value, view, at, abi)
      const rest = view.getUint32(at + 32, abi.littleEndian)
      if (rest > largestTable) throw new Refusal('range', `at most ${largestTable} bytes`, 'size')
      for (let i = 0; i < rest; i++) view.setUint8(at + countersAt(abi) + i, 0)
      return countersAt(abi) + rest
    },
  })
}

/** IPT_SO_GET_ENTRIES. */
export const iptGetEntries = getEntries('ipt_get_entries')
/** IP6T_SO_GET_ENTRIES. */
export const ip6tGetEntries = getEntries('ip6t_get_entries')

/** IPT_SO_SET_REPLACE: the kernel writes the old counters to an address in the struct. */
export const iptReplace = pointer
/** IP6T_SO_SET_REPLACE. */
export const ip6tReplace = pointer

const counter = struct('xt_counters', 16, { pcnt: [0, u64, 'packets'], bcnt: [8, u64, 'bytes'] })

/** IPT_SO_SET_ADD_COUNTERS, IP6T_SO_SET_ADD_COUNTERS: one pair for each rule of the table. */
export const xtCounters = tailed(
  'xt_counters_info',
  40,
  { name: [0, table], numCounters: [32, u32] },
  { name: 'counters', of: list('struct xt_counters', 1024, nested(counter)), count: 'numCounters', each: 16 },
  { bytes: countersAt },
)

const operations = {
  IP_SET_OP_GET_BYNAME: 0x6,
  IP_SET_OP_GET_BYINDEX: 0x7,
  IP_SET_OP_GET_FNAME: 0x8,
  IP_SET_OP_VERSION: 0x100,
} as const
type Operation = keyof typeof operations
const operationNames = `one of ${Object.keys(operations).join(', ')}`

/** `struct ip_set_req_version`, with which all requests begin. */
export const ipSetReqVersion = struct('ip_set_req_version', 8, { op: [0, named(u32, operations)], version: [4, optional(u32)] })
const setFields = { op: [0, named(u32, operations)], version: [4, u32] } as const
/** `struct ip_set_req_get_set`: asks by name and answers the index, or the other way round, in the same bytes. */
export const ipSetReqGetSet = growing('ip_set_req_get_set', 40, {
  ...setFields,
  name: [8, optional(nested(text(32)))],
  index: [8, optional(u16)],
})
/** `struct ip_set_req_get_set_family`: asks by name. */
export const ipSetReqGetSetFamily = growing('ip_set_req_get_set_family', 44, {
  ...setFields,
  family: [8, optional(u32)],
  name: [12, optional(nested(text(32)))],
  index: [12, optional(u16)],
})

/** What SO_IP_SET is asked. `version` is the protocol's, which IP_SET_OP_VERSION answers. */
export type IpSetQuery =
  | { readonly op: 'IP_SET_OP_VERSION' }
  | { readonly op: 'IP_SET_OP_GET_BYNAME' | 'IP_SET_OP_GET_FNAME'; readonly version: number; readonly name: string }
  | { readonly op: 'IP_SET_OP_GET_BYINDEX'; readonly version: number; readonly index: number }

/** What SO_IP_SET answers. An index of 65535 (IPSET_INVALID_ID) and a name of '' mean that there is no such set. */
export interface IpSetAnswer {
  readonly op: Operation | number
  readonly version: number
  readonly index?: number | undefined
  readonly name?: string | undefined
  readonly family?: number | undefined
}

/** SO_IP_SET. The kernel wants optlen to be that of the operation's struct (net/netfilter/ipset/ip_set_core.c, ip_set_sockfn_get): as the question is encoded to. */
export const ipSetReq: Codec<IpSetAnswer, IpSetQuery> = codec<IpSetAnswer, IpSetQuery>({
  name: 'struct ip_set_req',
  size: 44,
  layout: ipSetReqGetSet.layout,
  accepts: 'an object { op, version, name } or { op, version, index }',
  decode(view, at, length, abi) {
    const { op, version } = ipSetReqVersion.decode(view, at, length, abi)
    if (op === 'IP_SET_OP_GET_BYINDEX') return Object.freeze({ op, version, name: ipSetReqGetSet.decode(view, at, length, abi).name })
    if (op === 'IP_SET_OP_GET_BYNAME') return Object.freeze({ op, version, index: ipSetReqGetSet.decode(view, at, length, abi).index })
    if (op !== 'IP_SET_OP_GET_FNAME') return Object.freeze({ op, version })
    const { family, index } = ipSetReqGetSetFamily.decode(view, at, length, abi)
    return Object.freeze({ op, version, family, index })
  },
  encode(value, view, at, abi) {
    if (typeof value !== 'object' || value === null) throw new Refusal('type', ipSetReq.accepts)
    if (value.op === 'IP_SET_OP_VERSION') return ipSetReqVersion.encode(value, view, at, abi)
    const wanted = value.op === 'IP_SET_OP_GET_BYINDEX' ? 'index' : 'name'
    if (typeof value.op !== 'string') throw new Refusal('type', operationNames, 'op')
    if (!Object.hasOwn(operations, value.op)) throw new Refusal('range', operationNames, 'op')
    if (!Object.hasOwn(value, wanted)) throw new Refusal('type', `what ${value.op} asks by`, wanted)
    return (value.op === 'IP_SET_OP_GET_FNAME' ? ipSetReqGetSetFamily : ipSetReqGetSet).encode(value, view, at, abi)
  },
})
