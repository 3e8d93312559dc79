/** What does reading one int option cost, over the system call itself? */
import * as library from '../../dist/index.js'
import { compare } from '../measure.js'
import { loadNative } from '../native.js'
import { connectedPair } from '../pair.js'
import { useEverything } from '../warm.js'

const [SOL_SOCKET, SO_RCVBUF] = [1, 8]
const { getsockopt } = library
const ours = "getsockopt(socket, 'SO_RCVBUF')"
const [fresh, used] = ['One int, in a process that reads little else', 'One int, in a process that has read every option']

export const title = 'What does reading one int option cost, over the system call itself?'
export const processes = 3
export const targets = [
  { of: ours, over: 'C loop', limit: 1.25, series: fresh },
  { of: ours, over: 'Node-API function, fd passed', limit: 1.15, series: fresh },
]
export const quote = ({ times }) => `\`${ours}\` takes ${times(ours, fresh)} times as long as the system call alone, in a C loop.`

const contendersFor = (probe, { client, descriptor }) => [
  { name: 'C loop', whole: calls => probe.loopGet(descriptor, SOL_SOCKET, SO_RCVBUF, 4, calls) },
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
    name: ours,
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

export async function run(pace) {
  const { probe } = loadNative()
  const pair = await connectedPair()
  const little = compare(contendersFor(probe, pair), pace)
  useEverything(library, pair)
  const much = compare(contendersFor(probe, pair), pace)
  pair.close()
  return {
    series: [
      { title: fresh, base: 'C loop', contenders: little },
      { title: used, base: 'C loop', contenders: much },
    ],
  }
}
