/** WHAT does a bundler make of the built package? A bundle of what is used, that runs, and nothing of what is not. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { rolldown } from 'rolldown'
import { afterAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
mkdirSync(join(folder, 'node_modules'))
mkdirSync(join(folder, 'out'))
for (const [name, target] of [
  ['node_modules/getsockopt', root],
  ['node_modules/node-gyp-build', join(root, 'node_modules/node-gyp-build')],
  ['build', join(root, 'build')],
] as const) {
  symlinkSync(target, join(folder, name), 'junction')
}
afterAll(() => rmSync(folder, { recursive: true }))

const read = `import { createServer } from 'node:net'
const server = createServer().listen(0, '127.0.0.1', () => {
  console.log(getsockopt(server, 'SO_TYPE'))
  server.close()
})`
const programs = {
  class: `import { SocketOptionError } from 'getsockopt'\nconsole.log(SocketOptionError.name)`,
  get: `import { getsockopt } from 'getsockopt'\n${read}`,
  all: `import * as library from 'getsockopt'
globalThis.whole = library
const { getsockopt, options, codecs } = library
${read}
if (options.SCTP_STATUS.codec !== codecs.sctpStatus || !options.SO_ERROR.doc.includes('Pending') || Object.keys(options).length < 800) throw new Error('not whole')`,
}

type Name = keyof typeof programs

const bundlers = {
  esbuild: (entryPoint: string, outfile: string) =>
    build({ entryPoints: [entryPoint], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' }),
  rolldown: async (input: string, file: string) => {
    const bundle = await rolldown({ input, platform: 'node' })
    await bundle.write({ file, format: 'esm' })
    await bundle.close()
  },
}

describe.each(Object.keys(bundlers) as (keyof typeof bundlers)[])('%s', bundler => {
  async function bundle(name: Name) {
    const [from, to] = [join(folder, `${name}.mjs`), join(folder, 'out', `${name}-${bundler}.mjs`)]
    writeFileSync(from, programs[name])
    await bundlers[bundler](from, to)
    return { text: readFileSync(to, 'utf8'), run: () => execFileSync(process.execPath, [to], { encoding: 'utf8', cwd: tmpdir() }).trim() }
  }

  test('leaves out everything but the class that is used', async () => {
    const { text, run } = await bundle('class')
    console.log(`${bundler}: SocketOptionError alone is ${text.length} bytes`)
    expect(text.length).toBeLessThan(6_000)
    expect(run()).toBe('SocketOptionError')
  })

  test('leaves out features that are not used', async () => {
    const { text, run } = await bundle('get')
    console.log(`${bundler}: getsockopt alone is ${text.length} bytes`)
    expect(text).toContain('SCTP_INITMSG')
    // Words of the command line, of snapshot and of getTimeouts.
    for (const word of ['Socket timeout is set to', 'an array of option names', 'retransmitMaximum']) {
      expect(text.includes(word), word).toBe(false)
    }
    expect(run()).toBe('SOCK_STREAM')
  })

  test('makes one file of the whole library', async () => {
    const { text, run } = await bundle('all')
    for (const word of ['an array of option names', 'retransmitMaximum']) expect(text.includes(word), word).toBe(true)
    expect(existsSync(join(folder, 'out', 'chunks'))).toBe(false)
    expect(run()).toBe('SOCK_STREAM')
  })
})
