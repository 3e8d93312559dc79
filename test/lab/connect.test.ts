/** DO options that were set before the SYN do what they are for? In network namespaces: connections to an address that never answers, by every way to connect. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, it } from 'vitest'
import { needs } from '../support/needs.js'
import { unshare, whyNoNetwork } from './namespace.mjs'

/** One line that connecting.mjs prints. */
interface Line {
  readonly way: string
  readonly code?: string
  readonly syscall?: string
  /** ms, from the moment of the explanation. */
  readonly took: number
  readonly ends: { readonly mechanism: string; readonly earliest: number; readonly latest: number } | null
  readonly options?: Readonly<Record<string, unknown>>
  readonly tried: number
}

const ways = ['net', 'tls', 'http', 'https', 'http2', 'undici', 'undici over TLS', 'fetch']

async function run(scene: 'dead' | 'winner', options: object): Promise<Line[]> {
  const [command, ...words] = unshare as [string, ...string[]]
  const program = fileURLToPath(new URL('connecting.mjs', import.meta.url))
  const { stdout } = await promisify(execFile)(command, [...words, process.execPath, program, scene, JSON.stringify(options)])
  return stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Line)
}

let reason: string | undefined
beforeAll(() => {
  reason = whyNoNetwork()
})

describe.concurrent('options before the SYN', () => {
  it.for([
    [{ TCP_USER_TIMEOUT: 1500 }, 'TCP_USER_TIMEOUT', 1500],
    [{ TCP_SYNCNT: 1 }, 'SYN retransmission', 3000],
  ] as const)('%o end a connection that nobody answers by %s after about %d ms', async ([options, mechanism, ms], context) => {
    needs(context, reason === undefined, String(reason))
    const lines = await run('dead', options)
    context
      .expect(lines.map(({ way, code, syscall, tried }) => [way, code, syscall, tried]))
      .toEqual(ways.map(way => [way, 'ETIMEDOUT', 'connect', 1]))
    for (const { took, ends } of lines) {
      context.expect(ends?.mechanism).toBe(mechanism)
      // The end is the kernel's; that Node tells of it a little later is for the event loop, which eight connections share.
      context.expect(took).toBeGreaterThanOrEqual(ends?.earliest as number)
      context.expect(took).toBeLessThan((ends?.latest as number) + 250)
      context.expect([ends?.earliest, ends?.latest].map(Number)).toSatisfy(([from, to]) => from > ms * 0.8 && to < ms * 1.15)
    }
  })

  it('are on the connection that wins, of a name whose first address never answers', async context => {
    needs(context, reason === undefined, String(reason))
    const options = { TCP_USER_TIMEOUT: 7000, TCP_SYNCNT: 3, SO_KEEPALIVE: true, TCP_KEEPIDLE: 33, TCP_KEEPINTVL: 7, TCP_MAXSEG: 1000 }
    const lines = await run('winner', options)
    context.expect(lines.map(({ way, code }) => [way, code])).toEqual(ways.map(way => [way, undefined]))
    // 12 of the bytes are for the timestamps of each segment: it was in the SYN.
    for (const line of lines) context.expect(line).toMatchObject({ tried: 2, options: { ...options, TCP_MAXSEG: 988 } })
  })
})
