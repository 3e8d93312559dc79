/** Does `getsockopt explain` tell of a connection of another process, without a trace in it? */
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isLinux, isRoot, needs } from '../support/needs.js'
import { event } from '../support/wait.js'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const hold = fileURLToPath(new URL('hold-tcp.mjs', import.meta.url))

function run(words: readonly (string | number)[], user: { uid?: number; gid?: number } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'explain', ...words.map(String)], { encoding: 'utf8', ...user })
  return { code: status, stdout, stderr }
}

let holder: ChildProcessByStdio<Writable, Readable, null>
let held: number

async function line(): Promise<string> {
  const [text] = await event<[Buffer]>(holder.stdout, 'data', 20_000)
  return text.toString().trim()
}

beforeAll(async () => {
  holder = spawn(process.execPath, [hold], { stdio: ['pipe', 'pipe', 'inherit'] })
  held = Number(await line())
})

afterAll(async () => {
  holder.stdin.end()
  await event(holder, 'exit')
})

const here = 'only Linux gives a descriptor of another process'

describe('a connection of another process', () => {
  test('is explained in words, the answer first', context => {
    needs(context, isLinux, here)
    const { code, stdout, stderr } = run(['--pid', holder.pid as number, '--fd', held])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^ESTABLISHED: ends in .* with ETIMEDOUT \(keep-alive\)/)
  })

  test('is explained as JSON', context => {
    needs(context, isLinux, here)
    const { code, stdout } = run(['--pid', holder.pid as number, '--fd', held, '--json'])
    const { state, ends, unknown } = JSON.parse(stdout)
    expect([code, state, ends.mechanism, ends.code]).toEqual([0, 'ESTABLISHED', 'keep-alive', 'ETIMEDOUT'])
    // 60 s of silence, then 9 or 10 probes that nobody answers.
    expect(ends.earliest).toBeGreaterThan(60_000)
    expect(unknown).toEqual(["Node's timers: only the socket object tells of them, not its descriptor"])
  })

  test('goes on as if nobody had looked', async context => {
    needs(context, isLinux, here)
    const descriptors = () => readdirSync(`/proc/${holder.pid}/fd`).length
    const before = descriptors()
    for (let times = 0; times < 3; times++) run(['--pid', holder.pid as number, '--fd', held])
    expect(descriptors()).toBe(before)
    holder.stdin.write('still here')
    expect(await line()).toBe('still here')
  })
})

describe('what cannot be explained', () => {
  const refusal = (words: readonly (string | number)[], user = {}) => {
    const { code, stdout, stderr } = run(words, user)
    expect([code, stdout]).toEqual([1, ''])
    return stderr.trimEnd()
  }

  test('says so on a system other than Linux', context => {
    needs(context, !isLinux, 'this is Linux')
    expect(refusal(['--pid', holder.pid as number, '--fd', held])).toMatch(/only Linux gives a descriptor of another process/)
  })

  test('is a process that is not there, a descriptor that is not open, a file', context => {
    needs(context, isLinux, here)
    const pid = holder.pid as number
    expect(refusal(['--pid', 4_194_305, '--fd', held])).toBe('getsockopt: pidfd_getfd ESRCH: there is no process 4194305')
    expect(refusal(['--pid', pid, '--fd', 9999])).toBe(`getsockopt: pidfd_getfd EBADF: process ${pid} has no descriptor 9999`)
    // Its standard input is a socket, as node:child_process makes them.
    expect(refusal(['--pid', pid, '--fd', epollOf(pid)])).toMatch(
      /^getsockopt: pidfd_getfd ENOTSOCK: descriptor \d+ of process \d+ is no socket$/,
    )
  })

  test('is a process of another user', context => {
    needs(context, isLinux, here)
    needs(context, isRoot, 'only root can run it as another user')
    const { stderr } = run(['--pid', holder.pid as number, '--fd', held], { uid: 65_534, gid: 65_534 })
    expect(stderr).toMatch(
      /^getsockopt: pidfd_getfd EPERM: not allowed to take descriptor \d+ of process \d+ \(needs the same user, or CAP_SYS_PTRACE/,
    )
  })

  test.each<[string, (string | number)[], string]>([
    ['no process', ['--fd', 3], 'explain needs --pid PID and --fd FD'],
    ['no descriptor', ['--pid', 3], 'explain needs --pid PID and --fd FD'],
    ['a process 0', ['--pid', 0, '--fd', 3], '--pid is an integer from 1 to 2147483647, not "0"'],
    ['a negative descriptor', ['--pid', 1, '--fd=-3'], '--fd is an integer from 0 to 2147483647, not "-3"'],
    ['a descriptor beyond an int', ['--pid', 1, '--fd', 2 ** 31], '--fd is an integer from 0 to 2147483647, not "2147483648"'],
    ['a fraction', ['--pid', '1.5', '--fd', 3], '--pid is an integer from 1 to 2147483647, not "1.5"'],
    ['hexadecimal', ['--pid', '0x10', '--fd', 3], '--pid is an integer from 1 to 2147483647, not "0x10"'],
    ['no value', ['--pid'], '--pid needs a value'],
    ['an operand', ['--pid', 1, '--fd', 3, 'x'], 'explain does not take "x"'],
    ["another command's option", ['--pid', 1, '--fd', 3, '--platform', 'linux'], 'explain has no option --platform'],
  ])('is %s', (_, words, message) => {
    const { code, stdout, stderr } = run(words)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toBe(`getsockopt: ${message}. See getsockopt --help\n`)
  })
})

/** The descriptor of an event loop of the process: epoll is no socket. */
function epollOf(pid: number): number {
  const { stdout } = spawnSync('sh', ['-c', `ls -l /proc/${pid}/fd`], { encoding: 'utf8' })
  return Number(/(\d+) -> anon_inode:\[eventpoll\]/.exec(stdout)?.[1])
}
