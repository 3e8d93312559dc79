/** WHOSE is the socket in a worker of a cluster? The worker's own, or there is none. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { event } from '../support/wait.js'

test('a worker of a cluster listens and binds on its own, if it says so, and shares a port by SO_REUSEPORT', async () => {
  const primary = fork(fileURLToPath(new URL('./cluster-listen.mjs', import.meta.url)), { execArgv: [] })
  const [reports] = await event<[Record<string, unknown>[]]>(primary, 'message', 20_000)
  await event(primary, 'exit', 20_000)
  expect(reports).toHaveLength(2)
  for (const { shared, sharedDatagrams, ...own } of reports) {
    const refusal = { name: 'SocketOptionError', code: 'ERR_SOCKOPT_CLUSTER_WORKER', kind: 'state' }
    expect([shared, sharedDatagrams]).toEqual([
      expect.objectContaining({ ...refusal, message: expect.stringContaining('exclusive: true') }),
      expect.objectContaining(refusal),
    ])
    expect(own).toEqual({ alone: 5, datagrams: 5, port: reports[0]?.port })
  }
})
