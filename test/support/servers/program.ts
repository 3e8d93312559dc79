/** WHO serves a test that needs a real server? A program of the system, in a temporary folder, on free ports of 127.0.0.1, ended by its pid. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { accessSync, chmodSync, chownSync, constants, copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isLinux, isRoot } from '../needs.js'
import { event } from '../wait.js'

export interface Server {
  readonly port: number
  /** Where it speaks TLS on a port of its own. */
  readonly tlsPort: number
  stop(): Promise<void>
}

export interface Program {
  /** Found by `findProgram`. */
  readonly file: string
  /** What it prints once it accepts connections. */
  readonly ready: RegExp
  /** What ends it at once, with nothing left behind. */
  readonly end: 'SIGKILL' | 'SIGQUIT'
  /** A command that has to have ended before it starts. */
  readonly before?: readonly [string, ...string[]]
  /** The folder is its working directory; certificate.pem and key.pem of `localhost` lie there, readable for it alone. */
  words(folder: string, port: number, tlsPort: number): readonly string[]
}

/** PostgreSQL and MariaDB refuse to run as root: `nobody` of Debian. */
const nobody = 65534
const plain = isRoot ? [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : []

/** The path of a program in `PATH`, in /usr/sbin, which is not in everyone's, or in `folders`. Undefined where it cannot be started as here, too: not on Linux. */
export function findProgram(name: string, folders: readonly string[] = []): string | undefined {
  if (!isLinux) return undefined
  return [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', ...folders].map(folder => join(folder, name)).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Ports that were free a moment ago: another program may take one, so whoever uses them tries again. */
async function freePorts(): Promise<[number, number]> {
  const listening = [createServer(), createServer()]
  for (const server of listening) await event(server.listen(0, '127.0.0.1'), 'listening')
  const ports = listening.map(server => (server.address() as AddressInfo).port)
  for (const server of listening) await new Promise(resolve => server.close(resolve))
  return ports as [number, number]
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'server-'))
  for (const name of ['certificate.pem', 'key.pem']) {
    const copy = join(folder, name)
    copyFileSync(fileURLToPath(new URL(`../certificates/${name}`, import.meta.url)), copy)
    chmodSync(copy, 0o600)
    if (isRoot) chownSync(copy, nobody, nobody)
  }
  if (isRoot) chownSync(folder, nobody, nobody)
  return folder
}

/** Resolves once the program has said that it is ready. Rejects with all that it said where it ends before, and at the deadline. */
async function becomesReady(child: ChildProcess, ready: RegExp): Promise<void> {
  let said = ''
  const isReady = new Promise<void>(resolve => {
    // Read to the end: a program whose pipe is full stands still.
    for (const output of [child.stdout, child.stderr]) {
      output?.setEncoding('utf8').on('data', (part: string) => {
        if (said.length < 1e5) said += part
        if (ready.test(said)) resolve()
      })
    }
  })
  const ended = event(child, 'close', 20_000).then(
    ([code]) => `it ended with ${code}`,
    (error: Error) => error.message,
  )
  const reason = await Promise.race([isReady, ended])
  if (reason !== undefined) throw new Error(`${child.spawnfile} did not become ready, ${reason}: ${said}`)
}

/** Starts it. The kernel ends it, too, when this process ends before `stop`. */
export async function startProgram({ file, ready, end, before, words }: Program): Promise<Server> {
  const folder = makeFolder()
  const options = { cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C' } }
  try {
    if (before) execFileSync('setpriv', [...plain, '--', ...before], { ...options, stdio: 'pipe' })
    for (let attempts = 3; ; ) {
      const [port, tlsPort] = await freePorts()
      const child = spawn('setpriv', [...plain, '--pdeathsig', end.slice(3), '--', file, ...words(folder, port, tlsPort)], options)
      const stop = async (): Promise<void> => {
        child.kill(end)
        if (child.exitCode === null && child.signalCode === null) await event(child, 'exit')
        rmSync(folder, { recursive: true, force: true })
      }
      try {
        await becomesReady(child, ready)
        return { port, tlsPort, stop }
      } catch (error) {
        child.kill(end)
        if (--attempts === 0) throw error
      }
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}
