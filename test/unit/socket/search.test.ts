/** WHICH handle of the event loop lies beneath an object? Here the true answer shows: `_handle.fd`. The addon of the tests lists the handles, with the source that Windows is built of. */
import * as dgram from 'node:dgram'
import * as net from 'node:net'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HANDLE } from '../../../src/native/handles.js'
import { bottomOf, datagramHandle, datagramState, handleOf, type RefSwitch, refSwitchOf } from '../../../src/socket/internals.js'
import type { Shape } from '../../../src/socket/kind.js'
import { type List, searchLoop } from '../../../src/socket/search.js'
import { type Compiled, compileSources } from '../../support/compiled.js'
import { probe, probePath } from '../../support/probe.js'
import { event, listener, tcpPair, tlsPair, udpPair, unixPair, until } from '../../support/sockets.js'

/** The handles of this thread's loop, through the addon of the tests. */
const list: List = () => {
  const bytes = new Uint8Array(16 * 4096)
  const count = probe.listHandles(bytes)
  return count < 0 ? undefined : new Int32Array(bytes.buffer, 0, count * HANDLE)
}

/** Which handles keep the loop alive, by their addresses. */
const refs = (): string => String(list()?.filter((_, at) => at % HANDLE < 3))

const shape = (object: object): Shape => object as unknown as Shape

/** What is found, and what Node shows. Nothing is different afterwards. */
function expectFound(handle: Shape | undefined, shown: unknown = handle?.fd): void {
  const before = refs()
  expect(shown).toBeGreaterThanOrEqual(0)
  expect(searchLoop(refSwitchOf(bottomOf(handle as Shape)) as RefSwitch, list)).toBe(shown)
  expect(refs()).toBe(before)
}

const expectSocket = (socket: object): void => expectFound(handleOf(shape(socket)))

describe('a search finds the descriptor that Node shows', () => {
  it('of a TCP server, its client and the accepted socket', async () => {
    const { client, accepted, server, close } = await tcpPair()
    for (const each of [server, client, accepted]) expectSocket(each)
    await close()
  })

  it('of a client that does not keep the event loop alive, which stays so', async () => {
    const { client, close } = await tcpPair()
    client.unref()
    expectSocket(client)
    expect((handleOf(shape(client)) as unknown as RefSwitch).hasRef()).toBe(false)
    client.ref()
    expectSocket(client)
    await close()
  })

  it('of a client that is connecting', async () => {
    const { port, close } = await listener('tcp')
    const client = net.connect(port, '127.0.0.1')
    await new Promise(process.nextTick)
    expect(client.connecting).toBe(true)
    expectSocket(client)
    await event(client, 'connect')
    client.destroy()
    await close()
  })

  it('of a unix socket, server and both ends', async () => {
    const { client, accepted, server, close } = await unixPair()
    for (const each of [server, client, accepted]) expectSocket(each)
    await close()
  })

  it('of a TLS socket: that of the handle beneath', async () => {
    const { client, accepted, close } = await tlsPair()
    for (const each of [client, accepted]) {
      expect(refSwitchOf(handleOf(shape(each)) as Shape)).toBeUndefined()
      expectSocket(each)
    }
    await close()
  })

  it('of a datagram socket', async () => {
    const { client, close } = await udpPair()
    expectFound(datagramHandle(datagramState(shape(client))))
    await close()
  })

  it('of each of a thousand sockets', async () => {
    const sockets = await Promise.all(
      Array.from({ length: 1000 }, async () => {
        const socket = dgram.createSocket('udp4').bind(0, '127.0.0.1')
        await event(socket, 'listening')
        return socket
      }),
    )
    const before = refs()
    for (const each of sockets) {
      const handle = datagramHandle(datagramState(shape(each))) as Shape
      expect(searchLoop(handle as unknown as RefSwitch, list)).toBe(handle.fd)
    }
    expect(refs()).toBe(before)
    for (const each of sockets) each.close()
  })

  describe('in a worker', () => {
    let compiled: Compiled
    beforeAll(() => {
      compiled = compileSources()
    })
    afterAll(() => compiled.remove())

    it('whose event loop is another', async () => {
      const program = `
        const { createRequire } = await import('node:module')
        const { parentPort } = await import('node:worker_threads')
        const { searchLoop } = await import(${JSON.stringify(compiled.url('socket/search.js'))})
        const probe = createRequire(${JSON.stringify(probePath)})(${JSON.stringify(probePath)})
        const bytes = new Uint8Array(16 * 256)
        const list = () => new Int32Array(bytes.buffer, 0, probe.listHandles(bytes) * 4).slice()
        const server = (await import('node:net')).createServer().listen(0)
        parentPort.postMessage([searchLoop(server._handle, list), server._handle.fd, server._handle.hasRef()])
        server.close()`
      const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(program)}`))
      // A worker starts slowly on a busy machine.
      const ended = event(worker, 'exit', 30_000)
      const [[found, shown, hasRef]] = await event<[[number, number, boolean]]>(worker, 'message', 30_000)
      expect(found).toBe(shown)
      expect(hasRef).toBe(true)
      await ended
    }, 60_000)
  })
})

describe('a search that cannot know says so', () => {
  let server: net.Server
  let handle: RefSwitch
  beforeAll(async () => {
    server = net.createServer().listen(0, '127.0.0.1')
    await event(server, 'listening')
    handle = handleOf(shape(server)) as unknown as RefSwitch
  })
  afterAll(() => server.close())

  const instead = (methods: Partial<RefSwitch>): RefSwitch => ({
    hasRef: () => handle.hasRef(),
    ref: () => handle.ref(),
    unref: () => handle.unref(),
    ...methods,
  })

  it('if the program does not tell its handles', () => {
    expect(searchLoop(handle, () => undefined)).toBe('the program does not export the functions of libuv that tell')
    expect(handle.hasRef()).toBe(true)
  })

  it('if no handle answers: one that is closed, or an object that is none', async () => {
    const closed = net.createServer().listen(0)
    const gone = handleOf(shape(closed)) as unknown as RefSwitch
    closed.close()
    const EBADF = -9
    expect(searchLoop(gone, list)).toBe(EBADF)
    await until(() => searchLoop(gone, list) !== EBADF)
    expect(searchLoop(gone, list)).toBe('no handle of the event loop answers to it')
    expect(searchLoop(instead({ unref: () => undefined, ref: () => undefined }), list)).toBe('no handle of the event loop answers to it')
  })

  it('if two handles answer, and puts both back', () => {
    const other = net.createServer().listen(0)
    const both = instead({
      ref: () => [handle, handleOf(shape(other)) as unknown as RefSwitch].map(each => each.ref()),
      unref: () => [handle, handleOf(shape(other)) as unknown as RefSwitch].map(each => each.unref()),
    })
    const before = refs()
    expect(searchLoop(both, list)).toBe('more than one handle of the event loop answers to it')
    expect(refs()).toBe(before)
    other.close()
  })

  it("if handles come or go meanwhile, which takes a method that is not Node's", () => {
    let made: net.Server | undefined
    const making = instead({
      unref: () => {
        made = net.createServer().listen(0)
      },
    })
    expect(searchLoop(making, list)).toBe('the handles of the event loop changed meanwhile')
    made?.close()
  })

  it('and the flag is put back if the switch or a listing throws', () => {
    const broken = (): never => {
      throw new Error('broken')
    }
    let calls = 0
    const secondFails: List = () => (calls++ === 1 ? broken() : list())
    expect(() => searchLoop(handle, secondFails)).toThrow('broken')
    expect(handle.hasRef()).toBe(true)
    const after = instead({
      unref: () => {
        handle.unref()
        broken()
      },
    })
    expect(() => searchLoop(after, list)).toThrow('broken')
    expect(handle.hasRef()).toBe(true)
  })
})
