/** Two copies of the library on one thread share one binary, and take turns with its arena. */
import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as source from '../../src/index.js'
import { tcpPair } from '../support/sockets.js'

const built = (await import(`${new URL('../../dist/index.js', import.meta.url)}`)) as typeof source

it('each reads and sets its own, whoever came last', async () => {
  const { client, accepted, close } = await tcpPair()
  source.setsockopt(client, 'SO_RCVTIMEO', 5000)
  built.setsockopt(accepted, 'SO_RCVTIMEO', 7000)
  const kept = source.getsockopt(client, 'TCP_INFO')
  const before = JSON.stringify(kept)
  for (let turn = 0; turn < 500; turn++) {
    expect(source.getsockopt(client, 'SO_RCVTIMEO')).toBe(5000)
    expect(built.getsockopt(accepted, 'SO_RCVTIMEO')).toBe(7000)
    expect(built.getsockopt(client, 'TCP_INFO').state).toBe(source.getsockopt(accepted, 'TCP_INFO').state)
    expect(built.snapshot(client, ['SO_RCVTIMEO']).options.SO_RCVTIMEO?.value).toBe(5000)
  }
  expect(JSON.stringify(kept)).toBe(before)
  await close()
})

it('a set is carried out once, though the other copy came between', async () => {
  const { client, close } = await tcpPair()
  source.setsockopt(client, 'TCP_USER_TIMEOUT', 1000)
  built.getsockopt(client, 'TCP_USER_TIMEOUT')
  built.setsockopt(client, 'TCP_USER_TIMEOUT', 2000)
  expect(source.getsockopt(client, 'SO_RCVBUF')).toBeGreaterThan(0)
  expect(source.getsockopt(client, 'TCP_USER_TIMEOUT')).toBe(2000)
  await close()
})

it('neither opens a descriptor of its own', async () => {
  const { client, close } = await tcpPair()
  const open = () => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0)
  const before = open()
  for (let turn = 0; turn < 100; turn++) {
    source.snapshot(client)
    built.snapshot(client)
  }
  expect(open()).toBe(before)
  await close()
})
