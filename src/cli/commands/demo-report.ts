/** How does a person read a socket? Who talks to whom and how it goes, the timeouts, and the ten options that matter most. */
import { formatAddress } from '../../observe/format-address.js'
import type { Snapshot } from '../../observe/snapshot.js'
import { formatValue, type SocketOption } from '../../observe/socket-option.js'
import { formatTable } from '../../observe/table.js'
import type { OptionName } from '../../options/index.js'
import type { Timeouts } from '../../timeouts/get-timeouts.js'
import { formatDuration } from '../../timeouts/timeout.js'
import { heading, terminalWidth } from '../output.js'
import { timeoutRows } from './demo-timeouts.js'

export interface Report {
  readonly name: string
  readonly remark: string | undefined
  readonly timeouts: Timeouts
  /** Why a timeout could not be set. */
  readonly refused: readonly string[]
  readonly snapshot: Snapshot
}

/** The most telling first: each kind of socket shows the first ten of those that it has. */
const curated: readonly OptionName[] = [
  'SO_RCVBUF',
  'SO_SNDBUF',
  'TCP_NODELAY',
  'TCP_CONGESTION',
  'TCP_MAXSEG',
  'TCP_NOTSENT_LOWAT',
  'SO_PEERCRED',
  'SO_PASSCRED',
  'IPV6_UNICAST_HOPS',
  'IPV6_TCLASS',
  'IPV6_MTU',
  'IPV6_MTU_DISCOVER',
  'IPV6_V6ONLY',
  'UDP_SEGMENT',
  'UDP_GRO',
  'SO_REUSEADDR',
  'IP_TTL',
  'IP_TOS',
  'IP_MTU',
  'IP_MTU_DISCOVER',
  'SO_TYPE',
  'SO_DOMAIN',
  'SO_PRIORITY',
  'SO_RCVLOWAT',
  'SO_ACCEPTCONN',
  'SO_BROADCAST',
  'SO_OOBINLINE',
]
const SHOWN = 10

function formatCourse({ state, tcpInfo, queues: { unread, unsent } }: Snapshot): string {
  const parts = [
    state,
    tcpInfo?.rtt !== undefined && `round trip ${formatDuration(tcpInfo.rtt / 1000)}`,
    unread !== undefined && `${unread} bytes unread`,
    unsent !== undefined && `${unsent} bytes unsent`,
  ]
  return parts.filter(part => part !== false).join(', ')
}

/** The last column of each row within the terminal's width, further lines below its first. */
function wrapLast(rows: readonly (readonly string[])[], indent: number): string[][] {
  const before = Math.max(...rows.map(row => row.length)) - 1
  let start = indent
  for (let column = 0; column < before; column++) start += Math.max(...rows.map(row => (row[column] ?? '').length)) + 2
  const room = (terminalWidth() ?? Number.POSITIVE_INFINITY) - start
  if (room < 24) return rows.map(row => [...row])
  return rows.flatMap(row => {
    const lines = breakLines(row[before] ?? '', room)
    return lines.map((line, index) => [...(index === 0 ? row.slice(0, before) : new Array<string>(before).fill('')), line])
  })
}

function breakLines(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

/** Columns under bold titles. */
function formatColumns(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const [first = '', ...rest] = formatTable(wrapLast([titles, ...rows], 2), '  ').split('\n')
  return [heading(first), ...rest].join('\n')
}

function formatOptions({ options }: Snapshot, told: readonly string[]): string {
  const all = options as Readonly<Record<string, SocketOption>>
  const chosen = curated
    .flatMap(name => all[name] ?? [])
    .filter(({ value }) => value !== null)
    .slice(0, SHOWN)
  const rows = chosen.map(({ name, value, unit }) => [name, formatValue(value, unit)])
  const shown = new Set([...told, ...chosen.map(({ name }) => name)])
  const more = Object.keys(all).filter(name => !shown.has(name)).length
  return `${formatColumns(['OPTION', 'VALUE'], rows)}\n  and ${more} more: snapshot(socket) has them all`
}

export function formatReport({ name, remark, timeouts, refused, snapshot }: Report): string {
  const { local, remote } = snapshot
  const rows = timeoutRows(timeouts)
  const lines = [
    heading(`${name} socket  ${formatAddress(local)} -> ${formatAddress(remote)}`),
    ...(remark === undefined ? [] : [`  ${remark}`]),
    `  ${formatCourse(snapshot)}`,
    '',
    formatColumns(['TIMEOUT', 'SET TO', 'OPTION', 'EFFECT'], rows),
    ...refused.map(reason => `  not set: ${reason}`),
    '',
    formatOptions(
      snapshot,
      rows.map(([, , option = '']) => option),
    ),
  ]
  return lines.join('\n')
}
