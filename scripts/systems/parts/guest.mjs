/** WHAT did a guest report? Boots a kernel under qemu-system, reads its console, and takes the report out of whatever else is written there. */
import { createHash } from 'node:crypto'
import { runToEnd } from '../../runtimes/run.mjs'

/** Everything that a guest does takes a minute on an idle machine, and many on a busy one. */
const DEADLINE = 900_000

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

/** Boots, waits until the guest turns itself off, and returns its report. */
export async function bootGuest(command, args) {
  const { ended, output, errors } = await runToEnd(command, args, {}, DEADLINE)
  if (ended !== 0)
    throw new Error(`${command}: ${typeof ended === 'number' ? `exit ${ended}` : ended}: ${lastLine(errors) || lastLine(output)}`)
  return readReport(output)
}
