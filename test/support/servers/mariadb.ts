/** WHAT runs MariaDB for a test? Debian's, without tables of users: it starts in an empty folder, and lets everyone in. TLS is on the same port. */
import { findProgram, type Server, startProgram } from './program.js'

export const noMariadb = 'there is no MariaDB for Linux here: apt-get install mariadb-server-core'

/** Undefined where it cannot be started. */
export async function startMariadb(): Promise<Server | undefined> {
  const file = findProgram('mariadbd')
  if (file === undefined) return undefined
  return startProgram({
    file,
    words: (folder, port) => [
      '--no-defaults',
      '--skip-grant-tables',
      `--datadir=${folder}`,
      `--socket=${folder}/socket`,
      `--pid-file=${folder}/pid`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      `--ssl-cert=${folder}/certificate.pem`,
      `--ssl-key=${folder}/key.pem`,
      '--innodb-log-file-size=4M',
      '--innodb-flush-method=nosync',
    ],
    ready: /ready for connections/,
    end: 'SIGKILL',
  })
}
