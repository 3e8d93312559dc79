/** `getsockopt timeouts`: what do this machine's settings mean in seconds? */
import { formatTable } from '../../observe/table.js'
import { readSysctls } from '../../timeouts/collect/sysctls.js'
import { type Default, explainDefaults } from '../../timeouts/explain/defaults.js'
import { formatTime } from '../../timeouts/explain/render.js'
import type { Request } from '../arguments.js'
import { heading, print, printError, printJson } from '../output.js'
import type { Command } from './command.js'

/** `131 s to 136 s`. */
function formatEnds({ ends }: Default): string {
  if (ends === null) return 'never'
  const [from, to] = [formatTime(ends.earliest), formatTime(ends.latest)]
  if (ends.latest === Infinity) return 'not known'
  return from === to ? from : `${from} to ${to}`
}

function format(defaults: readonly Default[]): string {
  const rows = defaults.map(line => [line.situation, formatEnds(line), line.ends?.code ?? '-', line.decidedBy])
  const [titles = '', ...rest] = formatTable([['SITUATION', 'ENDS AFTER', 'ERROR', 'DECIDED BY'], ...rows]).split('\n')
  return [heading(titles), ...rest].join('\n')
}

/** JSON has no Infinity: null, as in "nothing bounds it". */
const toEntry = ({ ends, ...rest }: Default) => ({
  ...rest,
  ends: ends && { ...ends, latest: Number.isFinite(ends.latest) ? ends.latest : null, unless: ends.unless ?? null },
})

function run({ json }: Request): number {
  const sysctls = readSysctls()
  if (sysctls.tcp_retries2 === undefined) {
    printError('getsockopt: the TCP settings of this system cannot be read: there is no /proc/sys/net/ipv4, which is of Linux')
    return 1
  }
  const defaults = explainDefaults(sysctls)
  if (json) printJson({ sysctls, defaults: defaults.map(toEntry) })
  else
    print(
      `${format(defaults)}\n\nFor sockets on which nothing was set, on a fast link, in this network namespace. docs/timeouts.md says why it takes so long.`,
    )
  return 0
}

export const timeouts: Command = {
  usage: '',
  flags: '[--json]',
  summary: "what this machine's TCP settings mean in seconds",
  details: `Prints how long it takes until a TCP connection ends, in the situations in which
one waits: from net.ipv4 settings of this network namespace and the timers of this
kernel. TCP_USER_TIMEOUT, TCP_SYNCNT, SO_KEEPALIVE, ... change it for one socket.

  --json  { sysctls, defaults: [{ situation, ends, decidedBy }] }. "ends" is null
          where nothing ends it; "earliest" and "latest" are milliseconds`,
  takes: ['json'],
  operand: 'nothing',
  least: 0,
  most: 0,
  run,
}
