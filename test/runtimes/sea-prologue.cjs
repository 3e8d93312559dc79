// Put before a bundle that becomes a single executable: a library can only be loaded from a file, so the addon is written to one.
// The bundle is built with import.meta.url defined as `globalThis.bundleUrl`; from there the library asks for node-gyp-build, which here knows one answer.
globalThis.bundleUrl = (() => {
  const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs')
  const { tmpdir } = require('node:os')
  const { join } = require('node:path')
  const { getRawAsset } = require('node:sea')
  const folder = mkdtempSync(join(tmpdir(), 'single-'))
  process.once('exit', () => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'node_modules'))
  writeFileSync(join(folder, 'getsockopt.node'), new Uint8Array(getRawAsset('getsockopt.node')))
  writeFileSync(join(folder, 'node_modules', 'node-gyp-build.js'), `exports.resolve = () => require.resolve('../getsockopt.node')`)
  return require('node:url').pathToFileURL(join(folder, 'dist', 'index.js')).href
})()
