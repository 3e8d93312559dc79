/** Would the example that is shown for an option work? */
import { expect, test } from 'vitest'
import { getsockopt, setsockopt } from '../../../src/access/getsockopt.js'
import { adapt } from '../../../src/access/plan.js'
import { describe } from '../../../src/cli/describe.js'
import { abiHere, platformHere } from '../../../src/cli/where.js'
import type { Option } from '../../../src/options/define.js'
import { catalogue } from '../../../src/options/index.js'
import { tcpPair } from '../../support/sockets.js'

const rows = Object.values(catalogue) as Option<any, any>[]
const evaluate = (line: string, ...values: unknown[]) => new Function('socket', 'getsockopt', 'setsockopt', line)(...values) as unknown

test('every value that an example sets is one that the codec takes', () => {
  const refused: string[] = []
  let shown = 0
  for (const row of rows) {
    const { codec } = adapt(row, platformHere()) ?? row
    for (const line of describe(row).examples) {
      if (!line.startsWith('setsockopt') || line.includes('// value:')) continue
      const encode = (_socket: unknown, name: string, value: unknown) => {
        expect(name).toBe(row.name)
        codec.encode(value, new DataView(new ArrayBuffer(codec.size)), 0, abiHere())
      }
      try {
        evaluate(line, undefined, undefined, encode)
        shown++
      } catch (error) {
        refused.push(`${line}: ${String(error)}`)
      }
    }
  }
  expect(refused).toEqual([])
  expect(shown).toBeGreaterThan(300)
})

test('every option that can be read or set has an example, unless its bytes are pointers', () => {
  const without = rows
    .map(describe)
    .filter(
      ({ access, examples, hazard, type }) => access !== 'none' && examples.length === 0 && hazard === undefined && type !== 'pointer',
    )
  expect(without.map(({ name }) => name)).toEqual([])
})

test.each([
  'SO_RCVTIMEO',
  'SO_SNDBUF',
  'SO_KEEPALIVE',
  'SO_LINGER',
  'SO_ERROR',
  'TCP_NODELAY',
  'TCP_MAXSEG',
  'TCP_KEEPINTVL',
  'TCP_KEEPCNT',
  'IP_TOS',
  'IP_TTL',
])('the example for %s runs on a connected TCP socket', async name => {
  const pair = await tcpPair()
  try {
    const { examples } = describe(catalogue[name as keyof typeof catalogue] as Option<any, any>)
    expect(examples.length).toBeGreaterThan(0)
    for (const line of examples) expect(() => evaluate(line, pair.client, getsockopt, setsockopt)).not.toThrow()
  } finally {
    await pair.close()
  }
})
