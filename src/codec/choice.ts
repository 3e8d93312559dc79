/** Integers with named members: one of several (an enum), or several at once (flags). Unknown numbers pass through as numbers. */
import { type Codec, codec, Refusal } from './codec.js'
import { int, u8, u16, uint } from './scalar.js'

type Members = Readonly<Record<string, number>>

const carriers = { 1: u8, 2: u16, 4: int } as const

/** From number to name; of two names for one number the first counts. */
export const namesOf = (members: Members): ReadonlyMap<number, string> =>
  new Map(
    Object.entries(members)
      .map(([member, value]) => [value, member] as const)
      .reverse(),
  )

/** `oneOf('IP_PMTUDISC', { IP_PMTUDISC_DONT: 0, ... })`: decodes to the member's name, or to the number if it has none; encodes either. */
export function oneOf<const M extends Members>(name: string, members: M, width: 1 | 2 | 4 = 4): Codec<(keyof M & string) | number> {
  const carrier = carriers[width]
  const names = namesOf(members)
  const accepts = `one of ${Object.keys(members).join(', ')} (or its number)`
  return codec({
    name: `enum ${name}`,
    size: width,
    accepts,
    isInt: true,
    decode(view, at, length, abi) {
      const value = carrier.decode(view, at, length, abi)
      return (names.get(value) as (keyof M & string) | undefined) ?? value
    },
    encode(value, view, at, abi) {
      if (typeof value === 'number') return carrier.encode(value, view, at, abi)
      if (typeof value !== 'string') throw new Refusal('type', accepts)
      if (!Object.hasOwn(members, value)) throw new Refusal('range', accepts)
      return carrier.encode(members[value] as number, view, at, abi)
    },
  })
}

/** `flags('SO_TIMESTAMPING', { SOF_TIMESTAMPING_TX_HARDWARE: 1, ... })`: a list of names; bits without a name come last, as one number. */
export function flags<const M extends Members>(
  name: string,
  members: M,
  width: 1 | 2 | 4 = 4,
): Codec<readonly ((keyof M & string) | number)[]> {
  const carrier = width === 4 ? uint : carriers[width]
  const accepts = `an array of ${Object.keys(members).join(', ')} (or numbers)`
  return codec({
    name: `flags ${name}`,
    size: width,
    accepts,
    isInt: true,
    decode(view, at, length, abi) {
      let rest = carrier.decode(view, at, length, abi)
      const found: ((keyof M & string) | number)[] = []
      for (const member in members) {
        const bit = members[member] as number
        if (bit !== 0 && (rest & bit) >>> 0 === bit) {
          found.push(member)
          rest = (rest & ~bit) >>> 0
        }
      }
      if (rest !== 0) found.push(rest)
      return Object.freeze(found)
    },
    encode(value, view, at, abi) {
      if (!Array.isArray(value)) throw new Refusal('type', accepts)
      let sum = 0
      for (const item of value as readonly unknown[]) {
        if (typeof item !== 'string' && typeof item !== 'number') throw new Refusal('type', accepts)
        const bit = typeof item === 'number' ? item : Object.hasOwn(members, item) ? (members[item] as number) : undefined
        if (bit === undefined || !Number.isInteger(bit) || bit < 0 || bit > 0xffffffff) throw new Refusal('range', accepts, String(item))
        sum = (sum | bit) >>> 0
      }
      return carrier.encode(sum, view, at, abi)
    },
  })
}
