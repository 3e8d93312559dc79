/** IS a value the same, whether the codec reads its 4 bytes or they are taken as a word? */
import { describe, expect, it } from 'vitest'
import { bool, bool1, fromWord, int, intIn, u8, u8int, u16, u64, uint, wordOf } from '../../../src/codec/scalar.js'
import { congestion } from '../../../src/codec/text.js'
import type { Option } from '../../../src/options/define.js'
import { catalogue } from '../../../src/options/index.js'
import { linuxS390x, linuxX64 } from '../../support/abis.js'

const words = [0, 1, -1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0xffff, 0x10000, 2 ** 31 - 1, -(2 ** 31), -2, 131_072]
const codecs = new Map((Object.values(catalogue) as Option<any, any>[]).map(({ codec }) => [codec.name, codec]))

describe('a word', () => {
  it('is what ints, unsigned ints and switches are, and nothing else', () => {
    const ofEach = [int, uint, u8int, u8, u16, bool, bool1, intIn(1, 7), u64, congestion].map(wordOf)
    expect(ofEach).toEqual(['int', 'unsigned', 'int', 'unsigned', 'unsigned', 'bool', 'bool', 'int', 'none', 'none'])
  })

  it.each([
    ['little-endian', linuxX64],
    ['big-endian', linuxS390x],
  ])('reads as the codec of every option that is one reads it, on a %s machine', (_, abi) => {
    const view = new DataView(new ArrayBuffer(8))
    const scalars = [...codecs.values()].filter(codec => wordOf(codec) !== 'none')
    expect(scalars.length).toBeGreaterThan(10)
    for (const codec of scalars) {
      for (const word of words) {
        view.setInt32(4, word, abi.littleEndian)
        expect(fromWord(word, wordOf(codec))).toBe(codec.decode(view, 4, 4, abi))
      }
    }
  })
})
