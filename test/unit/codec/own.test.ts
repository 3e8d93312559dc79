/** WHAT do codecs make of values that answer otherwise the next time they are asked? */
import { describe, expect, it } from 'vitest'
import { bytes } from '../../../src/codec/bytes.js'
import { vifctl } from '../../../src/codec/mroute.js'
import { bytesOf, itemsOf } from '../../../src/codec/own.js'
import { sockaddrs } from '../../../src/codec/sockaddr.js'
import { ipMsfilter } from '../../../src/codec/source-filter.js'
import { iptGetEntries } from '../../../src/codec/xtables.js'
import { encodeBytes, encodeHex, refusedValue, toHex } from '../../support/codecs.js'

const detached = () => {
  const gone = Uint8Array.of(1, 2, 3)
  structuredClone(gone.buffer, { transfer: [gone.buffer] })
  return gone
}
const shadowed = (length: unknown) => Object.defineProperty(Uint8Array.of(1, 2, 3), 'length', { value: length })

/** Longer each time it is asked for its length. */
function growing(item: unknown): unknown[] {
  let length = 0
  const get = (items: unknown[], key: string | symbol) => {
    if (typeof key === 'string' && /^\d+$/.test(key)) return item
    if (key !== 'length') return Reflect.get(items, key)
    length += 40
    return length
  }
  return new Proxy([], { get })
}

/** A property that is `first` the first time, and `then` from then on. */
function turning(name: string, first: unknown, then: unknown, rest: object): object {
  let times = 0
  return Object.defineProperty({ ...rest }, name, { enumerable: true, get: () => (times++ === 0 ? first : then) })
}

describe('bytes', () => {
  it.each([0, 1, 3, 4, 1e9, -1, 0.5, 'x', undefined, Number.NaN])('are as many as there are, although the object says %s', length => {
    expect(toHex(bytesOf(shadowed(length)))).toBe('010203')
    expect(encodeHex(bytes(8), shadowed(length))).toBe('010203')
  })

  it('are none once they are detached', () => {
    expect(bytesOf(detached())).toHaveLength(0)
    expect(encodeHex(bytes(8), detached())).toBe('')
  })

  it('are those of the view alone', () => {
    expect(toHex(bytesOf(Uint8Array.of(9, 1, 2, 9).subarray(1, 3)))).toBe('0102')
  })
})

describe('items', () => {
  it('are as many as there were when they were counted', () => {
    expect(itemsOf(growing('a'), 50)).toHaveLength(40)
    expect(itemsOf(growing('a'), 39)).toBeUndefined()
    expect(itemsOf([1, 2], 2)).toEqual([1, 2])
  })

  it('never take a codec beyond its bytes', () => {
    const address = { family: 'AF_INET', address: '10.0.0.1', port: 1 }
    expect(encodeBytes(sockaddrs, growing(address) as never)).toHaveLength(40 * 16)
    expect(refusedValue(sockaddrs, Array(65).fill(address))).toMatchObject({ reason: 'range' })
    const group = { multiaddr: '232.1.2.3', interface: '127.0.0.1', fmode: 'MCAST_INCLUDE' }
    const filter = encodeBytes(ipMsfilter, { ...group, slist: growing('10.0.0.1') } as never)
    expect(filter).toHaveLength(16 + 40 * 4)
  })

  it('whose list is another one the second time are those of the first', () => {
    const group = { multiaddr: '232.1.2.3', interface: '127.0.0.1', fmode: 'MCAST_INCLUDE' }
    const value = turning('slist', ['10.0.0.1'], Array(10_000).fill('10.0.0.1'), group)
    expect(encodeBytes(ipMsfilter, value as never)).toHaveLength(16 + 4)
  })

  it('that are no array the second time are asked once', () => {
    const value = turning('flags', ['VIFF_USE_IFINDEX'], 'none', { vifi: 1, lclIfindex: 7, rmtAddr: '10.0.0.1' })
    expect(encodeHex(vifctl, value as never)).toBe('0100080000000000070000000a000001')
  })

  it('of another size the second time are as many as were written', () => {
    const value = turning('size', 8, 1e6, { name: 'filter' })
    expect(encodeBytes(iptGetEntries, value as never)).toHaveLength(48)
  })

  it('of one family the first time and of a longer one then are of the first', () => {
    const value = turning('family', 'AF_INET', 'AF_UNIX', { path: 'x'.repeat(100) })
    expect(refusedValue(sockaddrs, Array(64).fill(value))).toMatchObject({ reason: 'type', part: '[0].path' })
  })
})
