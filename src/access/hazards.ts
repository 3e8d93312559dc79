/** Which options harm when they are merely read or set? One table, and it guards the raw form too. */

/**
 * - `destroys`: reading takes the value away from somebody else. Needs `{ consume: true }`.
 * - `creates`: reading installs a descriptor in this process. Needs `{ adopt: true }`; the caller must close it.
 * - `pointers`: the bytes carry memory addresses, which JavaScript cannot give without risking the process. Always refused.
 * - `overruns`: the kernel writes as much as the query asks for, whatever length the buffer has. Refused as bytes; by name the codec asks for what fits.
 */
export type Danger = 'destroys' | 'creates' | 'pointers' | 'overruns'

/** `bytes` is a read whose query the caller wrote byte by byte: by number, or by name with a Uint8Array for its `input`. */
export type Direction = 'read' | 'write' | 'bytes'

export interface Hazard {
  readonly read?: Danger
  readonly write?: Danger
  readonly bytes?: Danger
  readonly why: string
}

export const hazards: Readonly<Record<string, Hazard>> = Object.freeze({
  SO_ERROR: {
    read: 'destroys',
    why: 'reading clears the pending error that Node waits for: a refused connection would be reported as connected',
  },
  TCP_SAVED_SYN: { read: 'destroys', why: 'the kernel frees the saved SYN once it is read' },
  PACKET_STATISTICS: { read: 'destroys', why: 'reading resets the counters' },
  SO_PEERPIDFD: { read: 'creates', why: 'it opens a pidfd for the peer process' },
  SCTP_SOCKOPT_PEELOFF: { read: 'creates', why: 'it branches the association into a new descriptor' },
  SCTP_SOCKOPT_PEELOFF_FLAGS: { read: 'creates', why: 'it branches the association into a new descriptor' },
  TCP_ZEROCOPY_RECEIVE: { read: 'pointers', why: 'it maps received pages at an address in this process' },
  MPTCP_FULL_INFO: { bytes: 'pointers', why: 'the kernel writes to two arrays that the struct points to' },
  TCP_AO_GET_KEYS: { bytes: 'overruns', why: 'the kernel writes as many keys as nkeys asks for, beyond the end of the buffer' },
  IP_MSFILTER: { bytes: 'overruns', why: 'the kernel writes as many sources as imsf_numsrc asks for, beyond the end of the buffer' },
  MCAST_MSFILTER: { bytes: 'overruns', why: 'the kernel writes as many sources as gf_numsrc asks for, beyond the end of the buffer' },
  'IPPROTO_IPV6.MCAST_MSFILTER': {
    bytes: 'overruns',
    why: 'the kernel writes as many sources as gf_numsrc asks for, beyond the end of the buffer',
  },
  SCTP_SOCKOPT_CONNECTX3: { read: 'pointers', why: 'the struct points to a list of addresses' },
  SCTP_GET_PEER_ADDRS_OLD: { read: 'pointers', why: 'the kernel writes to the array that the struct points to' },
  SCTP_GET_LOCAL_ADDRS_OLD: { read: 'pointers', why: 'the kernel writes to the array that the struct points to' },
  SO_BSP_STATE: { read: 'pointers', why: 'the struct holds pointers into its own buffer' },
  SO_ATTACH_FILTER: { write: 'pointers', why: 'struct sock_fprog points to the program' },
  SO_ATTACH_REUSEPORT_CBPF: { write: 'pointers', why: 'struct sock_fprog points to the program' },
  PACKET_FANOUT_DATA: { write: 'pointers', why: 'a classic program is passed as struct sock_fprog, which points to it' },
  XDP_UMEM_REG: { write: 'pointers', why: 'the kernel maps the memory at the address in the struct' },
  IPT_SO_SET_REPLACE: { write: 'pointers', why: 'the kernel writes counters to the address in the struct' },
  IP6T_SO_SET_REPLACE: { write: 'pointers', why: 'the kernel writes counters to the address in the struct' },
  TCP_TXTLS_ENABLE: { write: 'pointers', why: 'the struct points to the keys' },
  TCP_RXTLS_ENABLE: { write: 'pointers', why: 'the struct points to the keys' },
  IPV6_MSFILTER: { read: 'pointers', write: 'pointers', why: 'the struct points to the list of sources' },
  RDS_GET_MR: { write: 'pointers', why: 'the struct holds the address of the memory to register' },
  RDS_GET_MR_FOR_DEST: { write: 'pointers', why: 'the struct holds the address of the memory to register' },
})

const consents = {
  destroys: { key: 'consume', remedy: 'pass { consume: true } to read it all the same' },
  creates: { key: 'adopt', remedy: 'pass { adopt: true } and close the descriptor that comes back' },
  pointers: { key: undefined, remedy: 'bytes with addresses cannot be given from JavaScript' },
  overruns: { key: undefined, remedy: 'read it by name, with the query as an object' },
} as const

/** What the caller takes upon himself. */
export interface Consent {
  /** Take the value although reading it destroys it (SO_ERROR, TCP_SAVED_SYN, PACKET_STATISTICS). */
  readonly consume?: boolean
  /** Take the descriptor that reading creates, and close it (SO_PEERPIDFD). */
  readonly adopt?: boolean
}

/** Why this use of the option is refused, or undefined. */
export function findDanger(name: string, direction: Direction, consent: Consent | undefined): string | undefined {
  const hazard = hazards[name]
  const danger = hazard?.[direction]
  if (hazard === undefined || danger === undefined) return undefined
  const { key, remedy } = consents[danger]
  if (key !== undefined && consent?.[key] === true) return undefined
  return `${hazard.why}; ${remedy}`
}

/** Whether reading the option changes nothing anywhere: what a snapshot may read. */
export const isHarmless = (name: string): boolean => hazards[name]?.read === undefined
