import { describe, expect, it } from 'vitest'
import { synRetries, synTimeout } from '../../../src/timeouts/syn.js'

const MAXIMUM = 120_000

describe('the time that TCP_SYNCNT stands for', () => {
  it('is 3, 7, 19, 35, 67, 131 s with four linear timeouts (docs/timeouts.md)', () => {
    expect([1, 2, 3, 4, 5, 6].map(retries => synTimeout(retries, 4, MAXIMUM) / 1000)).toEqual([3, 7, 19, 35, 67, 131])
  })

  it('is 3, 7, 15, 31, 63, 127 s without linear timeouts', () => {
    expect([1, 2, 3, 4, 5, 6].map(retries => synTimeout(retries, 0, MAXIMUM) / 1000)).toEqual([3, 7, 15, 31, 63, 127])
  })

  it('follows TCP_RTO_MAX_MS: 7 s for 6 retransmissions at 1 s each', () => {
    expect(synTimeout(6, 4, 1000)).toBe(7000)
  })

  it('follows TCP_USER_TIMEOUT in time and TCP_SYNCNT in count', () => {
    expect(synTimeout(6, 4, MAXIMUM, 2500)).toBe(2500)
    expect(synTimeout(2, 4, MAXIMUM, 20_000)).toBe(11_000)
  })

  it('is one first timeout and a jiffy when TCP_USER_TIMEOUT is shorter than that', () => {
    expect(synTimeout(6, 4, MAXIMUM, 500)).toBe(1001)
  })

  it('grows by the maximum once the doubling reaches it', () => {
    expect(synTimeout(8, 0, MAXIMUM) - synTimeout(7, 0, MAXIMUM)).toBe(MAXIMUM)
  })
})

describe('the fewest retransmissions that try so long', () => {
  it('rounds up', () => {
    expect(synRetries(1, 4, MAXIMUM)).toBe(1)
    expect(synRetries(3000, 4, MAXIMUM)).toBe(1)
    expect(synRetries(3001, 4, MAXIMUM)).toBe(2)
    expect(synRetries(30_000, 4, MAXIMUM)).toBe(4)
  })

  it('is undefined beyond the largest count', () => {
    expect(synRetries(1e9, 4, MAXIMUM)).toBeUndefined()
  })
})
