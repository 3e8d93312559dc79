/** DOES the built package say what the sources say? Building takes the texts out of the rows and the modules apart. */
import { describe, expect, test } from 'vitest'
import * as source from '../../src/index.js'

const built = (await import(`${new URL('../../dist/index.js', import.meta.url)}`)) as typeof source

/** Functions by their names: two copies of one are not the same object. */
const comparable = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, part) =>
      typeof part === 'function' ? `function ${part.name}` : typeof part === 'bigint' ? String(part) : part,
    ),
  )

test('exports the same names', () => expect(Object.keys(built).sort()).toEqual(Object.keys(source).sort()))

describe('options', () => {
  const rows = Object.entries(built.options)

  test('are the same, in the same order', () => expect(Object.keys(built.options)).toEqual(Object.keys(source.options)))

  test('have the same texts, units, access and codecs', () => {
    for (const [name, row] of rows) expect(comparable(row), name).toEqual(comparable(source.options[name as source.OptionName]))
  })

  test('have texts at all', () => expect(rows.filter(([, { doc }]) => doc.length < 5)).toEqual([]))
})

describe('codecs', () => {
  test('are the same', () => expect(Object.keys(built.codecs).sort()).toEqual(Object.keys(source.codecs).sort()))

  test('are those of the options', () => {
    expect(built.codecs.sctpStatus).toBe(built.options.SCTP_STATUS.codec)
    expect(built.codecs.tcpInfo).toBe(built.options.TCP_INFO.codec)
    expect(built.codecs.uint).toBe(built.options.SO_USER_COOKIE.codec)
    expect(() => built.codecs.sctpAddStreams.encode(5 as never, new DataView(new ArrayBuffer(8)), 0, {} as never)).toThrow(built.Refusal)
  })
})
