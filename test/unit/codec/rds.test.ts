/** RDS sockets. */
import { expect, it } from 'vitest'
import { rdsFreeMrArgs, rdsGetMrArgs, rdsGetMrForDestArgs, rdsRxTraceSo } from '../../../src/codec/rds.js'
import { encodeBytes, encodeHex, refusedValue } from '../../support/codecs.js'

it('memory cannot be named', () => {
  expect(encodeHex(rdsGetMrArgs, { vec: { bytes: 4096 }, flags: 1n })).toBe(`${'00'.repeat(9)}10${'00'.repeat(14)}01${'00'.repeat(7)}`)
  expect(refusedValue(rdsGetMrArgs, { vec: { addr: 1n, bytes: 4096 } })).toMatchObject({ part: 'vec.addr' })
  expect(refusedValue(rdsGetMrArgs, { vec: { bytes: 4096 }, cookieAddr: 1n })).toMatchObject({ part: 'cookieAddr' })
  const destAddr = { family: 'AF_INET', address: '192.0.2.1' } as const
  expect(encodeBytes(rdsGetMrForDestArgs, { destAddr, vec: { bytes: 1 } })).toHaveLength(160)
})

it('a region is freed by its cookie', () => {
  expect(encodeHex(rdsFreeMrArgs, { cookie: 0x1122334455667788n, flags: 4n })).toBe('88776655443322110400000000000000')
  expect(refusedValue(rdsFreeMrArgs, { cookie: 1 })).toMatchObject({ reason: 'type', part: 'cookie' })
})

it('traced points count themselves', () => {
  expect(encodeHex(rdsRxTraceSo, { tracePos: ['RDS_MSG_RX_DGRAM_DELIVERED', 'RDS_MSG_RX_DGRAM_REASSEMBLE'] })).toBe('02020100')
  expect(encodeHex(rdsRxTraceSo, { tracePos: [] })).toBe('00000000')
  expect(refusedValue(rdsRxTraceSo, { tracePos: [0, 1, 2, 0] })).toMatchObject({ reason: 'range', part: 'tracePos' })
})
