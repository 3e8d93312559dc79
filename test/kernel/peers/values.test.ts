/** Which values come out whole? Those that packages before this one cut, leaked memory into, or could not read at all. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type * as net from 'node:net'
import { constants } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getsockopt, setsockopt } from '../../../src/index.js'
import { type OpenSocket, open } from '../../support/kinds.js'
import { isLinux, isRoot, needs } from '../../support/needs.js'
import { errnoName, probe } from '../../support/probe.js'
import { listener, tcpPair, unixPair } from '../../support/sockets.js'

const SOL_SOCKET = 1
const SO_PEERCRED = 17
const IPPROTO_IP = 0
const SO_ORIGINAL_DST = 80

describe.runIf(isLinux)('on Linux', () => {
  let tcp: Awaited<ReturnType<typeof tcpPair>>
  let unix: Awaited<ReturnType<typeof unixPair>>
  let fresh: OpenSocket
  beforeAll(async () => {
    tcp = await tcpPair()
    unix = await unixPair()
    fresh = open('tcp4')
  })
  afterAll(async () => {
    fresh.close()
    await tcp.close()
    await unix.close()
  })

  test.for(['SO_RCVTIMEO', 'SO_SNDTIMEO'] as const)('%s is no timeout on a fresh socket, and keeps seconds and microseconds', name => {
    expect(getsockopt(tcp.client, name)).toBeNull()
    for (const milliseconds of [500, 2500, 5000]) {
      setsockopt(tcp.client, name, milliseconds)
      expect(getsockopt(tcp.client, name)).toBe(milliseconds)
    }
    setsockopt(tcp.client, name, null)
    expect(getsockopt(tcp.client, name)).toBeNull()
  })

  test('SO_RCVTIMEO below a jiffy is rounded up, never down to none', () => {
    setsockopt(tcp.client, 'SO_RCVTIMEO', 0.001)
    expect(getsockopt(tcp.client, 'SO_RCVTIMEO')).toBeGreaterThanOrEqual(1)
    expect(getsockopt(tcp.client, 'SO_RCVTIMEO')).toBeLessThanOrEqual(10)
    setsockopt(tcp.client, 'SO_RCVTIMEO', null)
  })

  test('SO_RCVTIMEO takes its struct as bytes in the raw form', () => {
    const bytes = new BigInt64Array([1n, 500_000n])
    setsockopt(fresh.fd, SOL_SOCKET, 20, new Uint8Array(bytes.buffer))
    expect(getsockopt(fresh.fd, SOL_SOCKET, 20, 16)).toEqual(Buffer.from(bytes.buffer))
    expect(getsockopt(fresh.fd, 'SO_RCVTIMEO')).toBe(1500)
  })

  test('SO_LINGER has both its fields, set and read', () => {
    setsockopt(fresh.fd, 'SO_LINGER', { onoff: true, linger: 30 })
    expect(getsockopt(fresh.fd, 'SO_LINGER')).toEqual({ onoff: true, linger: 30 })
  })

  test('TCP_INFO is a struct with its state by name, not its first byte', () => {
    const info = getsockopt(tcp.client, 'TCP_INFO')
    expect(info.state).toBe('ESTABLISHED')
    expect(info.sndMss).toBeGreaterThan(500)
    expect(info.rto).toBeGreaterThanOrEqual(1000)
  })

  test('TCP_CONGESTION is a name, set and read', () => {
    setsockopt(tcp.client, 'TCP_CONGESTION', 'reno')
    expect(getsockopt(tcp.client, 'TCP_CONGESTION')).toBe('reno')
  })

  test('SO_COOKIE is a bigint, the same at every read and another for every socket', () => {
    const cookie = getsockopt(tcp.client, 'SO_COOKIE')
    expect(cookie).toBeTypeOf('bigint')
    expect(getsockopt(tcp.client, 'SO_COOKIE')).toBe(cookie)
    expect(getsockopt(tcp.accepted, 'SO_COOKIE')).not.toBe(cookie)
  })

  test("SO_BINDTODEVICE is '' on a socket that is not bound, at every read", () => {
    for (let reads = 0; reads < 100; reads++) expect(getsockopt(tcp.client, 'SO_BINDTODEVICE')).toBe('')
  })

  test('SO_BINDTODEVICE is the name of the interface', () => {
    const socket = open('udp4')
    setsockopt(socket.fd, 'SO_BINDTODEVICE', 'lo')
    expect(getsockopt(socket.fd, 'SO_BINDTODEVICE')).toBe('lo')
    socket.close()
  })

  test('SO_MEMINFO has every one of its counters', () => {
    const memory = getsockopt(tcp.client, 'SO_MEMINFO')
    expect(memory.rcvbuf).toBe(getsockopt(tcp.client, 'SO_RCVBUF'))
    expect(memory.sndbuf).toBe(getsockopt(tcp.client, 'SO_SNDBUF'))
    expect(memory.drops).toBe(0)
  })

  test('TCP_CC_INFO of an algorithm that has none is null, not a number', () => {
    setsockopt(tcp.client, 'TCP_CONGESTION', 'reno')
    expect(getsockopt(tcp.client, 'TCP_CC_INFO')).toBeNull()
  })

  test('SO_ORIGINAL_DST of a connection that was not redirected throws the errno that C gets', () => {
    const socket = open('tcp4-conn')
    const refused = probe.getsockopt(socket.fd, IPPROTO_IP, SO_ORIGINAL_DST, new Uint8Array(16))
    expect(refused).toBeLessThan(0)
    expect(() => getsockopt(socket.fd, 'SO_ORIGINAL_DST')).toThrow(expect.objectContaining({ code: errnoName(refused), errno: refused }))
    socket.close()
  })

  test('keep-alive times are the seconds that C reads', () => {
    const raw = new Int32Array(1)
    for (const [name, number] of [
      ['TCP_KEEPIDLE', 4],
      ['TCP_KEEPINTVL', 5],
      ['TCP_KEEPCNT', 6],
    ] as const) {
      expect(probe.getsockopt(fresh.fd, 6, number, new Uint8Array(raw.buffer))).toBe(4)
      expect(getsockopt(fresh.fd, name)).toBe(raw[0])
    }
  })

  describe('SO_PEERCRED', () => {
    const own = { pid: process.pid, uid: process.geteuid?.(), gid: process.getegid?.() }

    test('is process, user and group of the peer', () => {
      expect(getsockopt(unix.client, 'SO_PEERCRED')).toEqual(own)
      expect(getsockopt(unix.accepted, 'SO_PEERCRED')).toEqual(own)
    })

    test("is the server's own on a listening socket, as the kernel has it", () => {
      expect(getsockopt(unix.server, 'SO_PEERCRED')).toEqual(own)
    })

    test('tells the group from the user', async context => {
      needs(context, isRoot, 'only root can start a process with another group')
      const gid = 12345
      const { server, path, close } = await listener('unix')
      const connection = once(server, 'connection')
      const script = 'require("node:net").connect(process.argv[1]).on("close", () => process.exit()).resume()'
      const child = spawn(process.execPath, ['-e', script, path], { gid, stdio: 'ignore' })
      const exit = once(child, 'exit')
      const [accepted] = (await connection) as [net.Socket]
      expect(getsockopt(accepted, 'SO_PEERCRED')).toEqual({ pid: child.pid, uid: process.geteuid?.(), gid })
      accepted.destroy()
      await exit
      await close()
    })

    test.for(['tcp4', 'tcp4-conn', 'tcp4-listen', 'udp4', 'unix-stream-unconn'] as const)(
      'is null on a %s socket, which has no peer process',
      kind => {
        const socket = open(kind)
        const bytes = new Uint32Array(3)
        expect(probe.getsockopt(socket.fd, SOL_SOCKET, SO_PEERCRED, new Uint8Array(bytes.buffer))).toBe(12)
        expect([...bytes]).toEqual([0, 0xffffffff, 0xffffffff])
        expect(getsockopt(socket.fd, 'SO_PEERCRED')).toBeNull()
        socket.close()
      },
    )

    test('of a closed descriptor throws', () => {
      expect(() => getsockopt(999_999, 'SO_PEERCRED')).toThrow(
        expect.objectContaining({ code: 'EBADF', errno: -constants.errno.EBADF, syscall: 'getsockopt' }),
      )
    })
  })
})
