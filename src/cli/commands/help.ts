/** `getsockopt help [COMMAND]`: what can be asked? */
import { formatTable } from '../../observe/table.js'
import { UsageError } from '../arguments.js'
import { heading, print } from '../output.js'
import { version } from '../version.js'
import type { Command } from './command.js'

function overview(verbs: Readonly<Record<string, Command>>): string {
  const rows = Object.entries(verbs).map(([name, { usage, summary }]) => [`${name} ${usage}`.trim(), summary])
  const lines = [
    `getsockopt ${version}: socket options of live Node.js sockets, by their kernel names.`,
    '',
    heading('Commands'),
    formatTable([...rows, ['help [COMMAND]', 'this text, or more on one command']], '  '),
    '',
    heading('Options'),
    formatTable(
      [
        ['--json', 'print JSON'],
        ['--platform NAME', 'list: the options of linux, darwin, freebsd or win32'],
        ['--pid PID --fd FD', 'explain: which socket of which process'],
        ['-h, --help', 'print help; after a command, more on it'],
        ['--version', 'print the version'],
      ],
      '  ',
    ),
    '',
    heading('Examples'),
    formatTable(
      [
        ['npx getsockopt list timeo', 'options whose name or description has "timeo" in it'],
        ["npx getsockopt list 'TCP_*' --platform darwin", 'those that macOS has at TCP'],
        ['npx getsockopt show SO_RCVTIMEO', 'everything about one option'],
        ['npx getsockopt explain --pid 4242 --fd 21', 'which timer will end that connection, and when'],
        ['npx getsockopt timeouts', 'how long connections take to fail on this machine'],
        ['npx getsockopt demo', 'see it work on sockets of its own'],
      ],
      '  ',
    ),
    '',
    "In code: import { getsockopt, setTimeouts, snapshot } from 'getsockopt'",
  ]
  return lines.join('\n')
}

export function helpOn(verbs: Readonly<Record<string, Command>>): Command {
  return {
    usage: '[COMMAND]',
    flags: '',
    summary: 'this text, or more on one command',
    details: 'Prints what can be asked.',
    takes: [],
    operand: 'a command',
    least: 0,
    most: 1,
    run({ operands: [name] }) {
      if (name === undefined || name === 'help') {
        print(overview(verbs))
        return 0
      }
      if (!Object.hasOwn(verbs, name)) throw new UsageError(`there is no command ${JSON.stringify(name)} to help with`)
      const { usage, flags, details } = verbs[name] as Command
      const words = ['getsockopt', name, usage, flags].filter(word => word !== '')
      print(`${heading(words.join(' '))}\n\n${details}`)
      return 0
    },
  }
}
