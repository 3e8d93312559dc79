/** WHAT do the operations do that only Linux has? Descriptors of other processes, and sock_diag; the binary alone, without src/. */
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { isLinux, isRoot, needs } from '../support/needs.js'
import { event } from '../support/wait.js'

const require = createRequire(import.meta.url)
const binary = process.env.NATIVE_BINARY ?? fileURLToPath(new URL('../../build/Release/getsockopt.node', import.meta.url))
const native = require('./native-arena.cjs')
const { EFAULT, EINVAL, Operation, SOL_SOCKET } = native

const [EPERM, ENOENT, ESRCH, EBADF, EAGAIN, EOPNOTSUPP, EMSGSIZE, ENODATA, EMFILE] = [-1, -2, -3, -9, -11, -95, -90, -61, -24]
const SO_COOKIE = 57
const noProcess = 2 ** 22 + 1

const { server, descriptor } = native.listen()
afterAll(() => server.close())
const arena = native.attach(native.load(binary))

/** The same, for a process of its own. */
const loading = `
  const native = require(${JSON.stringify(fileURLToPath(new URL('native-arena.cjs', import.meta.url)))})
  const arena = native.attach(native.load(${JSON.stringify(binary)}))
`

const take = (process: number, of: number): number => arena.ask(-1, { operation: Operation.takeDescriptor, level: process, number: of })
const close = (of: number): number => arena.ask(of, { operation: Operation.close })
const ask = (input: number, capacity = 512): number => arena.ask(-1, { operation: Operation.askSockDiag, capacity, input })

const isOpen = (of: number): boolean => existsSync(`/proc/self/fd/${of}`)
/** O_CLOEXEC is 02000000. */
const closesOnExec = (of: number): boolean => /flags:\s+0?2\d{6}$/m.test(readFileSync(`/proc/self/fdinfo/${of}`, 'utf8'))

function cookie(of: number): bigint {
  expect(arena.ask(of, { operation: Operation.get, level: SOL_SOCKET, number: SO_COOKIE, capacity: 8 })).toBe(8)
  return new DataView(arena.bytes.buffer).getBigUint64(64, true)
}

/** Whatever the operation does, as many descriptors are open afterwards. */
function leavesNone(run: () => void): void {
  run()
  const before = readdirSync('/proc/self/fd').length
  for (let times = 0; times < 100; times++) run()
  expect(readdirSync('/proc/self/fd').length).toBe(before)
}

/** A message of netlink with nothing behind its header, of which the length and the type are given. */
function message(type: number, length = 16): void {
  const view = new DataView(arena.bytes.buffer, 64)
  arena.bytes.fill(0, 64, 64 + 512)
  view.setUint32(0, length, true)
  view.setUint16(4, type, true)
  view.setUint16(6, 1, true)
}

describe('elsewhere', () => {
  beforeEach(context => needs(context, !isLinux, 'this is Linux, which has the operations'))

  test.each([Operation.takeDescriptor, Operation.askSockDiag])('operation %i is not supported', of => {
    expect([EOPNOTSUPP, -45, -102, -10045]).toContain(arena.ask(0, { operation: of }))
  })
})

describe('where no descriptor is left', () => {
  beforeEach(context => needs(context, isLinux, 'Linux alone has the operations'))

  test('they say EMFILE', () => {
    const code = `
      ${loading}
      const opened = []
      while ((opened.at(-1) ?? 0) >= 0) opened.push(arena.open(1, 2))
      const others = [{ operation: 12, level: process.pid, number: 0 }, { operation: 14, capacity: 16, input: 16 }]
      console.log(opened.length > 1, opened.at(-1), ...others.map(other => arena.ask(-1, other)))
    `
    const { stdout } = spawnSync('sh', ['-c', 'ulimit -n 64; exec "$0" -e "$1"', process.execPath, code], { encoding: 'utf8' })
    expect(stdout).toBe(`true ${EMFILE} ${EMFILE} ${EMFILE}\n`)
  })
})

describe('take a descriptor', () => {
  beforeEach(context => needs(context, isLinux, 'Linux alone has the operation'))

  test('gives another number for the same socket, which exec() closes', () => {
    const taken = take(process.pid, descriptor)
    expect(taken).not.toBe(descriptor)
    expect([cookie(taken), closesOnExec(taken)]).toEqual([cookie(descriptor), true])
    expect([close(taken), isOpen(descriptor)]).toEqual([0, true])
  })

  test('takes what is no socket as well: whoever asks looks at it', () => {
    const file = openSync(fileURLToPath(import.meta.url), 'r')
    const taken = take(process.pid, file)
    expect(arena.ask(taken, { operation: Operation.isSocket })).toBe(0)
    close(taken)
    closeSync(file)
  })

  test('answers what the kernel refuses, and closes the pidfd', () => {
    leavesNone(() => {
      expect([take(noProcess, 0), take(process.pid, 1_048_575), take(process.pid, -1)]).toEqual([ESRCH, EBADF, EBADF])
      expect([take(-1, 0), take(0, 0)]).toEqual([EINVAL, EINVAL])
    })
  })

  test('is refused to another user', async context => {
    needs(context, isRoot, 'only root can become another user')
    const code = `
      ${loading}
      process.setuid(65534)
      console.log(arena.ask(-1, { operation: 12, level: ${process.pid}, number: ${descriptor} }))
    `
    const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [text] = await event<[Buffer]>(child.stdout, 'data')
    expect(Number(text)).toBe(EPERM)
  })
})

describe('ask sock_diag', () => {
  beforeEach(context => needs(context, isLinux, 'Linux alone has the operation'))

  test('is answered with an error of netlink for what it does not understand', () => {
    leavesNone(() => {
      message(0x1234)
      expect(ask(16)).toBeGreaterThanOrEqual(20)
      const view = new DataView(arena.bytes.buffer, 64)
      expect([view.getUint16(4, true), view.getInt32(16, true)]).toEqual([2, EINVAL])
    })
  })

  test('does not wait where the kernel has nothing to say', () => {
    leavesNone(() => {
      expect(ask(0)).toBe(ENODATA)
      message(20, 8)
      expect(ask(16)).toBe(EAGAIN)
    })
  })

  test('tells the length of an answer that does not fit, and writes no more than fits', () => {
    message(0x1234)
    const whole = ask(16)
    message(0x1234)
    arena.bytes.fill(0xaa, 64 + 18, 64 + 512)
    expect(ask(16, 18)).toBe(whole)
    expect([...arena.bytes.subarray(64 + 18, 64 + 64)]).toEqual(Array(46).fill(0xaa))
  })

  test('says of a connection that there is none', () => {
    message(20, 72)
    arena.bytes.set([2, 6], 64 + 16)
    expect(ask(72)).toBeGreaterThanOrEqual(20)
    expect(new DataView(arena.bytes.buffer, 64).getInt32(16, true)).toBe(ENOENT)
  })

  test('refuses more input than the bytes have room for, and a request that is too long for a socket', () => {
    expect(arena.ask(-1, { operation: Operation.askSockDiag, capacity: 16, input: 17 })).toBe(EFAULT)
    const large = native.attach(native.load(binary), new ArrayBuffer(64 * 1024 * 1024))
    expect(large.ask(-1, { operation: Operation.askSockDiag, capacity: 63 * 1024 * 1024, input: 63 * 1024 * 1024 })).toBe(EMSGSIZE)
  })
})
