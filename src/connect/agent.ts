/** HOW do the connections of an http.Agent, of an https.Agent, of ws and http2 come to their options? By the function that makes them, which they all take. */
import type { ClientRequestArgs } from 'node:http'
import type { NetConnectOpts, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ConnectionOptions } from 'node:tls'
import { prepareOptions, type SocketOptions } from '../access/prepared.js'
import { isObject, type Shape, shapeOf } from '../socket/kind.js'
import { defaultAgentOf } from './internals.js'
import { type HowToPrepare, prepareOwn, type Settings } from './prepare-socket.js'
import { type ConnectOptions, connect } from './socket.js'
import { connectTls, deferLookup } from './tls.js'

/** What `agent.createConnection` is, and the option `createConnection` of http.request, http2.connect and ws. */
export type CreateConnection = (
  options: ClientRequestArgs | NetConnectOpts | ConnectionOptions | URL,
  callback?: ((error: Error | null, stream: Duplex) => void) | object,
) => Socket

/**
 * Makes connections that have options before the SYN leaves, for whatever takes a `createConnection`: TLS where it is asked for by https.
 *
 * ```ts
 * const agent = new https.Agent({ keepAlive: true })
 * agent.createConnection = createConnection({ TCP_USER_TIMEOUT: 30_000, TCP_KEEPINTVL: 10 })
 *
 * http2.connect('https://api.example', { createConnection: createConnection({ TCP_SYNCNT: 2 }) })
 * ```
 *
 * Options that are named stand, although an agent calls setKeepAlive() of each connection that it keeps. TLS sessions are kept by the agent, as without this.
 * @throws SocketOptionError, TypeError, RangeError at once for names and values that cannot be right; what the kernel refuses is an 'error' of the request
 */
export function createConnection(socketOptions: SocketOptions, how: HowToPrepare = {}): CreateConnection {
  prepareOptions(socketOptions, how.onUnsupported)
  const settings = { ...how, socketOptions }
  return function (this: unknown, options, second) {
    if (options instanceof URL) return connectTo(options, isObject(second) ? second : {}, settings)
    const ofAgent = agentMethod(this)
    if (ofAgent === undefined) return connectAlone(options, settings)
    return connectFor(options as ClientRequestArgs, changed => ofAgent.call(this, changed, second), settings)
  }
}

type Method = (options: ClientRequestArgs, callback: unknown) => Socket

/** The method that the agent had before: its class's, which knows TLS, sessions and proxies. */
function agentMethod(agent: unknown): Method | undefined {
  const { Agent } = process.getBuiltinModule('node:http')
  if (!(agent instanceof Agent)) return undefined
  return (Object.getPrototypeOf(agent) as { createConnection: Method }).createConnection
}

/** In the tick in which the agent has begun, nothing is open yet; but a unix socket is, whose options have to be there before. */
function connectFor(options: ClientRequestArgs, begin: (options: ClientRequestArgs) => Socket, settings: Settings): Socket {
  const { path } = options
  if (typeof path !== 'string') return prepareOwn(begin(deferLookup(options)), settings)
  const isTls = isSecure(shapeOf(options))
  const socket = connect({ ...(isTls ? { path } : (options as NetConnectOpts)), ...settings } as ConnectOptions)
  return isTls ? begin({ ...options, path: undefined, socket } as ClientRequestArgs) : socket
}

/** An agent of https has told its options so. Without an agent https.request() passes its default one all the same, and ws but the default port. */
function isSecure(options: Shape): boolean {
  const { protocol, agent, defaultPort } = options
  const known = [protocol, ...[agent, defaultAgentOf(options)].map(each => (isObject(each) ? each.protocol : undefined))].find(
    each => typeof each === 'string',
  )
  return known === undefined ? defaultPort === 443 : known === 'https:'
}

function connectAlone(options: ClientRequestArgs | NetConnectOpts | ConnectionOptions, settings: Settings): Socket {
  return isSecure(shapeOf(options))
    ? connectTls(options as ConnectionOptions, settings)
    : connect({ ...(options as NetConnectOpts), ...settings })
}

/** http2.connect() passes its authority and its own options. */
function connectTo({ protocol, hostname, port }: URL, options: object, settings: Settings): Socket {
  const isTls = protocol === 'https:'
  const to = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (isTls ? 443 : 80), ...options }
  return isTls ? connectTls({ ALPNProtocols: ['h2'], ...to }, settings) : connect({ ...to, ...settings })
}
