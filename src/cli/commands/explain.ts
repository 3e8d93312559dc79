/** `getsockopt explain --pid PID --fd FD`: which timer will end this connection of another process, and when? */
import { withSocketOf } from '../../access/borrow.js'
import { toJson } from '../../observe/json.js'
import { explainTimeouts } from '../../timeouts/explain.js'
import { type Request, UsageError } from '../arguments.js'
import { print, printJson } from '../output.js'
import type { Command } from './command.js'

/** What pidfd_getfd(2) takes. */
const LARGEST = 2 ** 31 - 1

function toNumber(name: string, word: string | undefined, least: number): number {
  if (word === undefined) throw new UsageError('explain needs --pid PID and --fd FD')
  const number = /^\d{1,10}$/.test(word) ? Number(word) : Number.NaN
  if (!(number >= least && number <= LARGEST))
    throw new UsageError(`--${name} is an integer from ${least} to ${LARGEST}, not ${JSON.stringify(word)}`)
  return number
}

function run({ pid, fd, json }: Request): number {
  const [process, descriptor] = [toNumber('pid', pid, 1), toNumber('fd', fd, 0)]
  const explanation = withSocketOf(process, descriptor, explainTimeouts)
  if (json) printJson(toJson(explanation))
  else print(explanation.text)
  return 0
}

export const explain: Command = {
  usage: '--pid PID --fd FD',
  flags: '[--json]',
  summary: 'which timer will end a connection of another process, when, and why',
  details: `Takes descriptor FD of process PID (pidfd_getfd, Linux 5.6), reads what explains
its timeouts, and closes it at once; the process does not notice. Needs the same
user as the process, or CAP_SYS_PTRACE. lsof -p PID, or ss -tnp, tells the FD.

  --json  { at, state, ends, others, unknown, findings, text }. "earliest" and
          "latest" are milliseconds from now; a "latest" of null: nothing bounds it`,
  takes: ['json', 'pid', 'fd'],
  operand: 'nothing',
  least: 0,
  most: 0,
  run,
}
