/** HOW are several tables one, when most of them are not loaded yet? Looked up part by part; enumerated, they are loaded whole. */
import { inspect } from 'node:util'

/** A table that is made, or loaded, when it is first asked for. */
export type Part = () => Readonly<Record<string, unknown>>

/** What the first part that knows the name has for it. The parts after that one are not loaded. */
export function findIn(parts: readonly Part[], name: string): unknown {
  for (const part of parts) {
    const values = part()
    if (Object.hasOwn(values, name)) return values[name]
  }
  return undefined
}

const isPlainName = (name: PropertyKey): name is string => typeof name === 'string' && !(name in Object.prototype)

/**
 * The parts as one frozen object: `find` takes as few parts as it can for one name; whatever needs all names
 * (Object.keys, `{ ...joined }`, isFrozen, printing) takes all of them. A Proxy, because a getter per name would need the names at import.
 */
export function join<Whole extends object>(find: (name: string) => unknown, parts: readonly Part[]): Whole {
  const whole: Record<PropertyKey, unknown> = {}
  // util.inspect looks through a Proxy, at its target.
  Object.defineProperty(whole, inspect.custom, { value: () => ({ ...fill() }) })
  const fill = (): object => {
    if (Object.isFrozen(whole)) return whole
    for (const part of parts) Object.assign(whole, part())
    return Object.freeze(whole)
  }
  // Through `unknown`: the target is empty, and what the Proxy answers is the parts, which only the caller can name.
  return new Proxy(whole, {
    get: (_, name) => (isPlainName(name) ? find(name) : Reflect.get(whole, name)),
    has: (_, name) => (isPlainName(name) && find(name) !== undefined) || Reflect.has(whole, name),
    ownKeys: () => Reflect.ownKeys(fill()),
    getOwnPropertyDescriptor: (_, name) => Reflect.getOwnPropertyDescriptor(fill(), name),
    defineProperty: (_, name, descriptor) => Reflect.defineProperty(fill(), name, descriptor),
    deleteProperty: (_, name) => Reflect.deleteProperty(fill(), name),
    setPrototypeOf: (_, prototype) => Reflect.setPrototypeOf(fill(), prototype),
    isExtensible: () => Reflect.isExtensible(fill()),
    preventExtensions: () => Reflect.preventExtensions(fill()),
  }) as unknown as Whole
}
