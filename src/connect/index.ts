/** The public names of what gives options to sockets that are not connected, not bound, not listening yet. One module, because one is loaded at once for all of them. */
export { type CreateConnection, createConnection } from './agent.js'
export { type BindOptions, bind } from './datagram.js'
export type { Membership } from './memberships.js'
export { type HowToPrepare, prepareSocket } from './prepare-socket.js'
export { type ListenOptions, listen } from './server.js'
export { type ConnectOptions, connect } from './socket.js'
export { type Connector, type ConnectorOptions, type ConnectorSettings, connector } from './undici.js'
