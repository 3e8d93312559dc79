/** WHAT is nearly the same value? */
import { types } from 'node:util'
import { anyNumber, anyText } from './atoms.mjs'
import { anyValue } from './values.mjs'

/** How many bytes there are, whatever the object says. */
const byteLength = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'byteLength').get

/**
 * The same value with something about it changed: a part replaced, dropped, added, an item twice, a number moved.
 * Only plain objects and arrays are taken apart; anything else is replaced.
 */
export function mutateValue(random, value, meanwhile) {
  const { chance, below, pick } = random
  if (typeof value === 'number' && chance(60))
    return pick([value + 1, value - 1, -value, value * 2, value / 2, value | 0, anyNumber(random)])
  if (typeof value === 'bigint' && chance(60)) return pick([value + 1n, value - 1n, -value, value << 1n, value >> 1n])
  if (typeof value === 'boolean' && chance(60)) return !value
  if (typeof value === 'string' && chance(60))
    return pick([`${value}0`, value.slice(1), value.slice(0, -1), value.toUpperCase(), anyText(random)])
  if (types.isUint8Array(value) && byteLength.call(value) > 0 && chance(60)) {
    const length = byteLength.call(value)
    const bytes = new Uint8Array(value.buffer, value.byteOffset, pick([length, Math.max(0, length - 1), below(length + 1)])).slice()
    if (bytes.length > 0) bytes[below(bytes.length)] = pick([0, 1, 255, below(256)])
    return bytes
  }
  if (Array.isArray(value) && !types.isProxy(value) && chance(90)) {
    const list = [...value]
    const at = below(list.length + 1)
    const choice = below(4)
    if (choice === 0 && list.length > 0) list.splice(at, 1)
    else if (choice === 1) list.splice(at, 0, list.length > 0 ? pick(list) : anyValue(random, meanwhile, 1))
    else if (at < list.length) list[at] = mutateValue(random, list[at], meanwhile)
    return list
  }
  if (isPlain(value) && chance(90)) {
    const keys = Object.keys(value)
    const key = keys.length > 0 ? pick(keys) : 'x'
    const changed = { ...value }
    const choice = below(10)
    if (choice === 0) delete changed[key]
    else if (choice === 1) changed[anyText(random)] = anyValue(random, meanwhile, 1)
    else if (choice === 2) Object.defineProperty(changed, key, { enumerable: true, get: turning(value[key], random, meanwhile) })
    else changed[key] = mutateValue(random, value[key], meanwhile)
    return changed
  }
  return anyValue(random, meanwhile, 1)
}

/** A getter that makes another call, and of whose answers one in three is another one. */
function turning(part, random, meanwhile) {
  const others = [part, part, mutateValue(random, part, meanwhile)]
  return () => {
    meanwhile()
    return random.pick(others)
  }
}

const isPlain = value => typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value))
