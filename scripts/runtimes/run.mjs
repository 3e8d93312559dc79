/** WHAT came of one run? A program of test/runtimes on one runtime, as its own process, which must end by itself. */
import { spawn } from 'node:child_process'
import { homeOf } from './app.mjs'

const DEADLINE = 120_000

/** Nothing of this environment reaches the runtime, and nothing it writes reaches the user's home. */
const environment = home => ({
  PATH: process.env.PATH,
  HOME: home,
  TMPDIR: home,
  DENO_DIR: home,
  DENO_NO_UPDATE_CHECK: '1',
  NO_COLOR: '1',
  BUN_RUNTIME_TRANSPILER_CACHE_PATH: '0',
})

/** Before a program has said anything. */
export const nothing = () => ({ passed: 0, hidden: [], absent: [], failed: [] })

/** How a process ended (its exit code, its signal, or what went wrong), and what it wrote until then. Killed after the deadline, in ms. */
export async function runToEnd(command, args, options, deadline) {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err] = [[], []]
  child.stdout.on('data', chunk => out.push(chunk))
  child.stderr.on('data', chunk => err.push(chunk))
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    child.kill('SIGKILL')
  }, deadline)
  const ended = await new Promise(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('close', (code, signal) => resolve(signal ?? code))
  })
  clearTimeout(timer)
  const [output, errors] = [out, err].map(chunks => Buffer.concat(chunks).toString())
  return { ended: isLate ? `the process did not end within ${deadline / 1000} s` : ended, output, errors }
}

/** @returns {Promise<ReturnType<typeof nothing>>} */
export async function runProgram(command, args, folder) {
  return judgeRun(await runToEnd(command, args, { cwd: folder, env: environment(homeOf(folder)) }, DEADLINE))
}

/** The outcome that a program printed, and what else went wrong. `ended` is the exit code, or says why there is none. */
export function judgeRun({ ended, output, errors }) {
  const outcome = parse(output)
  if (outcome.failed.length > 0) return outcome
  const end = `${typeof ended === 'number' ? `exit ${ended}` : ended}: ${reasonIn(errors)}`
  if (outcome.passed === 0) outcome.failed.push(`no outcome, ${end}`)
  else if (ended !== 0) outcome.failed.push(end)
  return outcome
}

/** The error in what a runtime wrote, or its first lines. */
function reasonIn(errors) {
  const lines = errors.trim().split('\n')
  return lines.find(line => /^\s*(\w*Error|error)\b.*: /.test(line)) ?? lines.slice(0, 3).join(' ')
}

function parse(output) {
  const line = output.split('\n').findLast(each => each.startsWith('{"runtime"'))
  return line === undefined ? nothing() : JSON.parse(line)
}
