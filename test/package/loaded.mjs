// What a program loads of dist: prints the files that were parsed, and the builtin modules that the import added, as JSON. argv: `import`, `use` or an option to read.

import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { Session } from 'node:inspector'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const what = process.argv[2]
const entry = new URL('../../dist/index.js', import.meta.url)
const session = new Session()
const files = new Set()
session.connect()
session.on('Debugger.scriptParsed', ({ params: { url } }) => url.includes('/dist/') && files.add(url.replace(/.*\/dist\//, '')))
session.post('Debugger.enable')

const { getsockopt, getTimeouts, snapshot } = await import(entry.href)
if (what !== 'import') {
  const path = join(tmpdir(), `loaded-${process.pid}`)
  const sockets = []
  for (const where of [[0, '127.0.0.1'], [0, '::1'], [path]]) {
    const server = createServer().listen(...where)
    await once(server, 'listening')
    const address = server.address()
    const client = typeof address === 'string' ? connect(address) : connect(address.port, address.address)
    await once(client, 'connect')
    sockets.push(server, client)
  }
  const datagrams = createSocket('udp4').bind(0, '127.0.0.1')
  await once(datagrams, 'listening')
  if (what === 'use') {
    for (const socket of [...sockets, datagrams]) {
      getsockopt(socket, 'SO_RCVBUF')
      getTimeouts(socket)
      JSON.stringify(snapshot(socket))
    }
    getsockopt(sockets[1], 'TCP_INFO')
  } else {
    getsockopt(sockets[1], what)
  }
  for (const socket of sockets) 'destroy' in socket ? socket.destroy() : socket.close()
  datagrams.close()
  rmSync(path, { force: true })
}
session.disconnect()
console.log(JSON.stringify([...files]))
