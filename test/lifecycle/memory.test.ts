/** DOES anything remain in memory of calls that are over? Short forms of bench/questions/memory.js. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
// @ts-expect-error plain JavaScript, which the benchmarks run as it is
import { tolerated } from '../../bench/at-rest.js'
import { copyPackage, type PackageCopy } from '../support/package-copy.js'

const program = fileURLToPath(new URL('memory-growth.mjs', import.meta.url))

let library: PackageCopy
beforeAll(() => {
  library = copyPackage()
})
afterAll(() => library.remove())

interface Outcome {
  /** KiB. */
  readonly grown: Readonly<Record<'rss' | 'heap' | 'outside', number>>
  readonly allocated?: { readonly bytes: number; readonly collections: number }
}

function measure(kind: string, calls: number): Outcome {
  const flags = ['--expose-gc', '--max-semi-space-size=1']
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, program, library.url, kind, String(calls)], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Outcome
}

/** A leak grows in every process; what other processes make malloc do differs. So the first of three that is calm counts. */
function measureCalm(kind: string, calls: number): Outcome {
  const isCalm = ({ grown }: Outcome) => grown.rss < tolerated.rss && grown.heap < tolerated.heap && grown.outside < tolerated.outside
  let outcome = measure(kind, calls)
  for (let again = 0; again < 2 && !isCalm(outcome); again++) outcome = measure(kind, calls)
  return outcome
}

describe('memory is flat', () => {
  it.each([
    ['int', 300_000, 'gets of an int'],
    ['tcpInfo', 300_000, 'TCP_INFOs, of which none is kept'],
    ['set', 150_000, 'pairs of sets'],
    ['snapshot', 120_000, 'snapshots'],
    ['refused', 120_000, 'gets that the kernel refuses'],
  ])('%s: over %i %s', (kind, calls) => {
    const { grown } = measureCalm(kind, calls)
    expect(grown.rss).toBeLessThan(tolerated.rss)
    expect(grown.heap).toBeLessThan(tolerated.heap)
    expect(grown.outside).toBeLessThan(tolerated.outside)
  })

  it('getting an int allocates nothing, and so never leads to a garbage collection', () => {
    const { allocated } = measure('int', 300_000)
    // One object of V8's least size, 16 bytes, in a hundred calls would be 0.16.
    expect(allocated?.bytes).toBeLessThan(0.1)
    expect(allocated?.collections).toBe(0)
  })
})
