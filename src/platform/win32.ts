/** WHERE is an option on Windows, and what differs there? */
import { dwordMilliseconds } from '../codec/duration.js'
import { pmtudiscWin32 } from '../codec/enums-windows.js'
import { lingerShort } from '../codec/linger.js'
import { ipMreqSourceBsd } from '../codec/membership.js'
import { bool, int } from '../codec/scalar.js'
import type { Platform } from './platform.js'
import { win32Errnos } from './win32-errnos.js'
import { win32Numbers } from './win32-numbers.js'

const sourceFirst = { codec: ipMreqSourceBsd, reason: 'the struct has the source before the interface' }
const timeout = { codec: dwordMilliseconds, reason: 'a DWORD of milliseconds' }
const otherBounds = { codec: int, reason: 'other bounds than on Linux' }
const pmtud = { codec: pmtudiscWin32, reason: 'the policies are numbered differently' }

export const win32: Platform = {
  name: 'win32',
  levels: {
    SOL_SOCKET: 0xffff,
    IPPROTO_TCP: 6,
    IPPROTO_IP: 0,
    IPPROTO_IPV6: 41,
    IPPROTO_UDP: 17,
    WIN_SOL_IP: 0xfffb,
    HV_PROTOCOL_RAW: 1,
    IPPROTO_RM: 113,
    SOL_IRLMP: 255,
    /** Not a level: the native code takes -1 for WSAIoctl, and the option's number for its control code. */
    WSAIOCTL: -1,
  },
  numbers: win32Numbers,
  quirks: {
    SO_LINGER: { codec: lingerShort, reason: 'two 16-bit fields' },
    SO_SNDLOWAT: { access: 'none', reason: 'a number that is not implemented' },
    SO_RCVTIMEO: timeout,
    SO_SNDTIMEO: timeout,
    SO_TIMESTAMP: { access: 'none', reason: 'only the type of a control message: SIO_TIMESTAMPING asks for it' },
    TCP_KEEPIDLE: otherBounds,
    TCP_KEEPINTVL: otherBounds,
    TCP_KEEPCNT: otherBounds,
    TCP_FASTOPEN: { codec: bool, reason: 'a switch' },
    IP_MTU_DISCOVER: pmtud,
    IPV6_MTU_DISCOVER: pmtud,
    IP_MULTICAST_IF: { reason: 'an address in 0.0.0.0/8 is the index of an interface' },
    IP_UNBLOCK_SOURCE: sourceFirst,
    IP_BLOCK_SOURCE: sourceFirst,
    IP_ADD_SOURCE_MEMBERSHIP: sourceFirst,
    IP_DROP_SOURCE_MEMBERSHIP: sourceFirst,
  },
  errnos: win32Errnos,
}
