/** WHAT can be read and set of a vsock socket (level AF_VSOCK)? */
import { timeval, timeval64 } from '../codec/duration.js'
import { int, u64 } from '../codec/scalar.js'
import { group, no, rw } from './define.js'

const notInMainline = 'ENOPROTOOPT in mainline: VMware only.'
const levelIsFamily = 'The level is AF_VSOCK (40); SOL_VSOCK (287) is for control messages.'

export const vsock = group('AF_VSOCK', () => ({
  SO_VM_SOCKETS_BUFFER_SIZE: rw(u64, 'Size of the receive buffer: the credit of the peer.', { unit: 'bytes', since: '3.9', quirks: ['Clamped to the two bounds.', 'Fewer than 8 bytes are EINVAL; EOPNOTSUPP on a datagram socket.', levelIsFamily] }),
  SO_VM_SOCKETS_BUFFER_MIN_SIZE: rw(u64, 'Lower bound of the buffer size.', { unit: 'bytes', since: '3.9' }),
  SO_VM_SOCKETS_BUFFER_MAX_SIZE: rw(u64, 'Upper bound of the buffer size.', { unit: 'bytes', since: '3.9' }),
  SO_VM_SOCKETS_PEER_HOST_VM_ID: no(int, 'Id of the host of the peer.', { since: '3.9', quirks: [notInMainline] }),
  SO_VM_SOCKETS_TRUSTED: no(int, 'Whether the peer is trusted.', { since: '3.9', quirks: [notInMainline] }),
  SO_VM_SOCKETS_CONNECT_TIMEOUT: rw(timeval, 'How long connect() may take, 2 s unless set.', { unit: 'ms', since: '3.9', quirks: ["The kernel's struct timeval is seconds and microseconds.", 'Zero restores the default.', 'The number is 8 on 32-bit Linux with a 64-bit time_t.'] }),
  SO_VM_SOCKETS_NONBLOCK_TXRX: no(int, 'Non-blocking transfers.', { since: '3.9', quirks: [notInMainline] }),
  SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW: rw(timeval64, 'SO_VM_SOCKETS_CONNECT_TIMEOUT with a timeval of two 64-bit fields on every machine.', { unit: 'ms', since: '5.16', quirks: ["The kernel's struct is seconds and microseconds."] }),
}))
