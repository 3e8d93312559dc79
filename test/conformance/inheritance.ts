/** WHICH options has an accepted socket from its listener? Each is set on a listener before it listens, to another value than the usual one; both are read. */
import { once } from 'node:events'
import * as net from 'node:net'
import { listen, SocketOptionError, type SocketOptions } from '../../src/index.js'
import { trialOf, valueToSet } from '../kernel/another.js'
import { get } from '../kernel/trials.js'
import { type KernelRow, kernelRows, plain } from '../support/rows.js'

export interface Inheritance {
  readonly row: KernelRow
  /** What the accepted socket has: the listener's value, the one that it has of a listener on which nothing is set, or yet another. */
  readonly accepted: 'inherited' | 'usual' | 'another'
}

const levels = ['SOL_SOCKET', 'IPPROTO_TCP', 'IPPROTO_IP', 'IPPROTO_IPV6']

/**
 * Those that can be set and read back, but for what stops a connection (repair; a routing header, which a loopback does not take), for second numbers of the same
 * option, and for what one kernel has and another of the same version has not.
 */
export const candidates: readonly KernelRow[] = kernelRows.filter(
  row =>
    row.access === 'rw' &&
    !row.option.inOut &&
    levels.includes(row.option.level) &&
    !/_NEW$|REPAIR|^IPV6_RTHDR/.test(row.name) &&
    trialOf(row).before === undefined &&
    trialOf(row).shows === undefined &&
    trialOf(row).absent === undefined,
)

const hostOf = ({ option }: KernelRow): string => (option.level === 'IPPROTO_IPV6' ? '::1' : '127.0.0.1')

/** Bound to one address of IPv6, a socket is for IPv6 alone, whatever was set. */
const boundTo = (row: KernelRow): string => (row.name === 'IPV6_V6ONLY' ? '::' : hostOf(row))

/** What is usual, doubled, is what trials.ts sets. */
const toSet = (row: KernelRow, found: unknown): unknown => (row.name === 'SO_RCVBUF' ? 50_000 : valueToSet(row, found))

/** The value on a listener, and on what it accepts. */
async function readOn(row: KernelRow, socketOptions: SocketOptions): Promise<{ listener: unknown; accepted: unknown }> {
  const server = listen(net.createServer(), { port: 0, host: boundTo(row), socketOptions })
  await once(server, 'listening')
  const read = (target: object) => plain(get((target as { _handle: { fd: number } })._handle.fd, row.name))
  try {
    const listener = read(server)
    const arrival = once(server, 'connection', { signal: AbortSignal.timeout(2000) })
    const client = net.connect((server.address() as net.AddressInfo).port, hostOf(row)).on('error', () => undefined)
    // With TCP_DEFER_ACCEPT a connection is there once something has come through it.
    client.write('hello')
    const [socket] = (await arrival) as [net.Socket]
    try {
      return { listener, accepted: read(socket) }
    } finally {
      socket.destroy()
      client.destroy()
    }
  } finally {
    server.close()
  }
}

export const levelsOf = (inheritances: readonly Inheritance[]): string[] =>
  levels.filter(level => inheritances.some(({ row }) => row.option.level === level))

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/**
 * undefined where a listener does not have the option, or does not show that it was set.
 * @throws SocketOptionError of kind `denied` where a privilege is missing
 */
export async function inheritanceOf(row: KernelRow): Promise<Inheritance | undefined> {
  try {
    const usual = await readOn(row, {})
    const set = await readOn(row, { [row.name]: toSet(row, usual.listener) } as SocketOptions)
    if (isSame(set.listener, usual.listener)) return undefined
    if (isSame(set.accepted, usual.accepted)) return { row, accepted: 'usual' }
    return { row, accepted: isSame(set.accepted, set.listener) ? 'inherited' : 'another' }
  } catch (error) {
    if (error instanceof SocketOptionError && error.kind !== 'denied') return undefined
    throw error
  }
}
