/** WHAT options are there on Windows alone? */

export * from './ip-windows.js'
export * from './ipv6-windows.js'
export * from './socket-windows.js'
export * from './tcp-windows.js'
export * from './udp-windows.js'
export * from './windows-families.js'
export * from './wsaioctl.js'
