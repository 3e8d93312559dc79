/** WHAT runs PostgreSQL for a test? Debian's, in an empty cluster, where everyone on 127.0.0.1 is let in. TLS is on the same port. */
import { readdirSync } from 'node:fs'
import { findProgram, type Server, startProgram } from './program.js'

export const noPostgresql = 'there is no PostgreSQL for Linux here: apt-get install postgresql'

/** Debian keeps its programs out of `PATH`, by version. */
function findInVersions(name: string): string | undefined {
  const root = '/usr/lib/postgresql'
  try {
    return findProgram(
      name,
      readdirSync(root).map(version => `${root}/${version}/bin`),
    )
  } catch {
    return findProgram(name)
  }
}

/** A user `postgres` and a database of that name. Undefined where it cannot be started. */
export async function startPostgresql(): Promise<Server | undefined> {
  const [initdb, file] = [findInVersions('initdb'), findInVersions('postgres')]
  if (initdb === undefined || file === undefined) return undefined
  return startProgram({
    file,
    before: [initdb, '-D', 'data', '-U', 'postgres', '--auth=trust', '--no-sync', '--no-locale', '--encoding=UTF8', '--no-instructions'],
    words: (folder, port) => {
      const settings = {
        listen_addresses: '127.0.0.1',
        port,
        unix_socket_directories: '',
        fsync: 'off',
        ssl: 'on',
        ssl_cert_file: `${folder}/certificate.pem`,
        ssl_key_file: `${folder}/key.pem`,
      }
      return ['-D', 'data', ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
    },
    ready: /ready to accept connections/,
    // Its immediate shutdown: killed, it would leave its shared memory to the system.
    end: 'SIGQUIT',
  })
}
