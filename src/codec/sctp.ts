/** Everything that options of IPPROTO_SCTP hold, by what it is about. */
export * from './sctp-address.js'
export * from './sctp-association.js'
export * from './sctp-auth.js'
export * from './sctp-stream.js'
