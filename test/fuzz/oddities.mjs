/** WHAT should no caller pass? Proxies, getters that throw or call the library, bytes that lie about their length. */
import { anyNumber } from './atoms.mjs'

/** What a getter, a trap or a codec of the fuzzer throws. */
export const thrown = new Error('thrown by the fuzzer')

/** What a value itself throws when it is looked at passes through the library as it is: a getter, a revoked Proxy, a typed array that is none. */
export const isOwn = error =>
  error === thrown || (error instanceof TypeError && /proxy that has been revoked|called on incompatible receiver/.test(error.message))

/** Things no caller should pass. `meanwhile` is called from within some of them: getters, traps, conversions. */
export function anyOddity(random, meanwhile) {
  const { pick, next, below, chance } = random
  const turn = () => {
    if (chance(30)) throw thrown
    meanwhile()
    return anyNumber(random)
  }
  const shapes = [
    () => undefined,
    () => null,
    () => chance(50),
    () => BigInt(next()) ** BigInt(below(3)),
    () => -BigInt(next()),
    () => Symbol('x'),
    () => () => 1,
    () => class {},
    () => [],
    () => [undefined, Symbol('x')],
    () => ({}),
    () => Object.create(null),
    () => Object.create({ fd: 0, length: 4 }),
    () => new Date(Number.NaN),
    () => new Map([[1, 2]]),
    () => trapped({ level: 1 }, turn),
    () => trapped([1, 2], turn),
    () => growing(pick([[1], [{}], ['a', 'b'], [new Uint8Array(3)]]), next() % 5),
    () => new Proxy(() => 1, {}),
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {})
      revoke()
      return proxy
    },
    () => ({ valueOf: turn, toString: turn, [Symbol.toPrimitive]: turn }),
    () => ({
      get fd() {
        return turn()
      },
    }),
    () => ({
      get length() {
        return turn()
      },
      0: 1,
    }),
    () => ({
      get level() {
        return turn()
      },
      get onoff() {
        return turn()
      },
    }),
    () => new Uint8Array(below(300)),
    () => Buffer.alloc(below(300)),
    () => new Uint8Array(new SharedArrayBuffer(64)),
    () => new DataView(new ArrayBuffer(16)),
    () => new ArrayBuffer(16),
    () => new Float64Array(4),
    () => detached(),
    () => lyingBytes(random, turn),
    () =>
      new Proxy(new Uint8Array(16), {
        get: (bytes, key) => {
          if (chance(20)) meanwhile()
          return Reflect.get(bytes, key, bytes)
        },
      }),
    () => Object.create(Uint8Array.prototype),
    () => Object.defineProperty([1, 2, 3], 1, { get: turn }),
    () => JSON.parse('{ "__proto__": 1, "constructor": 2 }'),
    () => new Error('x'),
    () => Promise.resolve(1),
    () => globalThis,
    () => circular(),
  ]
  return pick(shapes)()
}

/** An array that is longer each time it is asked how long it is, up to a point: without one, whoever walks through it would never arrive. */
function growing(target, by) {
  let length = 0
  const get = (items, key) => {
    if (key !== 'length') return typeof key === 'string' && Number.isInteger(Number(key)) ? items[0] : items[key]
    length = Math.min(length + by, 600)
    return length
  }
  return new Proxy(target, { get })
}

/** Traps that throw or call the library, and otherwise answer as they must. */
function trapped(target, turn) {
  const trap =
    name =>
    (...parameters) => {
      turn()
      return Reflect[name](...parameters)
    }
  return new Proxy(target, {
    get: trap('get'),
    has: trap('has'),
    ownKeys: trap('ownKeys'),
    getOwnPropertyDescriptor: trap('getOwnPropertyDescriptor'),
    getPrototypeOf: trap('getPrototypeOf'),
  })
}

function detached() {
  const bytes = new Uint8Array(64)
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
  return bytes
}

/** Bytes whose `length` is not how many there are. */
function lyingBytes({ pick, below }, turn) {
  const bytes = new Uint8Array(below(100))
  const length = pick([0, 4, 1e6, 2 ** 31, -1, 0.5, 'x', undefined, Number.NaN])
  return Object.defineProperty(bytes, 'length', pick([{ value: length }, { get: turn }]))
}

function circular() {
  const value = { list: [] }
  value.list.push(value)
  value.self = value
  return value
}
