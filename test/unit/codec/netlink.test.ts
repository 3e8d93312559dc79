/** NETLINK_LIST_MEMBERSHIPS; bytes are what Linux 6.18 answered. */
import { expect, it } from 'vitest'
import { nlGroups, nlMmapReq } from '../../../src/codec/netlink.js'
import { linuxS390x, linuxX64 } from '../../support/abis.js'
import { decodeHex, encodeHex, refusedValue } from '../../support/codecs.js'

it('groups have the numbers that NETLINK_ADD_MEMBERSHIP takes', () => {
  expect(decodeHex(nlGroups, '1100000001000000')).toEqual([1, 5, 33])
  expect(decodeHex(nlGroups, '0000001100000001', linuxS390x)).toEqual([1, 5, 33])
  expect(decodeHex(nlGroups, '')).toEqual([])
  expect(decodeHex(nlGroups, '00000080')).toEqual([32])
})

it('a part of a word is left out', () => {
  expect(decodeHex(nlGroups, '110000')).toEqual([])
})

it('the length the kernel would have liked is not taken for the length it wrote', () => {
  const view = new DataView(new ArrayBuffer(nlGroups.size))
  view.setUint8(0, 1)
  expect(nlGroups.decode(view, 0, 4096, linuxX64)).toEqual([1])
})

it('groups are joined one by one, so the list is not written', () => {
  expect(refusedValue(nlGroups, [1]).expected).toBe('nothing: this value can only be read')
})

it('the ring that was removed still has its struct', () => {
  expect(encodeHex(nlMmapReq, { blockSize: 4096, blockNr: 1, frameSize: 2048, frameNr: 2 })).toBe('00100000010000000008000002000000')
})
