/** A snapshot as a person reads it: who, where and in which state; then the options by level, then what was refused. */
import { formatAddress } from './format-address.js'
import type { AcceptQueue, Queues, Snapshot } from './snapshot.js'
import { formatValue, type SocketOption } from './socket-option.js'
import { formatTable, wrap } from './table.js'

function formatHead({ kind, local, remote, state, id }: Snapshot): string {
  const where = remote === undefined ? formatAddress(local) : `${formatAddress(local)} -> ${formatAddress(remote)}`
  return `${kind} ${where}  ${state}${id === undefined ? '' : `  id ${id}`}`
}

function formatQueues({ unread, unsent, neverSent }: Queues): string[] {
  const parts = [
    unread !== undefined && `${unread} unread`,
    unsent !== undefined && `${unsent} unsent`,
    neverSent !== undefined && `${neverSent} never sent`,
  ]
  const known = parts.filter(part => part !== false)
  return known.length === 0 ? [] : [`queues: ${known.join(', ')} (bytes)`]
}

function formatListen(listen: AcceptQueue | undefined): string[] {
  if (listen?.length === undefined) return []
  return [`accept queue: ${listen.length} of ${listen.limit}`]
}

/** An option's name and value; what does not fit on one line goes on below. */
function toRows({ name, value, unit }: SocketOption): string[][] {
  return wrap(formatValue(value, unit), 90).map((line, index) => [index === 0 ? name : '', line])
}

/** Options by level, in the order in which they were read. */
export function formatOptions(options: readonly SocketOption[]): string {
  const levels = [...new Set(options.map(({ level }) => level))]
  return levels
    .map(level => {
      const rows = options.filter(option => option.level === level).flatMap(toRows)
      return `${level}\n${formatTable(rows, '  ')}`
    })
    .join('\n')
}

export function formatSnapshot(snapshot: Snapshot): string {
  const refused = Object.entries(snapshot.errors).map(([name, { code }]) => `${name} (${code})`)
  const lines = [formatHead(snapshot), ...formatQueues(snapshot.queues), ...formatListen(snapshot.listen)]
  lines.push(formatOptions(snapshot.list()))
  if (refused.length > 0) lines.push(`refused: ${refused.join(', ')}`)
  return lines.join('\n')
}
