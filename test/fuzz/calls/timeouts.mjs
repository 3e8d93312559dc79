/** The timers of a socket: getTimeouts, setTimeouts, explainTimeouts, audit. */
import { anyNumber } from '../atoms.mjs'
import { print } from '../given.mjs'

const names = [
  'receive',
  'send',
  'user',
  'connect',
  'keepAlive',
  'linger',
  'finWait',
  'deferAccept',
  'retransmitMaximum',
  'retransmitMinimum',
  'delayedAckMaximum',
  'node',
]

export const calls = ({ library }) => ({
  getTimeouts: {
    weight: 2,
    prepare(given) {
      const on = given.target()
      return {
        text: () => `getTimeouts(${print(on)})`,
        run: () => library.getTimeouts(on),
      }
    },
  },

  explainTimeouts: {
    weight: 2,
    prepare(given) {
      const on = given.target()
      return {
        text: () => `explainTimeouts(${print(on)})`,
        run: () => library.explainTimeouts(on).text,
      }
    },
  },

  audit: {
    weight: 1,
    prepare(given) {
      const { random } = given
      const several = () => Array.from({ length: random.below(4) }, () => given.target())
      const on = random.pick([() => given.target(), several, () => given.odd()])()
      return {
        text: () => `audit(${print(on)})`,
        run: () => library.audit(on).length,
      }
    },
  },

  setTimeouts: {
    weight: 4,
    prepare(given) {
      const { random } = given
      const number = () => anyNumber(random)
      const keepAlive = () => ({ idle: number(), interval: number(), count: number() })
      const setting = () => random.pick([() => null, number, keepAlive, given.value])()
      const on = given.target()
      const wanted = Object.fromEntries(Array.from({ length: random.below(4) }, () => [random.pick(names), setting()]))
      const all = random.pick([() => wanted, () => wanted, () => given.turned(wanted), given.odd])()
      return {
        text: () => `setTimeouts(${print(on)}, ${print(all)})`,
        run: () => library.setTimeouts(on, all),
      }
    },
  },
})
