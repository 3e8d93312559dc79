/** WHAT can be read and set of Bluetooth sockets? */
import { btCodecs, btIsoQos, btPower, btSecurity, btVoice, hciUfilter, l2capConninfo, l2capOptions, rfcommConninfo, scoConninfo, scoOptions } from '../codec/bluetooth.js'
import { bytes } from '../codec/bytes.js'
import { btChannelPolicy, btMode, btPhy, l2capLm, rfcommLm } from '../codec/enums-families.js'
import { bool, u16 } from '../codec/scalar.js'
import { group, ro, rw, wo } from './define.js'

const family = 'AF_BLUETOOTH'

export const bluetooth = group('SOL_BLUETOOTH', () => ({
  BT_SECURITY: rw(btSecurity, 'Security level and size of the key.', { since: '2.6.30' }),
  BT_DEFER_SETUP: rw(bool, 'Lets the application authorise connections before they are accepted.', { since: '2.6.30' }),
  BT_FLUSHABLE: rw(bool, 'Sends packets that may be flushed.', { since: '2.6.39' }),
  BT_POWER: rw(btPower, 'Forces the active mode.', { since: '3.1' }),
  BT_CHANNEL_POLICY: rw(btChannelPolicy, 'Controller that is preferred.', { since: '3.10' }),
  BT_VOICE: rw(btVoice, 'Voice setting of SCO.', { since: '3.12' }),
  BT_SNDMTU: rw(u16, 'MTU for sending.', { unit: 'bytes', since: '3.11' }),
  BT_RCVMTU: rw(u16, 'MTU for receiving.', { unit: 'bytes', since: '3.11' }),
  BT_PHY: rw(btPhy, 'PHYs that are supported or selected.', { since: '5.8' }),
  BT_MODE: rw(btMode, 'L2CAP mode.', { since: '5.8' }),
  BT_PKT_STATUS: rw(bool, 'Delivers the status of packets.', { since: '5.9' }),
  BT_ISO_QOS: rw(btIsoQos, 'Quality of service of an isochronous channel.', { since: '6.0' }),
  BT_CODEC: rw(btCodecs, 'SCO codec.', { since: '5.16' }),
  BT_ISO_BASE: rw(bytes(256), 'Endpoint structure of a broadcast audio source.', { since: '6.0' }),
  BT_PKT_SEQNUM: wo(bool, 'Delivers the sequence numbers of packets.', { since: '6.17' }),
}))

export const l2cap = group(
  'SOL_L2CAP',
  () => ({
    L2CAP_OPTIONS: rw(l2capOptions, 'MTUs, flush timeout and mode.', { since: '2.4' }),
    L2CAP_CONNINFO: ro(l2capConninfo, 'Handle of the connection and class of the device.', { since: '2.4' }),
    L2CAP_LM: rw(l2capLm, 'Link mode.', { since: '2.4' }),
  }),
  family,
)

export const sco = group(
  'SOL_SCO',
  () => ({
    SCO_OPTIONS: ro(scoOptions, 'MTU of SCO.', { since: '2.4' }),
    SCO_CONNINFO: ro(scoConninfo, 'Handle of the connection and class of the device.', { since: '2.4' }),
  }),
  family,
)

export const rfcomm = group(
  'SOL_RFCOMM',
  () => ({
    RFCOMM_CONNINFO: ro(rfcommConninfo, 'Handle of the connection and class of the device.', { since: '2.4' }),
    RFCOMM_LM: rw(rfcommLm, 'Link mode.', { since: '2.4' }),
  }),
  family,
)

export const hci = group(
  'SOL_HCI',
  () => ({
    HCI_DATA_DIR: rw(bool, 'Delivers the direction of packets.', { since: '2.4' }),
    HCI_FILTER: rw(hciUfilter, 'Packets and events to receive.', { since: '2.4', needs: 'CAP_NET_RAW for some of them' }),
    HCI_TIME_STAMP: rw(bool, 'Delivers the time of packets.', { since: '2.4' }),
  }),
  family,
)
