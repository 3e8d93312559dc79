/** WHAT did a guest report? Boots a kernel under qemu-system, reads its console, and takes the report out of whatever else is written there. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'

/** Everything that a guest does takes half a minute on an idle machine. */
const DEADLINE = 300_000

/** Boots to the end, and returns what was on the console. */
async function consoleOf(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const [output, errors] = [[], []]
  child.stdout.on('data', chunk => output.push(chunk))
  child.stderr.on('data', chunk => errors.push(chunk))
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    child.kill('SIGKILL')
  }, DEADLINE)
  const ended = await new Promise(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('close', (code, signal) => resolve(signal ?? code))
  })
  clearTimeout(timer)
  const text = Buffer.concat(output).toString('latin1')
  if (isLate) throw new Error(`the guest did not end within ${DEADLINE / 1000} s; it wrote last: ${lastLine(text)}`)
  if (ended !== 0) throw new Error(`${command}: ${ended}: ${lastLine(Buffer.concat(errors).toString())}`)
  return text
}

const lastLine = text =>
  text
    .trim()
    .split(/[\r\n]+/)
    .at(-1)

/**
 * The files of a report, by their names.
 * @throws if there is none, or if a part of it is lost
 */
export function readReport(text) {
  const sum = /^@@@ ([0-9a-f]{32})/m.exec(text)?.[1]
  if (sum === undefined) throw new Error(`the guest reported nothing; it wrote last: ${lastLine(text)}`)
  const encoded = [...text.matchAll(/^@@ ([A-Za-z0-9+/=]+)/gm)].map(([, line]) => line).join('')
  const bytes = Buffer.from(encoded, 'base64')
  if (createHash('md5').update(bytes).digest('hex') !== sum) throw new Error('the report of the guest came damaged')
  const files = new Map()
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\n', at)
    const [name, size] = bytes.toString('utf8', at, end).split(' ')
    at = end + 1 + Number(size)
    files.set(name, bytes.toString('utf8', end + 1, at))
  }
  return files
}

export const bootGuest = async (command, args) => readReport(await consoleOf(command, args))
