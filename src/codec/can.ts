/** Which frames does a CAN socket receive, and how does ISO-TP split messages into them? */
import { flags } from './choice.js'
import type { Abi } from './codec.js'
import { nested, optional, u8, u32, u64big, within } from './field.js'
import { list } from './list.js'
import { struct } from './struct.js'

export const canFilter = struct('can_filter', 8, { id: [0, u32], mask: [4, u32] }, { prefix: 'can_' })
/** CAN_RAW_FILTER: a frame passes if `id & mask` is that of its identifier, for any of them; bit 29 of `id` inverts. None at all receives nothing. */
export const canFilters = list('struct can_filter', 512, nested(canFilter))

const vcidFlags = { CAN_RAW_XL_VCID_TX_SET: 0x01, CAN_RAW_XL_VCID_TX_PASS: 0x02, CAN_RAW_XL_VCID_RX_FILTER: 0x04 } as const
/** CAN_RAW_XL_VCID_OPTS. */
export const canRawVcid = struct('can_raw_vcid_options', 4, {
  flags: [0, nested(flags('CAN_RAW_XL_VCID', vcidFlags, 1))],
  txVcid: [1, optional(u8)],
  rxVcid: [2, optional(u8)],
  rxVcidMask: [3, optional(u8)],
})

const isotpFlags = flags('CAN_ISOTP', {
  CAN_ISOTP_LISTEN_MODE: 0x0001,
  CAN_ISOTP_EXTEND_ADDR: 0x0002,
  CAN_ISOTP_TX_PADDING: 0x0004,
  CAN_ISOTP_RX_PADDING: 0x0008,
  CAN_ISOTP_CHK_PAD_LEN: 0x0010,
  CAN_ISOTP_CHK_PAD_DATA: 0x0020,
  CAN_ISOTP_HALF_DUPLEX: 0x0040,
  CAN_ISOTP_FORCE_TXSTMIN: 0x0080,
  CAN_ISOTP_FORCE_RXSTMIN: 0x0100,
  CAN_ISOTP_RX_EXT_ADDR: 0x0200,
  CAN_ISOTP_WAIT_TX_DONE: 0x0400,
  CAN_ISOTP_SF_BROADCAST: 0x0800,
  CAN_ISOTP_CF_BROADCAST: 0x1000,
  CAN_ISOTP_DYN_FC_PARMS: 0x2000,
})
/** CAN_ISOTP_OPTS. A `frameTxtime` of 0 leaves it as it is; 0xffffffff is none. */
export const canIsotpOptions = struct('can_isotp_options', 12, {
  flags: [0, nested(isotpFlags)],
  frameTxtime: [4, optional(u32), 'ns'],
  extAddress: [8, optional(u8)],
  txpadContent: [9, optional(u8)],
  rxpadContent: [10, optional(u8)],
  rxExtAddress: [11, optional(u8)],
})
/** CAN_ISOTP_RECV_FC. `stmin`: 0 to 0x7f are ms, 0xf1 to 0xf9 are 100 to 900 us. */
export const canIsotpFc = struct('can_isotp_fc_options', 3, { bs: [0, u8, 'frames'], stmin: [1, u8], wftmax: [2, optional(u8), 'frames'] })
/** CAN_ISOTP_LL_OPTS. `mtu` is 16 (CAN) or 72 (CAN FD). */
export const canIsotpLl = struct('can_isotp_ll_options', 3, { mtu: [0, u8, 'bytes'], txDl: [1, u8, 'bytes'], txFlags: [2, optional(u8)] })

/** 26 bytes, and what it takes for the next one's u64. */
const filterBytes = (abi: Abi) => (abi.int64Alignment === 8 ? 32 : 28)
export const j1939Filter = struct(
  'j1939_filter',
  32,
  {
    name: [0, optional(u64big)],
    nameMask: [8, optional(u64big)],
    pgn: [16, optional(within(u32, 0, 0x40000))],
    pgnMask: [20, optional(u32)],
    addr: [24, optional(u8)],
    addrMask: [25, optional(u8)],
  },
  { bytes: filterBytes },
)
/** SO_J1939_FILTER: none at all receives everything. */
export const j1939Filters = list('struct j1939_filter', 512, nested(j1939Filter), filterBytes)
