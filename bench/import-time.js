/** How much later does a program start that imports the library? */
import { spawnSync } from 'node:child_process'
import { summarize } from './measure.js'

const entry = new URL('../dist/index.js', import.meta.url).href

const programs = {
  'an empty program': '',
  'import of the library': `import ${JSON.stringify(entry)}`,
  '... and its first call': `import { getsockopt } from ${JSON.stringify(entry)}
    import { createServer } from 'node:net'
    const server = createServer().listen(0)
    getsockopt(server, 'SO_RCVBUF')
    server.close()`,
}

function milliseconds(program) {
  const start = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return Number(process.hrtime.bigint() - start) / 1e6
}

export function run({ rounds = 15 } = {}) {
  const names = Object.keys(programs)
  const times = Object.fromEntries(names.map(name => [name, []]))
  for (const name of names) milliseconds(programs[name])
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length]
      times[name].push(milliseconds(programs[name]))
    }
  }
  const [empty] = names
  const facts = names.map(name => {
    const over = name === empty ? times[name] : times[name].map((time, round) => time - times[empty][round])
    return { what: name === empty ? `${name}, as a process` : `${name}, over that`, unit: 'ms', ...summarize(over) }
  })
  return { facts }
}
