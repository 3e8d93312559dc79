/** WHAT options are there on macOS and FreeBSD alone? */

export * from './ip-bsd.js'
export * from './ipv6-bsd.js'
export * from './socket-bsd.js'
export * from './tcp-bsd.js'
export * from './tcp-freebsd-stacks.js'
export * from './udp-bsd.js'
export * from './unix.js'
export * from './utun.js'
