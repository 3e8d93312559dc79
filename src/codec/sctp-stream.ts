/** Structs of IPPROTO_SCTP about streams: their reset and number, their scheduling, what they gave up. */
import { flags } from './choice.js'
import { named, nested, optional, u16, u32, u64 } from './field.js'
import { list, tailed } from './list.js'
import { asked } from './query.js'
import { assocId } from './sctp-association.js'
import { struct } from './struct.js'

/** SCTP_STREAM_SCHEDULER_VALUE: asked by association and stream. */
export const sctpStreamValue = asked(struct('sctp_stream_value', 8, { assocId: [0, assocId], streamId: [4, u16], streamValue: [6, u16] }), [
  'assocId',
  'streamId',
])

const resetFlags = flags('SCTP_STREAM_RESET', { SCTP_STREAM_RESET_INCOMING: 0x01, SCTP_STREAM_RESET_OUTGOING: 0x02 }, 2)

/** SCTP_RESET_STREAMS: those of `streamList`, or all if it is empty. */
export const sctpResetStreams = tailed(
  'sctp_reset_streams',
  8,
  { assocId: [0, assocId], flags: [4, nested(resetFlags)], numberStreams: [6, u16, 'streams'] },
  { name: 'streamList', of: list('u16', 4096, u16), count: 'numberStreams', each: 2 },
  { prefix: 'srs_' },
)

/** SCTP_ADD_STREAMS. */
export const sctpAddStreams = struct(
  'sctp_add_streams',
  8,
  { assocId: [0, assocId], instrms: [4, optional(u16), 'streams'], outstrms: [6, optional(u16), 'streams'] },
  { prefix: 'sas_' },
)

const policies = { SCTP_PR_SCTP_NONE: 0x00, SCTP_PR_SCTP_TTL: 0x10, SCTP_PR_SCTP_RTX: 0x20, SCTP_PR_SCTP_PRIO: 0x30 } as const
/** SCTP_PR_SCTP_ALL (0x80) sums the policies up; it is asked for, and is none itself. */
const countedPolicies = { ...policies, SCTP_PR_SCTP_ALL: 0x80 } as const

/** SCTP_DEFAULT_PRINFO: `value` is milliseconds, retransmissions or a priority, as the policy has it. */
export const sctpDefaultPrinfo = asked(
  struct('sctp_default_prinfo', 12, { assocId: [0, assocId], value: [4, u32], policy: [8, named(u16, policies)] }, { prefix: 'pr_' }),
  ['assocId'],
)

/** SCTP_PR_ASSOC_STATUS, SCTP_PR_STREAM_STATUS: asked by association, stream and policy. */
export const sctpPrstatus = asked(
  struct(
    'sctp_prstatus',
    24,
    {
      assocId: [0, assocId],
      sid: [4, optional(u16)],
      policy: [6, named(u16, countedPolicies)],
      abandonedUnsent: [8, optional(u64), 'messages'],
      abandonedSent: [16, optional(u64), 'messages'],
    },
    { prefix: 'sprstat_' },
  ),
  ['assocId', 'sid', 'policy'],
)
