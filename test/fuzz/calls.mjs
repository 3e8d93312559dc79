/**
 * CAN a caller break the process? Random calls of the public API and of the binding, in child processes.
 *
 *   node test/fuzz/calls.mjs [--calls N] [--seed S] [--processes P] [--epoch E] [--trace]     with the addons that `npm run pretest` builds
 *
 * Nothing but documented errors may come out, no descriptor may stay open, no byte of the arena may change that was not asked for, memory stays flat,
 * sockets that were not called work on, and the process lives. It calls only sockets that it opened itself, in a user and network namespace of its
 * own: nothing that it sets reaches the machine. `--epoch` repeats one epoch of 5000 calls, or some (`--epoch 7-9`), and `--trace` prints each call. The calls are
 * those of the files in calls/, and of each file that `--also` names.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chunksOf, PER_EPOCH, runEpochs } from './calls-children.mjs'
import { addFigures, describeFailures } from './calls-figures.mjs'
import { buildTree } from './tree.mjs'

const { values: flags } = parseArgs({
  options: {
    calls: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
    processes: { type: 'string', default: '1' },
    epoch: { type: 'string' },
    also: { type: 'string', multiple: true },
    trace: { type: 'boolean', default: false },
  },
})
const seed = Number(flags.seed)

/** The command that puts a process into namespaces of its own, where root is root of nothing else; undefined where that cannot be done. */
function apart() {
  const command = ['unshare', '--user', '--map-root-user', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh']
  return spawnSync(command[0], [...command.slice(1), 'true']).status === 0 ? command : undefined
}

const sandbox = process.platform === 'linux' ? apart() : undefined
if (sandbox === undefined && (process.platform !== 'linux' || process.geteuid() === 0)) {
  console.log('SKIPPED: random calls: no user and network namespace (unshare, ip), and with privileges they could change the machine')
  process.exit(0)
}
if (sandbox === undefined) console.log('no namespaces here: random calls as an ordinary user, who can change nothing but his own sockets')

/** A long run says where it is. */
function progress({ first, epochs, end, report }) {
  if (process.stderr.isTTY || Number(flags.calls) >= 1_000_000)
    console.error(`epochs ${first} to ${first + epochs - 1}: ${end === 0 ? `${report.failures.length} failures` : `ended with ${end}`}`)
}

const tree = buildTree()
const scratch = mkdtempSync(join(tmpdir(), 'fuzz-calls-'))
const run = (first, epochs, isTraced) =>
  runEpochs({ sandbox, folder: tree.folder, also: flags.also, scratch, seed, first, epochs, isTraced })
try {
  const [from, to] = (flags.epoch ?? '').split('-').map(Number)
  const chunks =
    flags.epoch === undefined
      ? chunksOf(Math.max(1, Math.ceil(Number(flags.calls) / PER_EPOCH)), Number(flags.processes))
      : [{ first: from, epochs: (to ?? from) - from + 1 }]
  const outcomes = []
  const begin = performance.now()
  const work = async () => {
    for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
      const outcome = await run(chunk.first, chunk.epochs, flags.trace)
      if (flags.trace) console.log(outcome.trace)
      outcomes.push(outcome)
      progress(outcome)
    }
  }
  await Promise.all(Array.from({ length: Number(flags.processes) }, work))
  const failures = await describeFailures(outcomes, seed, run)
  for (const failure of failures) console.log(`FAILED: ${failure}\n`)
  console.log(JSON.stringify({ seed, ...addFigures(outcomes, (performance.now() - begin) / 1000), failures: failures.length }))
  if (failures.length > 0) process.exitCode = 1
} finally {
  tree.remove()
  rmSync(scratch, { recursive: true, force: true })
}
