/** Does `getsockopt timeouts` say what this machine's settings mean? */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { isLinux, needs } from '../support/needs.js'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const run = (...words: string[]) => spawnSync(process.execPath, [main, 'timeouts', ...words], { encoding: 'utf8' })
const sysctl = (name: string): number => Number(readFileSync(`/proc/sys/net/ipv4/${name}`, 'utf8'))
const here = 'the settings are those of Linux'

interface Line {
  readonly situation: string
  readonly ends: { readonly earliest: number; readonly latest: number | null; readonly code: string | null } | null
}

describe('getsockopt timeouts', () => {
  test('prints one line for each situation', context => {
    needs(context, isLinux, here)
    const { status, stdout, stderr } = run()
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^connect\(\) and no answer +[\d.]+ s to [\d.]+ s +ETIMEDOUT /m)
    expect(stdout).toMatch(/^idle, the peer is gone +never /m)
  })

  test('reckons with the settings that the machine has', context => {
    needs(context, isLinux, here)
    const { sysctls, defaults } = JSON.parse(run('--json').stdout) as { sysctls: Record<string, number>; defaults: Line[] }
    for (const name of ['tcp_retries2', 'tcp_syn_retries', 'tcp_fin_timeout', 'tcp_keepalive_time'])
      expect(sysctls[name]).toBe(sysctl(name))
    const { ends } = defaults.find(({ situation }) => situation === 'destroy() and the peer never ends') as Line
    const seconds = sysctl('tcp_fin_timeout')
    const nominal = seconds > 60 ? 2 * (seconds - 60) : seconds
    expect((ends?.earliest ?? 0) / 1000).toBeGreaterThan(nominal - 0.1)
    expect((ends?.latest ?? Infinity) / 1000).toBeLessThan(nominal * 1.2 + 1)
  })

  test('takes no operand', context => {
    needs(context, isLinux, here)
    expect(run('xyzzy')).toMatchObject({ status: 2, stdout: '' })
  })
})
