/** What does reading TCP_INFO cost, over the system call itself? */
import * as library from '../../dist/index.js'
import { compare } from '../measure.js'
import { loadNative } from '../native.js'
import { connectedPair } from '../pair.js'

const [IPPROTO_TCP, TCP_INFO] = [6, 11]
const { getsockopt } = library
const [field, whole] = ["getsockopt(socket, 'TCP_INFO', { field: 'rtt' })", "getsockopt(socket, 'TCP_INFO').rtt"]

export const title = 'What does reading TCP_INFO cost, over the system call itself?'
export const processes = 3
export const targets = [
  { of: field, over: 'C loop', limit: 1.3 },
  { of: whole, over: 'C loop', limit: 1.3 },
]

export async function run(pace) {
  const { probe } = loadNative()
  const { client, descriptor, close } = await connectedPair()
  const { size } = library.options.TCP_INFO.codec
  const contenders = compare(
    [
      { name: 'C loop', whole: calls => probe.loopGet(descriptor, IPPROTO_TCP, TCP_INFO, size, calls) },
      {
        name: field,
        run(calls) {
          let sum = 0
          for (let call = 0; call < calls; call++) sum += getsockopt(client, 'TCP_INFO', { field: 'rtt' })
          return sum
        },
      },
      {
        name: whole,
        run(calls) {
          let sum = 0
          for (let call = 0; call < calls; call++) sum += getsockopt(client, 'TCP_INFO').rtt
          return sum
        },
      },
      {
        name: '... and 8 more fields',
        run(calls) {
          let sum = 0
          for (let call = 0; call < calls; call++) {
            const info = getsockopt(client, 'TCP_INFO')
            sum +=
              info.rtt +
              info.rttvar +
              info.sndCwnd +
              info.totalRetrans +
              info.unacked +
              info.lost +
              info.rto +
              info.bytesAcked +
              info.minRtt
          }
          return sum
        },
      },
      {
        name: '... and all fields, as toJSON()',
        run(calls) {
          let sum = 0
          for (let call = 0; call < calls; call++) sum += getsockopt(client, 'TCP_INFO').toJSON().rtt
          return sum
        },
      },
    ],
    pace,
  )
  close()
  return { series: [{ title: 'TCP_INFO', base: 'C loop', contenders }] }
}
