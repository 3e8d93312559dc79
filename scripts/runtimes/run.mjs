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

/** @returns {Promise<ReturnType<typeof nothing>>} */
export async function runProgram(command, args, folder) {
  const child = spawn(command, args, { cwd: folder, env: environment(homeOf(folder)), stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err] = [[], []]
  child.stdout.on('data', chunk => out.push(chunk))
  child.stderr.on('data', chunk => err.push(chunk))
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
  const outcome = parse(Buffer.concat(out).toString())
  const output = Buffer.concat(err).toString().trim().split('\n').slice(0, 3).join(' ')
  if (isLate) outcome.failed.push(`the process did not end within ${DEADLINE / 1000} s`)
  else if (outcome.passed === 0 && outcome.failed.length === 0) outcome.failed.push(`no outcome, exit ${ended}: ${output}`)
  else if (ended !== 0 && outcome.failed.length === 0) outcome.failed.push(`exit ${ended}: ${output}`)
  return outcome
}

function parse(output) {
  const line = output.split('\n').findLast(each => each.startsWith('{"runtime"'))
  return line === undefined ? nothing() : JSON.parse(line)
}
