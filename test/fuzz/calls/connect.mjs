/** Options before the connection exists: connect, prepareSocket, createConnection, connector. Nothing is sent to anybody: to addresses of loopback alone. */
import { Agent, get } from 'node:http'
import { Server, Socket } from 'node:net'
import { print } from '../given.mjs'

/** One that nobody listens on, and one for each other way of failing. */
const places = [
  { port: 1, host: '127.0.0.1' },
  { port: 1, host: '::1' },
  { port: 1, host: '127.0.0.2', localAddress: '127.0.0.3' },
  { path: '/nonexistent/fuzz' },
  { path: '\0nonexistent' },
  {
    port: 1,
    host: 'name',
    lookup: (_, { all }, answer) => process.nextTick(() => (all ? answer(null, two) : answer(null, '127.0.0.1', 4))),
  },
  { port: 1, host: 'name', lookup: (_, __, answer) => answer(new Error('no such name')) },
]
const two = [
  { address: '::1', family: 6 },
  { address: '127.0.0.1', family: 4 },
]

/** What it comes to. A socket is ended in any case: some options keep a connection from failing. */
const outcome = socket =>
  new Promise(resolve => {
    socket.on('error', () => undefined).once('close', resolve)
    setTimeout(() => socket.destroy(), 50).unref()
  })

export const calls = ({ library }) => {
  const options = given => {
    const { random } = given
    if (random.chance(8)) return given.odd()
    return Object.fromEntries(
      Array.from({ length: random.below(4) }, () => [given.name(), given.value()]).filter(([name]) => typeof name === 'string'),
    )
  }
  const how = ({ random, odd }) => ({
    onUnsupported: random.chance(70) ? random.pick(['throw', 'skip', undefined]) : odd(),
    type: random.chance(90) ? random.pick([undefined, 'tcp', 'mptcp']) : odd(),
  })

  return {
    connect: {
      weight: 2,
      prepare(given) {
        const [to, socketOptions, settings] = [given.random.pick(places), options(given), how(given)]
        const whole = given.random.chance(95)
          ? { ...to, ...settings, socketOptions }
          : given.random.pick([undefined, null, 7, 'x', Symbol('x')])
        return { text: () => `connect(${print(whole)})`, run: () => outcome(library.connect(whole)) }
      },
    },

    prepareSocket: {
      weight: 2,
      prepare(given) {
        const { random } = given
        const [to, socketOptions, settings] = [random.pick(places), options(given), how(given)]
        const socket = random.chance(80) ? new Socket() : random.pick([() => new Server(), given.odd, () => given.target()])()
        return {
          text: () => `prepareSocket(${print(socket)}, ${print(socketOptions)}, ${print(settings)})`,
          run() {
            const prepared = library.prepareSocket(socket, socketOptions, settings)
            if (prepared !== socket || !(socket instanceof Socket) || !socket.pending) return prepared
            return outcome(socket.connect(to))
          },
        }
      },
    },

    createConnection: {
      weight: 1,
      prepare(given) {
        const [to, socketOptions, settings] = [given.random.pick(places.slice(0, 5)), options(given), how(given)]
        return {
          text: () => `createConnection(${print(socketOptions)}, ${print(settings)}) of an agent for ${print(to)}`,
          run() {
            const agent = Object.assign(new Agent(), { createConnection: library.createConnection(socketOptions, settings) })
            return outcome(get({ ...to, socketPath: to.path, path: '/', agent }))
          },
        }
      },
    },

    connector: {
      weight: 1,
      prepare(given) {
        const [to, socketOptions, settings] = [given.random.pick(places.slice(0, 3)), options(given), how(given)]
        return {
          text: () => `connector(${print(socketOptions)}, ${print(settings)})(${print(to)})`,
          run() {
            const connect = library.connector(socketOptions, { ...settings, timeout: 100 })
            const asked = {
              protocol: given.random.pick(['http:', 'https:']),
              hostname: to.host,
              port: to.port,
              localAddress: to.localAddress,
            }
            return new Promise(resolve => outcome(connect(asked, resolve)))
          },
        }
      },
    },
  }
}
