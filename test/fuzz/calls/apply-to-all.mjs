/** What is done to the sockets of others: applyToAll, with whatever is published on its channels while it goes on. It ends before the next call. */
import { channel } from 'node:diagnostics_channel'
import { print } from '../given.mjs'
import { isOwn } from '../oddities.mjs'

const channels = [
  ['net.client.socket', 'socket'],
  ['http.client.request.start', 'request'],
  ['undici:client:connected', 'socket'],
  ['tracing:net.server.listen:asyncStart', 'server'],
  ['tracing:net.server.listen:asyncEnd', 'server'],
  ['net.server.socket', 'socket'],
  ['udp.socket', 'socket'],
]

/** What it warned of in the place of throwing it into whoever publishes: nothing but what the message, and the functions it was given, threw. */
function warnedOf(run) {
  const causes = []
  const { emitWarning } = process
  process.emitWarning = ({ cause }) => causes.push(cause)
  try {
    run()
  } finally {
    process.emitWarning = emitWarning
  }
  return causes
}

export const calls = ({ library, catalogue }) => ({
  applyToAll: {
    weight: 2,
    prepare(given) {
      const { random, meanwhile } = given
      const { pick, chance } = random
      const wanted = {}
      for (let times = random.below(4); times > 0; times--) {
        const of = given.name()
        if (typeof of === 'string' && catalogue.isSettableName(of)) wanted[of] = given.valueFor(given.descriptor(), of)
      }
      const all = chance(90) ? wanted : given.odd()
      const asked = () => {
        meanwhile()
        return pick([true, false, given.odd()])
      }
      const how = {
        clients: pick([true, true, false, undefined]),
        servers: pick([true, 'listening', 'accepted', false, undefined]),
        datagrams: pick([true, false]),
        filter: pick([undefined, asked]),
        onReport: pick([undefined, meanwhile]),
        signal: pick([undefined, undefined, AbortSignal.abort(), new AbortController().signal]),
        onUnsupported: pick(['skip', 'skip', 'throw', undefined]),
      }
      if (chance(20)) how[pick(Object.keys(how))] = given.odd()
      const settings = chance(95) ? how : given.odd()
      const [name, part] = pick(channels)
      const message = pick([given.odd(), { [part]: given.odd() }])
      return {
        text: () => `applyToAll(${print(all)}, ${print(settings)}), ${name}: ${print(message)}`,
        run() {
          const application = library.applyToAll(all, settings)
          const causes = warnedOf(() => channel(name).publish(message))
          application.stop()
          const ours = causes.find(cause => !isOwn(cause))
          if (ours !== undefined) throw ours
        },
      }
    },
  },
})
