/** Is it faster than what else there is? The packages that read socket options today, side by side. */
import { compare } from '../measure.js'
import { loadNative } from '../native.js'
import { connectedPair } from '../pair.js'
import { ours, oursOf, titleOf } from '../peers.js'
import { passed, tellTrials, tryPeer } from '../trial.js'

const [SOL_SOCKET, SO_RCVBUF, IPPROTO_TCP, TCP_USER_TIMEOUT] = [1, 8, 6, 18]

/** What each reads: net-keepalive has no other option of use. */
const matches = [
  { option: 'SO_RCVBUF', level: SOL_SOCKET, number: SO_RCVBUF, peers: ['sockopt', 'koffi'] },
  { option: 'TCP_USER_TIMEOUT', level: IPPROTO_TCP, number: TCP_USER_TIMEOUT, peers: ['net-keepalive'] },
]

export const title = 'Is it faster than what else there is?'
export const targets = matches.flatMap(({ option, peers }) => peers.map(name => ({ of: oursOf(option), over: titleOf(name), limit: 1 })))
export const remarks = [
  'Each package first runs alone: what crashes or does not load is left out here, with what it said. RSS at rest comes and goes by 2,000 KiB; more than that has been kept by the reads. Every one but `koffi` takes the socket; `koffi` is given the descriptor and decodes a Buffer. None of them was compared in what it offers.',
]
export const quote = ({ times }) =>
  `Reading SO_RCVBUF takes ${times(titleOf('sockopt'))} times the C loop with \`sockopt\`, and ${times(titleOf('koffi'))} times with \`koffi\`; reading TCP_USER_TIMEOUT takes ${times(titleOf('net-keepalive'))} times with \`net-keepalive\`.`
export const leftOutOfQuick = 'other packages are fetched from npm, one of them is compiled, and none of them is ours to break'

export async function run(pace) {
  const { probe } = loadNative()
  const { client, descriptor, close } = await connectedPair()
  const tried = matches.flatMap(({ peers }) => peers.map(name => [name, tryPeer(name, client)]))
  const series = matches.map(({ option, level, number, peers }) => {
    const c = { name: 'C loop', whole: calls => probe.loopGet(descriptor, level, number, 4, calls) }
    const others = passed(tried.filter(([name]) => peers.includes(name)))
    return {
      title: `Reading ${option}`,
      base: 'C loop',
      contenders: compare([c, ours(client, option), ...others], { ...pace, calls: 500 }),
    }
  })
  close()
  return { series, ...tellTrials(tried) }
}
