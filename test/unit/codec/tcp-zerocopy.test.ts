/** TCP_ZEROCOPY_RECEIVE; the answer is one of Linux 6.18 with 1000 bytes queued. */
import { expect, it } from 'vitest'
import { tcpZerocopyReceive } from '../../../src/codec/tcp-zerocopy.js'
import { decodeHex, encodeHex, refusedValue } from '../../support/codecs.js'

it('the question maps nothing', () => {
  expect(encodeHex(tcpZerocopyReceive, {})).toBe('00'.repeat(64))
  for (const part of ['address', 'copybufAddress', 'msgControl'])
    expect(refusedValue(tcpZerocopyReceive, { [part]: 4096n })).toMatchObject({ reason: 'type', part })
})

it('the answer says what is queued', () => {
  const bytes = `${'00'.repeat(12)}e8030000e8030000${'00'.repeat(44)}`
  expect(decodeHex(tcpZerocopyReceive, bytes)).toMatchObject({ address: 0n, length: 0, recvSkipHint: 1000, inq: 1000, err: 0, flags: [] })
})

it('an older kernel answers less', () => {
  const value = decodeHex(tcpZerocopyReceive, `${'00'.repeat(12)}e8030000e8030000`)
  expect(value.inq).toBe(1000)
  expect(value.err).toBeUndefined()
})
