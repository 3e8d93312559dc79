/** Does the command line say what it should, to whom it should, and leave with the right code? */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isLinux, needs } from '../support/needs.js'
import { event } from '../support/wait.js'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const hold = new URL('hold-unix.mjs', import.meta.url).href
const packageJson = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ending {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<Ending>
}

function start(words: readonly string[], { env = {}, node = [] }: { env?: NodeJS.ProcessEnv; node?: readonly string[] } = {}): Started {
  const child = spawn(process.execPath, [...node, main, ...words], { env: { ...process.env, TMPDIR: folder, TEMP: folder, ...env } })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = event(child, 'close', 20_000).then(([code, signal]) => ({ code, signal, stdout, stderr }))
  return { child, ended }
}

const run = (...words: string[]): Promise<Ending> => start(words).ended

/** Exit code and stderr of words that are not understood; nothing on stdout. */
async function misuse(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...words)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/^getsockopt: .*See getsockopt --help\n$/)
  return stderr
}

describe('list', () => {
  test('without a pattern it lists the whole catalogue and counts it', async () => {
    const { code, stdout } = await run('list')
    expect(code).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^NAME +LEVEL +ACCESS +TYPE +UNIT +[A-Z0-9]+ +DESCRIPTION$/)
    expect(lines.at(-1)).toMatch(/^\d+ options, \d+ of them on /)
    expect(Number.parseInt(lines.at(-1) ?? '', 10)).toBe(lines.length - 3)
    expect(lines.length).toBeGreaterThan(800)
  })

  test('a pattern is looked for in names, aliases, levels and descriptions, whatever its capitals', async () => {
    const names = async (pattern: string) =>
      (JSON.parse((await run('list', pattern, '--json')).stdout) as { name: string }[]).map(({ name }) => name)
    expect(await names('rcvtimeo')).toContain('SO_RCVTIMEO')
    expect(await names('so_timeout')).toContain('SO_RCVTIMEO')
    expect(await names('ipproto_udp')).toContain('UDP_SEGMENT')
    expect(await names('Nagle')).toContain('TCP_NODELAY')
  })

  test('with * the pattern is the whole name', async () => {
    const { stdout } = await run('list', 'tcp_keep*', '--platform', 'linux')
    const rows = stdout.split('\n').map(line => line.split(/ {2,}/))
    expect(rows[1]).toEqual([
      'TCP_KEEPIDLE',
      'IPPROTO_TCP',
      'rw',
      'int (1..32767)',
      's',
      '4',
      'Idle time before the first keep-alive probe.',
    ])
    expect(rows.slice(1, 4).map(([name]) => name)).toEqual(['TCP_KEEPIDLE', 'TCP_KEEPINTVL', 'TCP_KEEPCNT'])
    expect(stdout).toMatch(/\n\n3 options on linux\n$/)
  })

  test("--platform shows another platform's options, with its numbers", async () => {
    const { code, stdout } = await run('list', 'SO_RCVTIMEO', '--platform', 'darwin', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ name: 'SO_RCVTIMEO', number: 0x1006, unit: 'ms' })])
    expect((await run('list', 'TCP_CORK', '--platform', 'win32')).stderr).toBe(
      'getsockopt: no option of win32 matches "TCP_CORK"; 2 of other platforms do\n',
    )
  })

  test('what matches nothing is answered with similar names and exit code 1', async () => {
    const { code, stdout, stderr } = await run('list', 'TCP_KEEPIDEL')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^getsockopt: no option matches "TCP_KEEPIDEL"; similar names: TCP_KEEPIDLE/)
  })

  test('no colour is in the output that is not a terminal', async () => {
    const { stdout } = await start(['list', 'timeo'], { env: { FORCE_COLOR: '1' } }).ended
    expect(stdout).not.toContain('\x1b')
  })
})

describe('show', () => {
  test('it says everything about an option, by an alias and in small letters too', async () => {
    const { code, stdout } = await run('show', 'so_timeout')
    expect(code).toBe(0)
    expect(stdout.split('\n')[0]).toBe('SO_RCVTIMEO')
    expect(stdout).toMatch(/^level +SOL_SOCKET$/m)
    expect(stdout).toMatch(/^unit +ms$/m)
    expect(stdout).toMatch(/^ {2}darwin.* 65535 +4102$/m)
    expect(stdout).toMatch(/^ {2}win32 .*4102 +DWORD \(ms\)/m)
    expect(stdout).toMatch(/^- No effect on Node's sockets/m)
    expect(stdout).toContain("setsockopt(socket, 'SO_RCVTIMEO', 5000)")
  })

  test('it shows the fields of a struct, and why an option is hazardous', async () => {
    expect((await run('show', 'TCP_INFO', '--json')).stdout).toContain('"rtt"')
    const { stdout } = await run('show', 'SO_LINGER')
    expect(stdout).toMatch(/struct linger, without the prefix l_\n +OFFSET +BYTES +FIELD +UNIT\n +0 +4 +onoff\n +4 +4 +linger +s\n/)
    const error = await run('show', 'SO_ERROR')
    expect(error.stdout).toMatch(/^hazard +reading clears the pending error/m)
    expect(error.stdout).toContain("getsockopt(socket, 'SO_ERROR', { consume: true })")
  })

  test('--json gives one object', async () => {
    const { stdout } = await run('show', 'TCP_USER_TIMEOUT', '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'TCP_USER_TIMEOUT',
      level: 'IPPROTO_TCP',
      unit: 'ms',
      platforms: { linux: { level: 6, number: 18 }, darwin: null },
    })
  })

  test('an unknown name is answered with similar ones, on stderr, without a stack', async () => {
    const { code, stdout, stderr } = await run('show', 'SO_RCVTIMO')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toBe('getsockopt: there is no socket option "SO_RCVTIMO"; did you mean SO_RCVTIMEO?\n')
  })
})

describe('help', () => {
  test.each([[[]], [['help']], [['--help']], [['-h']]])('%j prints the commands', async words => {
    const { code, stdout, stderr } = await run(...words)
    expect([code, stderr]).toEqual([0, ''])
    for (const verb of ['list', 'show', 'explain', 'timeouts', 'demo', 'help']) expect(stdout).toMatch(new RegExp(`^ {2}${verb}\\b`, 'm'))
  })

  test('a command has help of its own', async () => {
    const { stdout } = await run('list', '--help')
    expect(stdout).toMatch(/^getsockopt list \[PATTERN\] \[--json\] \[--platform NAME\]\n/)
    expect((await run('help', 'list')).stdout).toBe(stdout)
  })

  test('--version prints the version of the package', async () => {
    expect(await run('--version')).toEqual({ code: 0, signal: null, stdout: `${packageJson.version}\n`, stderr: '' })
  })
})

describe('misuse', () => {
  test('is one line that names what is near, and exit code 2', async () => {
    expect(await misuse('lst')).toContain('unknown command "lst". Did you mean list?')
    expect(await misuse('xyzzy')).toContain('The commands are list, show, explain, timeouts, demo, help')
    expect(await misuse('list', '--jsn')).toContain('unknown option --jsn. Did you mean --json?')
    expect(await misuse('demo', '--platform', 'linux')).toContain('demo has no option --platform')
    expect(await misuse('list', '--platform', 'mars')).toContain('linux, darwin, freebsd, win32')
    expect(await misuse('list', '--platform')).toContain('--platform needs a value')
    expect(await misuse('show')).toContain('show needs the name of an option')
    expect(await misuse('show', 'SO_LINGER', 'SO_DEBUG')).toContain('show does not take "SO_DEBUG"')
  })
})

const leftovers = () => readdirSync(folder)

interface Shown {
  readonly name: string
  readonly timeouts: Record<string, { milliseconds: number; option: string }>
  readonly snapshot: { readonly kind: string; readonly state: string; readonly options: Record<string, { value: unknown }> }
}

describe('demo', () => {
  test('the first line says which timeout the kernel answers', async () => {
    const { code, stdout, stderr } = await run('demo')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.split('\n')[0]).toBe('Socket timeout is set to 5 seconds')
    expect(stdout).toMatch(/^ {2}receive +5 s +SO_RCVTIMEO +none, because the socket is non-blocking/m)
    for (const name of ['TCP', 'TLS', 'UDP', 'unix']) expect(stdout).toMatch(new RegExp(`^${name} socket`, 'm'))
    expect(stdout).toMatch(/^ {2}and \d+ more: snapshot\(socket\) has them all$/m)
    expect(leftovers()).toEqual([])
  })

  test('--json prints one document with the four sockets and nothing else', async context => {
    needs(context, isLinux, 'the values are those of Linux')
    const { code, stdout, stderr } = await run('demo', '--json')
    expect([code, stderr]).toEqual([0, ''])
    const { message, sockets, unavailable } = JSON.parse(stdout) as { message: string; sockets: Shown[]; unavailable: { name: string }[] }
    expect(message).toBe('Socket timeout is set to 5 seconds')
    expect([...sockets, ...unavailable].map(({ name }) => name).sort()).toEqual(['TCP', 'TLS', 'UDP', 'unix'])
    for (const { snapshot, timeouts } of sockets) {
      expect(snapshot.options.SO_RCVTIMEO?.value).toBe(5000)
      expect(timeouts.receive).toMatchObject({ milliseconds: 5000, option: 'SO_RCVTIMEO' })
      expect(['ESTABLISHED', 'CONNECTED']).toContain(snapshot.state)
    }
    const tcp = sockets.find(({ name }) => name === 'TCP')
    expect(tcp?.snapshot.options).toMatchObject({
      TCP_USER_TIMEOUT: { value: 30_000 },
      TCP_KEEPIDLE: { value: 60 },
      TCP_KEEPCNT: { value: 3 },
    })
  })

  test('what is unavailable is said in one line, and the rest goes on', async context => {
    needs(context, platform() !== 'win32', 'Windows has no unix sockets in Node')
    const { code, stdout } = await start(['demo'], { env: { TMPDIR: join(folder, 'absent') } }).ended
    expect(code).toBe(0)
    expect(stdout).toMatch(/^unix socket: unavailable here \(ENOENT: .*\)$/m)
    expect(stdout).toMatch(/^UDP socket/m)
  })

  test('a temporary folder with too long a path leaves no socket behind', async context => {
    needs(context, platform() !== 'win32', 'Windows has no unix sockets in Node')
    const inner = mkdtempSync(join(folder, 'x'.repeat(110)))
    const { code, stdout } = await start(['demo'], { env: { TMPDIR: inner } }).ended
    expect(code).toBe(0)
    expect(stdout).toMatch(/^unix socket: unavailable here \(.* is longer than the 103 bytes/m)
    expect(readdirSync(inner)).toEqual([])
    rmSync(inner, { recursive: true })
    expect(leftovers()).toEqual([])
  })

  test.for([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends it at once with %i and removes its path', async ([signal, code], context) => {
    needs(context, platform() !== 'win32', 'Windows has neither signals nor unix sockets in Node')
    const { child, ended } = start(['demo'], { node: ['--import', hold] })
    const path = await heldAt(child)
    expect(existsSync(path)).toBe(true)
    child.kill(signal)
    expect(await ended).toMatchObject({ code, signal: null })
    expect(leftovers()).toEqual([])
  })

  test('the deadline ends it with 1, says what it waited for and removes its path', async context => {
    needs(context, platform() !== 'win32', 'Windows has no unix sockets in Node')
    const { code, stdout, stderr } = await start(['demo', '--json'], { node: ['--import', hold], env: { HOLD: 'deadline' } }).ended
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('getsockopt: the demo gives up after 10 s: unix did not finish')
    expect(leftovers()).toEqual([])
  })
})

/** The path at which the preloaded module holds the demo. */
async function heldAt(child: ChildProcess): Promise<string> {
  let text = ''
  for (;;) {
    const [piece] = await event<[string]>(child.stderr as NonNullable<ChildProcess['stderr']>, 'data')
    text += piece
    const [, path] = /^held at (.*)\n/m.exec(text) ?? []
    if (path !== undefined) return path
  }
}

describe('a reader that goes away', () => {
  test.each([[['list']], [['list', '--json']], [['demo']], [['demo', '--json']]])(
    'after the first piece of %j is no failure',
    async words => {
      const { child, ended } = start(words)
      const stdout = child.stdout as NonNullable<ChildProcess['stdout']>
      await event(stdout, 'data', 20_000)
      stdout.destroy()
      expect(await ended).toMatchObject({ code: 0, signal: null, stderr: '' })
      expect(leftovers()).toEqual([])
    },
  )
})
