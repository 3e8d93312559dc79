/** ARE the options on a socket of datagrams before it has its address, and is everything else as socket.bind() has it? What was set is read back. */
import * as dgram from 'node:dgram'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type BindOptions, bind, getsockopt, type Membership, SocketOptionError } from '../../src/index.js'
import { countSockets } from '../support/counting.js'
import { isLinux, isRoot, needs } from '../support/needs.js'
import { event, until } from '../support/wait.js'

const opened = new Set<dgram.Socket>()
afterEach(() => {
  for (const socket of opened) if (isOpen(socket)) socket.close()
  opened.clear()
})

function isOpen(socket: dgram.Socket): boolean {
  try {
    socket.ref()
    socket.address()
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ERR_SOCKET_DGRAM_NOT_RUNNING'
  }
}

/** A socket that this test closes at the end. */
function create(options: dgram.SocketType | dgram.SocketOptions = 'udp4'): dgram.Socket {
  const socket = dgram.createSocket(options as dgram.SocketOptions)
  opened.add(socket)
  return socket
}

async function bound(options: BindOptions, socket = create()): Promise<dgram.Socket> {
  bind(socket, options)
  await event(socket, 'listening')
  return socket
}
const portOf = (socket: dgram.Socket) => (socket.address() as AddressInfo).port
const nowhere = '192.0.2.1'
const group = '224.0.77.1'
const host = '127.0.0.1'

describe('the options are on the socket', () => {
  test('whatever the address: any, IPv4, IPv6, a name', async () => {
    const socketOptions = { SO_RCVBUF: 50_000, SO_PRIORITY: 5 } as const
    const ways: [dgram.SocketType, BindOptions][] = [
      ['udp4', {}],
      ['udp4', { port: 0, address: host }],
      ['udp4', { address: 'localhost' }],
      ['udp6', { address: '::1' }],
      ['udp6', {}],
    ]
    for (const [type, options] of ways) {
      const socket = await bound({ ...options, socketOptions }, create(type))
      expect([getsockopt(socket, 'SO_RCVBUF'), getsockopt(socket, 'SO_PRIORITY')]).toEqual([100_000, 5])
    }
  })

  test('before it is bound: an address that this host does not have', async context => {
    needs(context, isLinux, 'IP_FREEBIND is that of Linux')
    const socket = await bound({ address: nowhere, socketOptions: { IP_FREEBIND: true } })
    expect(socket.address()).toMatchObject({ address: nowhere })
    const [error] = await event<[Error]>(bind(create(), { address: nowhere }), 'error')
    expect(error).toMatchObject({ code: 'EADDRNOTAVAIL' })
  })

  test('before it is bound: two sockets share a port', async () => {
    const socketOptions = { SO_REUSEPORT: true }
    const first = await bound({ address: host, socketOptions })
    const second = await bound({ address: host, port: portOf(first), socketOptions })
    expect(portOf(second)).toBe(portOf(first))
  })

  test('and what is sent to it arrives', async () => {
    const socket = await bound({ address: host, socketOptions: { IP_RECVTTL: true } as never, onUnsupported: 'skip' })
    create().send('hello', portOf(socket), host)
    const [message] = await event<[Buffer]>(socket, 'message')
    expect(String(message)).toBe('hello')
  })

  test('without sharing the address with whoever asks for it, unless it was to be shared', async () => {
    const alone = await bound({ address: host })
    expect([getsockopt(alone, 'SO_REUSEADDR'), getsockopt(alone, 'SO_REUSEPORT')]).toEqual([false, false])
    const [error] = await event<[Error]>(create({ type: 'udp4', reuseAddr: true }).bind(portOf(alone), host), 'error')
    expect(error).toMatchObject({ code: 'EADDRINUSE' })

    const shared = await bound({ address: host }, create({ type: 'udp4', reuseAddr: true }))
    await event(create({ type: 'udp4', reuseAddr: true }).bind(portOf(shared), host), 'listening')
    const named = await bound({ address: host, socketOptions: { SO_REUSEADDR: true } })
    await event(create({ type: 'udp4', reuseAddr: true }).bind(portOf(named), host), 'listening')
  })

  test('and so is what createSocket() was told', async () => {
    const socket = await bound({}, create({ type: 'udp6', ipv6Only: true, reuseAddr: true, recvBufferSize: 40_000 }))
    const expected = [true, isLinux ? 80_000 : 40_000]
    expect([getsockopt(socket, 'IPV6_V6ONLY'), getsockopt(socket, 'SO_RCVBUF')]).toEqual(expected)
  })
})

/** What came of it. Port numbers that the kernel chose are not compared. */
const withoutPort = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replace(/\b\d{5}\b/g, '0'))
const describeError = (error: NodeJS.ErrnoException) =>
  withoutPort({ type: error.constructor.name, message: error.message, fields: { ...error } })

async function outcomeOf(socket: dgram.Socket, start: () => unknown): Promise<unknown> {
  const events: string[] = []
  for (const name of ['listening', 'error', 'close']) socket.on(name, () => events.push(name))
  try {
    start()
  } catch (error) {
    return { thrown: describeError(error as Error), events }
  }
  const [error] = await Promise.race([once(socket, 'error'), once(socket, 'listening')])
  return { events, result: error ? describeError(error as Error) : withoutPort(socket.address()) }
}

describe('all else is as socket.bind() has it:', () => {
  const lookup = (_name: string, _family: number, callback: (error: null, address: string, family: number) => void) =>
    process.nextTick(callback, null, host, 4)
  const cases: Record<string, [(taken: number) => BindOptions, dgram.SocketOptions?]> = {
    'any address': [() => ({})],
    'any address of IPv6': [() => ({}), { type: 'udp6' }],
    'a name': [() => ({ address: 'localhost' })],
    'a name that nobody has': [() => ({ address: 'nobody.invalid' })],
    'a name that the socket looks up by itself': [() => ({ address: 'anything' }), { type: 'udp4', lookup: lookup as never }],
    'a port that is taken': [port => ({ port, address: host })],
    'a port that is taken, of any address': [port => ({ port })],
    'an address of another host': [() => ({ address: nowhere })],
    'an address of the other family': [() => ({ address: '::1' })],
    'a link-local address without a zone': [() => ({ address: 'fe80::1' }), { type: 'udp6' }],
    'no port': [() => ({ port: undefined, address: host })],
  }

  test.each(Object.entries(cases))('%s', async (_, [optionsFor, kind = { type: 'udp4' }]) => {
    const taken = create().bind(0, host)
    await event(taken, 'listening')
    const options = optionsFor(portOf(taken))
    const [node, ours] = [create(kind), create(kind)]
    const expected = await outcomeOf(node, () => node.bind(options))
    expect(await outcomeOf(ours, () => bind(ours, { ...options, socketOptions: { SO_PRIORITY: 5 } }))).toEqual(expected)
  })

  test('the socket that was passed comes back, and the function is called once it is bound', async () => {
    const socket = create()
    const calls: string[] = []
    expect(bind(socket, { port: 0 }, () => calls.push('listening'))).toBe(socket)
    expect(calls).toEqual([])
    await event(socket, 'listening')
    expect([calls, socket.listenerCount('error'), Object.hasOwn(socket, 'emit')]).toEqual([['listening'], 0, false])
  })

  test('a socket that is bound, or closed, says so', async () => {
    const socket = await bound({ socketOptions: { SO_PRIORITY: 5 } })
    expect(() => bind(socket, { socketOptions: { SO_PRIORITY: 6 } })).toThrow(expect.objectContaining({ code: 'ERR_SOCKET_ALREADY_BOUND' }))
    expect(getsockopt(socket, 'SO_PRIORITY')).toBe(5)
    socket.close()
    expect(() => bind(socket, {})).toThrow(expect.objectContaining({ code: 'ERR_SOCKET_DGRAM_NOT_RUNNING' }))
  })

  test('closed while the name is looked up, it opens nothing', async () => {
    const before = countSockets()
    const socket = dgram.createSocket('udp4')
    bind(socket, { address: 'localhost', socketOptions: { SO_PRIORITY: 5 } })
    socket.close()
    await event(create().bind(0, 'localhost'), 'listening')
    expect(countSockets()).toBe(before + 1)
  })
})

describe('what is refused', () => {
  test('by us is thrown at once, and the socket can be bound without it', async () => {
    const socket = create()
    const wrong: [BindOptions, string][] = [
      [{ socketOptions: { SO_NOTHING: 1 } as never }, 'ERR_SOCKOPT_UNKNOWN'],
      [{ socketOptions: { SO_RCVBUF: 2 ** 40 } }, 'ERR_SOCKOPT_RANGE'],
      [{ socketOptions: { SO_TYPE: 1 } as never }, 'ERR_SOCKOPT_READ_ONLY'],
      [{ onUnsupported: 'ignore' as never }, 'ERR_SOCKOPT_RANGE'],
      [{ fd: 7 } as never, 'ERR_SOCKOPT_TYPE'],
      [{ memberships: {} as never }, 'ERR_SOCKOPT_TYPE'],
      [{ memberships: [null as never] }, 'ERR_SOCKOPT_TYPE'],
      [{ memberships: [{ group: 7 as never }] }, 'ERR_SOCKOPT_TYPE'],
      [{ memberships: [{ group: 'everybody' }] }, 'ERR_SOCKOPT_RANGE'],
      [{ memberships: [{ group, source: 'somebody' }] }, 'ERR_SOCKOPT_RANGE'],
      [{ memberships: [{ group, interface: 'nowhere0' }] }, 'ERR_SOCKOPT_RANGE'],
      [{ memberships: [{ group, interface: -1 }] }, 'ERR_SOCKOPT_RANGE'],
      [{ memberships: [{ group, interface: {} as never }] }, 'ERR_SOCKOPT_TYPE'],
      [{ memberships: [{ group: 'ff02::77', interface: host }] }, 'ERR_SOCKOPT_RANGE'],
      [null as never, 'ERR_SOCKOPT_TYPE'],
    ]
    for (const [options, code] of wrong)
      expect(() => bind(socket, options), JSON.stringify(options)).toThrow(expect.objectContaining({ code }))
    for (const target of [null, {}, 7, { addMembership: 1 }])
      expect(() => bind(target as never, {})).toThrow(expect.objectContaining({ code: 'ERR_SOCKOPT_TYPE' }))
    socket.bind(0, host)
    await event(socket, 'listening')
    expect(getsockopt(socket, 'SO_PRIORITY')).toBe(0)
  })

  test('by the kernel is an error that names the option, and the socket can be bound without it', async () => {
    const socket = create()
    bind(socket, { address: host, socketOptions: { SO_PRIORITY: 5, SO_BINDTODEVICE: 'nowhere0' } })
    const [error] = await event<[SocketOptionError]>(socket, 'error')
    expect(error).toBeInstanceOf(SocketOptionError)
    expect(error).toMatchObject({ code: 'ENODEV', option: 'SO_BINDTODEVICE', syscall: 'setsockopt' })
    expect(Object.hasOwn(socket, 'emit')).toBe(false)
    socket.bind(0, host)
    await event(socket, 'listening')
    expect(getsockopt(socket, 'SO_PRIORITY')).toBe(0)
  })

  test('for a privilege says which', async context => {
    needs(context, !isRoot, 'root has every privilege')
    const [error] = await event<[Error]>(bind(create(), { socketOptions: { SO_MARK: 1 } }), 'error')
    expect(error).toMatchObject({ code: 'EPERM', kind: 'denied', option: 'SO_MARK' })
  })

  test('may be left out where it does not exist', async () => {
    const socket = await bound({ onUnsupported: 'skip', socketOptions: { TCP_NODELAY: true, SO_PRIORITY: 5 } })
    expect(getsockopt(socket, 'SO_PRIORITY')).toBe(5)
  })

  test('after the name was not found leaves the next bind() alone', async () => {
    const socket = create()
    await event(bind(socket, { address: 'nobody.invalid', socketOptions: { SO_PRIORITY: 5 } }), 'error')
    socket.bind(0, host)
    await event(socket, 'listening')
    expect(getsockopt(socket, 'SO_PRIORITY')).toBe(0)
  })

  test('a thousand times leaves no descriptor open', async () => {
    const taken = await bound({ address: host })
    const memberships = [
      { group, interface: host },
      { group, interface: host },
    ] // the second is EADDRINUSE
    const ways: BindOptions[] = [
      { port: portOf(taken), address: host },
      { address: nowhere },
      { socketOptions: { SO_BINDTODEVICE: 'nowhere0' } },
      { memberships },
    ]
    const fail = async () => {
      for (const way of ways) {
        const socket = dgram.createSocket('udp4')
        await event(bind(socket, way), 'error')
        socket.close()
      }
    }
    await fail()
    const before = countSockets()
    for (let round = 0; round < 250; round++) await fail()
    await until(() => countSockets() === before)
  })
})

describe('memberships', () => {
  /** The groups that an interface has joined, as the kernel lists them: in hexadecimal, in the byte order of the machine. */
  const isJoined = (address: string, on: string): boolean => {
    const [, ...devices] = readFileSync('/proc/net/igmp', 'utf8').split(/^(?=\d)/m)
    const hex = Buffer.from(address.split('.').map(Number)).readUInt32LE().toString(16).toUpperCase().padStart(8, '0')
    return devices.some(device => device.split(/\s+/)[1] === on && device.includes(hex))
  }

  test.for<[string, Membership]>([
    ['an address of the interface', { group: '224.0.77.2', interface: host }],
    ['its name', { group: '224.0.77.2', interface: 'lo' }],
    ['its index', { group: '224.0.77.2', interface: 1 }],
    ['one sender, and an address', { group: '224.0.77.2', interface: host, source: '127.0.0.9' }],
    ['one sender, and a name', { group: '224.0.77.2', interface: 'lo', source: '127.0.0.9' }],
  ])('are there once it is bound: by %s', async ([, membership], context) => {
    needs(context, isLinux, 'Linux lists them in /proc, where the first interface is lo')
    const socket = await bound({ memberships: [membership] })
    expect(isJoined(membership.group, 'lo')).toBe(true)
    await new Promise<void>(resolve => socket.close(resolve))
    await until(() => !isJoined(membership.group, 'lo'))
  })

  test('that the kernel refuses are an error that names the option, and nothing is bound', async () => {
    const socket = create()
    bind(socket, { memberships: [{ group: '10.0.0.1', interface: 1 }] })
    const [error] = await event<[Error]>(socket, 'error')
    expect(error).toMatchObject({ name: 'SocketOptionError', option: 'MCAST_JOIN_GROUP' })
    expect(() => socket.address()).toThrow()
  })
})
