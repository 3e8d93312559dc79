/** WHICH binary is loaded, and what is said where none loads? Packages that are folders in a temporary place. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findBinding } from '../../../src/native/binding.js'
import { copyPackage } from '../../support/package-copy.js'

const require = createRequire(import.meta.url)
const built = fileURLToPath(new URL('../../../build/Release/getsockopt.node', import.meta.url))
const command = 'npm explore getsockopt -- npx node-gyp rebuild'

/** The C library whose file node-gyp-build prefers on this machine, and the other. */
const [own, other] =
  (process.env.LIBC ?? (existsSync('/etc/alpine-release') ? 'musl' : 'glibc')) === 'musl' ? ['musl', 'glibc'] : ['glibc', 'musl']
const prebuild = (libc: string | undefined) => `prebuilds/${process.platform}-${process.arch}/getsockopt.${libc}.node`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'binding-'))
  writeFileSync(join(folder, 'package.json'), '{"name":"getsockopt"}')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A file of the package: the real binary, or one that no system loads. */
function put(name: string, content: 'binary' | 'rubbish'): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  if (content === 'binary') copyFileSync(built, path)
  else writeFileSync(path, 'rubbish')
  return path
}

/** What is thrown, and which files were asked for. */
function failure(load = require): { error: Error & { code?: string }; asked: string[] } {
  const asked: string[] = []
  try {
    findBinding(folder, id => {
      asked.push(id)
      return load(id)
    })
  } catch (error) {
    return { error: error as Error, asked }
  }
  throw new Error('a binary was found')
}

describe('findBinding()', () => {
  test('loads the prebuilt binary of this system', () => {
    put(prebuild(own), 'binary')
    put(prebuild(other), 'rubbish')
    expect(findBinding(folder, require).attach(new ArrayBuffer(64))).toBe(64)
  })

  test('prefers a build from source', () => {
    const path = put('build/Release/getsockopt.node', 'binary')
    put(prebuild(own), 'rubbish')
    const asked: string[] = []
    findBinding(folder, id => {
      asked.push(id)
      return require(id)
    })
    expect(asked).toEqual(['node-gyp-build', path])
  })

  test('loads the file of the other C library where the first does not load', () => {
    put(prebuild(own), 'rubbish')
    put(prebuild(other), 'binary')
    expect(findBinding(folder, require).attach(new ArrayBuffer(64))).toBe(64)
  })

  test('keeps the version of arm in the name of the other file', () => {
    const names = ['armv7.glibc', 'armv7.musl'].map(tags => put(`prebuilds/linux-arm/getsockopt.${tags}.node`, 'rubbish')) as [
      string,
      string,
    ]
    const locator = { resolve: () => names[0] }
    const { asked } = failure(((id: string) => (id === 'node-gyp-build' ? locator : require(id))) as NodeJS.Require)
    expect(asked).toEqual(['node-gyp-build', ...names])
  })

  test('names the command, and each file with its reason, where none loads', () => {
    const paths = [put(prebuild(own), 'rubbish'), put(prebuild(other), 'rubbish')]
    const { error } = failure()
    expect(error.code).toBe('ERR_SOCKOPT_NO_BINARY')
    const [first, ...lines] = error.message.split('\n')
    expect(first).toContain(command)
    expect(lines).toHaveLength(2)
    for (const [index, line] of lines.entries()) {
      expect(line.startsWith(`  ${paths[index]}: `)).toBe(true)
      expect(line.slice(`  ${paths[index]}: `.length)).toMatch(/^\S.{7,}/)
      expect(line.split(paths[index] as string)).toHaveLength(2)
    }
    expect(error.cause).toMatchObject({ code: 'ERR_DLOPEN_FAILED' })
  })

  test('says which binary was looked for where there is none', () => {
    const { error, asked } = failure()
    expect(error.code).toBe('ERR_SOCKOPT_NO_BINARY')
    expect(error.message.split('\n')).toEqual([
      expect.stringContaining(command),
      expect.stringMatching(new RegExp(`: No native build was found for platform=${process.platform} arch=${process.arch} .*libc=${own}`)),
    ])
    expect(asked).toEqual(['node-gyp-build'])
  })

  test('does not try the other file where addons are disabled', () => {
    put(prebuild(own), 'binary')
    put(prebuild(other), 'binary')
    const disabled = Object.assign(new Error('Cannot load native addon because loading addons is disabled.'), {
      code: 'ERR_DLOPEN_DISABLED',
    })
    const { error, asked } = failure(((id: string) => {
      if (id.endsWith('.node')) throw disabled
      return require(id)
    }) as NodeJS.Require)
    expect(error).toBe(disabled)
    expect(asked).toEqual(['node-gyp-build', join(folder, prebuild(own))])
  })
})

test('with --no-addons the error is the one of Node', () => {
  const copy = copyPackage()
  try {
    const code = `import(${JSON.stringify(new URL('native/binding.js', copy.url).href)}).then(({ loadBinding }) => loadBinding()).catch(({ code }) => console.log(code))`
    const { stdout, stderr } = spawnSync(process.execPath, ['--no-addons', '-e', code], { encoding: 'utf8' })
    expect({ stdout, stderr }).toEqual({ stdout: 'ERR_DLOPEN_DISABLED\n', stderr: '' })
  } finally {
    copy.remove()
  }
})
