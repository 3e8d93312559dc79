/** Which numbers do options have here? As the command line lists them: the table of the library, and no second one. */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const { bin } = createRequire(import.meta.url)('../package.json')
const program = fileURLToPath(new URL(`../${bin.getsockopt}`, import.meta.url))

/** Linux's, <bits/socket.h> and <netinet/in.h>: the list names levels and gives no number of theirs. */
const levels = { SOL_SOCKET: 1, IPPROTO_TCP: 6, IPPROTO_IP: 0 }

let known

function readNumbers() {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'list', '--json'], { encoding: 'utf8', maxBuffer: 2 ** 24 })
  if (status !== 0) throw new Error(`getsockopt list: ${stderr}`)
  return new Map(JSON.parse(stdout).map(({ name, level, number }) => [name, { level: levels[level], number }]))
}

export function numberOf(name) {
  known ??= readNumbers()
  return known.get(name)
}
