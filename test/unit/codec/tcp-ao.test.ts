/** TCP-AO keys and counters. */
import { describe, expect, it } from 'vitest'
import { tcpAoAdd, tcpAoDel, tcpAoInfo, tcpAoKeys, tcpAoRepair } from '../../../src/codec/tcp-ao.js'
import { linuxS390x } from '../../support/abis.js'
import { decodeHex, encodeBytes, encodeHex, fuzzEncode, refusedValue } from '../../support/codecs.js'

const addr = { family: 'AF_INET', address: '192.0.2.1' } as const
const key = Buffer.from('secret')
const add = { addr, algName: 'hmac(sha1)', prefix: 32, sndid: 100, rcvid: 101, key } as const

describe('TCP_AO_ADD_KEY', () => {
  it('is 288 bytes, in which the key counts itself', () => {
    const bytes = encodeBytes(tcpAoAdd, { ...add, setCurrent: true, keyflags: ['TCP_AO_KEYF_EXCLUDE_OPT'] })
    expect(bytes).toHaveLength(288)
    expect(Buffer.from(bytes.subarray(0, 8)).toString('hex')).toBe('02000000c0000201')
    expect(Buffer.from(bytes.subarray(128, 139)).toString()).toBe('hmac(sha1)\0')
    expect(Buffer.from(bytes.subarray(192, 208)).toString('hex')).toBe('00000000010000000000206465000206')
    expect(Buffer.from(bytes.subarray(208, 214)).toString()).toBe('secret')
  })
  it('has its bits at the other end on big-endian machines', () => {
    const word = (value: object) => encodeHex(tcpAoAdd, { ...add, ...value }, linuxS390x).slice(392, 400)
    expect(word({ setCurrent: true })).toBe('80000000')
    expect(word({ setRnext: true })).toBe('40000000')
    expect(encodeHex(tcpAoAdd, { ...add, setRnext: true }).slice(392, 400)).toBe('02000000')
  })
  it('refuses what the kernel would cut', () => {
    expect(refusedValue(tcpAoAdd, { ...add, algName: 'x'.repeat(64) })).toMatchObject({ reason: 'range', part: 'algName' })
    expect(refusedValue(tcpAoAdd, { ...add, key: new Uint8Array(81) })).toMatchObject({ reason: 'range', part: 'key' })
    expect(refusedValue(tcpAoAdd, { ...add, sndid: 256 })).toMatchObject({ reason: 'range', part: 'sndid' })
    expect(refusedValue(tcpAoAdd, { ...add, setCurrent: 1 })).toMatchObject({ reason: 'type', part: 'setCurrent' })
    expect(fuzzEncode(tcpAoAdd, [add]).encoded).toBeGreaterThan(0)
  })
})

describe('TCP_AO_DEL_KEY', () => {
  it('names the key by address and ids', () => {
    const bytes = encodeHex(tcpAoDel, { addr, prefix: 32, sndid: 1, rcvid: 2, delAsync: true })
    expect(bytes.slice(256)).toBe('00000000040000000000200102000000')
    expect(fuzzEncode(tcpAoDel, [{ addr, prefix: 32, sndid: 1, rcvid: 2 }]).encoded).toBeGreaterThan(0)
  })
})

describe('TCP_AO_INFO', () => {
  it('is flags, two keys and five counters', () => {
    const counters = ['05', '06', '07', '08', '09'].map(one => one.padEnd(16, '0')).join('')
    const info = {
      setCurrent: true,
      setRnext: false,
      aoRequired: true,
      setCounters: false,
      acceptIcmps: true,
      currentKey: 100,
      rnext: 101,
      pktGood: 5,
      pktBad: 6,
      pktKeyNotFound: 7,
      pktAoRequired: 8,
      pktDroppedIcmp: 9,
    }
    expect(decodeHex(tcpAoInfo, `1500000000006465${counters}`)).toEqual(info)
    expect(encodeHex(tcpAoInfo, info)).toBe(`1500000000006465${counters}`)
    expect(encodeHex(tcpAoInfo, { setCurrent: true, currentKey: 1 })).toBe(`0100000000000100${'00'.repeat(40)}`)
  })
})

describe('TCP_AO_GET_KEYS', () => {
  it('asks for one key at most: the kernel would write the next one past the buffer', () => {
    expect(refusedValue(tcpAoKeys, { nkeys: 2, getAll: true })).toEqual({
      reason: 'range',
      expected: 'an integer from 0 to 1',
      part: 'nkeys',
    })
    const question = encodeBytes(tcpAoKeys, { nkeys: 1, sndid: 100, rcvid: 101 })
    expect(question.length).toBeLessThanOrEqual(304)
    expect(Buffer.from(question.subarray(272, 280)).toString('hex')).toBe('0100000000006465')
  })
  it('answers the key, and how many there are', () => {
    const bytes = new Uint8Array(304)
    bytes.set(encodeBytes(tcpAoKeys, { addr, nkeys: 1, isRnext: true, sndid: 100, prefix: 32 }))
    bytes.set(Buffer.from('hmac(sha1)'), 128)
    bytes[272] = 3
    bytes[296] = 9
    expect(decodeHex(tcpAoKeys, Buffer.from(bytes).toString('hex'))).toMatchObject({
      addr: { family: 'AF_INET', address: '192.0.2.1' },
      algName: 'hmac(sha1)',
      nkeys: 3,
      isCurrent: false,
      isRnext: true,
      getAll: false,
      sndid: 100,
      prefix: 32,
      pktBad: 9,
    })
    expect(fuzzEncode(tcpAoKeys, [{ nkeys: 1, sndid: 1 }]).encoded).toBeGreaterThan(0)
  })
})

describe('TCP_AO_REPAIR', () => {
  it('has initial sequence numbers in network order', () => {
    const repair = { sntIsn: 1, rcvIsn: 2, sndSne: 3, rcvSne: 4 }
    expect(encodeHex(tcpAoRepair, repair)).toBe('00000001000000020300000004000000')
    expect(encodeHex(tcpAoRepair, repair, linuxS390x)).toBe('00000001000000020000000300000004')
  })
})
