/** TCP_MD5SIG; the first bytes are ones that Linux 6.18 took. */
import { expect, it } from 'vitest'
import { tcpMd5sig } from '../../../src/codec/tcp-md5.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeHex, fuzzEncode, refusedValue } from '../../support/codecs.js'

const addr = { family: 'AF_INET', address: '127.0.0.1' } as const
const key = Buffer.from('abc')
const at = (hex: string, size: number) => hex.padEnd(size * 2, '0')

it('the length of the key follows from the key', () => {
  expect(encodeHex(tcpMd5sig, { addr, key })).toBe(`${at('020000007f000001', 128)}0000030000000000${at('616263', 80)}`)
  expect(encodeHex(tcpMd5sig, { addr, key }, linuxS390x)).toBe(`${at('000200007f000001', 128)}0000000300000000${at('616263', 80)}`)
})

it('an empty key, which removes the peer’s, is as good', () => {
  expect(encodeHex(tcpMd5sig, { addr, key: new Uint8Array(0) })).toBe(`${at('020000007f000001', 128)}${at('', 88)}`)
})

it('a prefix and an interface go with their flags', () => {
  const flags = ['TCP_MD5SIG_FLAG_PREFIX', 'TCP_MD5SIG_FLAG_IFINDEX'] as const
  const bytes = encodeHex(tcpMd5sig, { addr, key, flags, prefixlen: 24, ifindex: 2 })
  expect(bytes.slice(256, 272)).toBe('0318030002000000')
  expect(decodeHex(tcpMd5sig, bytes)).toMatchObject({ flags, prefixlen: 24, ifindex: 2, keylen: 3, key })
})

it('a key that is too long, missing or no bytes is refused', () => {
  expect(refusedValue(tcpMd5sig, { addr, key: new Uint8Array(81) })).toEqual({
    reason: 'range',
    expected: 'a Uint8Array of at most 80 bytes',
    part: 'key',
  })
  expect(refusedValue(tcpMd5sig, { addr })).toMatchObject({ reason: 'type', part: 'key' })
  expect(refusedValue(tcpMd5sig, { addr, key: 'abc' })).toMatchObject({ reason: 'type', part: 'key' })
  expect(refusedValue(tcpMd5sig, { addr, key, keylen: 2 })).toMatchObject({ reason: 'range', part: 'keylen' })
  expect(refusedValue(tcpMd5sig, { addr: { family: 'AF_INET', address: 'x' }, key })).toMatchObject({ part: 'addr.address' })
  expect(fuzzEncode(tcpMd5sig, [{ addr, key }]).encoded).toBeGreaterThan(0)
})
