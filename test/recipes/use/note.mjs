/** WHAT is on a socket now? */
import { getsockopt } from 'getsockopt'
import { socketOptions } from './socket-options.js'

/** Prints it. A TLS socket that was laid over another has its attempts from there. */
export function note(when, socket) {
  const { autoSelectFamilyAttemptedAddresses: attempted } = socket._parent ?? socket
  const options = Object.fromEntries(Object.keys(socketOptions).map(name => [name, getsockopt(socket, name)]))
  console.log(JSON.stringify({ when, tried: attempted?.map(address => address.split(':')[0]), options }))
}
