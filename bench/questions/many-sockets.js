/** How long does it take to look at every connection of a busy process? */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import { getsockopt, options } from '../../dist/index.js'
import { compare, wallTime } from '../measure.js'
import { loadNative } from '../native.js'

const [IPPROTO_TCP, TCP_INFO] = [6, 11]
const SOCKETS = 10_000
/** Descriptors that Node and this program have open besides. */
const OTHERS = 100
/** Connections that are made at a time: fewer than the listener's queue holds. */
const AT_ONCE = 200

const base = 'C loop over the same descriptors'
const [field, whole] = ["getsockopt(socket, 'TCP_INFO', { field: 'rtt' }), in a loop", "getsockopt(socket, 'TCP_INFO').rtt, in a loop"]
const ss = 'ss -tinH, as a process'

export const title = 'How long does it take to read TCP_INFO of 10,000 connections?'
export const targets = [{ of: field, over: ss, limit: 1 }]
export const remarks = [
  'Both ends of 5,000 connections over loopback, all in this process. `ss` is asked for the same 10,000 sockets by their port, prints the text of all it knows of them, and is counted from its start to its end. Time on the wall, because only that has both.',
]
export const quote = ({ nanoseconds }) =>
  `One field of TCP_INFO of 10,000 open connections takes ${nanoseconds(field)} ns per connection; \`ss -tinH\` takes ${nanoseconds(ss)}.`

/** Why so many sockets cannot be opened here, or undefined. */
function shortage() {
  const [, soft] = /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8'))
  const needed = SOCKETS + OTHERS
  return soft !== 'unlimited' && Number(soft) < needed ? `ulimit -n is ${soft}, and ${needed} descriptors are needed` : undefined
}

/** All of them, connected, and how to close them. */
async function openSockets() {
  const accepted = []
  const server = net.createServer(socket => accepted.push(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  const sockets = []
  while (sockets.length < SOCKETS / 2) {
    const some = Array.from({ length: AT_ONCE }, () => net.connect(port, '127.0.0.1'))
    await Promise.all(some.map(client => once(client, 'connect')))
    sockets.push(...some)
  }
  while (accepted.length < SOCKETS / 2) await once(server, 'connection')
  sockets.push(...accepted)
  const close = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { sockets, port, close }
}

/** One run of ss. Returns how many sockets it has shown, which must be all. */
function runSs(port, count) {
  const filter = `( sport = :${port} or dport = :${port} )`
  const { status, stdout, stderr, error } = spawnSync('ss', ['-tinH', filter], { encoding: 'latin1', maxBuffer: 2 ** 28 })
  if (status !== 0) throw new Error(`ss: ${error?.message ?? stderr}`)
  const shown = stdout.match(/^ESTAB/gm)?.length
  if (shown !== count) throw new Error(`ss showed ${shown} sockets, and not ${count}`)
  return shown
}

function contendersFor(loop, sockets) {
  const descriptors = Int32Array.from(sockets, ({ _handle }) => _handle.fd)
  const { size } = options.TCP_INFO.codec
  return [
    { name: base, whole: () => loop.loopSockets(descriptors, IPPROTO_TCP, TCP_INFO, size, 1) },
    {
      name: field,
      whole() {
        let sum = 0
        for (const socket of sockets) sum += getsockopt(socket, 'TCP_INFO', { field: 'rtt' })
        return sum
      },
    },
    {
      name: whole,
      whole() {
        let sum = 0
        for (const socket of sockets) sum += getsockopt(socket, 'TCP_INFO').rtt
        return sum
      },
    },
  ]
}

export async function run({ isQuick }) {
  const reason = shortage()
  if (reason !== undefined) return { skipped: [reason] }
  const { loop } = loadNative()
  const { sockets, port, close } = await openSockets()
  const { error } = spawnSync('ss', ['-V'])
  const theirs = error === undefined ? [{ name: ss, whole: calls => runSs(port, calls) }] : []
  const pace = isQuick ? { rounds: 7, warmUp: 2 } : { rounds: 61, warmUp: 5 }
  const contenders = compare([...contendersFor(loop, sockets), ...theirs], { ...pace, calls: SOCKETS, clock: wallTime })
  close()
  const skipped = error === undefined ? [] : [`ss does not start: ${error.message}`]
  return { series: [{ title: 'TCP_INFO of 10,000 sockets', base, per: 'socket', contenders }], skipped }
}
