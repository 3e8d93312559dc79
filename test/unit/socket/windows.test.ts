/** WHICH SOCKET has an object of Node on Windows? The shapes that Node has there, over an event loop that is imitated: the real one is searched in search.test.ts. */
import * as net from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { HANDLE } from '../../../src/native/handles.js'
import { resolve } from '../../../src/socket/resolve.js'
import { expectRefusal } from './descriptor-facts.js'

const native = vi.hoisted(() => ({ listings: 0, list: (): Int32Array | undefined => undefined }))

vi.mock('../../../src/platform/index.js', async original => {
  const platform = await original<typeof import('../../../src/platform/index.js')>()
  return { ...platform, here: () => platform.platforms.win32 }
})
vi.mock('../../../src/native/handles.js', async original => ({
  ...(await original<typeof import('../../../src/native/handles.js')>()),
  listHandles: () => {
    native.listings++
    return native.list()
  },
}))

/** A handle of Node's on Windows: its `fd` is -1, or of a datagram socket -4083. A SOCKET of -4083 (EBADF) is one that is not there yet. */
class TCP {
  fd = -1
  #isRef = true
  readonly socket: number
  readonly nameError: number
  constructor(socket: number, nameError = 0) {
    this.socket = socket
    this.nameError = nameError
  }
  hasRef(): boolean {
    return this.#isRef
  }
  ref(): void {
    this.#isRef = true
  }
  unref(): void {
    this.#isRef = false
  }
  getsockname(_address: object): number {
    return this.nameError
  }
}
class Pipe extends TCP {}

let loop: TCP[] = []
beforeEach(() => {
  loop = [new TCP(100), new TCP(104)]
  native.listings = 0
  native.list = () => Int32Array.from(loop.flatMap((handle, at) => [at, 0, Number(handle.hasRef()), handle.socket]))
})
afterEach(() => vi.unstubAllGlobals())

const holding = <T extends object>(socket: T, handle: object): T => Object.assign(socket, { _handle: handle })

function opened<Handle extends TCP>(handle: Handle): Handle {
  loop.push(handle)
  return handle
}

it('a listing has four words for each handle', () => {
  expect(native.list()).toHaveLength(loop.length * HANDLE)
})

it('an open socket or server has the SOCKET of its handle', () => {
  expect(resolve(holding(new net.Socket(), opened(new TCP(352))))).toBe(352)
  expect(resolve(holding(new net.Server(), opened(new TCP(356))))).toBe(356)
  expect(loop.every(handle => handle.hasRef())).toBe(true)
})

it('a SOCKET that was found is not searched again for as long as the handle is open', () => {
  let nameError = 0
  const socket = holding(new net.Socket(), opened(Object.assign(new TCP(352), { getsockname: () => nameError })))
  for (let call = 0; call < 3; call++) expect(resolve(socket)).toBe(352)
  expect(native.listings).toBe(2)
  nameError = -4083
  expect(resolve(socket)).toBe(352)
  expect(native.listings).toBe(4)
})

it('a handle that closed has no SOCKET, whatever it was', () => {
  let isOpen = true
  const handle = opened(Object.assign(new TCP(352), { getsockname: () => (isOpen ? 0 : -4083) }))
  const socket = holding(new net.Socket(), handle)
  expect(resolve(socket)).toBe(352)
  isOpen = false
  loop.pop()
  expectRefusal(socket, 'ERR_SOCKOPT_HIDDEN', /is open, but this runtime shows no descriptor/)
})

it('a TLS socket has that of the handle beneath', () => {
  const over = { fd: -1, _parent: opened(new TCP(360)) }
  expect(resolve(Object.assign(holding(new net.Socket(), over), { encrypted: true }))).toBe(360)
})

it('a datagram socket has one once it is bound', () => {
  const inState = (bindState: number, handle: object) => ({
    addMembership: () => undefined,
    [Symbol('state symbol')]: { handle, bindState },
  })
  expect(resolve(inState(2, opened(Object.assign(new TCP(364), { fd: -4083 }))))).toBe(364)
  expectRefusal(inState(0, opened(new TCP(-4083, -4083))), 'ERR_SOCKOPT_NOT_BOUND', /it is not bound/)
})

it('a socket that is connecting has one as soon as libuv has made it', () => {
  const connecting = (handle: TCP) => Object.assign(holding(new net.Socket(), opened(handle)), { connecting: true })
  expectRefusal(connecting(new TCP(-4083, -4083)), 'ERR_SOCKOPT_NOT_OPEN', /it is connecting/)
  expect(resolve(connecting(new TCP(368)))).toBe(368)
})

it('a named pipe is no socket', () => {
  const rest = 'is a named pipe, which on Windows is no socket and has no options; use a TCP port instead of a path'
  expectRefusal(holding(new net.Socket(), new Pipe(372)), 'ERR_SOCKOPT_NO_DESCRIPTOR', `this net.Socket ${rest}`)
  expectRefusal(holding(new net.Server(), new Pipe(376)), 'ERR_SOCKOPT_NO_DESCRIPTOR', `this server ${rest}`)
})

it('a SOCKET that cannot be searched, or is not found, is hidden, and the error says why', () => {
  const socket = holding(new net.Socket(), new TCP(380))
  const found = 'the SOCKET of this net.Socket was not found'
  expectRefusal(socket, 'ERR_SOCKOPT_HIDDEN', `${found}: no handle of the event loop answers to it; use an official build of Node`)
  native.list = () => undefined
  const reason = 'the program does not export the functions of libuv that tell'
  expectRefusal(socket, 'ERR_SOCKOPT_HIDDEN', `${found}: ${reason}; use an official build of Node`)
})

it.each(['Bun', 'Deno'])('in %s the event loop is never asked', name => {
  vi.stubGlobal(name, {})
  const message = `this net.Socket has a SOCKET, but ${name} shows none on Windows; use Node`
  expectRefusal(holding(new net.Socket(), opened(new TCP(384))), 'ERR_SOCKOPT_HIDDEN', message)
  expect(native.listings).toBe(0)
})

it("a cluster worker's stand-in is not searched", () => {
  const handle = {
    close: () => undefined,
    listen: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
    onconnection: () => undefined,
  }
  expectRefusal(holding(new net.Server(), handle), 'ERR_SOCKOPT_CLUSTER_WORKER', /the primary holds the listening socket/)
  expect(native.listings).toBe(0)
})
