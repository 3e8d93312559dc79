import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { u8, u32, u64big } from '../../../src/codec/field.js'
import { type LazyStruct, lazyClass } from '../../../src/codec/lazy.js'
import { linuxIa32, linuxX64 } from '../../support/abis.js'
import { fromHex } from '../../support/codecs.js'

const Value = lazyClass('sample', { state: [0, u8], far: [abi => abi.wordSize, u32, 'ms'], seq: [16, u64big] })
const make = (hex: string, abi = linuxX64) => {
  const bytes = fromHex(hex)
  return new Value(new DataView(bytes.buffer), 0, bytes.length, abi) as LazyStruct & Record<'state' | 'far' | 'seq', unknown>
}
const whole = '01000000 05000000 07000000 00000000 ffffffffffffffff'

test('each field is a getter on the prototype, and the value has nothing of its own', () => {
  const value = make(whole)
  expect(Object.keys(value)).toEqual([])
  expect([value.state, value.far, value.seq]).toEqual([1, 7, 2n ** 64n - 1n])
  expect(value).toBeInstanceOf(Value)
  expect(Object.isFrozen(Value.prototype)).toBe(true)
})

test('an offset may follow the machine’s word', () => {
  expect(make(whole, linuxIa32).far).toBe(5)
  expect(make('01000000 050000', linuxIa32).far).toBeUndefined()
  expect(make('01000000 05000000', linuxIa32).far).toBe(5)
})

test('a field that did not come back is undefined, whatever lies there', () => {
  const bytes = fromHex(whole)
  const value = new Value(new DataView(bytes.buffer), 0, 11, linuxX64) as LazyStruct & { far: unknown; state: unknown }
  expect(value.far).toBeUndefined()
  expect(value.state).toBe(1)
})

test('fields cannot be assigned', () => {
  const value = make(whole)
  expect(() => {
    value.state = 2
  }).toThrow(TypeError)
})

test('JSON has the fields that came back, bigints as decimal strings', () => {
  expect(JSON.stringify(make(whole))).toBe('{"state":1,"far":7,"seq":"18446744073709551615"}')
  expect(JSON.stringify(make('01'))).toBe('{"state":1}')
  expect(make('').toJSON()).toEqual({})
})

test('prints itself with the name of the struct', () => {
  expect(inspect(make('01'))).toBe('sample { state: 1 }')
  expect(inspect({ info: make('01') })).toBe('{ info: sample { state: 1 } }')
})
