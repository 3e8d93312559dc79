/** What was asked for? Words to a command, its operands and its options, or one line on what was not understood. */
import { parseArgs } from 'node:util'
import { findSimilar } from '../access/similar.js'
import type { CommandName, Commands } from './commands/index.js'

/** The words cannot be meant so. */
export class UsageError extends Error {}

export interface Request {
  readonly operands: readonly string[]
  readonly json: boolean
  readonly platform: string | undefined
  readonly pid: string | undefined
  readonly fd: string | undefined
}

interface Call extends Request {
  readonly command: CommandName
  readonly version: boolean
}

const options = {
  json: { type: 'boolean' },
  platform: { type: 'string' },
  pid: { type: 'string' },
  fd: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const
type Name = keyof typeof options

/** `. Did you mean list?`, or all of them where none is near. */
function suggest(word: string, names: readonly string[], what: string): string {
  const [nearest] = findSimilar(
    word,
    names.map(name => name.toUpperCase()),
  )
  return nearest === undefined ? `. The ${what} are ${names.join(', ')}` : `. Did you mean ${nearest.toLowerCase()}?`
}

/** @throws UsageError */
export function parseRequest(words: readonly string[], commands: Commands): Call {
  const { positionals, tokens } = parseArgs({ args: [...words], options, allowPositionals: true, strict: false, tokens: true })
  const given = new Map<string, string | undefined>()
  for (const token of tokens) {
    if (token.kind === 'option') given.set(expectOption(token), token.value)
  }
  const [word, ...operands] = positionals
  const call = {
    json: given.has('json'),
    platform: given.get('platform'),
    pid: given.get('pid'),
    fd: given.get('fd'),
    version: given.has('version'),
  }
  if (word !== undefined && !Object.hasOwn(commands, word))
    throw new UsageError(`unknown command ${JSON.stringify(word)}${suggest(word, Object.keys(commands), 'commands')}`)
  if (call.version) return { ...call, command: 'help', operands: [] }
  if (word === undefined) {
    for (const name of given.keys()) if (name !== 'help') throw new UsageError(`--${name} needs a command`)
    return { ...call, command: 'help', operands: [] }
  }
  if (given.has('help')) return { ...call, command: 'help', operands: [word] }
  const command = word as CommandName
  const { takes, least, most } = commands[command]
  for (const name of given.keys()) if (!takes.includes(name)) throw new UsageError(`${command} has no option --${name}`)
  if (operands.length < least) throw new UsageError(`${command} needs ${commands[command].operand}`)
  if (operands.length > most) throw new UsageError(`${command} does not take ${JSON.stringify(operands[most])}`)
  return { ...call, command, operands }
}

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value: string | undefined
}

function expectOption({ name, rawName, value }: OptionToken): Name {
  if (!Object.hasOwn(options, name)) {
    const names = Object.keys(options).map(known => `--${known}`)
    throw new UsageError(`unknown option ${rawName}${suggest(rawName, names, 'options')}`)
  }
  const { type } = options[name as Name]
  if (type === 'boolean' && value !== undefined) throw new UsageError(`--${name} takes no value`)
  if (type === 'string' && value === undefined) throw new UsageError(`--${name} needs a value`)
  return name as Name
}
