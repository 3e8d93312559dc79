/** Who is at the other end of a unix socket? Credentials as the kernels give them. */
import { type Codec, codec, Refusal, readOnly } from './codec.js'
import { i16, i32, u32 } from './field.js'
import { list } from './list.js'
import { type StructValue, struct } from './struct.js'

const ucredFields = {
  /** 0 when the peer lives in a pid namespace that this process cannot see. */
  pid: [0, i32],
  uid: [4, u32],
  gid: [8, u32],
} as const
const ucredStruct = struct('ucred', 12, ucredFields)

/** `struct ucred`: the peer as it was at connect(), socketpair() or listen(). */
export type Ucred = StructValue<typeof ucredFields>

const nobody = 2 ** 32 - 1

/** SO_PEERCRED. Linux never fails: a socket without a peer answers pid 0, uid and gid -1 (net/core/sock.c, cred_to_ucred), which is null here. */
export const ucred: Codec<Ucred | null> = codec({
  name: ucredStruct.name,
  size: ucredStruct.size,
  accepts: 'nothing: credentials can only be read',
  layout: ucredStruct.layout,
  decode(view, at, length, abi) {
    const value = ucredStruct.decode(view, at, length, abi)
    return value.pid === 0 && value.uid === nobody && value.gid === nobody ? null : value
  },
  encode: readOnly,
})

const XUCRED_VERSION = 0
const maximumGroups = 16

const xucredFields = { version: [0, u32], uid: [4, u32], ngroups: [8, i16] } as const
const xucredStruct = struct('xucred', 76, xucredFields, { prefix: 'cr_' })

/** `struct xucred`: the peer as it was at connect() or listen(). */
export interface Xucred {
  readonly uid: number
  /** The effective group first; at most 16. */
  readonly groups: readonly number[]
  /** FreeBSD; macOS has LOCAL_PEERPID. */
  readonly pid: number | undefined
}

/** LOCAL_PEERCRED: 76 bytes on macOS; on FreeBSD `cr_pid` follows in a union with a pointer, so where a pointer may lie. */
export const xucred: Codec<Xucred> = codec({
  name: 'struct xucred',
  size: 88,
  accepts: 'nothing: credentials can only be read',
  layout: xucredStruct.layout,
  decode(view, at, length, abi) {
    const { version, uid, ngroups } = xucredStruct.decode(view, at, length, abi)
    if (version !== XUCRED_VERSION) throw new Refusal('range', `version ${XUCRED_VERSION}, and ${version} came back`, 'version')
    const count = Math.min(Math.max(ngroups, 0), maximumGroups)
    const groups = Array.from({ length: count }, (_, index) => view.getUint32(at + 12 + 4 * index, abi.littleEndian))
    const pidAt = abi.wordSize === 8 ? 80 : 76
    const pid = pidAt + 4 <= length ? view.getInt32(at + pidAt, abi.littleEndian) : undefined
    return Object.freeze({ uid, groups: Object.freeze(groups), pid })
  },
  encode: readOnly,
})

/** Group ids (SO_PEERGROUPS). A process has at most 65536; more than fit here are ERANGE, and a larger buffer decodes as well. */
export const gids: Codec<readonly number[], readonly number[]> = list('gid_t', 1024, u32)
