/** Is it faster than what else there is? The packages that read socket options today, side by side. None of them is a dependency: they are fetched to a temporary folder. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getsockopt } from '../dist/index.js'
import { compare } from './measure.js'
import { probe } from './native.js'
import { connectedPair } from './pair.js'

const [SOL_SOCKET, SO_RCVBUF, IPPROTO_TCP, TCP_USER_TIMEOUT] = [1, 8, 6, 18]

/** One peer alone in the folder, so that one that does not install takes no other with it. Returns why it is not there, or undefined. */
function install(folder, name) {
  const { status, stderr, error } = spawnSync(
    'npm',
    ['install', '--prefix', join(folder, name), '--no-audit', '--no-fund', '--loglevel=error', name],
    {
      encoding: 'utf8',
      timeout: 180_000,
    },
  )
  if (status === 0) return undefined
  return `npm install ${name}: ${error?.message ?? stderr.trim().split('\n').slice(0, 3).join('; ')}`
}

/** How each peer reads an int option of a live socket: the fastest way that its documentation shows. */
const peers = {
  sockopt(require, { client }) {
    const sockopt = require('sockopt')
    return calls => {
      let sum = 0
      for (let call = 0; call < calls; call++) sum += sockopt.getsockopt(client, SOL_SOCKET, SO_RCVBUF)
      return sum
    }
  },
  koffi(require, { client }) {
    const koffi = require('koffi')
    const native = koffi.load('libc.so.6').func('int getsockopt(int fd, int level, int name, _Out_ void *value, _Inout_ uint32_t *length)')
    const value = Buffer.alloc(4)
    const length = Uint32Array.of(4)
    return calls => {
      let sum = 0
      for (let call = 0; call < calls; call++) {
        length[0] = 4
        if (native(client._handle.fd, SOL_SOCKET, SO_RCVBUF, value, length) !== 0) throw new Error(`errno ${koffi.errno()}`)
        sum += value.readInt32LE(0)
      }
      return sum
    }
  },
  'net-keepalive'(require, { client }) {
    const { getUserTimeout } = require('net-keepalive')
    return calls => {
      let sum = 0
      for (let call = 0; call < calls; call++) sum += getUserTimeout(client)
      return sum
    }
  },
}

/** A peer that installs and does not run here is left out too, with what it said. */
function prepare(name, folder, pair) {
  const refusal = install(folder, name)
  if (refusal !== undefined) return { name, skipped: refusal }
  try {
    const require = createRequire(join(folder, name, 'index.js'))
    const { version } = require(join(folder, name, 'node_modules', name, 'package.json'))
    const run = peers[name](require, pair)
    run(1)
    return { name: `${name} ${version}`, run }
  } catch (error) {
    return { name, skipped: `${name} is installed and does not run: ${error.message.split('\n')[0]}` }
  }
}

const ours = (client, option) => ({
  name: `getsockopt(socket, '${option}')`,
  run(calls) {
    let sum = 0
    for (let call = 0; call < calls; call++) sum += getsockopt(client, option)
    return sum
  },
})

function seriesOf(title, contenders, { client, descriptor }, [option, level, number]) {
  const mine = ours(client, option)
  const c = { name: 'C loop', loop: calls => probe.loopGet(descriptor, level, number, 4, calls) }
  const times = compare([c, mine, ...contenders], { calls: 1000, rounds: 41 })
  const targets = contenders.map(({ name }) => ({ of: mine.name, over: name, limit: 1 }))
  return { title, base: 'C loop', contenders: times, targets }
}

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'getsockopt-peers-'))
  const pair = await connectedPair()
  try {
    const prepared = Object.keys(peers).map(name => prepare(name, folder, pair))
    const present = prepared.filter(({ run }) => run !== undefined)
    const skipped = prepared.flatMap(({ skipped }) => skipped ?? [])
    const isTimeout = ({ name }) => name.startsWith('net-keepalive')
    const series = []
    const buffers = present.filter(peer => !isTimeout(peer))
    const timeouts = present.filter(isTimeout)
    if (buffers.length > 0) series.push(seriesOf('SO_RCVBUF, by other packages', buffers, pair, ['SO_RCVBUF', SOL_SOCKET, SO_RCVBUF]))
    if (timeouts.length > 0) {
      series.push(seriesOf('TCP_USER_TIMEOUT, by other packages', timeouts, pair, ['TCP_USER_TIMEOUT', IPPROTO_TCP, TCP_USER_TIMEOUT]))
    }
    return { series, skipped }
  } finally {
    pair.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
