/** WHAT is on a socket now? */
import { getsockopt } from 'getsockopt'
import { socketOptions } from './socket-options.js'

/** Prints it. A TLS socket that was laid over another has its attempts from there; a socket that was given an address has made one. */
export function note(when, socket) {
  const { autoSelectFamilyAttemptedAddresses: attempted = [], remoteAddress } = socket._parent ?? socket
  const tried = attempted.length === 0 ? [remoteAddress] : attempted.map(address => address.split(':')[0])
  const options = Object.fromEntries(Object.keys(socketOptions).map(name => [name, getsockopt(socket, name)]))
  console.log(JSON.stringify({ when, tried, options }))
}
