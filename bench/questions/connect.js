/** What does a connection cost that has its options before its SYN leaves, over net.connect()? */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import { fileURLToPath } from 'node:url'
import { connect, setsockopt } from '../../dist/index.js'
import { compareTurns, wallTime } from '../measure.js'

const five = { TCP_USER_TIMEOUT: 30_000, SO_KEEPALIVE: true, TCP_KEEPIDLE: 60, TCP_KEEPINTVL: 10, TCP_KEEPCNT: 3 }
const base = 'net.connect()'
const withOne = 'connect() with TCP_USER_TIMEOUT'

export const title = 'What does a connection cost that has its options before its SYN leaves, over net.connect()?'
export const processes = 3
export const targets = [{ of: withOne, over: base, limit: 1.1 }]
export const remarks = [
  'From the call to the event `close`, over loopback, to an address, by the clock: what a connection takes is in good part waiting. The server is another process. Each connection is ended by a reset, which leaves no port behind.',
]
export const quote = ({ times }) =>
  `A connection with \`connect()\` and an option takes ${times(withOne)} times as long as one with \`net.connect()\`.`

/** Connections of each kind in the place of one round: each is compared with its neighbours, and what disturbs one of them disturbs no median. */
const PER_ROUND = 20

/** One connection after the other, each ended as soon as it stands. */
const connections = begin => async calls => {
  for (let call = 0; call < calls; call++) {
    await new Promise((resolve, reject) => {
      const socket = begin()
      socket.once('connect', () => socket.resetAndDestroy())
      socket.once('error', reject)
      socket.once('close', resolve)
    })
  }
}

export async function run(pace) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../accepting.js', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  const to = { host: '127.0.0.1', port: Number(line) }
  // Made once each: to spread an object into another takes longer than all that is measured here.
  const toWithOne = { ...to, socketOptions: { TCP_USER_TIMEOUT: 30_000 } }
  const toWithFive = { ...to, socketOptions: five }
  const contenders = await compareTurns(
    [
      { name: base, run: connections(() => net.connect(to)) },
      { name: 'connect() without options', run: connections(() => connect(to)) },
      { name: withOne, run: connections(() => connect(toWithOne)) },
      { name: 'connect() with five options, keep-alive among them', run: connections(() => connect(toWithFive)) },
      {
        name: 'net.connect(), and setsockopt() of the five once connected',
        run: connections(() => {
          const socket = net.connect(to)
          return socket.once('connect', () => {
            for (const [name, value] of Object.entries(five)) setsockopt(socket, name, value)
          })
        }),
      },
    ],
    { rounds: PER_ROUND * pace.rounds, warmUp: PER_ROUND * pace.warmUp, calls: 1, clock: wallTime },
  )
  child.stdin.end()
  return { series: [{ title: 'A connection over loopback', base, contenders }] }
}
