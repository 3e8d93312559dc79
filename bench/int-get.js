/** What does reading one int option cost, over the system call itself? */
import * as library from '../dist/index.js'
import { compare } from './measure.js'
import { probe } from './native.js'
import { connectedPair } from './pair.js'
import { useEverything } from './warm.js'

const [SOL_SOCKET, SO_SNDBUF, SO_RCVBUF] = [1, 7, 8]
const { getsockopt } = library

const contendersFor = ({ client, descriptor }) => [
  { name: 'C loop', loop: calls => probe.loopGet(descriptor, SOL_SOCKET, SO_RCVBUF, 4, calls) },
  {
    name: 'Node-API function, fd passed',
    run(calls) {
      let sum = 0
      for (let call = 0; call < calls; call++) sum += probe.bareGet(descriptor, SOL_SOCKET, SO_RCVBUF)
      return sum
    },
  },
  {
    name: 'Node-API function, socket._handle.fd passed',
    run(calls) {
      let sum = 0
      for (let call = 0; call < calls; call++) sum += probe.bareGet(client._handle.fd, SOL_SOCKET, SO_RCVBUF)
      return sum
    },
  },
  {
    name: "getsockopt(socket, 'SO_RCVBUF')",
    run(calls) {
      let sum = 0
      for (let call = 0; call < calls; call++) sum += getsockopt(client, 'SO_RCVBUF')
      return sum
    },
  },
  {
    name: "getsockopt(fd, 'SO_RCVBUF')",
    run(calls) {
      let sum = 0
      for (let call = 0; call < calls; call++) sum += getsockopt(descriptor, 'SO_RCVBUF')
      return sum
    },
  },
  {
    name: "'SO_RCVBUF' and 'SO_SNDBUF' in turn",
    run(calls) {
      let sum = 0
      for (let call = 0; call < calls; call += 2) sum += getsockopt(client, 'SO_RCVBUF') + getsockopt(client, 'SO_SNDBUF')
      return sum
    },
  },
  {
    name: 'getsockopt(socket, 1, 8), the raw form',
    run(calls) {
      let sum = 0
      for (let call = 0; call < calls; call++) sum += getsockopt(client, SOL_SOCKET, SO_RCVBUF)
      return sum
    },
  },
]

export async function run() {
  const pair = await connectedPair()
  // The two options take the kernel equally long; if one ever does not, the line of both in turn has to be read with that in mind.
  probe.loopGet(pair.descriptor, SOL_SOCKET, SO_SNDBUF, 4, 1)
  const alone = compare(contendersFor(pair))
  useEverything(library, pair)
  const used = compare(contendersFor(pair))
  pair.close()
  const of = "getsockopt(socket, 'SO_RCVBUF')"
  const targets = [
    { of, over: 'C loop', limit: 1.25 },
    { of, over: 'Node-API function, fd passed', limit: 1.15 },
  ]
  return {
    series: [
      { title: 'One int, in a process that reads little else', base: 'C loop', contenders: alone, targets },
      { title: 'One int, in a process that has read every option', base: 'C loop', contenders: used, targets: [] },
    ],
  }
}
