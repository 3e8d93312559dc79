/** TCP_REPAIR_OPTIONS and TCP_REPAIR_WINDOW; the window is one that Linux 6.18 answered. */
import { expect, it } from 'vitest'
import { tcpRepairOpts, tcpRepairWindow } from '../../../src/codec/tcp-repair.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeHex, fuzzEncode, refusedBytes, refusedValue } from '../../support/codecs.js'

it('TCP_REPAIR_OPTIONS are pairs of a code and a value', () => {
  const options = [
    { code: 'TCPOPT_MSS', val: 1460 },
    { code: 'TCPOPT_WINDOW', val: 7 | (8 << 16) },
    { code: 'TCPOPT_SACK_PERM', val: 0 },
    { code: 'TCPOPT_TIMESTAMP', val: 0 },
  ] as const
  expect(encodeHex(tcpRepairOpts, options)).toBe('02000000b4050000030000000700080004000000000000000800000000000000')
  expect(decodeHex(tcpRepairOpts, encodeHex(tcpRepairOpts, options, linuxS390x), linuxS390x)).toEqual(options)
  expect(refusedValue(tcpRepairOpts, [{ code: 'TCPOPT_NOP', val: 0 }])).toMatchObject({ reason: 'range', part: '[0].code' })
})

it('TCP_REPAIR_WINDOW is five numbers, all of which must be there', () => {
  const bytes = 'c7260ea5cbff0000cbff000000000100c8260ea5'
  const window = { sndWl1: 0xa50e26c7, sndWnd: 65483, maxWindow: 65483, rcvWnd: 65536, rcvWup: 0xa50e26c8 }
  expect(decodeHex(tcpRepairWindow, bytes)).toEqual(window)
  expect(encodeHex(tcpRepairWindow, window)).toBe(bytes)
  expect(refusedBytes(tcpRepairWindow, bytes.slice(8))).toMatchObject({ reason: 'length', expected: '20 bytes, and 16 came back' })
  expect(refusedValue(tcpRepairWindow, { ...window, rcvWup: undefined })).toMatchObject({ part: 'rcvWup' })
  expect(fuzzEncode(tcpRepairWindow, [window]).encoded).toBeGreaterThan(0)
})
