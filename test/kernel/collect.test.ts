/** What does one look at a socket find, on real sockets and a real kernel? */
import { spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { withSocketOf } from '../../src/access/borrow.js'
import { getsockopt, setsockopt } from '../../src/index.js'
import { resolve } from '../../src/socket/resolve.js'
import { collect, readSurroundings } from '../../src/timeouts/collect/collect.js'
import { hasCapability, isLinux, needs } from '../support/needs.js'
import { caught, closeAfterEach, opened } from '../support/opened.js'
import { event, listener, tcpPair, udpPair, unixPair, until } from '../support/sockets.js'

closeAfterEach()

const look = (target: unknown) => collect(resolve(target), target, readSurroundings())
const onLinux = 'the kernel timer, TCP_INFO and the sysctls are those of Linux'

/** A file of this process. */
const withFile = <Result>(use: (descriptor: number) => Result): Result => {
  const file = openSync(fileURLToPath(import.meta.url), 'r')
  try {
    return use(file)
  } finally {
    closeSync(file)
  }
}

/** A connection to `host`, closed after the test. */
async function connection(host: string, options: object = {}): Promise<Socket> {
  const server = createServer().listen(0, '::')
  await event(server, 'listening')
  const client = connect({ port: (server.address() as AddressInfo).port, host, ...options })
  await opened(Promise.resolve({ close: async () => [client.destroy(), server.close()] }))
  await event(client, 'connect')
  return client
}

/** Sockets that connect to a queue with room for two: what comes after them gets no answer. None is accepted within this tick. */
async function connecting(host: string, options: object = {}): Promise<readonly Socket[]> {
  const server = createServer().listen({ port: 0, host, backlog: 1 })
  await event(server, 'listening')
  const clients = Array.from({ length: 4 }, () => connect({ port: (server.address() as AddressInfo).port, host, ...options }))
  await opened(Promise.resolve({ close: async () => [...clients.map(client => client.destroy()), server.close()] }))
  await new Promise(resolve => process.nextTick(resolve))
  return clients
}

describe('the kernel timer', () => {
  it.for(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('of a connection to %s is the one that is armed', async (host, context) => {
    needs(context, isLinux, onLinux)
    const client = await connection(host)
    expect(look(client).state.timer).toEqual({ kind: 'none', expires: 0, retransmissions: 0 })
    setsockopt(client, 'TCP_KEEPIDLE', 100)
    setsockopt(client, 'SO_KEEPALIVE', true)
    const { state } = look(client)
    expect(state).toMatchObject({ protocol: 'tcp', isNonBlocking: true, timer: { kind: 'keepAlive', retransmissions: 0 }, missing: [] })
    expect(state.timer?.expires).toBeGreaterThan(99_000)
    expect(state.timer?.expires).toBeLessThanOrEqual(100_000)
  })

  it('of a socket that is bound to an interface is found', async context => {
    needs(context, isLinux, onLinux)
    const client = await connection('127.0.0.1')
    setsockopt(client, 'SO_BINDTODEVICE', 'lo')
    setsockopt(client, 'SO_KEEPALIVE', true)
    expect(look(client).state).toMatchObject({ timer: { kind: 'keepAlive' }, missing: [] })
  })

  it.for(['127.0.0.1', '::1'])(
    'of a socket that connects to %s is found without its peer, which the kernel does not tell',
    async (host, context) => {
      needs(context, isLinux, onLinux)
      const waiting = (await connecting(host)).filter(client => getsockopt(client, 'TCP_INFO').state === 'SYN_SENT')
      expect(waiting.length).toBeGreaterThan(0)
      for (const client of waiting) {
        const { state } = look(client)
        expect(state).toMatchObject({ info: { state: 'SYN_SENT' }, timer: { kind: 'retransmission', retransmissions: 0 }, missing: [] })
        expect(state.timer?.expires).toBeLessThanOrEqual(1000)
        // The number alone does as well, but for what Node knows.
        expect(look(resolve(client)).state.timer).toMatchObject({ kind: 'retransmission' })
      }
    },
  )

  it('of a listener and of a closed connection is none', async context => {
    needs(context, isLinux, onLinux)
    const { server } = await opened(listener('tcp'))
    expect(look(server).state).toMatchObject({ info: { state: 'LISTEN' }, timer: { kind: 'none' }, missing: [] })
    const { client, accepted } = await opened(tcpPair())
    client.on('error', () => undefined)
    const descriptor = resolve(client)
    accepted.resetAndDestroy()
    await until(() => getsockopt(descriptor, 'TCP_INFO', { field: 'state' }) === 'CLOSE')
    expect(look(descriptor).state).toMatchObject({ info: { state: 'CLOSE' }, timer: { kind: 'none' } })
  })
})

describe('the surroundings', () => {
  it('are the sysctls of this namespace as their files have them, and the length of a jiffy', context => {
    needs(context, isLinux, onLinux)
    const { sysctls } = readSurroundings()
    const { jiffy, ...files } = sysctls
    // CONFIG_HZ is 100, 250, 300 or 1000 (kernel/Kconfig.hz), 1024 on Alpha.
    expect([10, 4, 1000 / 300, 1]).toContain(jiffy)
    for (const [name, value] of Object.entries(files)) {
      if (value !== undefined && existsAs(name))
        expect([name, value]).toEqual([name, Number(readFileSync(`/proc/sys/net/ipv4/${name}`, 'utf8'))])
    }
    expect(files.tcp_retries2).toBeGreaterThan(0)
  })

  it('of another network namespace are not known, and nor is the timer', async context => {
    needs(context, isLinux, onLinux)
    needs(context, hasCapability('CAP_SYS_ADMIN'), 'another network namespace needs CAP_SYS_ADMIN')
    const code =
      "const s = require('net').createServer().listen(0, () => console.log(s._handle.fd)); process.stdin.resume().on('end', () => process.exit())"
    const child = spawn('unshare', ['--net', process.execPath, '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] })
    const close = async () => {
      child.stdin.end()
      await event(child, 'exit')
    }
    await opened(Promise.resolve({ close }))
    const [text] = await event<[Buffer]>(child.stdout, 'data')
    const { state, sysctls } = withSocketOf(child.pid as number, Number(text), descriptor => collect(descriptor, child, readSurroundings()))
    expect(state.missing.join()).toMatch(/another network namespace/)
    expect([state.timer, sysctls.tcp_retries2, state.settings.TCP_SYNCNT]).toEqual([undefined, undefined, 6])
    // HZ is the same in all of them.
    expect(sysctls.jiffy).toBe(readSurroundings().sysctls.jiffy)
  })
})

const existsAs = (name: string): boolean => readdirSync('/proc/sys/net/ipv4').includes(name)

describe('a look', () => {
  it('has the options and queues as they are', async context => {
    needs(context, isLinux, onLinux)
    const { client } = await opened(tcpPair())
    setsockopt(client, 'TCP_USER_TIMEOUT', 12_345)
    setsockopt(client, 'TCP_SYNCNT', 3)
    const { state, now } = look(client)
    expect(state.settings).toMatchObject({ TCP_USER_TIMEOUT: 12_345, TCP_SYNCNT: 3, SO_KEEPALIVE: false, SO_RCVTIMEO: null })
    expect(state.queues).toEqual({ unread: 0, unsent: 0, neverSent: 0 })
    expect(state.spread).toBeGreaterThan(0)
    expect(now).toBeLessThanOrEqual(performance.now())
  })

  it('says of what is not TCP that it is not', async () => {
    const [udp, unix] = [await opened(udpPair()), await opened(unixPair())]
    expect([look(udp.client).state.protocol, look(unix.client).state.protocol]).toEqual(['other', 'other'])
  })

  it('at a descriptor that is not open is EBADF, at a file ENOTSOCK', () => {
    expect(caught(() => look(1_048_575)).code).toBe('EBADF')
    expect(withFile(file => caught(() => look(file))).code).toBe('ENOTSOCK')
  })

  it('leaves no descriptor open, and changes nothing on the socket', async context => {
    needs(context, isLinux, onLinux)
    const { client } = await opened(tcpPair())
    const open = () => readdirSync('/proc/self/fd').length
    look(client)
    const before = open()
    for (let times = 0; times < 200; times++) look(client)
    expect(open()).toBe(before)
    expect(getsockopt(client, 'SO_RCVTIMEO')).toBe(null)
  })
})

describe('a socket of another process', () => {
  it('is refused with the reason where there is none', context => {
    needs(context, isLinux, onLinux)
    const message = (pid: number, fd: number) => caught(() => withSocketOf(pid, fd, () => 0)).message
    expect(message(2 ** 22 + 1, 3)).toBe('pidfd_getfd ESRCH: there is no process 4194305')
    expect(message(process.pid, 1_048_575)).toBe(`pidfd_getfd EBADF: process ${process.pid} has no descriptor 1048575`)
    withFile(file => {
      expect(message(process.pid, file)).toBe(`pidfd_getfd ENOTSOCK: descriptor ${file} of process ${process.pid} is no socket`)
    })
  })

  it('is closed again, whatever was done with it', async context => {
    needs(context, isLinux, onLinux)
    const { client } = await opened(tcpPair())
    const open = () => readdirSync('/proc/self/fd').length
    const before = open()
    const held = withSocketOf(process.pid, resolve(client), () => open())
    expect(() => withSocketOf(process.pid, resolve(client), () => expect.fail('as asked'))).toThrow('as asked')
    expect([held, open()]).toEqual([before + 1, before])
  })
})
