/** WHERE does a lab's connection die? In the network namespace of this process, joined to another one, `far`, by a pair of virtual interfaces. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The words that run a command in new namespaces, of which nothing is left once its processes have ended. Without root, root of a user namespace. */
export const unshare = [
  'unshare',
  ...(process.geteuid() === 0 ? [] : ['--user', '--map-root-user']),
  '--net',
  '--mount',
  '--propagation',
  'private',
]

/** Why `buildNetwork` would fail here; undefined where it would not. */
export function whyNoNetwork() {
  if (process.platform !== 'linux') return 'network namespaces are those of Linux'
  const [command, ...words] = [...unshare, 'sh', '-c', 'mount -t tmpfs tmpfs /run && ip netns add far']
  const { error, stderr, status } = spawnSync(command, words, { encoding: 'utf8' })
  return status === 0 ? undefined : `no network namespace can be made here: ${error?.message ?? stderr.trim()}`
}

export const far = '10.77.0.2'
/** An address of the same network that nobody has, and that is never asked for: packets to it go to a device that is not there. */
export const nobody = '10.77.0.9'
const noDevice = '02:00:00:00:00:99'

const ip = (...words) => execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'pipe'] })

/** To be called once, in a process that `unshare` started. */
export function buildNetwork(sysctls) {
  // `ip netns` keeps its names here; in this mount namespace nobody else sees them.
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '/run'])
  ip('netns', 'add', 'far')
  ip('link', 'add', 'near', 'type', 'veth', 'peer', 'name', 'end', 'netns', 'far')
  ip('address', 'add', '10.77.0.1/24', 'dev', 'near')
  ip('link', 'set', 'lo', 'up')
  ip('link', 'set', 'near', 'up')
  ip('-n', 'far', 'address', 'add', `${far}/24`, 'dev', 'end')
  ip('-n', 'far', 'link', 'set', 'end', 'up')
  divert(nobody)
  for (const [name, value] of Object.entries(sysctls)) {
    const file = `/proc/sys/net/ipv4/${name}`
    writeFileSync(file, String(value))
    if (Number(readFileSync(file, 'utf8')) !== value) throw new Error(`${name} is not ${value}`)
  }
}

/** From now on packets to `address` are lost without a word: no ICMP, no reset, no link that goes down. */
export const divert = address => ip('neighbour', 'replace', address, 'lladdr', noDevice, 'dev', 'near', 'nud', 'permanent')

/** A server in `far` that accepts and does not read (`idle`) or reads (`reading`): its port, and how to end it. It ends by itself when this process does. */
export async function startPeer(manner) {
  const words = ['netns', 'exec', 'far', process.execPath, fileURLToPath(new URL('peer.mjs', import.meta.url)), far, manner]
  const child = spawn('ip', words, { stdio: ['pipe', 'pipe', 'inherit'] })
  for await (const line of createInterface(child.stdout)) return { port: Number(line), end: () => child.stdin.end() }
  throw new Error('the peer has ended')
}
