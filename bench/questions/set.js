/** What does setting an option cost, over the system call itself? */
import { applyOptions, setsockopt } from '../../dist/index.js'
import { compare } from '../measure.js'
import { loadNative } from '../native.js'
import { connectedPair } from '../pair.js'

const [SOL_SOCKET, SO_KEEPALIVE, IPPROTO_TCP, TCP_USER_TIMEOUT] = [1, 9, 6, 18]

export const title = 'What does setting an option cost, over the system call itself?'
export const processes = 3

export async function run(pace) {
  const { loop } = loadNative()
  const { client, descriptor, close } = await connectedPair()
  const keepAlive = compare(
    [
      { name: 'C loop', whole: calls => loop.loopSet(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1, calls) },
      {
        name: "setsockopt(socket, 'SO_KEEPALIVE', true)",
        run(calls) {
          for (let call = 0; call < calls; call++) setsockopt(client, 'SO_KEEPALIVE', true)
          return calls
        },
      },
      {
        name: 'setsockopt(socket, 1, 9, 1), the raw form',
        run(calls) {
          for (let call = 0; call < calls; call++) setsockopt(client, SOL_SOCKET, SO_KEEPALIVE, 1)
          return calls
        },
      },
    ],
    pace,
  )
  const userTimeout = compare(
    [
      { name: 'C loop', whole: calls => loop.loopSet(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, 30_000, calls) },
      {
        name: "setsockopt(socket, 'TCP_USER_TIMEOUT', 30_000)",
        run(calls) {
          for (let call = 0; call < calls; call++) setsockopt(client, 'TCP_USER_TIMEOUT', 30_000)
          return calls
        },
      },
      {
        name: 'applyOptions(socket, { TCP_USER_TIMEOUT: 30_000 }), read back too',
        run(calls) {
          let sum = 0
          for (let call = 0; call < calls; call++) sum += applyOptions(client, { TCP_USER_TIMEOUT: 30_000 }).TCP_USER_TIMEOUT.effective
          return sum
        },
      },
    ],
    pace,
  )
  close()
  return {
    series: [
      { title: 'Setting a switch', base: 'C loop', contenders: keepAlive },
      { title: 'Setting a number', base: 'C loop', contenders: userTimeout },
    ],
  }
}
