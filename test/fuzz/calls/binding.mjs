/** The addon itself: attach() with anything, call() with any arena. It has an instance of its own, so that the library's arena is not touched. */
import { print } from '../given.mjs'

const [EINVAL, SOL_SOCKET, SO_RCVBUF] = [-22, 1, 8]
const [HEADER, REQUEST] = [32, 32]
/** Operations that harm nobody, whatever their bytes are. */
const harmless = ['get', 'exchange', 'set', 'localAddress', 'peerAddress', 'unread', 'unsent', 'neverSent', 'isSocket', 'isNonBlocking']
const AF_INET = 2

/** A path would be a file that stays: whoever binds is alone in the arena, so that no other request writes there, and says the family of the internet. */
function nameFamily(arena, first, Operation) {
  const [operation, , , offset] = new Int32Array(arena, HEADER, 4)
  if (operation === Operation.bind && offset >= first && offset + 2 <= arena.byteLength) {
    new Uint8Array(arena, offset).set(new Uint8Array(Uint16Array.of(AF_INET).buffer))
  }
}

/** Eight words: mostly within bounds, now and then anything. */
function anyRequest({ random, catalogue }, operations, size, first) {
  const { pick, chance, below, next } = random
  const wild = () => pick([() => next() | 0, () => size + below(9) - 4, () => -below(64), () => 2 ** 31 - 1])()
  const known = pick(catalogue.numbered)
  let [level, number] = chance(80) ? [known.level, known.number] : [pick([0, 1, 6, 17, 41]), below(200)]
  if (catalogue.isDangerous(level, number)) [level, number] = [SOL_SOCKET, SO_RCVBUF]
  const offset = chance(80) ? first + below(Math.max(1, size - first)) : wild()
  const capacity = chance(80) ? below(Math.max(1, Math.min(300, size - offset + 4))) : wild()
  const unit = chance(90) ? 1 : pick([2, 8, 0, wild()])
  return [
    chance(90) ? pick(operations) : pick([-1, 2 ** 31 - 1, -(2 ** 31)]),
    level,
    number,
    offset,
    capacity,
    unit,
    chance(80) ? 0 : wild(),
    0,
  ]
}

export function calls({ loadAddon, watched, Operation }) {
  const operations = harmless.map(name => Operation[name])
  const alone = [...operations, Operation.bind, Operation.bind]
  const addon = loadAddon()
  let arena = new ArrayBuffer(1024)
  addon.attach(arena)
  const renew = size => {
    arena = new ArrayBuffer(size)
    addon.attach(arena)
  }

  return {
    attach: {
      weight: 2,
      prepare(given) {
        const { chance, pick, below } = given.random
        const offered = chance(50) ? given.odd() : new ArrayBuffer(pick([0, 31, 32, 33, 63, 64, 1024, 1 << below(16)]))
        const size = chance(50) ? HEADER + below(4096) : undefined
        return {
          text: () => `attach(${print(offered)})`,
          run() {
            const taken = addon.attach(offered)
            if (taken !== EINVAL) arena = offered
            if (size !== undefined) renew(size)
            return taken
          },
        }
      },
    },

    binding: {
      weight: 80,
      prepare(given) {
        const { pick, chance, below, next } = given.random
        if (arena.byteLength < HEADER + 2 * REQUEST) renew(1024)
        const room = Math.floor((arena.byteLength - HEADER) / REQUEST)
        const count = chance(90) ? 1 + below(Math.min(4, room)) : pick([0, room, room + 1, next() | 0])
        const carriedOut = count >= 0 && count <= room ? count : 0
        const first = HEADER + carriedOut * REQUEST
        const descriptor = chance(80) ? given.descriptor() : given.number()
        const requests = Array.from({ length: carriedOut }, () =>
          anyRequest(given, count === 1 ? alone : operations, arena.byteLength, first),
        ).flat()
        const noise = Array.from({ length: first < arena.byteLength ? 4 : 0 }, () => [first + below(arena.byteLength - first), next()])
        return {
          text: () => `binding: ${[count, descriptor]} [${requests}] in ${arena.byteLength}`,
          run() {
            // The library has its own arena in its own instance, and an instance carries out the one that was attached last.
            addon.attach(arena)
            const words = new Int32Array(arena, 0, arena.byteLength >> 2)
            const bytes = new Uint8Array(arena)
            words.set([count, descriptor])
            words.set(requests, HEADER / 4)
            for (const [at, byte] of noise) bytes[at] = byte
            if (carriedOut > 0) nameFamily(arena, first, Operation)
            return watched(addon.call, arena)
          },
        }
      },
    },
  }
}
