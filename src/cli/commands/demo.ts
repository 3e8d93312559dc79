/** `getsockopt demo`: does it work here? Opens sockets of its own, sets their timeouts, and shows what the kernel says of them. */
import { constants } from 'node:os'
import { getsockopt, setsockopt } from '../../access/getsockopt.js'
import { SocketOptionError } from '../../errors.js'
import { toJson } from '../../observe/json.js'
import { snapshot } from '../../observe/snapshot.js'
import { getTimeouts } from '../../timeouts/get-timeouts.js'
import { setTimeouts, type TimeoutSettings } from '../../timeouts/set-timeouts.js'
import type { Request } from '../arguments.js'
import { print, printError, printJson } from '../output.js'
import { platformHere } from '../where.js'
import type { Command } from './command.js'
import { formatReport, type Report } from './demo-report.js'
import { type Later, type Opened, openTcp, openTls, openUdp, openUnix } from './demo-sockets.js'

/** Milliseconds after which the demo gives up. */
const DEADLINE = 10_000

const blocking: readonly TimeoutSettings[] = [{ receive: 5000 }, { send: 5000 }]
const stream: readonly TimeoutSettings[] = [...blocking, { node: 60_000 }]
const connection: readonly TimeoutSettings[] = [...stream, { user: 30_000 }, { keepAlive: { idle: 60_000, interval: 10_000, count: 3 } }]

interface Exhibit {
  readonly name: string
  readonly settings: readonly TimeoutSettings[]
  readonly open: (later: Later) => Promise<Opened>
}

const others: readonly Exhibit[] = [
  { name: 'TLS', settings: connection, open: openTls },
  { name: 'UDP', settings: blocking, open: openUdp },
  { name: 'unix', settings: stream, open: openUnix },
]

/** One at a time: what this platform lacks must not keep the others from being set. */
function setAll(socket: Opened['socket'], settings: readonly TimeoutSettings[]): string[] {
  return settings.flatMap(setting => {
    try {
      setTimeouts(socket, setting)
      return []
    } catch (error) {
      if (error instanceof SocketOptionError) return [error.message]
      throw error
    }
  })
}

async function examine(name: string, { socket, remark, exchange }: Opened, settings: readonly TimeoutSettings[]): Promise<Report> {
  const refused = setAll(socket, settings)
  await exchange()
  return { name, remark, refused, timeouts: getTimeouts(socket), snapshot: snapshot(socket) }
}

/** What the kernel answers, in words. */
function sayTimeout(milliseconds: number | null): string {
  if (milliseconds === null) return 'Socket timeout is not set'
  const seconds = Number((milliseconds / 1000).toFixed(3))
  return `Socket timeout is set to ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
}

interface Listener {
  readonly onTimeout: (sentence: string) => void
  readonly onReport: (report: Report) => void
  readonly onUnavailable: (name: string, reason: string) => void
}

async function exhibit(later: Later, at: (name: string) => void, { onTimeout, onReport, onUnavailable }: Listener): Promise<void> {
  at('TCP')
  const tcp = await openTcp(later)
  setsockopt(tcp.socket, 'SO_RCVTIMEO', 5000)
  onTimeout(sayTimeout(getsockopt(tcp.socket, 'SO_RCVTIMEO')))
  onReport(await examine('TCP', tcp, connection))
  for (const { name, settings, open } of others) {
    at(name)
    let opened: Opened
    try {
      opened = await open(later)
    } catch (error) {
      onUnavailable(name, error instanceof Error ? error.message : String(error))
      continue
    }
    onReport(await examine(name, opened, settings))
  }
}

const inText: Listener = {
  onTimeout: print,
  onReport: report => print(`\n${formatReport(report)}`),
  onUnavailable: (name, reason) => print(`\n${name} socket: unavailable here (${reason})`),
}

async function collect(run: (listener: Listener) => Promise<void>): Promise<unknown> {
  const found = {
    message: '',
    platform: platformHere().name,
    sockets: [] as Report[],
    unavailable: [] as { name: string; reason: string }[],
  }
  await run({
    onTimeout(sentence) {
      found.message = sentence
    },
    onReport: report => found.sockets.push(report),
    onUnavailable: (name, reason) => found.unavailable.push({ name, reason }),
  })
  return toJson(found)
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

async function run({ json }: Request): Promise<number> {
  const closers: (() => void)[] = []
  const closeAll = () => {
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) close()
  }
  let name = ''
  const deadline = setTimeout(() => {
    printError(`getsockopt: the demo gives up after ${DEADLINE / 1000} s: ${name} did not finish`)
    process.exit(1)
  }, DEADLINE)
  process.once('exit', closeAll)
  for (const signal of signals) process.on(signal, () => process.exit(128 + constants.signals[signal]))
  try {
    const show = (listener: Listener) =>
      exhibit(
        close => closers.push(close),
        at => {
          name = at
        },
        listener,
      )
    if (json) printJson(await collect(show))
    else await show(inText)
    return 0
  } finally {
    closeAll()
    // What is closed ends by itself; should anything not, the deadline still holds.
    deadline.unref()
  }
}

export const demo: Command = {
  usage: '',
  flags: '[--json]',
  summary: 'set timeouts on sockets of its own, and show them',
  details: `Opens a client and a server on this machine for each of TCP, TLS, UDP and unix
sockets, sets timeouts on the client, and prints what the kernel says: its timeouts
and what each does, its state, and the options that matter most. Then closes all.

  --json  one object { message, platform, sockets, unavailable }, with every option
          of every socket`,
  takes: ['json'],
  operand: '',
  least: 0,
  most: 0,
  run,
}
