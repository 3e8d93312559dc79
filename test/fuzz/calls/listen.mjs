/** Sockets that get their options before they have an address: listen, bind. Each call has a server or a socket of its own, and closes it. */
import dgram from 'node:dgram'
import net from 'node:net'
import { anyNumber } from '../atoms.mjs'
import { print } from '../given.mjs'

/** Never a name: a look-up would leave this machine. */
const hosts = ['127.0.0.1', '127.0.0.1', '::1', '0.0.0.0', '192.0.2.1', 'fe80::1', 'fe80::1%lo', '::ffff:127.0.0.1']
const groups = ['224.0.77.1', '232.0.77.1', 'ff15::77:1', '10.0.0.1']
const interfaces = ['lo', '127.0.0.1', '::%lo', 1, 0, 'nowhere0', undefined]

/** Some options, of which one may be anything. */
function someOptions(given, catalogue) {
  const { random } = given
  const wanted = {}
  for (let times = random.below(4); times > 0; times--) {
    const of = given.name()
    if (typeof of === 'string' && catalogue.isSettableName(of)) wanted[of] = given.valueFor(undefined, of)
  }
  return random.pick([() => wanted, () => wanted, () => wanted, () => given.turned(wanted), given.odd])()
}

/** What Node says of its own options, and of addresses, is Node's. */
const isOfNode = ({ code, name }) => name !== 'SocketOptionError' && typeof code === 'string' && !code.startsWith('ERR_SOCKOPT_')

/** The call, and what comes of it. */
function settle(emitter, call) {
  return new Promise((resolve, reject) => {
    const fail = error => (isOfNode(error) ? resolve() : reject(error))
    emitter.on('error', fail).on('listening', resolve)
    try {
      call()
    } catch (error) {
      fail(error)
    }
  }).finally(() => new Promise(done => emitter.close(done)))
}

export const calls = ({ library, catalogue }) => ({
  listen: {
    weight: 3,
    prepare(given) {
      const { random } = given
      const { pick, chance } = random
      const options = {
        port: pick([0, 0, 0, 0, '0', null, undefined, -1, 65_536, given.odd()]),
        host: pick([...hosts, undefined]),
        socketOptions: someOptions(given, catalogue),
        ...(chance(20) && { path: pick(['', `\0fuzz-${process.pid}-${anyNumber(random)}`]), port: pick([undefined, 0]) }),
        ...(chance(20) && { type: pick(['mptcp', 'mptcp', 'tcp', given.odd()]) }),
        ...(chance(50) && { onUnsupported: pick(['skip', 'skip', 'throw', given.odd()]) }),
        ...(chance(20) && { backlog: anyNumber(random), ipv6Only: chance(50), exclusive: chance(50) }),
      }
      if (options.port === undefined && chance(50)) delete options.port
      const all = pick([() => options, () => options, () => options, () => given.turned(options), given.odd])()
      const on = chance(90) ? new net.Server() : given.odd()
      return {
        text: () => `listen(${print(on)}, ${print(all)})`,
        run: () => (on instanceof net.Server ? settle(on, () => library.listen(on, all)) : library.listen(on, all)),
      }
    },
  },

  bind: {
    weight: 3,
    prepare(given) {
      const { random } = given
      const { pick, chance, below } = random
      const type = pick(['udp4', 'udp6'])
      const membership = () => ({ group: pick(groups), interface: pick(interfaces), ...(chance(30) && { source: pick(hosts) }) })
      const options = {
        port: pick([0, 0, 0, undefined]),
        address: pick(type === 'udp4' ? hosts.filter(net.isIPv4) : hosts),
        socketOptions: someOptions(given, catalogue),
        ...(chance(50) && { onUnsupported: pick(['skip', 'skip', 'throw', given.odd()]) }),
        ...(chance(50) && { memberships: Array.from({ length: below(4) }, () => pick([membership, membership, membership, given.odd])()) }),
        ...(chance(20) && { exclusive: chance(50), fd: anyNumber(random) }),
      }
      const all = pick([() => options, () => options, () => options, () => given.turned(options), given.odd])()
      const on = chance(90) ? dgram.createSocket({ type, reuseAddr: chance(50), ipv6Only: type === 'udp6' && chance(50) }) : given.odd()
      return {
        text: () => `bind(${print(on)}, ${print(all)})`,
        run: () => (on instanceof dgram.Socket ? settle(on, () => library.bind(on, all)) : library.bind(on, all)),
      }
    },
  },
})
