/** Does anything remain in memory of a call that is over? */
import { getsockopt, snapshot } from '../dist/index.js'
import { allocation, growth, tolerated } from './at-rest.js'
import { connectedPair } from './pair.js'

function growthFacts(what, run, calls) {
  const { rss, heap, outside } = growth(run, calls)
  const over = `over ${calls.toLocaleString('en')} ${what}`
  return [
    {
      what: `RSS grew ${over}`,
      unit: `KiB, to ${(process.memoryUsage.rss() / 1024 / 1024).toFixed(1)} MiB`,
      median: rss,
      limit: tolerated.rss,
    },
    { what: `heap grew ${over}`, unit: 'KiB', median: heap, limit: tolerated.heap },
    { what: `memory outside the heap grew ${over}`, unit: 'KiB', median: outside, limit: tolerated.outside },
  ]
}

export async function run() {
  const { client, close } = await connectedPair()
  const int = calls => {
    let sum = 0
    for (let call = 0; call < calls; call++) sum += getsockopt(client, 'SO_RCVBUF')
    return sum
  }
  const info = calls => {
    let sum = 0
    for (let call = 0; call < calls; call++) sum += getsockopt(client, 'TCP_INFO').rtt
    return sum
  }
  const look = calls => {
    let sum = 0
    for (let call = 0; call < calls; call++) sum += snapshot(client, ['SO_RCVBUF']).tcpInfo.rtt
    return sum
  }
  // An option of IPv6, which a socket of IPv4 refuses.
  const failing = calls => {
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
  }
  const { bytes, collections } = allocation(int, 1_000_000)
  const facts = [
    {
      what: 'allocated by 1,000,000 int gets',
      unit: 'bytes per call; one object in a hundred calls would be 0.16',
      median: bytes,
      limit: 0.1,
    },
    { what: 'garbage collections meanwhile', unit: '', median: collections, limit: 0 },
    { what: 'allocated on the heap by a TCP_INFO, of which one field is read', unit: 'bytes', median: allocation(info, 5000).bytes },
    { what: 'allocated on the heap by a snapshot, of which one field is read', unit: 'bytes', median: allocation(look, 500).bytes },
    ...growthFacts('int gets', int, 6_000_000),
    ...growthFacts('TCP_INFOs', info, 1_200_000),
    ...growthFacts('snapshots', look, 120_000),
    ...growthFacts('failing gets', failing, 1_200_000),
  ]
  close()
  return { facts }
}
