/** WHICH commands of this machine does a system need, and what did one of them say when it failed? */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const hasCommand = name => process.env.PATH.split(delimiter).some(folder => isExecutable(join(folder, name)))

/** `undefined`, or which of the commands are missing; each is given with the Debian package that has it. */
export function missing(commands) {
  const absent = Object.entries(commands).filter(([name]) => !hasCommand(name))
  return absent.length === 0 ? undefined : absent.map(([name, debian]) => `no ${name} (Debian: ${debian})`).join(', ')
}

/** Runs a command to its end, or throws with the last line that says why. */
export function run(command, args, options = {}) {
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 28, ...options })
  if (status === 0) return stdout
  const lines = `${stderr ?? ''}`.trim().split('\n')
  const said = lines.find(line => /^(E:|error|.*: error:|fatal)/i.test(line)) ?? lines.at(-1)
  throw new Error(`${command}: ${error?.message ?? signal ?? `exit ${status}`}: ${said}`)
}
