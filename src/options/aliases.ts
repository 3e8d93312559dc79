/** WHICH other names do options go by? Only names of the very same option: the same number wherever both exist. */

/** Other name to the name of its row. SO_TIMEOUT is Java's and many articles' name; the rest are in the systems' headers. */
export const aliases = {
  SO_TIMEOUT: 'SO_RCVTIMEO',
  SO_DETACH_BPF: 'SO_DETACH_FILTER',
  SO_PROTOTYPE: 'SO_PROTOCOL',
  IP_ORIGDSTADDR: 'IP_RECVORIGDSTADDR',
  IP_RECVECN: 'IP_ECN',
  IPV6_JOIN_GROUP: 'IPV6_ADD_MEMBERSHIP',
  IPV6_LEAVE_GROUP: 'IPV6_DROP_MEMBERSHIP',
  IPV6_RECVECN: 'IPV6_ECN',
  ICMP6_FILTER: 'ICMPV6_FILTER',
  SCTP_DELAYED_ACK: 'SCTP_DELAYED_SACK',
  SCTP_DELAYED_ACK_TIME: 'SCTP_DELAYED_SACK',
  SCTP_EXPOSE_PF_STATE: 'SCTP_EXPOSE_POTENTIALLY_FAILED_STATE',
  SIO_PRIORITY_HINT: 'SIO_SET_PRIORITY_HINT',
} as const
