/** What options before the connection take and give. Checked by `tsc` (npm run test:types); never run. */
import { Agent } from 'node:http'
import * as https from 'node:https'
import * as net from 'node:net'
import * as tls from 'node:tls'
import * as undici from 'undici'
import { type ConnectOptions, connect, connector, createConnection, prepareSocket, type SocketOptions } from '../../src/index.js'
import { exactly } from './exactly.js'

const socketOptions: SocketOptions = { TCP_USER_TIMEOUT: 1500, SO_RCVBUF: 65536, TCP_NODELAY: true }

// what net.connect() takes, and more
exactly<net.Socket>().is(
  connect({ port: 80, host: 'a.example', socketOptions, onUnsupported: 'skip', type: 'mptcp', timeout: 5, noDelay: true }),
)
connect({ path: '/run/x', socketOptions }, () => undefined)
connect({ port: 80, signal: AbortSignal.timeout(5), lookup: (_host, _options, callback) => callback(null, '127.0.0.1', 4) })
const options: ConnectOptions = { port: 80 }
connect(options)
// @ts-expect-error no such option
connect({ port: 80, socketOptions: { TCP_USER_TIMEUOT: 1 } })
// @ts-expect-error can only be read
connect({ port: 80, socketOptions: { TCP_INFO: {} } })
// @ts-expect-error of another type
connect({ port: 80, socketOptions: { TCP_USER_TIMEOUT: '5' } })
// @ts-expect-error no port and no path
connect({ host: 'a.example', socketOptions })
// @ts-expect-error neither
connect({ port: 80, onUnsupported: 'ignore' })

// the same socket comes back
exactly<tls.TLSSocket>().is(prepareSocket(tls.connect(443), socketOptions))
exactly<net.Socket>().is(prepareSocket(new net.Socket(), socketOptions, { type: 'mptcp' }))
// @ts-expect-error a server is none
prepareSocket(net.createServer(), socketOptions)

// agents and undici take them as they are
const agent = new Agent()
agent.createConnection = createConnection(socketOptions)
const secure = new https.Agent()
secure.createConnection = createConnection(socketOptions, { onUnsupported: 'skip' })
new undici.Agent({ connect: connector(socketOptions, { timeout: 5000, allowH2: true, rejectUnauthorized: false }) })
new undici.Client('https://a.example', { connect: connector(socketOptions) })
// @ts-expect-error no such option
connector({ TCP_USER_TIMEUOT: 1 })
