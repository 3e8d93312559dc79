/** WHAT is a call given? Any target, name, level, number, length and value: what fits, what nearly fits, and what no caller should pass. */
import { inspect } from 'node:util'
import { anyBytes, anyNumber, anyText } from './atoms.mjs'
import { mutateValue } from './mutate.mjs'
import { anyOddity, thrown } from './oddities.mjs'
import { anyValue, valueAs } from './values.mjs'

/** A value as the trace shows it. Printing it asks none of its getters. */
export function print(value) {
  try {
    return inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 100, maxArrayLength: 20 })
  } catch {
    return `unprintable ${typeof value}`
  }
}

/** The result, or undefined where there is none: for a value that is asked for on the way to another call. */
export function attempt(run) {
  try {
    return run()
  } catch {
    return undefined
  }
}

/**
 * The arguments of the calls of one epoch. `meanwhile` makes another call in the middle of this one: getters, traps and codecs of the caller do.
 * What depends on chance comes from `random` alone, so that a seed repeats it.
 */
export class Given {
  constructor({ library, catalogue, random, sockets, meanwhile }) {
    Object.assign(this, { library, catalogue, random, sockets, meanwhile })
  }

  /** An open descriptor of the fuzzer's own. */
  descriptor = () => this.random.pick(this.sockets.descriptors)

  /** One that is not open. */
  closed = () => 100_000 + this.random.below(1000)

  /** Any number that is no descriptor of this process by accident: those below are files, see calls-run.mjs. */
  number = () => {
    const any = anyNumber(this.random)
    return Number.isInteger(any) && any >= 0 && any < 10_000 ? this.random.pick([this.descriptor(), this.closed()]) : any
  }

  odd = () => anyOddity(this.random, this.meanwhile)

  value = () => anyValue(this.random, this.meanwhile)

  target() {
    const { random, sockets } = this
    if (random.chance(70)) return random.chance(60) ? random.pick(sockets.objects) : this.descriptor()
    return random.pick(strangeTargets)(this)
  }

  /** A name of an option, or something in its place. */
  name() {
    const { random, catalogue } = this
    const { pick, chance } = random
    if (chance(15)) return pick(catalogue.delicate).name
    if (chance(93)) return pick(catalogue.local)
    return pick([
      () => pick(catalogue.names),
      () => pick(catalogue.names),
      () => mutateValue(random, pick(catalogue.names), this.meanwhile),
      () => anyText(random),
      () => `IPPROTO_IP.${pick(catalogue.names)}`,
      this.odd,
      this.value,
    ])()
  }

  /** `[level, number]` */
  numbers() {
    const { random, catalogue } = this
    const { pick, chance, below } = random
    const { level, number } = chance(15) ? pick(catalogue.delicate) : pick(catalogue.numbered)
    if (chance(75)) return [level, number]
    if (chance(60)) return [level, below(300)]
    return [
      chance(50) ? pick([0, 1, 6, 17, 41, 58, 255, 263, 270, 282, 284, 287]) : pick([anyNumber(random), this.odd()]),
      chance(70) ? anyNumber(random) : this.odd(),
    ]
  }

  length() {
    const { random } = this
    const { pick, below, chance } = random
    return pick([
      () => undefined,
      () => 4,
      () => below(300),
      () => anyNumber(random),
      () => (chance(5) ? 1024 * 1024 - below(3) : below(5000)),
      this.odd,
    ])()
  }

  /** What goes with a read: consent, input. */
  how() {
    const { random, meanwhile } = this
    const { pick, chance, below } = random
    if (chance(60)) return undefined
    return pick([
      () => ({ consume: true, adopt: true }),
      () => ({ consume: chance(50), adopt: chance(50), input: chance(50) ? anyBytes(random, below(64)) : this.value() }),
      () => ({ input: this.value() }),
      () => ({ field: pick(['rtt', 'state', 'onoff', this.odd()]) }),
      () => ({
        get input() {
          meanwhile()
          return anyBytes(random, below(64))
        },
        get consume() {
          meanwhile()
          return true
        },
      }),
      this.odd,
    ])()
  }

  /** A value for an option: what it has now, changed; something like what it takes; or anything. */
  valueFor(target, name) {
    const { random, meanwhile, library } = this
    if (typeof name === 'string' && random.chance(35)) {
      const now = attempt(() => library.getsockopt(target, name))
      if (now !== undefined) return random.chance(50) ? now : attempt(() => mutateValue(random, plain(now), meanwhile))
    }
    const row = typeof name === 'string' && Object.hasOwn(library.options, name) ? library.options[name] : undefined
    return row !== undefined && random.chance(80) ? valueAs(random, row.codec.accepts, meanwhile) : this.value()
  }

  /** The same object, whose properties now and then throw or make another call. */
  turned(object) {
    const { random, meanwhile } = this
    const get = (target, property) => {
      if (random.chance(5)) throw thrown
      if (random.chance(20)) meanwhile()
      return Reflect.get(target, property, target)
    }
    return new Proxy(object, { get })
  }
}

/** A struct that decodes on demand as plain data. */
const plain = value => (typeof value?.toJSON === 'function' && !Buffer.isBuffer(value) ? value.toJSON() : value)

const strangeTargets = [
  given => given.number(),
  given => given.closed(),
  given => given.odd(),
  given => given.value(),
  ({ random, sockets }) => random.pick(sockets.closedObjects),
  given => ({ fd: given.number() }),
  given => ({ fd: given.descriptor() }),
  given => ({ fd: () => given.number() }),
  given => ({ _handle: { fd: given.number() } }),
  given => ({ _handle: given.odd() }),
  ({ random, sockets }) => ({ socket: random.pick(sockets.objects) }),
  given => ({ socket: given.odd(), setHeader: () => undefined }),
  given => ({ stream: { rstCode: 0, session: given.odd() } }),
  given => ({ goaway: () => undefined, settings: () => undefined, socket: given.odd() }),
  ({ random, sockets }) => Object.create(random.pick(sockets.objects)),
  given => given.turned(given.random.pick(given.sockets.objects)),
  given => ({
    get fd() {
      given.meanwhile()
      return given.descriptor()
    },
    setTimeout: () => given.meanwhile(),
    timeout: given.odd(),
  }),
  given => ({ addMembership: 1, [Symbol('state symbol')]: { handle: { fd: given.number() } } }),
]
