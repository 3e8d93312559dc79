/** Which sources of a group are let in? Whole source filters: set as a list, read by a query that names the group. */
import { inAddr } from './address.js'
import { type Abi, type Codec, codec, Refusal } from './codec.js'
import { type Field, named, nested, optional, u32 } from './field.js'
import { itemsOf } from './own.js'
import { type SocketAddress, type SocketAddressInput, sockaddr, storageOffset } from './sockaddr.js'
import { type StructValue, struct } from './struct.js'

const modes = { MCAST_EXCLUDE: 0, MCAST_INCLUDE: 1 } as const
type Mode = keyof typeof modes | number

/** A filter to set: `fmode` and `slist`. A query to read with: neither. `numsrc` follows from the list. */
type FilterInput<Group, Source> = Group &
  (
    | { readonly fmode: Mode; readonly slist: readonly Source[]; readonly numsrc?: number | undefined }
    | { readonly fmode?: undefined; readonly slist?: undefined; readonly numsrc?: undefined }
  )

/**
 * Sources a query makes room for. Linux lets a group have 10 (net.ipv4.igmp_max_msf) or 64 (net.ipv6.mld_max_msf) unless told otherwise.
 * The kernel writes as many as `numsrc` asks for and does not compare that with optlen (net/ipv4/igmp.c, ip_mc_msfget), so a query is
 * encoded with a `numsrc` of just this many, and the buffer has to have the codec's whole size.
 */
const capacity = 64

interface Head<Out> {
  readonly codec: Codec<Out, any>
  readonly bytes: (abi: Abi) => number
}

function encodeSources<In>(sources: readonly In[], of: Field<unknown, In>, view: DataView, at: number, abi: Abi): void {
  for (let offset = 0; offset < sources.length * of.size; offset++) view.setUint8(at + offset, 0)
  for (const [index, source] of sources.entries()) of.write(source, view, at + index * of.size, abi, `slist[${index}]`)
}

/** The sources, or undefined for a query, which has none of the three. */
function sourcesOf<In>(fmode: unknown, slist: readonly In[] | undefined, numsrc: unknown): readonly In[] | undefined {
  if (fmode === undefined && slist === undefined && numsrc === undefined) return undefined
  const expected = `an array of at most ${capacity} sources (or neither fmode nor slist, for a query)`
  if (!Array.isArray(slist)) throw new Refusal('type', expected, 'slist')
  const sources = itemsOf<In>(slist, capacity)
  if (sources === undefined) throw new Refusal('range', expected, 'slist')
  if (numsrc !== undefined && numsrc !== sources.length)
    throw new Refusal('range', `${sources.length}, the length of slist (or nothing: it follows)`, 'numsrc')
  return sources
}

function filter<Out extends { readonly numsrc: number }, Group, Source, SourceInput>(
  { codec: head, bytes }: Head<Out>,
  of: Field<Source, SourceInput>,
): Codec<Out & { readonly slist: readonly Source[] }, FilterInput<Group, SourceInput>> {
  return codec({
    name: head.name,
    size: head.size + capacity * of.size,
    accepts: `${head.accepts.replace(', numsrc }', ', slist }')}, or a query without fmode and slist`,
    layout: head.layout,
    decode(view, at, length, abi) {
      const value = head.decode(view, at, length, abi)
      const start = bytes(abi)
      const count = Math.min(value.numsrc, Math.floor((length - start) / of.size))
      const slist = Array.from({ length: count }, (_, index) => of.read(view, at + start + index * of.size, abi))
      return Object.freeze({ ...value, slist: Object.freeze(slist) })
    },
    encode(value, view, at, abi) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return head.encode(value, view, at, abi)
      const { slist, numsrc, ...group } = value as Record<string, unknown> & { readonly slist?: readonly SourceInput[] }
      const sources = sourcesOf(group.fmode, slist, numsrc)
      // A query says how many there is room for.
      const fields = sources === undefined ? { fmode: 0, numsrc: capacity } : { numsrc: sources.length }
      const written = head.encode({ ...group, ...fields }, view, at, abi)
      if (sources === undefined) return written
      encodeSources(sources, of, view, at + written, abi)
      return written + sources.length * of.size
    },
  })
}

const ipFields = {
  multiaddr: [0, nested(inAddr)],
  /** One of this host's addresses. */
  interface: [4, optional(nested(inAddr))],
  fmode: [8, named(u32, modes)],
  /** Sources the group has; more than `slist` when they did not fit. */
  numsrc: [12, u32],
} as const

/** `struct ip_msfilter`. */
export type IpMsfilter = StructValue<typeof ipFields> & { readonly slist: readonly string[] }
export type IpMsfilterInput = FilterInput<{ readonly multiaddr: string; readonly interface?: string | undefined }, string>

/** IP_MSFILTER. */
export const ipMsfilter: Codec<IpMsfilter, IpMsfilterInput> = filter(
  { codec: struct('ip_msfilter', 16, ipFields, { prefix: 'imsf_' }), bytes: () => 16 },
  nested(inAddr),
)

const storageSize = 128

const groupFields = {
  /** Index of the interface. */
  interface: [0, optional(u32)],
  group: [storageOffset, nested(sockaddr)],
  fmode: [(abi: Abi) => storageOffset(abi) + storageSize, named(u32, modes)],
  /** Sources the group has; more than `slist` when they did not fit. */
  numsrc: [(abi: Abi) => storageOffset(abi) + storageSize + 4, u32],
} as const
const groupBytes = (abi: Abi) => storageOffset(abi) + storageSize + 8

/** `struct group_filter`. */
export type GroupFilter = StructValue<typeof groupFields> & { readonly slist: readonly SocketAddress[] }
export type GroupFilterInput = FilterInput<
  { readonly group: SocketAddressInput; readonly interface?: number | undefined },
  SocketAddressInput
>

/** MCAST_MSFILTER. */
export const groupFilter: Codec<GroupFilter, GroupFilterInput> = filter(
  { codec: struct('group_filter', 144, groupFields, { prefix: 'gf_', bytes: groupBytes }), bytes: groupBytes },
  nested(sockaddr),
)
