/** WHAT can be read and set of an AF_XDP socket (level SOL_XDP)? */
import { xdpOptions } from '../codec/enums-families.js'
import { int, uint } from '../codec/scalar.js'
import { xdpMmapOffsets, xdpStatistics, xdpUmemReg } from '../codec/xdp.js'
import { group, ro, wo } from './define.js'

const ring = ['A power of two.', 'EBUSY once the socket is bound.']

export const xdp = group('SOL_XDP', () => ({
  XDP_MMAP_OFFSETS: ro(xdpMmapOffsets, 'Where the fields of the rings are in memory.', { since: '4.18', quirks: ['96 bytes for a buffer below 128, without the flags.'] }),
  XDP_RX_RING: wo(int, 'Size of the receive ring.', { unit: 'entries', since: '4.18', quirks: ring }),
  XDP_TX_RING: wo(int, 'Size of the transmit ring.', { unit: 'entries', since: '4.18', quirks: ring }),
  XDP_UMEM_REG: wo(xdpUmemReg, 'Registers the memory of the packets.', { since: '4.18', quirks: ['Takes an address: not usable from JavaScript.'] }),
  XDP_UMEM_FILL_RING: wo(int, 'Size of the fill ring.', { unit: 'entries', since: '4.18', quirks: ring }),
  XDP_UMEM_COMPLETION_RING: wo(int, 'Size of the completion ring.', { unit: 'entries', since: '4.18', quirks: ring }),
  XDP_STATISTICS: ro(xdpStatistics, 'Packets dropped and invalid descriptors.', { since: '4.18', quirks: ['24 bytes for a buffer below 48.'] }),
  XDP_OPTIONS: ro(xdpOptions, 'Whether the socket runs without copies.', { since: '5.3' }),
  XDP_MAX_TX_SKB_BUDGET: wo(uint, 'Packets that one send takes in copy mode.', { unit: 'packets', since: '6.17', quirks: ['EACCES out of range or without a transmit ring.'] }),
}))
