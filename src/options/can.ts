/** WHAT can be read and set of CAN sockets: raw, ISO-TP and J1939? */
import { canFilters, canIsotpFc, canIsotpLl, canIsotpOptions, canRawVcid, j1939Filters } from '../codec/can.js'
import { canErrFilter } from '../codec/enums-families.js'
import { bool, int, uint } from '../codec/scalar.js'
import { group, rw, wo } from './define.js'

const needs = 'a socket that is not bound (EISCONN)'

export const canRaw = group('SOL_CAN_RAW', () => ({
  CAN_RAW_FILTER: rw(canFilters, 'Filters of received frames; without any, nothing is received.', { since: '2.6.25' }),
  CAN_RAW_ERR_FILTER: rw(canErrFilter, 'Error frames to receive.', { since: '2.6.25' }),
  CAN_RAW_LOOPBACK: rw(bool, 'Loops sent frames back to local sockets.', { since: '2.6.25' }),
  CAN_RAW_RECV_OWN_MSGS: rw(bool, 'Receives frames that this socket sent.', { since: '2.6.25' }),
  CAN_RAW_FD_FRAMES: rw(bool, 'Allows CAN FD frames.', { since: '3.6' }),
  CAN_RAW_JOIN_FILTERS: rw(bool, 'Receives a frame only if all filters match.', { since: '4.1' }),
  CAN_RAW_XL_FRAMES: rw(bool, 'Allows CAN XL frames.', { since: '6.2' }),
  CAN_RAW_XL_VCID_OPTS: rw(canRawVcid, 'Virtual network ids of CAN XL.', { since: '6.9' }),
}))

export const canIsotp = group('SOL_CAN_ISOTP', () => ({
  CAN_ISOTP_OPTS: rw(canIsotpOptions, 'ISO-TP flags, addresses and padding.', { since: '5.10', needs }),
  CAN_ISOTP_RECV_FC: rw(canIsotpFc, 'Flow control that is announced to the sender.', { since: '5.10', needs }),
  CAN_ISOTP_TX_STMIN: rw(uint, 'Smallest gap between sent frames.', { unit: 'ns', since: '5.10', needs }),
  CAN_ISOTP_RX_STMIN: rw(uint, 'Smallest gap between received frames.', { unit: 'ns', since: '5.10', needs }),
  CAN_ISOTP_LL_OPTS: rw(canIsotpLl, 'Link layer: frame size and flags.', { since: '5.10', needs }),
}))

export const canJ1939 = group('SOL_CAN_J1939', () => ({
  SO_J1939_FILTER: wo(j1939Filters, 'Filters of received messages.', { since: '5.4' }),
  SO_J1939_PROMISC: rw(bool, 'Receives what is meant for others.', { since: '5.4' }),
  SO_J1939_SEND_PRIO: rw(int, 'Priority of sent messages.', { since: '5.4', needs: 'CAP_NET_ADMIN below 2 (EPERM)' }),
  SO_J1939_ERRQUEUE: rw(bool, 'Reports the progress of transfers on the error queue.', { since: '5.4' }),
}))
