/** How much later does a program start that imports the library? */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { summarize } from '../statistics.js'

const library = new URL('../../dist/index.js', import.meta.url).href
const [imported, called] = ['import of the library, over that of an empty module', '... and its first getsockopt, over the same']

export const title = 'How much later does a program start that imports the library?'
export const targets = [{ of: imported, limit: 15 }]
export const remarks = [
  'Each time in a new process, from the call of `import()` until it is done, beside the import of an empty file in another; the differences of such pairs. The files are in the page cache.',
]
export const leftOutOfQuick =
  'a start of a few milliseconds is not measured on a shared machine in a few rounds; npm run check:package has its budget'

const timed = (url, then = '') => `
  const start = process.hrtime.bigint()
  const { getsockopt } = await import(${JSON.stringify(url)})
  ${then}
  console.log(Number(process.hrtime.bigint() - start) / 1e6)`

/** Reads an option of a socket that has been there before. */
const calling = `
  import { createServer } from 'node:net'
  const server = createServer().listen(0)
  ${timed(library, "getsockopt(server, 'SO_RCVBUF')")}
  server.close()`

function milliseconds(program) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return Number(stdout)
}

export function run({ isQuick }) {
  const file = join(mkdtempSync(join(tmpdir(), 'import-')), 'empty.mjs')
  writeFileSync(file, '')
  const programs = [timed(pathToFileURL(file).href), timed(library), calling]
  const times = programs.map(() => [])
  for (const program of programs) milliseconds(program)
  for (let round = 0; round < (isQuick ? 7 : 31); round++) {
    for (let turn = 0; turn < programs.length; turn++) {
      const which = (round + turn) % programs.length
      times[which].push(milliseconds(programs[which]))
    }
  }
  const [empty, ...others] = times
  const over = others.map(some => summarize(some.map((time, round) => time - empty[round])))
  return {
    facts: [
      { what: 'import of an empty module', unit: 'ms', ...summarize(empty) },
      { what: imported, unit: 'ms', ...over[0] },
      { what: called, unit: 'ms', ...over[1] },
    ],
  }
}
