/** WHAT becomes of the code of docs/recipes.md? Each block is written into the file that its first line names; a program from use/ uses it, in a process of its own. */
import { type ExecFileException, execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
export const text = readFileSync(join(root, 'docs', 'recipes.md'), 'utf8')

/** By file name. */
export const blocks = new Map(
  [...text.matchAll(/```js\n\/\/ (\S+\.js)\n[\s\S]*?```/g)].map(([block, name]) => [name as string, block.slice(6, -3)]),
)
export const packages = ['pg', 'ioredis', 'mysql2', 'ws', 'mongodb', 'nodemailer', 'undici']

/** The dead address, and the options of the document, are those of Linux. */
export const notLinux = 'the options of the recipes, and the address on which nobody listens, are those of Linux'

/** One thing that a program noted of a socket. */
export interface Noted {
  readonly when: string
  /** The addresses that were tried, one after the other. */
  readonly tried: readonly string[]
  readonly options: Readonly<Record<string, unknown>>
}

/**
 * What is noted of a socket that was connected as the document says. `localhost` has two addresses here, of which nobody listens on the first. 1000 bytes
 * of TCP_MAXSEG, 12 of which are for the timestamps where net.ipv4.tcp_timestamps is on, can only be read where it was set before the SYN left.
 */
export const asDocumented = (when: string): Noted => ({
  when,
  tried: ['127.0.0.2', '127.0.0.1'],
  options: {
    TCP_USER_TIMEOUT: 30_000,
    SO_KEEPALIVE: true,
    TCP_KEEPIDLE: 60,
    TCP_KEEPINTVL: 10,
    TCP_KEEPCNT: 3,
    TCP_MAXSEG: expect.toBeOneOf([1000 - 12, 1000]),
  },
})

export interface Use {
  /** Words before `node`. */
  readonly command?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Options in the place of the document's, or besides. */
  readonly socketOptions?: Readonly<Record<string, unknown>>
}

/** Runs use/`program` to its end, which it has to come to by itself. Returns what it printed, line by line. */
export async function use(program: string, { command = [], environment, socketOptions = { TCP_MAXSEG: 1000 } }: Use): Promise<unknown[]> {
  const folder = mkdtempSync(join(tmpdir(), 'recipe-'))
  try {
    cpSync(fileURLToPath(new URL('use', import.meta.url)), folder, { recursive: true })
    for (const [name, code] of blocks) writeFileSync(join(folder, name), code)
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(root, join(folder, 'node_modules', 'getsockopt'), 'dir')
    for (const name of packages) symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'dir')
    const words = [...command, process.execPath, '--import', './given.mjs', `./${program}.mjs`]
    const env = {
      PATH: process.env.PATH,
      NODE_EXTRA_CA_CERTS: join(root, 'test/support/certificates/certificate.pem'),
      SOCKET_OPTIONS: JSON.stringify(socketOptions),
      NAMESPACE: new URL('../lab/namespace.mjs', import.meta.url).href,
      ...environment,
    }
    return await run(words as [string, ...string[]], { cwd: folder, env, timeout: 20_000, killSignal: 'SIGKILL' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run([file, ...words]: [string, ...string[]], options: object): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    execFile(file, words, { ...options, encoding: 'utf8' }, (error: ExecFileException | null, stdout: string, stderr: string) => {
      if (error || stderr) reject(new Error(`${words.at(-1)} ended with ${error?.signal ?? error?.code}: ${stderr}${stdout}`))
      else
        resolve(
          stdout
            .trim()
            .split('\n')
            .map(line => JSON.parse(line)),
        )
    })
  })
}
