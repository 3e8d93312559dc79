/** Does anything remain in memory of a call that is over? */
import { getsockopt, snapshot } from '../../dist/index.js'
import { allocation, growth, tolerated } from '../at-rest.js'
import { connectedPair } from '../pair.js'

const [allocated, collected] = ['allocated by 1,000,000 int gets', 'garbage collections meanwhile']

/** What is called, as `{ what, calls, run(client, calls) }`. */
const loads = [
  {
    what: 'int gets',
    calls: 6_000_000,
    run(client, calls) {
      let sum = 0
      for (let call = 0; call < calls; call++) sum += getsockopt(client, 'SO_RCVBUF')
      return sum
    },
  },
  {
    what: 'TCP_INFOs',
    calls: 1_200_000,
    run(client, calls) {
      let sum = 0
      for (let call = 0; call < calls; call++) sum += getsockopt(client, 'TCP_INFO').rtt
      return sum
    },
  },
  {
    what: 'snapshots',
    calls: 120_000,
    run(client, calls) {
      let sum = 0
      for (let call = 0; call < calls; call++) sum += snapshot(client, ['SO_RCVBUF']).tcpInfo.rtt
      return sum
    },
  },
  {
    what: 'failing gets',
    calls: 1_200_000,
    // An option of IPv6, which a socket of IPv4 refuses.
    run(client, calls) {
      let refused = 0
      for (let call = 0; call < calls; call++) {
        try {
          getsockopt(client, 'IPV6_V6ONLY')
        } catch {
          refused++
        }
      }
      if (refused !== calls) throw new Error(`${calls - refused} calls were not refused`)
      return refused
    },
  },
]

const namesOf = ({ what, calls }) => {
  const over = `over ${calls.toLocaleString('en')} ${what}`
  return { rss: `RSS grew ${over}`, heap: `heap grew ${over}`, outside: `memory outside the heap grew ${over}` }
}

export const title = 'Does anything remain in memory of a call that is over?'
export const flags = ['--expose-gc', '--max-semi-space-size=1']
export const targets = [
  { of: allocated, limit: 0.1 },
  { of: collected, limit: 0 },
  ...loads.flatMap(load => Object.entries(namesOf(load)).map(([kind, of]) => ({ of, limit: tolerated[kind] }))),
]
export const remarks = [
  'One object in a hundred calls would be 0.16 bytes per call. RSS at rest comes and goes by 2 MiB; a leak of the least size there is would be larger than each limit by the end.',
]
export const leftOutOfQuick = 'npm test has a short form of it, test/lifecycle/memory.test.ts'

function growthFacts(load, client) {
  const grown = growth(calls => load.run(client, calls), load.calls)
  return Object.entries(namesOf(load)).map(([kind, what]) => ({ what, unit: 'KiB', median: grown[kind] }))
}

export async function run() {
  const { client, close } = await connectedPair()
  const [int, info, look] = loads.map(
    ({ run }) =>
      calls =>
        run(client, calls),
  )
  const { bytes, collections } = allocation(int, 1_000_000)
  const facts = [
    { what: allocated, unit: 'bytes per call', median: bytes },
    { what: collected, unit: '', median: collections },
    { what: 'allocated on the heap by a TCP_INFO, of which one field is read', unit: 'bytes', median: allocation(info, 5000).bytes },
    { what: 'allocated on the heap by a snapshot, of which one field is read', unit: 'bytes', median: allocation(look, 500).bytes },
    ...loads.flatMap(load => growthFacts(load, client)),
  ]
  close()
  return { facts }
}
