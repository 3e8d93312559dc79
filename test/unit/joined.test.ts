/** Is a joined table one plain frozen object to whoever uses it, and does it load no more than it must? */
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { findIn, join } from '../../src/joined.js'

interface Whole {
  readonly one: number
  readonly two: number
  readonly three: number
}

function makeJoined() {
  const loaded: string[] = []
  const part = (name: string, values: Record<string, number>) => () => {
    if (!loaded.includes(name)) loaded.push(name)
    return values
  }
  const parts = [part('first', { one: 1, two: 2 }), part('second', { three: 3 })]
  return { loaded, joined: join<Whole>(name => findIn(parts, name), parts) }
}

describe('before it is enumerated', () => {
  test('nothing is loaded', () => expect(makeJoined().loaded).toEqual([]))

  test('a name loads the parts up to the one that has it', () => {
    const { joined, loaded } = makeJoined()
    expect(joined.two).toBe(2)
    expect('one' in joined).toBe(true)
    expect(loaded).toEqual(['first'])
    expect(joined.three).toBe(3)
    expect(loaded).toEqual(['first', 'second'])
  })

  test('what every object has loads nothing', () => {
    const { joined, loaded } = makeJoined()
    expect(typeof joined.toString).toBe('function')
    expect(Reflect.get(joined, Symbol.iterator)).toBeUndefined()
    expect('hasOwnProperty' in joined).toBe(true)
    expect(loaded).toEqual([])
  })

  test('a name that no part has is undefined', () => {
    const { joined } = makeJoined()
    expect(Reflect.get(joined, 'four')).toBeUndefined()
    expect('four' in joined).toBe(false)
  })
})

test.each<[string, (joined: Whole) => unknown, unknown]>([
  ['Object.keys', joined => Object.keys(joined), ['one', 'two', 'three']],
  ['Object.values', joined => Object.values(joined), [1, 2, 3]],
  ['Object.entries', joined => Object.entries(joined).length, 3],
  ['a spread', joined => ({ ...joined }), { one: 1, two: 2, three: 3 }],
  ['JSON', joined => JSON.stringify(joined), '{"one":1,"two":2,"three":3}'],
  ['printing', joined => inspect(joined), '{ one: 1, two: 2, three: 3 }'],
  ['Object.hasOwn', joined => Object.hasOwn(joined, 'three') && !Object.hasOwn(joined, 'toString'), true],
  ['Object.isFrozen', joined => Object.isFrozen(joined), true],
  [
    'a descriptor',
    joined => Object.getOwnPropertyDescriptor(joined, 'two'),
    { value: 2, writable: false, enumerable: true, configurable: false },
  ],
  ['the prototype', joined => Object.getPrototypeOf(joined) === Object.prototype, true],
])('%s sees the whole, whether it was looked into before or not', (_, look, expected) => {
  const { joined } = makeJoined()
  expect(look(joined)).toEqual(expected)
  expect(look(joined)).toEqual(expected)
  expect(joined.three).toBe(3)
})

test.each<[string, (joined: Whole) => unknown]>([
  ['set', joined => Object.assign(joined, { two: 5 })],
  ['set a new name of', joined => Object.assign(joined, { four: 4 })],
  ['define', joined => Object.defineProperty(joined, 'two', { value: 5 })],
  ['delete', joined => delete (joined as { two?: number }).two],
  ['change the prototype of', joined => Object.setPrototypeOf(joined, {})],
])('nobody can %s it', (_, change) => {
  const { joined } = makeJoined()
  expect(() => change(joined)).toThrow(TypeError)
  expect({ ...joined }).toEqual({ one: 1, two: 2, three: 3 })
})
