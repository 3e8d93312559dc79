#!/usr/bin/env node
/**
 * HOW does a binary get into prebuilds/? prebuildify, in a copy of the sources: build/ of this tree stays as it is.
 * --into FOLDER instead of prebuilds/, --arch ARCH instead of this machine's (with CXX, and PREBUILD_STRIP_BIN, for it).
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: { into: { type: 'string', default: join(root, 'prebuilds') }, arch: { type: 'string', default: process.arch } },
})

/** Only Linux has two C libraries, and only arm has versions that one binary cannot serve. */
const tags = [...(process.platform === 'linux' ? ['--tag-libc'] : []), ...(values.arch === 'arm' ? ['--tag-armv'] : [])]

/** Node's headers lie beside it, except on Windows; without, node-gyp downloads them. */
const beside = dirname(dirname(process.execPath))
const headers = existsSync(join(beside, 'include/node/node_api.h')) ? { npm_config_nodedir: beside } : {}

const copy = mkdtempSync(join(tmpdir(), 'prebuild-'))
try {
  for (const name of ['package.json', 'binding.gyp', 'native']) cpSync(join(root, name), join(copy, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  const prebuildify = join(root, 'node_modules/prebuildify/bin.js')
  const { status, error, stdout, stderr } = spawnSync(
    process.execPath,
    [prebuildify, '--napi', '--strip', ...tags, '--arch', values.arch],
    { cwd: copy, env: { ...headers, ...process.env }, encoding: 'utf8', maxBuffer: 2 ** 26 },
  )
  if (status !== 0) throw new Error(`prebuildify failed (${error?.message ?? status})\n${stdout}${stderr}`)
  for (const name of readdirSync(join(copy, 'prebuilds'), { recursive: true })) {
    if (name.endsWith('.node')) console.log(join(values.into, name))
  }
  cpSync(join(copy, 'prebuilds'), resolve(values.into), { recursive: true })
} finally {
  rmSync(copy, { recursive: true, force: true })
}
