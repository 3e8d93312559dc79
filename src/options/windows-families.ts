/** WHAT can be read and set at the levels that only Windows has: Hyper-V, reliable multicast, infrared, redirection? */

import { bool, intIn, uint } from '../codec/scalar.js'
import { sockaddr } from '../codec/sockaddr.js'
import { deviceList, iasQuery, iasSet, rmReceiverStats, rmSenderStats, rmSendWindow } from '../codec/win32.js'
import { group, ro, rw, wo } from './define.js'

export const hyperv = group(
  'HV_PROTOCOL_RAW',
  () => ({
    HVSOCKET_CONNECT_TIMEOUT: rw(intIn(0, 300_000), 'How long connect() may take.', { unit: 'ms' }),
    HVSOCKET_CONTAINER_PASSTHRU: rw(bool, 'Passes through to a container.'),
    HVSOCKET_CONNECTED_SUSPEND: rw(bool, 'Keeps the connection while the virtual machine is suspended.'),
  }),
  'AF_HYPERV',
)

export const reliableMulticast = group('IPPROTO_RM', () => ({
  RM_RATE_WINDOW_SIZE: rw(rmSendWindow, 'Send window of PGM.'),
  RM_SET_MESSAGE_BOUNDARY: wo(uint, 'Size of the message that follows.', { unit: 'bytes' }),
  RM_SENDER_STATISTICS: ro(rmSenderStats, 'Statistics of a sender.'),
  RM_RECEIVER_STATISTICS: ro(rmReceiverStats, 'Statistics of a receiver.'),
}))

export const irda = group(
  'SOL_IRLMP',
  () => ({
    IRLMP_ENUMDEVICES: ro(deviceList, 'Infrared devices in range (legacy).'),
    IRLMP_IAS_SET: wo(iasSet, 'Attribute of the local device (legacy).'),
    IRLMP_IAS_QUERY: ro(iasQuery, 'Attribute of a remote device (legacy).', { inOut: true }),
    IRLMP_9WIRE_MODE: rw(bool, '9-wire mode of IrCOMM (legacy).'),
  }),
  'AF_IRDA',
)

export const redirection = group('WIN_SOL_IP', () => ({
  'WIN_SOL_IP.SO_ORIGINAL_DST': ro(sockaddr, 'Original destination of a redirected connection.', { quirks: ['The level is 0xfffb for IPv4, 0xfffa for IPv6.'] }),
}))
