/** What must compile and what must not. Checked by `tsc` (npm run test:types); never run. */
import type { Server, Socket } from 'node:net'
import {
  type AppliedOptions,
  type ApplyReport,
  applyOptions,
  applyToAll,
  codecs,
  defineOption,
  getsockopt,
  getTimeouts,
  options,
  type SocketOptionError,
  setsockopt,
  setTimeouts,
  snapshot,
} from '../../src/index.js'
import { exactly } from './exactly.js'

declare const socket: Socket
declare const server: Server

// values have the types of the catalogue
exactly<boolean>().is(getsockopt(socket, 'TCP_NODELAY'))
exactly<number>().is(getsockopt(socket, 'TCP_USER_TIMEOUT'))
exactly<number | null>().is(getsockopt(socket, 'SO_RCVTIMEO'))
exactly<number | null>().is(getsockopt(socket, 'SO_TIMEOUT'))
exactly<bigint>().is(getsockopt(socket, 'SO_COOKIE'))
exactly<string>().is(getsockopt(socket, 'TCP_CONGESTION'))
exactly<boolean>().is(getsockopt(socket, 'SO_LINGER').onoff)
exactly<number>().is(getsockopt(socket, 'SO_LINGER').linger)
exactly<number | undefined>().is(getsockopt(server, 'TCP_INFO').rtt)
exactly<number>().is(getsockopt(7, 'SO_RCVBUF'))
exactly<number>().is(getsockopt({ fd: 7 }, 'SO_RCVBUF'))

// one field of a struct
exactly<number | undefined>().is(getsockopt(socket, 'TCP_INFO', { field: 'rtt' }))
exactly<boolean>().is(getsockopt(socket, 'SO_LINGER', { field: 'onoff' }))
// @ts-expect-error no such field
getsockopt(socket, 'TCP_INFO', { field: 'rtts' })
// @ts-expect-error no struct
getsockopt(socket, 'SO_RCVBUF', { field: 'rtt' })

// the raw form
exactly<number>().is(getsockopt(socket, 1, 8))
exactly<Buffer>().is(getsockopt(socket, 6, 11, 280))
setsockopt(socket, 1, 8, 65536)
setsockopt(socket, 1, 13, new Uint8Array(8))

// names
// @ts-expect-error no such option
getsockopt(socket, 'TCP_USER_TIMOUT')
// @ts-expect-error can only be set
getsockopt(socket, 'SO_SNDBUFFORCE')
// @ts-expect-error can only be read
setsockopt(socket, 'TCP_INFO', {})
// @ts-expect-error can only be read
setsockopt(socket, 'SO_TYPE', 'SOCK_STREAM')

// values
setsockopt(socket, 'TCP_NODELAY', true)
// @ts-expect-error a boolean
setsockopt(socket, 'TCP_NODELAY', 1)
// @ts-expect-error a number
setsockopt(socket, 'TCP_USER_TIMEOUT', '30s')
// @ts-expect-error a struct needs all its fields
setsockopt(socket, 'SO_LINGER', { onoff: true })
setsockopt(socket, 'SO_RCVTIMEO', null)

// targets
// @ts-expect-error a string is no socket
getsockopt('socket', 'TCP_NODELAY')

// several at once
const applied = applyOptions(socket, { SO_RCVBUF: 65536, TCP_NODELAY: true })
exactly<number | undefined>().is(applied.SO_RCVBUF.effective)
exactly<boolean | undefined>().is(applied.TCP_NODELAY.effective)
exactly<AppliedOptions<{ readonly SO_RCVBUF: 65536; readonly TCP_NODELAY: true }>>().is(applied)
// @ts-expect-error wrong value
applyOptions(socket, { SO_RCVBUF: true })
// @ts-expect-error no such option
applyOptions(socket, { SO_RECEIVE_BUFFER: 1 })

// options of one's own
const readable = defineOption({ level: 'IPPROTO_TCP', number: 47, codec: codecs.uint, access: 'ro' })
exactly<number>().is(getsockopt(socket, readable))
// @ts-expect-error can only be read
setsockopt(socket, readable, 1)
const both = defineOption({ level: 6, number: { linux: 1 }, codec: codecs.bool })
exactly<boolean>().is(getsockopt(socket, both))
setsockopt(socket, both, true)
// @ts-expect-error a boolean
setsockopt(socket, both, 1)

// the unit is part of the row, and shows on hover
exactly<'s'>().is(options.TCP_KEEPIDLE.unit)
exactly<'ms'>().is(options.TCP_USER_TIMEOUT.unit)
exactly<'rw'>().is(options.TCP_USER_TIMEOUT.access)

// timeouts
exactly<number | null | undefined>().is(getTimeouts(socket).user?.milliseconds)
setTimeouts(socket, { user: 30_000, keepAlive: { idle: 60_000, interval: 10_000, count: 3 }, linger: null })
setTimeouts(socket, { keepAlive: false })
// @ts-expect-error no such timeout
setTimeouts(socket, { users: 1 })
// @ts-expect-error a number
setTimeouts(socket, { user: '30s' })

// snapshots
exactly<number | undefined>().is(snapshot(socket).options.SO_RCVBUF?.value)
exactly<string>().is(snapshot(socket, ['SO_RCVBUF']).state)
// @ts-expect-error no such option
snapshot(socket, ['SO_RCVBUFF'])

// every socket of the process
const application = applyToAll(
  { TCP_USER_TIMEOUT: 30_000 },
  {
    servers: 'accepted',
    filter: ({ host, port }) => host !== undefined && port === 443,
    onReport(report) {
      exactly<ApplyReport>().is(report)
      exactly<number | undefined>().is(report.applied.SO_RCVBUF?.effective)
      exactly<boolean | undefined>().is(report.applied.TCP_NODELAY?.requested)
      exactly<SocketOptionError | undefined>().is(report.refused.TCP_NODELAY)
    },
  },
)
exactly<void>().is(application.stop())
exactly<void>().is(application[Symbol.dispose]())
// @ts-expect-error can only be read
applyToAll({ TCP_INFO: {} })
// @ts-expect-error a number
applyToAll({ TCP_USER_TIMEOUT: '30s' })
// @ts-expect-error no such part
applyToAll({}, { servers: 'bound' })
// @ts-expect-error a filter answers at once
applyToAll({}, { filter: async () => true })
