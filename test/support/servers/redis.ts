/** WHAT runs Redis for a test? Debian's, which writes nothing down. Each start is undefined where it cannot be started. */
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, type Program, type Server, startProgram } from './program.js'

export const noRedis = 'there is no Redis for Linux here: apt-get install redis-server'

async function start(words: Program['words'], ready = /Ready to accept connections/): Promise<Server | undefined> {
  const file = findProgram('redis-server')
  return file === undefined ? undefined : startProgram({ file, words, ready, end: 'SIGKILL' })
}

const split = (words: string): string[] => words.split(' ')

/** TLS is on a port of its own. */
export const startRedis = () =>
  start((_folder, port, tlsPort) => [
    ...split(`--bind 127.0.0.1 --port ${port} --tls-port ${tlsPort}`),
    ...split('--tls-cert-file certificate.pem --tls-key-file key.pem --tls-auth-clients no'),
    ...['--save', ''],
  ])

/** A node of a cluster, which is to have no other, by the name `localhost`. */
export const startClusterNode = () =>
  start((_folder, port, busPort) => [
    ...split(`--bind 127.0.0.1 --port ${port} --cluster-enabled yes --cluster-port ${busPort}`),
    ...split('--cluster-announce-hostname localhost --cluster-preferred-endpoint-type hostname'),
    ...['--save', ''],
  ])

/** A sentinel that watches the server of that port, by the name `main`. */
export const startSentinel = (watched: number) =>
  start((folder, port) => {
    // It writes down there what it comes to know.
    const configuration = join(folder, 'sentinel.conf')
    writeFileSync(configuration, `bind 127.0.0.1\nport ${port}\nsentinel monitor main 127.0.0.1 ${watched} 1\n`)
    chmodSync(configuration, 0o666)
    return [configuration, '--sentinel']
  }, /monitor master main/)
