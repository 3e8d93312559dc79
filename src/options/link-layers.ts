/** WHAT can be read and set of the smaller link layers and tunnels: LLC, PPPoL2TP, Phonet, NFC, IUCV, MCTP, X.25, ATM? */
import { pnpipeEncap, pppol2tpDebug } from '../codec/enums-families.js'
import { bool, int } from '../codec/scalar.js'
import { group, ro, rw } from './define.js'

export const llc = group('SOL_LLC', () => ({
  LLC_OPT_RETRY: rw(int, 'Retransmissions before giving up.', { unit: 'retransmissions', since: '2.6.12' }),
  LLC_OPT_SIZE: rw(int, 'Largest PDU.', { unit: 'bytes', since: '2.6.12' }),
  LLC_OPT_ACK_TMR_EXP: rw(int, 'Acknowledgement timer.', { unit: 's', since: '2.6.12' }),
  LLC_OPT_P_TMR_EXP: rw(int, 'Poll timer.', { unit: 's', since: '2.6.12' }),
  LLC_OPT_REJ_TMR_EXP: rw(int, 'Reject timer.', { unit: 's', since: '2.6.12' }),
  LLC_OPT_BUSY_TMR_EXP: rw(int, 'Busy timer.', { unit: 's', since: '2.6.12' }),
  LLC_OPT_TX_WIN: rw(int, 'Transmit window.', { since: '2.6.12' }),
  LLC_OPT_RX_WIN: rw(int, 'Receive window.', { since: '2.6.12' }),
  LLC_OPT_PKTINFO: rw(bool, 'Delivers information on each packet.', { since: '2.6.34' }),
}))

export const pppol2tp = group('SOL_PPPOL2TP', () => ({
  PPPOL2TP_SO_DEBUG: rw(pppol2tpDebug, 'Debug messages to print.', { since: '2.6.23' }),
  PPPOL2TP_SO_RECVSEQ: rw(bool, 'Requires sequence numbers on receive.', { since: '2.6.23' }),
  PPPOL2TP_SO_SENDSEQ: rw(bool, 'Sends sequence numbers.', { since: '2.6.23' }),
  PPPOL2TP_SO_LNSMODE: rw(bool, 'Acts as the L2TP network server.', { since: '2.6.23' }),
  PPPOL2TP_SO_REORDERTO: rw(int, 'How long to wait for a packet that is out of order.', { unit: 'ms', since: '2.6.23' }),
}))

export const pnpipe = group('SOL_PNPIPE', () => ({
  PNPIPE_ENCAP: rw(pnpipeEncap, 'Encapsulation of the Phonet pipe.', { since: '2.6.28' }),
  PNPIPE_IFINDEX: ro(int, 'Index of the interface of the pipe.', { since: '2.6.28' }),
  PNPIPE_HANDLE: rw(int, 'Handle of the pipe.', { since: '2.6.39' }),
  PNPIPE_INITSTATE: rw(bool, 'Initial state of the pipe.', { since: '3.1' }),
}))

export const nfc = group('SOL_NFC', () => ({
  NFC_LLCP_RW: rw(int, 'Receive window.', { since: '3.10', needs: 'a socket that is not bound (EINVAL)' }),
  NFC_LLCP_MIUX: rw(int, 'Extension of the largest information unit.', { since: '3.10', needs: 'a socket that is not bound (EINVAL)' }),
  NFC_LLCP_REMOTE_MIU: ro(int, 'Largest information unit of the peer.', { since: '3.10' }),
  NFC_LLCP_REMOTE_LTO: ro(int, 'Link timeout of the peer.', { unit: 'ms', since: '3.10' }),
  NFC_LLCP_REMOTE_RW: ro(int, 'Receive window of the peer.', { since: '3.10' }),
}))

export const iucv = group('SOL_IUCV', () => ({
  SO_IPRMDATA_MSG: rw(bool, 'Sends small messages within the parameter list.', { since: '2.6.30' }),
  SO_MSGLIMIT: rw(int, 'Limit of the message queue.', { since: '2.6.30' }),
  SO_MSGSIZE: ro(int, 'Largest message.', { unit: 'bytes', since: '3.11' }),
}))

export const mctp = group('SOL_MCTP', () => ({
  MCTP_OPT_ADDR_EXT: rw(bool, 'Uses extended addresses.', { since: '5.16' }),
}))

export const x25 = group('SOL_X25', () => ({
  X25_QBITINCL: rw(bool, 'Includes the Q bit in the data.', { since: '2.2' }),
}))

export const atm = group('SOL_ATM', () => ({
  SO_SETCLP: rw(bool, 'Sets the cell loss priority.', { since: '2.2' }),
}))
