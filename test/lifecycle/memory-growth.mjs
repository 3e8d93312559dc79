// Makes many calls of one kind and prints, as JSON, what grew: `node --expose-gc --max-semi-space-size=1 memory-growth.mjs <library> <kind> <calls>`.
import { once } from 'node:events'
import net from 'node:net'
import { allocation, growth } from '../../bench/at-rest.js'

const [library, kind, calls] = process.argv.slice(2)
const { getsockopt, setsockopt, snapshot } = await import(library)

const server = net.createServer().listen(0, '127.0.0.1')
await once(server, 'listening')
const client = net.connect(server.address().port, '127.0.0.1')
await once(client, 'connect')

// An option of IPv6, which a socket of IPv4 refuses.
const refused = () => {
  try {
    getsockopt(client, 'IPV6_V6ONLY')
  } catch (error) {
    return error.errno < 0 ? 1 : 0
  }
  throw new Error('it was not refused')
}

const kinds = {
  int: count => {
    let sum = 0
    for (let call = 0; call < count; call++) sum += getsockopt(client, 'SO_RCVBUF')
    return sum
  },
  tcpInfo: count => {
    let sum = 0
    for (let call = 0; call < count; call++) sum += getsockopt(client, 'TCP_INFO').rtt
    return sum
  },
  set: count => {
    for (let call = 0; call < count; call++) {
      setsockopt(client, 'TCP_NODELAY', true)
      setsockopt(client, 'SO_LINGER', { onoff: false, linger: 0 })
    }
  },
  snapshot: count => {
    let sum = 0
    for (let call = 0; call < count; call++) sum += snapshot(client, ['SO_RCVBUF', 'TCP_CONGESTION']).options.SO_RCVBUF.value
    return sum
  },
  refused: count => {
    let sum = 0
    for (let call = 0; call < count; call++) sum += refused()
    return sum
  },
}

const grown = growth(kinds[kind], Number(calls))
const allocated = kind === 'int' ? allocation(kinds.int, Number(calls)) : undefined
console.log(JSON.stringify({ grown, allocated }))
client.destroy()
server.close()
