/** What does it save over calling the C library from JavaScript? node:ffi, which Node has since 26.1 as an experiment. */
import { isBuiltin } from 'node:module'
import { compare } from '../measure.js'
import { loadNative } from '../native.js'
import { connectedPair } from '../pair.js'
import { ours, oursOf } from '../peers.js'
import { passed, tellTrials, tryPeer } from '../trial.js'

const [SOL_SOCKET, SO_RCVBUF] = [1, 8]

export const title = 'What does it save over node:ffi, which calls the C library from JavaScript?'
/** The first to have it is 26.1. */
export const node = '26.10.0'
export const targets = [{ of: oursOf('SO_RCVBUF'), over: 'node:ffi', limit: 1 }]
export const remarks = [
  `All in one process of Node ${node}, also the library and \`koffi\`: these figures are not to be compared with those of another Node.`,
]
export const quote = ({ times }) =>
  `On Node ${node}, reading SO_RCVBUF takes ${times('node:ffi')} times the C loop with \`node:ffi\`, and ${times(oursOf('SO_RCVBUF'))} times with this package.`
export const leftOutOfQuick = 'it fetches another Node'

export async function run(pace) {
  if (!isBuiltin('node:ffi')) return { skipped: [`Node ${process.versions.node} has no node:ffi`] }
  const { probe } = loadNative()
  const { client, descriptor, close } = await connectedPair()
  const tried = ['node:ffi', 'koffi'].map(name => [name, tryPeer(name, client)])
  const c = { name: 'C loop', whole: calls => probe.loopGet(descriptor, SOL_SOCKET, SO_RCVBUF, 4, calls) }
  const contenders = compare([c, ours(client, 'SO_RCVBUF'), ...passed(tried)], { ...pace, calls: 500 })
  close()
  return { series: [{ title: 'Reading SO_RCVBUF', base: 'C loop', contenders }], ...tellTrials(tried) }
}
