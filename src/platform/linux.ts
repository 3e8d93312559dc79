/** WHERE is an option on Linux? The numbers are those of asm-generic; the architectures that differ have a table of their own. */
import { linuxNumbers } from './linux-numbers.js'
import { loadLinuxRareNumbers } from './on-demand.js'
import type { Platform } from './platform.js'

/** The levels whose options are in linux-numbers.ts. */
const usual: readonly string[] = ['SOL_SOCKET', 'IPPROTO_TCP', 'IPPROTO_IP', 'IPPROTO_IPV6', 'IPPROTO_UDP', 'IPPROTO_UDPLITE', 'IPPROTO_RAW', 'IPPROTO_ICMPV6', 'SOL_TLS', 'SOL_MPTCP']

export const linux: Platform = {
  name: 'linux',
  levels: {
    SOL_SOCKET: 1,
    IPPROTO_TCP: 6,
    IPPROTO_IP: 0,
    IPPROTO_IPV6: 41,
    IPPROTO_UDP: 17,
    IPPROTO_UDPLITE: 136,
    IPPROTO_RAW: 255,
    IPPROTO_ICMPV6: 58,
    IPPROTO_SCTP: 132,
    SOL_MPTCP: 284,
    SOL_TLS: 282,
    SOL_PACKET: 263,
    SOL_NETLINK: 270,
    AF_VSOCK: 40,
    SOL_XDP: 283,
    SOL_CAN_RAW: 101,
    SOL_CAN_ISOTP: 106,
    SOL_CAN_J1939: 107,
    SOL_BLUETOOTH: 274,
    SOL_L2CAP: 6,
    SOL_SCO: 17,
    SOL_RFCOMM: 18,
    SOL_HCI: 0,
    SOL_TIPC: 271,
    SOL_RDS: 276,
    SOL_RXRPC: 272,
    SOL_KCM: 281,
    SOL_SMC: 286,
    SOL_LLC: 268,
    SOL_PPPOL2TP: 273,
    SOL_PNPIPE: 275,
    SOL_NFC: 280,
    SOL_IUCV: 277,
    SOL_MCTP: 285,
    SOL_X25: 262,
    SOL_ATM: 264,
    SOL_ALG: 279,
  },
  numbers: linuxNumbers,
  rareNumbers: level => (usual.includes(level) ? undefined : loadLinuxRareNumbers()),
  quirks: {
    SO_SNDLOWAT: { access: 'ro', reason: 'fixed at 1: a set is ENOPROTOOPT' },
    IPV6_PKTINFO: { access: 'wo', reason: 'no getter: ENOPROTOOPT' },
    IPV6_HOPLIMIT: { access: 'none', reason: 'only the type of a control message: IPV6_RECVHOPLIMIT asks for it' },
    IPV6_NEXTHOP: { access: 'none', reason: 'a number that is not implemented: ENOPROTOOPT' },
  },
  errnos: {
    33: 'EDOM',
    62: 'ETIME',
    77: 'EBADFD',
    95: 'EOPNOTSUPP',
    115: 'EINPROGRESS',
    126: 'ENOKEY',
    127: 'EKEYEXPIRED',
    128: 'EKEYREVOKED',
    129: 'EKEYREJECTED',
  },
}
