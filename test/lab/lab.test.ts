/**
 * DOES the explanation hold while a connection dies? Real Node sockets on a real kernel, in network namespaces of their own. Each is asked again and
 * again, and every window that was told must contain the moment at which Node said that it was over. LAB=long for the rows that take minutes, LAB_SEED
 * for the settings of a former run.
 */
import { spawn } from 'node:child_process'
import { writeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { needs } from '../support/needs.js'
import { seeded } from '../support/random.js'
import { event } from '../support/wait.js'
import { unshare, whyNoNetwork } from './namespace.mjs'
import { drawRows, long, type Row, short, undying } from './rows.js'

interface Prediction {
  readonly at: number
  readonly state: string
  readonly mechanism: string | null
  readonly earliest?: number
  /** null is JSON for Infinity. */
  readonly latest?: number | null
  readonly code?: string | null
}

interface Outcome {
  readonly predictions: readonly Prediction[]
  /** `at`: when Node said so; `alive`: when it was last seen that the kernel had not ended it yet, which is looked for every 4 ms. */
  readonly death: { readonly at: number; readonly code: string | null; readonly alive: number }
}

const isLong = process.env.LAB === 'long'
const seed = process.env.LAB_SEED === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env.LAB_SEED)
const rows = drawRows([...(isLong ? long : []), ...short, ...undying], seeded(seed))
const dying = fileURLToPath(new URL('dying.mjs', import.meta.url))
const [command, ...words] = unshare as [string, ...string[]]

async function run(row: Row): Promise<Outcome> {
  const child = spawn(command, [...words, process.execPath, dying, JSON.stringify(row)], { stdio: ['ignore', 'pipe', 'pipe'] })
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (part: string) => {
      text[name] += part
    })
  }
  try {
    const [code] = await event<[number]>(child, 'close', row.deadline)
    if (code !== 0) throw new Error(`the lab ended with ${code}: ${text.stderr}`)
  } finally {
    child.kill('SIGKILL')
  }
  return JSON.parse(text.stdout) as Outcome
}

/**
 * Where the end lies against what was predicted; undefined where it lies within. The kernel's end lies between `alive` and `at`: what the event loop
 * is late is allowed for as far as it was measured, and no more.
 */
function miss({ at, state, mechanism, earliest, latest, code }: Prediction, death: Outcome['death']): string | undefined {
  const [least, most] = [death.alive - at, death.at - at]
  const end = `it was ${death.code} after ${least.toFixed(1)} to ${most.toFixed(1)} ms`
  if (earliest === undefined || latest === undefined) return `never, in ${state}; ${end}`
  const isWithin = most >= earliest && least <= (latest ?? Number.POSITIVE_INFINITY)
  if (isWithin && code === death.code) return undefined
  return `${mechanism} in ${state}, ${code} in ${earliest.toFixed(1)} to ${latest?.toFixed(1)} ms; ${end}`
}

const widths: number[] = []
let ran = 0

let reason: string | undefined
beforeAll(() => {
  reason = whyNoNetwork()
})
const needsNamespaces = (context: TestContext) => needs(context, reason === undefined, String(reason))

describe.concurrent(`a connection that dies (LAB_SEED=${seed})`, () => {
  it.for(rows)('$title', { timeout: 600_000 }, async (row, context) => {
    needsNamespaces(context)
    const { predictions, death } = await run(row)
    ran++
    context.expect(predictions.length).toBeGreaterThan(0)
    if (row.lives !== undefined) {
      context.expect(death.code).toBe('ALIVE')
      context.expect(predictions.filter(({ mechanism }) => mechanism !== null)).toEqual([])
      return
    }
    for (const { earliest, latest } of predictions) widths.push((latest ?? Number.POSITIVE_INFINITY) - (earliest ?? Number.NaN))
    context.expect(predictions.map(prediction => miss(prediction, death)).filter(missed => missed !== undefined)).toEqual([])
  })
})

describe('all of them', () => {
  it('were asked at least 150 times, and every window had an end', context => {
    needsNamespaces(context)
    needs(context, ran === rows.length, 'only some of the rows were run')
    expect(widths.length).toBeGreaterThanOrEqual(150)
    expect(widths.filter(width => !Number.isFinite(width))).toEqual([])
  })
})

afterAll(() => {
  if (widths.length === 0) return
  const median = widths.toSorted((a, b) => a - b)[widths.length >> 1]
  writeSync(2, `lab: ${widths.length} predictions of ${ran} connections, median width ${median?.toFixed(0)} ms; LAB_SEED=${seed}\n`)
})
