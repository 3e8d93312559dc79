/** HOW does a TLS connection come to options before its SYN? tls.connect() opens nothing in its own tick: what it returns is prepared in that one. */
import { isIP, type LookupFunction, type NetConnectOpts } from 'node:net'
import type { ConnectionOptions, TLSSocket } from 'node:tls'
import { prepareOwn, type Settings } from './prepare-socket.js'
import { connect } from './socket.js'

/** A lookup of the caller's may answer in the tick in which it is called, and Node would connect at once. */
export function deferLookup<Options extends { lookup?: LookupFunction | undefined }>(options: Options): Options {
  const { lookup } = options
  if (typeof lookup !== 'function') return options
  const later: LookupFunction = (...words) => process.nextTick(lookup, ...words)
  return { ...options, lookup: later }
}

/** tls.connect(), whose server name is the host where none is given and the host is a name, as https does. */
export function connectTls(options: ConnectionOptions, settings: Settings): TLSSocket {
  const tls = process.getBuiltinModule('node:tls')
  const { host, path } = options
  const named = { servername: typeof host === 'string' && isIP(host) === 0 ? host : '', ...options }
  if (options.socket) return tls.connect(named)
  if (typeof path === 'string') {
    const socket = connect({ path, ...settings } as NetConnectOpts)
    return tls.connect({ ...named, path: undefined, socket } as ConnectionOptions)
  }
  return prepareOwn(tls.connect(deferLookup(named)), settings)
}
