/** Every example of the README, and of the pages that are not tested elsewhere, run as it stands. */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isLinux, needs } from '../support/needs.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const pages = [readme, readFileSync(join(root, 'docs', 'connect.md'), 'utf8')].join('\n')
const examples = [...pages.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code as string)
const folder = mkdtempSync(join(tmpdir(), 'getsockopt-readme-'))
const run = promisify(execFile)

/** What the README says an example may take for granted: a connected `socket` and a listening `server`. */
const given = (code: string): string => `
import { connect as given_connect, createServer as given_server } from 'node:net'
${code.match(/^import .*$/gm)?.join('\n') ?? ''}
const server = given_server().listen(0, '127.0.0.1', () => {
  const socket = given_connect(server.address().port, '127.0.0.1', () => {
    ${code.replace(/^import .*$/gm, '')}
    socket.destroy()
    server.close()
  })
})`

beforeAll(() => {
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules', 'getsockopt'), 'dir')
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('the README', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(4)
  })

  it.each(examples.map((code, index) => [index + 1, code] as const))('has an example %i that runs', async (index, code) => {
    const file = join(folder, `example-${index}.mjs`)
    writeFileSync(file, code.includes('createServer') ? code : given(code))
    const { stderr } = await run(process.execPath, [file], { timeout: 20_000 })
    expect(stderr).toBe('')
  })

  it('shows messages that the library prints', async ctx => {
    needs(ctx, isLinux, 'the messages are those of Linux')
    const file = join(folder, 'messages.mjs')
    writeFileSync(
      file,
      given(`import { getsockopt, setsockopt } from 'getsockopt'
const message = run => { try { run() } catch (error) { console.log(error.message) } }
message(() => getsockopt(socket, 'TCP_USER_TIMOUT'))
message(() => setsockopt(socket, 'TCP_KEEPIDLE', 0))`),
    )
    const { stdout } = await run(process.execPath, [file], { timeout: 20_000 })
    for (const line of stdout.trim().split('\n')) expect(readme).toContain(line)
  })
})

describe('the examples', () => {
  it.for(readdirSync(join(root, 'examples')))('%s runs', async (name, ctx) => {
    needs(ctx, isLinux, 'what they show is that of Linux')
    const { stdout, stderr } = await run(process.execPath, [join(root, 'examples', name)], { timeout: 20_000 })
    expect(stderr).toBe('')
    expect(stdout).toMatch(/accepted|->/)
  })
})
