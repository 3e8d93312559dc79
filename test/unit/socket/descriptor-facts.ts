/** WHAT do the system and the error say? The checks that the tests of this folder share. */
import { expect } from 'vitest'
import type { NoDescriptorCode, SocketOptionError } from '../../../src/errors.js'
import { resolve } from '../../../src/socket/resolve.js'
import { portOf } from '../../support/addresses.js'
import { probe, succeed } from '../../support/probe.js'

/** `[local port, peer's port]` of an IPv4 or IPv6 socket, as the kernel has them. */
export function portsOf(fd: number): [number, number] {
  const bytes = new Uint8Array(128)
  succeed('getpeername', probe.getpeername(fd, bytes))
  return [portOf(fd), new DataView(bytes.buffer).getUint16(2)]
}

/** The path in a unix socket's own address, or in its peer's. */
export function pathOf(fd: number, whose: 'getsockname' | 'getpeername'): string {
  const bytes = new Uint8Array(128)
  const length = succeed(whose, probe[whose](fd, bytes))
  return new TextDecoder().decode(bytes.subarray(2, length)).replace(/\0$/, '')
}

/** What `resolve` throws. */
export function refusal(target: unknown): Error & { code?: string } {
  try {
    const fd = resolve(target)
    throw new Error(`expected no descriptor, got ${fd}`)
  } catch (error) {
    return error as Error
  }
}

/** The target has no descriptor, for that reason, in those words. */
export function expectRefusal(target: unknown, code: NoDescriptorCode, message: string | RegExp): SocketOptionError {
  const error = refusal(target) as SocketOptionError
  expect(error).toMatchObject({ name: 'SocketOptionError', code, kind: 'state' })
  if (typeof message === 'string') expect(error.message).toBe(message)
  else expect(error.message).toMatch(message)
  return error
}
