/** SO_DEVMEM_DONTNEED. */
import { expect, it } from 'vitest'
import { dmabufTokens } from '../../../src/codec/dmabuf.js'
import { encodeHex, refusedValue } from '../../support/codecs.js'

it('ranges of tokens are pairs', () => {
  expect(encodeHex(dmabufTokens, [{ tokenStart: 1, tokenCount: 2 }])).toBe('0100000002000000')
  expect(refusedValue(dmabufTokens, Array(129).fill({ tokenStart: 1, tokenCount: 2 }))).toMatchObject({
    reason: 'range',
    expected: 'an array of at most 128',
  })
  expect(refusedValue(dmabufTokens, [{ tokenStart: 1 }])).toMatchObject({ part: '[0].tokenCount' })
})
