/** Which members does the header of an option name, where only sockets of rarer families have the option? */
import { flags, oneOf } from './choice.js'

/** MRT_FLUSH (linux/mroute.h). */
export const mrtFlush = flags('MRT_FLUSH', { MRT_FLUSH_MFC: 1, MRT_FLUSH_MFC_STATIC: 2, MRT_FLUSH_VIFS: 4, MRT_FLUSH_VIFS_STATIC: 8 })
/** MRT6_FLUSH (linux/mroute6.h). */
export const mrt6Flush = flags('MRT6_FLUSH', { MRT6_FLUSH_MFC: 1, MRT6_FLUSH_MFC_STATIC: 2, MRT6_FLUSH_MIFS: 4, MRT6_FLUSH_MIFS_STATIC: 8 })

// SOL_PACKET, SOL_XDP

/** PACKET_VERSION (linux/if_packet.h). */
export const packetVersion = oneOf('TPACKET', { TPACKET_V1: 0, TPACKET_V2: 1, TPACKET_V3: 2 })
/** PACKET_TIMESTAMP: the SOF_ flags that packet rings look at (Documentation/networking/packet_mmap.rst). */
export const packetTimestamp = flags('PACKET_TIMESTAMP', {
  SOF_TIMESTAMPING_SOFTWARE: 1 << 4,
  SOF_TIMESTAMPING_SYS_HARDWARE: 1 << 5,
  SOF_TIMESTAMPING_RAW_HARDWARE: 1 << 6,
})
/** XDP_OPTIONS (linux/if_xdp.h). */
export const xdpOptions = flags('XDP_OPTIONS', { XDP_OPTIONS_ZEROCOPY: 1 })

// SOL_CAN_RAW, SOL_TIPC, SOL_RDS, SOL_RXRPC, SOL_PPPOL2TP, SOL_PNPIPE

/** CAN_RAW_ERR_FILTER (linux/can/error.h): the classes of error frames to receive. */
export const canErrFilter = flags('CAN_ERR', {
  CAN_ERR_TX_TIMEOUT: 0x001,
  CAN_ERR_LOSTARB: 0x002,
  CAN_ERR_CRTL: 0x004,
  CAN_ERR_PROT: 0x008,
  CAN_ERR_TRX: 0x010,
  CAN_ERR_ACK: 0x020,
  CAN_ERR_BUSOFF: 0x040,
  CAN_ERR_BUSERROR: 0x080,
  CAN_ERR_RESTARTED: 0x100,
  CAN_ERR_CNT: 0x200,
})
/** TIPC_IMPORTANCE (linux/tipc.h). */
export const tipcImportance = oneOf('TIPC_IMPORTANCE', {
  TIPC_LOW_IMPORTANCE: 0,
  TIPC_MEDIUM_IMPORTANCE: 1,
  TIPC_HIGH_IMPORTANCE: 2,
  TIPC_CRITICAL_IMPORTANCE: 3,
})
/** SO_RDS_TRANSPORT (linux/rds.h). */
export const rdsTransport = oneOf('RDS_TRANS', { RDS_TRANS_NONE: -1, RDS_TRANS_IB: 0, RDS_TRANS_GAP: 1, RDS_TRANS_TCP: 2 })
/** RXRPC_MIN_SECURITY_LEVEL (linux/rxrpc.h). */
export const rxrpcSecurityLevel = oneOf('RXRPC_SECURITY', {
  RXRPC_SECURITY_PLAIN: 0,
  RXRPC_SECURITY_AUTH: 1,
  RXRPC_SECURITY_ENCRYPT: 2,
})
/** PPPOL2TP_SO_DEBUG (linux/if_pppol2tp.h). */
export const pppol2tpDebug = flags('PPPOL2TP_MSG', {
  PPPOL2TP_MSG_DEBUG: 1,
  PPPOL2TP_MSG_CONTROL: 2,
  PPPOL2TP_MSG_SEQ: 4,
  PPPOL2TP_MSG_DATA: 8,
})
/** PNPIPE_ENCAP (linux/phonet.h). */
export const pnpipeEncap = oneOf('PNPIPE_ENCAP', { PNPIPE_ENCAP_NONE: 0, PNPIPE_ENCAP_IP: 1 })

// SOL_BLUETOOTH, SOL_L2CAP, SOL_RFCOMM (bluetooth/bluetooth.h, l2cap.h, rfcomm.h)

export const btChannelPolicy = oneOf('BT_CHANNEL_POLICY', {
  BT_CHANNEL_POLICY_BREDR_ONLY: 0,
  BT_CHANNEL_POLICY_BREDR_PREFERRED: 1,
  BT_CHANNEL_POLICY_AMP_PREFERRED: 2,
})
export const btPhy = flags('BT_PHY', {
  BT_PHY_BR_1M_1SLOT: 1 << 0,
  BT_PHY_BR_1M_3SLOT: 1 << 1,
  BT_PHY_BR_1M_5SLOT: 1 << 2,
  BT_PHY_EDR_2M_1SLOT: 1 << 3,
  BT_PHY_EDR_2M_3SLOT: 1 << 4,
  BT_PHY_EDR_2M_5SLOT: 1 << 5,
  BT_PHY_EDR_3M_1SLOT: 1 << 6,
  BT_PHY_EDR_3M_3SLOT: 1 << 7,
  BT_PHY_EDR_3M_5SLOT: 1 << 8,
  BT_PHY_LE_1M_TX: 1 << 9,
  BT_PHY_LE_1M_RX: 1 << 10,
  BT_PHY_LE_2M_TX: 1 << 11,
  BT_PHY_LE_2M_RX: 1 << 12,
  BT_PHY_LE_CODED_TX: 1 << 13,
  BT_PHY_LE_CODED_RX: 1 << 14,
})
/** BT_MODE is one byte. */
export const btMode = oneOf(
  'BT_MODE',
  { BT_MODE_BASIC: 0, BT_MODE_ERTM: 1, BT_MODE_STREAMING: 2, BT_MODE_LE_FLOWCTL: 3, BT_MODE_EXT_FLOWCTL: 4 },
  1,
)
export const l2capLm = flags('L2CAP_LM', {
  L2CAP_LM_MASTER: 0x0001,
  L2CAP_LM_AUTH: 0x0002,
  L2CAP_LM_ENCRYPT: 0x0004,
  L2CAP_LM_TRUSTED: 0x0008,
  L2CAP_LM_RELIABLE: 0x0010,
  L2CAP_LM_SECURE: 0x0020,
  L2CAP_LM_FIPS: 0x0040,
})
export const rfcommLm = flags('RFCOMM_LM', {
  RFCOMM_LM_MASTER: 0x0001,
  RFCOMM_LM_AUTH: 0x0002,
  RFCOMM_LM_ENCRYPT: 0x0004,
  RFCOMM_LM_TRUSTED: 0x0008,
  RFCOMM_LM_RELIABLE: 0x0010,
  RFCOMM_LM_SECURE: 0x0020,
  RFCOMM_LM_FIPS: 0x0040,
})
