/** WHAT runs Redis for a test? Debian's, which writes nothing down. TLS is on a port of its own. */
import { findProgram, type Server, startProgram } from './program.js'

export const noRedis = 'Redis is not installed: apt-get install redis-server'

/** Undefined where it is not installed. */
export async function startRedis(): Promise<Server | undefined> {
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
      ].flatMap(words => words.map(String)),
    ready: /Ready to accept connections/,
    end: 'SIGKILL',
  })
}
