/** WHAT is said where no descriptor is left? What Node says. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { needs } from '../support/needs.js'

test('without a descriptor left, listen and bind say so as Node does', context => {
  needs(context, process.platform !== 'win32', 'the limit of descriptors is that of Unix')
  const program = fileURLToPath(new URL('./no-descriptor-left.mjs', import.meta.url))
  const { stdout, stderr } = spawnSync('sh', ['-c', 'ulimit -n 256; exec "$0" "$1"', process.execPath, program], {
    encoding: 'utf8',
    timeout: 20_000,
  })
  expect(stderr).toBe('')
  const { ours, node } = JSON.parse(stdout)
  expect(ours).toEqual(node)
  expect(ours).toContain('listen EMFILE: too many open files /nowhere/s')
})
