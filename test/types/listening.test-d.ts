/** What must compile of listen and bind, and what must not. Checked by `tsc` (npm run test:types); never run. */
import type { Socket as DatagramSocket } from 'node:dgram'
import type * as http2 from 'node:http2'
import type * as https from 'node:https'
import type { Server, Socket } from 'node:net'
import { type BindOptions, bind, type ListenOptions, listen, type Membership } from '../../src/index.js'

declare const server: Server
declare const secure: https.Server
declare const secure2: http2.Http2SecureServer
declare const socket: Socket
declare const datagrams: DatagramSocket

// the same server comes back
const sameServer: https.Server = listen(secure, { port: 443, socketOptions: { TCP_DEFER_ACCEPT: 5 } })
const sameSecure: http2.Http2SecureServer = listen(secure2, { path: '/run/x', readableAll: true }, () => undefined)
listen(sameServer, { port: 0, host: '::', ipv6Only: true, backlog: 7, signal: AbortSignal.abort(), type: 'mptcp', onUnsupported: 'skip' })
listen(sameSecure, { fd: 3, socketOptions: { SO_LINGER: { onoff: true, linger: 0 }, SO_RCVBUF: 1 } })
// @ts-expect-error no server
listen(socket, { port: 0 })
// @ts-expect-error a port alone is no options
listen(server, 8080)
// @ts-expect-error no such option
listen(server, { port: 0, socketOptions: { SO_REUSE_PORT: true } })
// @ts-expect-error can only be read
listen(server, { port: 0, socketOptions: { SO_TYPE: 'SOCK_STREAM' } })
// @ts-expect-error a switch
listen(server, { port: 0, socketOptions: { SO_REUSEPORT: 1 } })
// @ts-expect-error neither of the two
listen(server, { port: 0, type: 'sctp' })

// the same socket comes back
const memberships: Membership[] = [
  { group: '224.0.0.251', interface: 'eth0' },
  { group: 'ff02::fb', interface: 2, source: 'fe80::1' },
]
const same: DatagramSocket = bind(datagrams, { port: 5353, address: '0.0.0.0', exclusive: true, memberships }, () => undefined)
bind(same)
// @ts-expect-error no socket of datagrams
bind(socket, { port: 0 })
// @ts-expect-error a descriptor is opened here
bind(datagrams, { fd: 7 })
// @ts-expect-error without a group
bind(datagrams, { memberships: [{ interface: 'eth0' }] })
// @ts-expect-error no such option
bind(datagrams, { socketOptions: { SO_NOTHING: 1 } })

// options can be kept, and are not written to
declare const kept: Readonly<ListenOptions>
declare const keptToo: Readonly<BindOptions>
listen(server, kept)
bind(datagrams, keptToo)
