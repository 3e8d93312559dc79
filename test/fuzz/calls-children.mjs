/** HOW is a chunk of epochs run? In a process of its own, whose output goes to files: a pipe of Node's is a unix socket, which the calls would find. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const PER_EPOCH = 5000
/** Epochs of one process: long enough to see memory grow. */
const MOST = 100
/** Milliseconds that an epoch may take at the most on a busy machine, under sanitizers. */
const SLOWEST = 60_000

/** `{ first, epochs }`, as many as there are processes or more. */
export function chunksOf(epochs, processes) {
  const each = Math.min(MOST, Math.ceil(epochs / processes))
  return Array.from({ length: Math.ceil(epochs / each) }, (_, chunk) => ({
    first: chunk * each,
    epochs: Math.min(each, epochs - chunk * each),
  }))
}

const program = fileURLToPath(new URL('calls-run.mjs', import.meta.url))
let runs = 0

export async function runEpochs({ sandbox = [], folder, also, scratch, seed, first, epochs, isTraced }) {
  const [out, err, traceTo] = ['out', 'err', 'trace'].map(name => join(scratch, `${name}-${runs}`))
  runs++
  const parameters = JSON.stringify({ folder, also, seed, first, epochs, perEpoch: PER_EPOCH, ...(isTraced ? { traceTo } : {}) })
  const [command, ...rest] = [...sandbox, process.execPath, '--expose-gc', '--no-deprecation', program, parameters]
  const files = [out, err].map(path => openSync(path, 'w'))
  const child = spawn(command, rest, { stdio: ['ignore', ...files], timeout: epochs * SLOWEST, killSignal: 'SIGKILL' })
  for (const file of files) closeSync(file)
  const [status, signal] = await once(child, 'exit')
  const read = path => readFileSync(path, 'utf8')
  const lines = read(err).split('\n')
  const reached = lines.findLast(line => /^@\d+$/.test(line))?.slice(1)
  return {
    first,
    epochs,
    end: signal ?? status,
    /** The epoch it was in at the end. */
    reached: reached === undefined ? undefined : Number(reached),
    printed: lines
      .filter(line => !/^@\d+$/.test(line))
      .join('\n')
      .trim(),
    report: status === 0 ? JSON.parse(read(out)) : undefined,
    trace: isTraced && reached !== undefined ? read(traceTo) : '',
  }
}
