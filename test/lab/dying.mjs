/**
 * `node dying.mjs ROW`: what does the library say of a connection while it dies, and when does it die? Runs in namespaces of its own (namespace.mjs).
 * Prints { predictions, death }: every explanation that was given, and the moment at which Node said that it was over, or 'ALIVE'; times are
 * performance.now().
 */
import { connect } from 'node:net'
import { explainTimeouts, getsockopt, setsockopt } from '../../dist/index.js'
import { buildNetwork, divert, far, nobody, startPeer } from './namespace.mjs'

const row = JSON.parse(process.argv[2])
const event = (emitter, name) => new Promise(resolve => emitter.once(name, resolve))

buildNetwork(row.sysctls)

/** The last moment at which the kernel was seen to have the connection still: Node cannot say that it is over before its event loop comes round. */
let alive = 0
function lookAfter(socket) {
  setInterval(() => {
    const now = performance.now()
    if (socket.destroyed || getsockopt(socket, 'TCP_INFO', { field: 'state' }) === 'CLOSE') return
    alive = now
  }, 4).unref()
}

const apply = (socket, options) => {
  for (const [name, value] of Object.entries(options)) setsockopt(socket, name, value)
}

const predictions = []
function predict(socket) {
  const { at, state, ends } = explainTimeouts(socket)
  // It is over, and Node has not been told yet: nothing is left to predict.
  if (state === 'CLOSE') return
  predictions.push({ at, state, ...(ends ?? { mechanism: null }) })
}

/** Resolves when Node emits 'error' or, without one, 'close'. */
function death(socket) {
  lookAfter(socket)
  return new Promise(resolve => {
    const end = code => resolve({ at: performance.now(), code, alive })
    socket.once('error', ({ code }) => end(code)).once('close', () => end(null))
  })
}

/** A connection to a peer that reads or is idle. */
async function connected(manner, options = {}) {
  const { port } = await startPeer(manner)
  const socket = connect({ port, host: far, ...options })
  await event(socket, 'connect')
  return socket
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
    const socket = await connected('reading')
    apply(socket, row.options)
    divert(far)
    socket.write(Buffer.alloc(row.bytes))
    return { socket, over: death(socket) }
  },
  async idle() {
    const socket = await connected('reading')
    apply(socket, row.options)
    divert(far)
    return { socket, over: death(socket) }
  },
  async halfClosed() {
    const socket = await connected('reading', { allowHalfOpen: true })
    apply(socket, row.options)
    socket.end()
    await event(socket, 'finish')
    await until(() => info(socket).state === 'FIN_WAIT2')
    divert(far)
    return { socket, over: death(socket) }
  },
  async windowClosed() {
    const socket = await connected('idle')
    socket.write(Buffer.alloc(8 * 1024 * 1024))
    // The peer's window is shut, and what was in flight has been acknowledged.
    await until(() => info(socket).sndWnd === 0 && info(socket).unacked === 0)
    const over = death(socket)
    apply(socket, row.options)
    if (row.isPeerDead) {
      divert(far)
      // Until then the last probe may have been answered, and nothing tells that the next will not be.
      await until(() => info(socket).probes > 0)
    }
    return { socket, over }
  },
}

const survived = wait => new Promise(resolve => setTimeout(() => resolve({ at: performance.now(), code: 'ALIVE', alive }), wait))

async function until(fact) {
  while (!fact()) await new Promise(resolve => setTimeout(resolve, 5))
}
const info = socket => getsockopt(socket, 'TCP_INFO')

const { socket, over } = await dying[row.kind]()
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
const timer = setInterval(sample, row.every)
const end = await (row.lives === undefined ? over : Promise.race([over, survived(row.lives)]))
clearInterval(timer)
console.log(JSON.stringify({ predictions, death: end }))
process.exit()
