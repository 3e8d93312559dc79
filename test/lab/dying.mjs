/**
 * `node dying.mjs ROW`: what does the library say of a connection while it dies, and when does it die? Runs in namespaces of its own (namespace.mjs).
 * Prints { predictions, death }: every explanation that was given, and the moment at which Node said that it was over; times are performance.now().
 */
import { connect } from 'node:net'
import { explainTimeouts, getsockopt, setsockopt } from '../../dist/index.js'
import { buildNetwork, divert, far, nobody, startPeer } from './namespace.mjs'

const row = JSON.parse(process.argv[2])
const event = (emitter, name) => new Promise(resolve => emitter.once(name, resolve))

buildNetwork(row.sysctls)

/** How late the event loop is: every 5 ms it notes how much later than that it was. */
const late = []
let last = performance.now()
const beat = setInterval(() => {
  const now = performance.now()
  late.push({ at: now, by: Math.max(0, now - last - 5) })
  last = now
}, 5)
/** The worst lateness within the last half second, and that of a beat that is due now. */
function lateness(now) {
  const recent = late.filter(({ at }) => now - at < 500).map(({ by }) => by)
  return Math.max(0, now - last - 5, ...recent)
}

const apply = (socket, options) => {
  for (const [name, value] of Object.entries(options)) setsockopt(socket, name, value)
}

const predictions = []
function predict(socket) {
  const { at, state, ends } = explainTimeouts(socket)
  predictions.push({ at, state, ...(ends ?? { mechanism: null }) })
}

/** Resolves when Node emits 'error' or, without one, 'close'. */
function death(socket) {
  const started = performance.now()
  return new Promise(resolve => {
    const end = code => {
      const at = performance.now()
      resolve({ at, code, after: at - started, late: lateness(at) })
    }
    socket.once('error', ({ code }) => end(code)).once('close', () => end(null))
  })
}

/** A socket of each kind of death, at the moment from which its end is certain. */
const dying = {
  async connecting() {
    const socket = connect(80, nobody)
    const over = death(socket)
    await new Promise(resolve => process.nextTick(resolve))
    apply(socket, row.options)
    return { socket, over }
  },
  async unacknowledged() {
    const { port } = await startPeer('reading')
    const socket = connect(port, far)
    await event(socket, 'connect')
    apply(socket, row.options)
    divert(far)
    socket.write(Buffer.alloc(row.bytes))
    return { socket, over: death(socket) }
  },
  async idle() {
    const { port } = await startPeer('reading')
    const socket = connect(port, far)
    await event(socket, 'connect')
    apply(socket, row.options)
    divert(far)
    return { socket, over: death(socket) }
  },
  async halfClosed() {
    const { port } = await startPeer('reading')
    const socket = connect({ port, host: far, allowHalfOpen: true })
    await event(socket, 'connect')
    apply(socket, row.options)
    socket.end()
    await event(socket, 'finish')
    await reached(socket, 'FIN_WAIT2')
    divert(far)
    return { socket, over: death(socket) }
  },
  async windowClosed() {
    const { port } = await startPeer('idle')
    const socket = connect(port, far)
    await event(socket, 'connect')
    socket.write(Buffer.alloc(8 * 1024 * 1024))
    await stalled(socket)
    const over = death(socket)
    if (row.isPeerDead) divert(far)
    apply(socket, row.options)
    return { socket, over }
  },
}

async function until(fact) {
  while (!fact()) await new Promise(resolve => setTimeout(resolve, 5))
}
const info = socket => getsockopt(socket, 'TCP_INFO')
const reached = (socket, state) => until(() => info(socket).state === state)
/** The peer's window is shut, and what was in flight has been acknowledged. */
const stalled = socket => until(() => info(socket).sndWnd === 0 && info(socket).unacked === 0)

const { socket, over } = await dying[row.kind]()
let timer
const started = performance.now()
function sample() {
  const elapsed = performance.now() - started
  if (row.change !== undefined && elapsed >= row.change.after) {
    apply(socket, row.change.options)
    // What was said before holds for settings that are no more.
    predictions.length = 0
    row.change = undefined
  }
  predict(socket)
}
sample()
timer = setInterval(sample, row.every)
over.then(() => clearInterval(timer))
const end = await over
clearInterval(beat)
console.log(JSON.stringify({ predictions, death: end }))
process.exit()
