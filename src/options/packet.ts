/** WHAT can be read and set of a packet socket (level SOL_PACKET)? */
import { bytes } from '../codec/bytes.js'
import { packetTimestamp, packetVersion } from '../codec/enums-families.js'
import { fanoutArgs, packetMreq, rolloverStats, tpacketReq, tpacketStats } from '../codec/packet.js'
import { bool, int, uint } from '../codec/scalar.js'
import { group, no, ro, rw, wo } from './define.js'

const beforeRing = 'no ring yet (EBUSY)'

export const packet = group('SOL_PACKET', () => ({
  PACKET_ADD_MEMBERSHIP: wo(packetMreq, 'Joins a link-layer group, or the promiscuous or all-multicast mode.', { since: '2.2' }),
  PACKET_DROP_MEMBERSHIP: wo(packetMreq, 'Undoes PACKET_ADD_MEMBERSHIP.', { since: '2.2' }),
  PACKET_RECV_OUTPUT: no(int, 'Historical.', { since: '2.2', quirks: ['ENOPROTOOPT.'] }),
  PACKET_RX_RING: wo(tpacketReq, 'Creates the memory-mapped receive ring.', { since: '2.4', quirks: ['PACKET_VERSION decides the size of the struct: 16 or 28 bytes.'] }),
  PACKET_STATISTICS: ro(tpacketStats, 'Packets seen and dropped since the last read.', { unit: 'packets', since: '2.4', quirks: ['A read resets the counters.', '12 bytes with version 3 of the ring, 8 otherwise.'] }),
  PACKET_COPY_THRESH: rw(int, 'Packets below this size go to the normal queue too.', { unit: 'bytes', since: '2.4' }),
  PACKET_AUXDATA: rw(bool, 'Delivers metadata of each packet (tpacket_auxdata).', { since: '2.6.21' }),
  PACKET_ORIGDEV: rw(bool, 'Reports the original device below a bond.', { since: '2.6.22' }),
  PACKET_VERSION: rw(packetVersion, 'Format of the ring.', { since: '2.6.27', needs: beforeRing }),
  PACKET_HDRLEN: ro(int, 'Length of the frame header in a format of the ring.', { unit: 'bytes', since: '2.6.27', inOut: true, quirks: ['A read takes the format (0, 1, 2) from the buffer.'] }),
  PACKET_RESERVE: rw(uint, 'Room kept free before each frame.', { unit: 'bytes', since: '2.6.27', needs: beforeRing }),
  PACKET_TX_RING: wo(tpacketReq, 'Creates the memory-mapped transmit ring.', { since: '2.6.31' }),
  PACKET_LOSS: rw(bool, 'Drops malformed frames of the transmit ring instead of stopping at them.', { since: '2.6.31', needs: beforeRing }),
  PACKET_VNET_HDR: rw(bool, 'Puts a virtio_net_hdr before each frame.', { since: '2.6.34', needs: 'SOCK_RAW (EINVAL)' }),
  PACKET_TX_TIMESTAMP: no(int, 'Historical; PACKET_TIMESTAMP took its place.', { since: '2.6.36', quirks: ['ENOPROTOOPT.'] }),
  PACKET_TIMESTAMP: rw(packetTimestamp, 'Source of the timestamps in the ring.', { since: '2.6.36' }),
  PACKET_FANOUT: rw(fanoutArgs, 'Group of sockets that share the load: its id, its way of sharing, its flags.', { since: '3.1', needs: 'a socket bound to a device, to set', quirks: ['Reads 0 outside a group.', '8 bytes, with the size of the group, since 5.11.'] }),
  PACKET_TX_HAS_OFF: rw(bool, 'Heeds the offsets in frames of the transmit ring.', { since: '3.8', quirks: ['A set is ignored once there is a ring.'] }),
  PACKET_QDISC_BYPASS: rw(bool, 'Sends past the qdisc layer.', { since: '3.14' }),
  PACKET_ROLLOVER_STATS: ro(rolloverStats, 'Packets that a full socket of the group passed on.', { unit: 'packets', since: '4.2', quirks: ['EINVAL without a rollover group.'] }),
  PACKET_FANOUT_DATA: wo(bytes(4096), 'BPF program that shares the load within the group.', { since: '4.3', needs: 'membership of a group (EINVAL)', quirks: ['A classic program is a struct of pointers; an eBPF one is a descriptor of 4 bytes.'] }),
  PACKET_IGNORE_OUTGOING: rw(bool, 'Does not capture what this host sends.', { since: '4.20', quirks: ['Any value but 0 and 1 is EINVAL.'] }),
  PACKET_VNET_HDR_SZ: rw(int, 'Size of the virtio header: 0, 10 or 12.', { unit: 'bytes', since: '6.6', needs: 'SOCK_RAW (EINVAL)' }),
}))
