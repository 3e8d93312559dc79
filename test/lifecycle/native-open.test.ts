/** CAN the addon open a socket, give it an address, and close it? The binary alone, without src/. */
import { closeSync, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants, endianness } from 'node:os'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isLinux, needs } from '../support/needs.js'

const require = createRequire(import.meta.url)
const binary = process.env.NATIVE_BINARY ?? fileURLToPath(new URL('../../build/Release/getsockopt.node', import.meta.url))
const native = require('./native-arena.cjs')
const { Operation, SOL_SOCKET } = native
const arena = native.attach(native.load(binary))

const isUnix = process.platform !== 'win32'
const [AF_UNIX, AF_INET, SOCK_STREAM, SOCK_DGRAM, IPPROTO_UDP] = [1, 2, 1, 2, 17]
const [SO_PROTOCOL, IPPROTO_MPTCP] = [38, 262]
const { EBADF, EAFNOSUPPORT, EADDRINUSE, EADDRNOTAVAIL, EINVAL, ENOTSOCK, EPROTONOSUPPORT } = constants.errno

const opened: number[] = []
function open(family: number, type: number, protocol = 0): number {
  const descriptor = arena.open(family, type, protocol)
  if (descriptor >= 0) opened.push(descriptor)
  return descriptor
}
const close = (descriptor: number): number => arena.ask(descriptor, { operation: Operation.close })
afterEach(() => {
  for (const descriptor of opened.splice(0)) close(descriptor)
})

/** A sockaddr_in at the bytes' beginning. */
function writeAddress(address: readonly number[], port: number): void {
  const view = new DataView(arena.bytes.buffer, 64)
  arena.bytes.fill(0, 64, 64 + 16)
  if (isLinux || !isUnix) view.setUint16(0, AF_INET, endianness() === 'LE')
  else arena.bytes.set([16, AF_INET], 64)
  view.setUint16(2, port)
  arena.bytes.set(address, 64 + 4)
}

function bind(descriptor: number, address: readonly number[], port: number): number {
  writeAddress(address, port)
  return arena.ask(descriptor, { operation: Operation.bind, capacity: 16 })
}

/** Where it is bound: four bytes and a port. */
function addressOf(descriptor: number): { address: number[]; port: number } {
  expect(arena.ask(descriptor, { operation: Operation.localAddress, capacity: 16 })).toBe(16)
  return { address: [...arena.bytes.subarray(68, 72)], port: new DataView(arena.bytes.buffer, 64).getUint16(2) }
}

function isOpen(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).ino >= 0
  } catch {
    return false
  }
}

function int(descriptor: number, level: number, number: number): number {
  expect(arena.ask(descriptor, { operation: Operation.get, level, number, capacity: 4 })).toBe(4)
  return new DataView(arena.bytes.buffer, 64).getInt32(0, endianness() === 'LE')
}

const [loopback, elsewhere] = [
  [127, 0, 0, 1],
  [192, 0, 2, 1],
]

describe('open a socket', () => {
  test('has a family and a type of its own, and is closed once', () => {
    const descriptor = arena.open(AF_INET, SOCK_STREAM)
    expect(native.works(arena, descriptor)).toBe(true)
    expect(close(descriptor)).toBe(0)
    expect(arena.ask(descriptor, { operation: Operation.isSocket })).not.toBe(1)
    expect(close(descriptor)).toBeLessThan(0)
  })

  test('is closed by exec()', context => {
    needs(context, isLinux, 'only /proc tells')
    const flags = readFileSync(`/proc/self/fdinfo/${open(AF_INET, SOCK_DGRAM)}`, 'utf8')
    expect(flags).toMatch(/flags:\s+0?2\d{6}$/m)
  })

  test('has the protocol that was asked for', context => {
    needs(context, isLinux, 'Linux alone tells the protocol by this number')
    expect(int(open(AF_INET, SOCK_STREAM), SOL_SOCKET, SO_PROTOCOL)).toBe(6)
    expect(int(open(AF_INET, SOCK_DGRAM, IPPROTO_UDP), SOL_SOCKET, SO_PROTOCOL)).toBe(17)
    const multipath = open(AF_INET, SOCK_STREAM, IPPROTO_MPTCP)
    if (multipath === -EPROTONOSUPPORT) needs(context, false, 'this kernel has no MPTCP')
    expect(int(multipath, SOL_SOCKET, SO_PROTOCOL)).toBe(262)
  })

  test('answers what the system refuses, and opens nothing', context => {
    needs(context, isUnix, "the errnos are Unix's")
    const before = readdirSync('/dev/fd').length
    for (let times = 0; times < 100; times++) {
      expect([open(-1, SOCK_DGRAM), open(9999, SOCK_DGRAM)]).toEqual([-EAFNOSUPPORT, -EAFNOSUPPORT])
      expect(open(AF_INET, SOCK_STREAM, IPPROTO_UDP)).toBe(-EPROTONOSUPPORT)
      expect(open(AF_UNIX, 9)).toBeLessThan(0)
    }
    expect(readdirSync('/dev/fd').length).toBe(before)
  })
})

describe('bind', () => {
  beforeEach(context => needs(context, isUnix, "the errnos are Unix's"))

  test('gives the address, and the system the port where it is 0', () => {
    const descriptor = open(AF_INET, SOCK_STREAM)
    expect(addressOf(descriptor)).toEqual({ address: [0, 0, 0, 0], port: 0 })
    expect(bind(descriptor, loopback, 0)).toBe(0)
    const { address, port } = addressOf(descriptor)
    expect(address).toEqual(loopback)
    expect(port).toBeGreaterThan(0)
  })

  test('answers what the system refuses', () => {
    const [first, second] = [open(AF_INET, SOCK_DGRAM), open(AF_INET, SOCK_DGRAM)]
    expect(bind(first, loopback, 0)).toBe(0)
    const { port } = addressOf(first)
    expect([bind(second, loopback, port), bind(second, elsewhere, 0)]).toEqual([-EADDRINUSE, -EADDRNOTAVAIL])
    expect(bind(first, loopback, 0)).toBe(-EINVAL)
    expect(addressOf(second).port).toBe(0)
  })

  test('takes an address of no length and one of any length for what they are', () => {
    const descriptor = open(AF_INET, SOCK_STREAM)
    expect(arena.ask(descriptor, { operation: Operation.bind, capacity: 0 })).toBe(-EINVAL)
    writeAddress(loopback, 0)
    expect(arena.ask(descriptor, { operation: Operation.bind, capacity: 15 })).toBe(-EINVAL)
    expect(arena.ask(descriptor, { operation: Operation.bind, capacity: 600 })).toBe(-EINVAL)
    expect(addressOf(descriptor).port).toBe(0)
  })

  test('is refused to what is no socket', () => {
    const descriptor = open(AF_INET, SOCK_STREAM)
    expect(close(descriptor)).toBe(0)
    expect(isOpen(descriptor)).toBe(false)
    expect(bind(descriptor, loopback, 0)).toBe(-EBADF)
    const file = openSync(fileURLToPath(import.meta.url), 'r')
    expect(bind(file, loopback, 0)).toBe(-ENOTSOCK)
    closeSync(file)
  })
})
