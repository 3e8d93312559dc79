import { expect, test } from 'vitest'
import { tcpInfoWin32 } from '../../../src/codec/tcp-info-win32.js'
import { win32X64 } from '../../support/abis.js'
import { decodeBytes, fuzzDecode, fuzzEncode } from '../../support/codecs.js'

/** Every 32-bit and 64-bit field holds its offset. */
function sample(size: 88 | 136): Uint8Array {
  const view = new DataView(new ArrayBuffer(136))
  for (let offset = 4; offset < 136; offset += 4) view.setUint32(offset, offset, true)
  for (const offset of [8, 48, 56, 96, 112, 128]) view.setBigUint64(offset, BigInt(offset), true)
  view.setInt32(0, 4, true)
  view.setUint8(16, 1)
  return new Uint8Array(view.buffer.slice(0, size))
}

const version0 = {
  state: 'ESTABLISHED',
  mss: 4,
  connectionTimeMs: 8,
  timestampsEnabled: true,
  rttUs: 20,
  minRttUs: 24,
  bytesInFlight: 28,
  cwnd: 32,
  sndWnd: 36,
  rcvWnd: 40,
  rcvBuf: 44,
  bytesOut: 48,
  bytesIn: 56,
  bytesReordered: 64,
  bytesRetrans: 68,
  fastRetrans: 72,
  dupAcksIn: 76,
  timeoutEpisodes: 80,
  synRetrans: 84,
}

test('version 0 is the first 88 bytes', () => {
  expect(decodeBytes(tcpInfoWin32, sample(88), win32X64).toJSON()).toEqual(version0)
})

test('version 1 adds what limits sending', () => {
  expect(decodeBytes(tcpInfoWin32, sample(136), win32X64).toJSON()).toEqual({
    ...version0,
    sndLimTransRwin: 88,
    sndLimTimeRwin: 92,
    sndLimBytesRwin: 96,
    sndLimTransCwnd: 104,
    sndLimTimeCwnd: 108,
    sndLimBytesCwnd: 112,
    sndLimTransSnd: 120,
    sndLimTimeSnd: 124,
    sndLimBytesSnd: 128,
  })
})

test('a state without a name is its number', () => {
  expect(decodeBytes(tcpInfoWin32, Uint8Array.of(99, 0, 0, 0), win32X64).state).toBe(99)
})

test('is only read, of any bytes', () => {
  expect(fuzzDecode(tcpInfoWin32, 141).refused).toBe(0)
  expect(fuzzEncode(tcpInfoWin32, []).encoded).toBe(0)
})
