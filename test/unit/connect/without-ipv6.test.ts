/** WHERE does a server listen that is told no address, on a system without IPv6? The refusal of socket(2) is imitated; the rest is the kernel's. */
import { once } from 'node:events'
import * as net from 'node:net'
import { constants } from 'node:os'
import { expect, test, vi } from 'vitest'
import { getsockopt, listen } from '../../../src/index.js'

vi.mock('../../../src/access/open.js', async original => {
  const open = await original<typeof import('../../../src/access/open.js')>()
  const openSocket: typeof open.openSocket = (family, ...words) =>
    family === open.familyInet6() ? -constants.errno.EAFNOSUPPORT : open.openSocket(family, ...words)
  return { ...open, openSocket }
})

test('on any address of IPv4', async () => {
  const server = listen(net.createServer(), { port: 0, socketOptions: { SO_PRIORITY: 5 } })
  await once(server, 'listening')
  expect(server.address()).toMatchObject({ address: '0.0.0.0', family: 'IPv4' })
  expect(getsockopt(server, 'SO_PRIORITY')).toBe(5)
  await new Promise(resolve => server.close(resolve))
})

test('and not at all where it is told one of IPv6', async () => {
  const [error] = await once(listen(net.createServer(), { port: 0, host: '::1' }), 'error')
  expect(error).toMatchObject({ code: 'EAFNOSUPPORT', syscall: 'listen', address: '::1' })
})
