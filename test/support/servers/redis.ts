/** WHAT runs Redis for a test? Debian's, which writes nothing down. TLS is on a port of its own. */
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, type Server, startProgram } from './program.js'

export const noRedis = 'there is no Redis for Linux here: apt-get install redis-server'

/** Undefined where it cannot be started. `more`: words of its command line. */
export async function startRedis(...more: string[]): Promise<Server | undefined> {
  const file = findProgram('redis-server')
  if (file === undefined) return undefined
  return startProgram({
    file,
    words: (_folder, port, tlsPort) =>
      [
        ['--bind', '127.0.0.1'],
        ['--port', port],
        ['--tls-port', tlsPort],
        ['--tls-cert-file', 'certificate.pem'],
        ['--tls-key-file', 'key.pem'],
        ['--tls-auth-clients', 'no'],
        ['--save', ''],
        more,
      ].flatMap(words => words.map(String)),
    ready: /Ready to accept connections/,
    end: 'SIGKILL',
  })
}

/** A sentinel that watches the server of that port, by the name `main`. Undefined where it cannot be started. */
export async function startSentinel(watched: number): Promise<Server | undefined> {
  const file = findProgram('redis-server')
  if (file === undefined) return undefined
  return startProgram({
    file,
    words: (folder, port) => {
      // It writes down there what it comes to know.
      const configuration = join(folder, 'sentinel.conf')
      writeFileSync(configuration, `bind 127.0.0.1\nport ${port}\nsentinel monitor main 127.0.0.1 ${watched} 1\n`, { mode: 0o666 })
      chmodSync(configuration, 0o666)
      return [configuration, '--sentinel']
    },
    ready: /monitor master main/,
    end: 'SIGKILL',
  })
}
