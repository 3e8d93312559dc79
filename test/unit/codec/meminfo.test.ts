import { expect, test } from 'vitest'
import { meminfo } from '../../../src/codec/meminfo.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, fuzzDecode, fuzzEncode } from '../../support/codecs.js'

/** What Linux 6.18.44 (x86-64) answered for a fresh TCP socket. */
const fresh = '000000000000020000000000001e3c000000000000000000000000000000000000000000'

test('is nine counters', () => {
  expect(decodeHex(meminfo, fresh)).toEqual({
    rmemAlloc: 0,
    rcvbuf: 131072,
    wmemAlloc: 0,
    sndbuf: 3939840,
    fwdAlloc: 0,
    wmemQueued: 0,
    optmem: 0,
    backlog: 0,
    drops: 0,
  })
})

test('each is where linux/sock_diag.h numbers it', () => {
  const numbered = Array.from({ length: 9 }, (_, index) => index.toString(16).padStart(8, '0')).join('')
  expect(Object.values(decodeHex(meminfo, numbered, linuxS390x))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
})

test('an older kernel has fewer, a newer one more', () => {
  const value = decodeHex(meminfo, fresh.slice(0, 64))
  expect(value.backlog).toBe(0)
  expect(value.drops).toBeUndefined()
  expect(decodeHex(meminfo, `${fresh}00000000`)).toEqual(decodeHex(meminfo, fresh))
})

test('is only read, of any bytes', () => {
  expect(fuzzDecode(meminfo, 161).refused).toBe(0)
  expect(fuzzEncode(meminfo, [{}, { rmemAlloc: 0 }]).encoded).toBe(0)
})
