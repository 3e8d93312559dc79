/** WHAT is given before a recipe runs? The options of this run, and a name with two addresses, of which nobody listens on the first. */
import dns from 'node:dns'
import { socketOptions } from './socket-options.js'

Object.assign(socketOptions, JSON.parse(process.env.SOCKET_OPTIONS))

const { lookup } = dns
const addresses = ['127.0.0.2', '127.0.0.1'].map(address => ({ address, family: 4 }))
dns.lookup = (host, options, callback) => {
  if (host !== 'localhost' || !options.all) return lookup(host, options, callback)
  process.nextTick(callback, null, addresses)
}
