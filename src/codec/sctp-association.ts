/** Structs of IPPROTO_SCTP about an association as a whole; `assocId` 0 is SCTP_FUTURE_ASSOC, 1 the current ones, 2 both. */
import { flags } from './choice.js'
import { flag, i32, named, nested, optional, u8, u16, u32 } from './field.js'
import { list, tailed } from './list.js'
import { asked } from './query.js'
import { int } from './scalar.js'
import { growing, struct } from './struct.js'

/** `sctp_assoc_t`. */
export const assocId = optional(i32)

/** SCTP_RESET_ASSOC takes the association's id alone. */
export const sctpAssocT = int

/** SCTP_RTOINFO; 0 leaves a limit as it is. */
export const sctpRtoinfo = asked(
  struct(
    'sctp_rtoinfo',
    16,
    { assocId: [0, assocId], initial: [4, u32, 'ms'], max: [8, u32, 'ms'], min: [12, u32, 'ms'] },
    { prefix: 'srto_' },
  ),
  ['assocId'],
)

/** SCTP_ASSOCINFO; the windows and the number of destinations can only be read. */
export const sctpAssocparams = asked(
  struct(
    'sctp_assocparams',
    20,
    {
      assocId: [0, assocId],
      asocmaxrxt: [4, u16, 'retransmissions'],
      numberPeerDestinations: [6, optional(u16)],
      peerRwnd: [8, optional(u32), 'bytes'],
      localRwnd: [12, optional(u32), 'bytes'],
      cookieLife: [16, u32, 'ms'],
    },
    { prefix: 'sasoc_' },
  ),
  ['assocId'],
)

/** SCTP_INITMSG; 0 leaves a value as it is. */
export const sctpInitmsg = struct(
  'sctp_initmsg',
  8,
  {
    numOstreams: [0, u16, 'streams'],
    maxInstreams: [2, u16, 'streams'],
    maxAttempts: [4, u16, 'attempts'],
    maxInitTimeo: [6, u16, 'ms'],
  },
  { prefix: 'sinit_' },
)

/** SCTP_ADAPTATION_LAYER. */
export const sctpSetadaptation = struct('sctp_setadaptation', 4, { adaptationInd: [0, u32] }, { prefix: 'ssb_' })

const sinfoFlags = {
  SCTP_UNORDERED: 1 << 0,
  SCTP_ADDR_OVER: 1 << 1,
  SCTP_ABORT: 1 << 2,
  SCTP_SACK_IMMEDIATELY: 1 << 3,
  SCTP_SENDALL: 1 << 6,
  SCTP_PR_SCTP_ALL: 1 << 7,
  SCTP_EOF: 0x200,
  SCTP_NOTIFICATION: 0x8000,
} as const
const sendFlags = optional(nested(flags('sctp_sinfo_flags', sinfoFlags, 2)))

/** SCTP_DEFAULT_SEND_PARAM. `ppid` is passed on as it is: in whatever order the peers agreed on. */
export const sctpSndrcvinfo = asked(
  struct(
    'sctp_sndrcvinfo',
    32,
    {
      stream: [0, u16],
      ssn: [2, optional(u16)],
      flags: [4, sendFlags],
      ppid: [8, optional(u32)],
      context: [12, optional(u32)],
      timetolive: [16, optional(u32), 'ms'],
      tsn: [20, optional(u32)],
      cumtsn: [24, optional(u32)],
      assocId: [28, assocId],
    },
    { prefix: 'sinfo_' },
  ),
  ['assocId'],
)

/** SCTP_DEFAULT_SNDINFO. */
export const sctpSndinfo = asked(
  struct(
    'sctp_sndinfo',
    16,
    { sid: [0, u16], flags: [2, sendFlags], ppid: [4, optional(u32)], context: [8, optional(u32)], assocId: [12, assocId] },
    { prefix: 'snd_' },
  ),
  ['assocId'],
)

/** SCTP_DELAYED_SACK; 0 leaves a value as it is, a frequency of 1 turns the delay off. */
export const sctpSackInfo = asked(
  struct('sctp_sack_info', 12, { assocId: [0, assocId], delay: [4, u32, 'ms'], freq: [8, optional(u32), 'packets'] }, { prefix: 'sack_' }),
  ['assocId'],
)

/** SCTP_CONTEXT and a dozen others: one number for an association; its meaning is the option's. */
export const sctpAssocValue = asked(struct('sctp_assoc_value', 8, { assocId: [0, assocId], assocValue: [4, u32] }), ['assocId'])

const eventFlag = optional(flag(u8))

/** SCTP_EVENTS: a byte for each kind of event. Kernels know more of them from time to time; those that are left out are off. */
export const sctpEventSubscribe = growing(
  'sctp_event_subscribe',
  14,
  {
    dataIoEvent: [0, eventFlag],
    associationEvent: [1, eventFlag],
    addressEvent: [2, eventFlag],
    sendFailureEvent: [3, eventFlag],
    peerErrorEvent: [4, eventFlag],
    shutdownEvent: [5, eventFlag],
    partialDeliveryEvent: [6, eventFlag],
    adaptationLayerEvent: [7, eventFlag],
    authenticationEvent: [8, eventFlag],
    senderDryEvent: [9, eventFlag],
    streamResetEvent: [10, eventFlag],
    assocResetEvent: [11, eventFlag],
    streamChangeEvent: [12, eventFlag],
    sendFailureEventEvent: [13, eventFlag],
  },
  { prefix: 'sctp_' },
)

/** `enum sctp_sn_type`: 0x8000 and up. */
const notifications = {
  SCTP_DATA_IO_EVENT: 0x8000,
  SCTP_ASSOC_CHANGE: 0x8001,
  SCTP_PEER_ADDR_CHANGE: 0x8002,
  SCTP_SEND_FAILED: 0x8003,
  SCTP_REMOTE_ERROR: 0x8004,
  SCTP_SHUTDOWN_EVENT: 0x8005,
  SCTP_PARTIAL_DELIVERY_EVENT: 0x8006,
  SCTP_ADAPTATION_INDICATION: 0x8007,
  SCTP_AUTHENTICATION_EVENT: 0x8008,
  SCTP_SENDER_DRY_EVENT: 0x8009,
  SCTP_STREAM_RESET_EVENT: 0x800a,
  SCTP_ASSOC_RESET_EVENT: 0x800b,
  SCTP_STREAM_CHANGE_EVENT: 0x800c,
  SCTP_SEND_FAILED_EVENT: 0x800d,
} as const

/** SCTP_EVENT: asked by association and type. */
export const sctpEvent = asked(
  struct('sctp_event', 8, { assocId: [0, assocId], type: [4, named(u16, notifications)], on: [6, flag(u8)] }, { prefix: 'se_' }),
  ['assocId', 'type'],
)

/** SCTP_GET_ASSOC_ID_LIST. */
export const sctpAssocIds = tailed(
  'sctp_assoc_ids',
  4,
  { numberOfIds: [0, u32] },
  { name: 'assocId', of: list('sctp_assoc_t', 1024, i32), count: 'numberOfIds', each: 4 },
  { prefix: 'gaids_' },
)

/** SCTP_SOCKOPT_PEELOFF: the association, and the descriptor it got. */
export const sctpPeeloffArg = asked(struct('sctp_peeloff_arg_t', 8, { associd: [0, i32], sd: [4, optional(i32)] }), ['associd'])

/** In the numbers of most machines; alpha, mips, parisc and sparc have others (asm/fcntl.h). */
const peeloffFlags = { SOCK_NONBLOCK: 0x800, SOCK_CLOEXEC: 0x80000 } as const

/** SCTP_SOCKOPT_PEELOFF_FLAGS. */
export const sctpPeeloffFlagsArg = asked(
  struct('sctp_peeloff_flags_arg_t', 12, {
    associd: [0, i32],
    sd: [4, optional(i32)],
    flags: [8, optional(nested(flags('SOCK', peeloffFlags)))],
  }),
  ['associd', 'flags'],
)
