/** What does a snapshot cost, over the system calls that it makes? */
import { options, snapshot } from '../../dist/index.js'
import { compare } from '../measure.js'
import { control, loadNative, localAddress, option, peerAddress, queueControls } from '../native.js'
import { numberOf } from '../numbers.js'
import { connectedPair } from '../pair.js'

/** With the addresses and the queues, which every snapshot asks for, 40 system calls. */
const names = [
  ...['SO_COOKIE', 'SO_ACCEPTCONN', 'SO_DOMAIN', 'SO_TYPE', 'SO_PROTOCOL', 'TCP_INFO', 'SO_RCVBUF', 'SO_SNDBUF', 'SO_KEEPALIVE'],
  ...['SO_LINGER', 'SO_RCVTIMEO', 'SO_SNDTIMEO', 'SO_REUSEADDR', 'SO_REUSEPORT', 'SO_PRIORITY', 'SO_MARK', 'SO_BUSY_POLL'],
  ...['SO_INCOMING_CPU', 'SO_RCVLOWAT', 'TCP_NODELAY', 'TCP_MAXSEG', 'TCP_CORK', 'TCP_KEEPIDLE', 'TCP_KEEPINTVL', 'TCP_KEEPCNT'],
  ...['TCP_SYNCNT', 'TCP_LINGER2', 'TCP_USER_TIMEOUT', 'TCP_QUICKACK', 'TCP_CONGESTION', 'TCP_NOTSENT_LOWAT', 'IP_TOS', 'IP_TTL'],
  ...['IP_MTU', 'IP_MTU_DISCOVER'],
]
const base = 'C loop of the 40 system calls'

export const title = 'What does a snapshot cost, over the system calls that it makes?'
export const processes = 3
export const targets = [{ of: 'snapshot(socket, names)', over: base, limit: 1.2 }]
export const quote = ({ times }) =>
  `\`snapshot(socket, names)\` with 40 system calls takes ${times('snapshot(socket, names)')} times as long as those calls in a C loop.`

/** What the library asks for, with the same buffers. */
const stepOf = name => option({ ...numberOf(name), size: options[name].codec.size })

export async function run(pace) {
  const { loop } = loadNative()
  const steps = [...names.map(stepOf), localAddress(), peerAddress(), ...queueControls.map(control)]
  if (steps.length !== 40) throw new Error(`these are ${steps.length} system calls, and not 40`)
  const { client, descriptor, close } = await connectedPair()
  const { errors } = snapshot(client, names)
  if (Object.keys(errors).length > 0) throw new Error(`refused: ${Object.keys(errors)}`)
  const program = new Int32Array(steps.flat())
  const contenders = compare(
    [
      { name: base, whole: calls => loop.loopCalls(descriptor, program, calls) },
      {
        name: 'snapshot(socket, names)',
        run(calls) {
          let sum = 0
          for (let call = 0; call < calls; call++) sum += snapshot(client, names) === undefined ? 1 : 0
          return sum
        },
      },
      {
        name: 'snapshot(socket, [...names]), a new list each time',
        run(calls) {
          let sum = 0
          for (let call = 0; call < calls; call++) sum += snapshot(client, [...names]) === undefined ? 1 : 0
          return sum
        },
      },
      {
        name: '... with .state and .tcpInfo.rtt',
        run(calls) {
          let sum = 0
          for (let call = 0; call < calls; call++) {
            const look = snapshot(client, names)
            sum += look.state.length + look.tcpInfo.rtt
          }
          return sum
        },
      },
      {
        name: '... with everything decoded, as .options',
        run(calls) {
          let sum = 0
          for (let call = 0; call < calls; call++) sum += snapshot(client, names).options.SO_RCVBUF.value
          return sum
        },
      },
      {
        name: 'snapshot(socket), every option there is',
        run(calls) {
          let sum = 0
          for (let call = 0; call < calls; call++) sum += snapshot(client) === undefined ? 1 : 0
          return sum
        },
      },
    ],
    { ...pace, calls: 100 },
  )
  close()
  return { series: [{ title: '40 system calls', base, contenders }] }
}
