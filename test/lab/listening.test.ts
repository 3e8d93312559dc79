/** DOES a socket hear the groups it has joined, on the interfaces on which it has, and a server listen where it can? In network namespaces of their own. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { needs } from '../support/needs.js'
import { unshare, whyNoNetwork } from './namespace.mjs'

const listening = fileURLToPath(new URL('listening.mjs', import.meta.url))

test('memberships are heard on their interfaces alone, a device is the only one, and the zone of an address is found', async context => {
  const why = whyNoNetwork()
  needs(context, why === undefined, why ?? '')
  const [command, ...words] = unshare as [string, ...string[]]
  const { stdout } = await promisify(execFile)(command, [...words, process.execPath, listening], { timeout: 25_000 })
  expect(JSON.parse(stdout)).toEqual({
    both4: ['end', 'end2'],
    first4: ['end'],
    byAddress4: ['end2'],
    source4: ['end2'],
    both6: ['end', 'end2'],
    second6: ['end2'],
    zone: 'fe80::77%near2',
    device: ['end2'],
  })
})
