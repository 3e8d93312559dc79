/** DO sockets that nobody called still work? A connection over TCP, one over a unix socket and a pair of datagram sockets, never among the targets. */
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const DEADLINE = 10_000

async function echoing(where) {
  const server = net.createServer(socket => socket.pipe(socket)).listen(...where)
  await once(server, 'listening')
  const address = server.address()
  const client = typeof address === 'string' ? net.connect(address) : net.connect(address.port, '127.0.0.1')
  await once(client, 'connect')
  const ask = async byte => {
    const answered = once(client, 'data', { signal: AbortSignal.timeout(DEADLINE) })
    client.write(byte)
    return (await answered)[0]
  }
  const close = async () => {
    client.destroy()
    server.close()
    await once(server, 'close')
  }
  return { ask, close }
}

async function datagrams() {
  const [asking, answering] = [dgram.createSocket('udp4').bind(0, '127.0.0.1'), dgram.createSocket('udp4').bind(0, '127.0.0.1')]
  await Promise.all([asking, answering].map(socket => once(socket, 'listening')))
  answering.on('message', (bytes, { port, address }) => answering.send(bytes, port, address))
  const ask = async byte => {
    const answered = once(asking, 'message', { signal: AbortSignal.timeout(DEADLINE) })
    asking.send(byte, answering.address().port, '127.0.0.1')
    return (await answered)[0]
  }
  const close = () =>
    Promise.all(
      [asking, answering].map(socket => {
        const closed = once(socket, 'close')
        socket.close()
        return closed
      }),
    )
  return { ask, close }
}

/** `check()` sends a byte through each, and rejects with its name where that byte does not come back. */
export async function openBystanders() {
  const all = {
    tcp: await echoing([0, '127.0.0.1']),
    unix: await echoing([join(tmpdir(), `bystander-${process.pid}`)]),
    udp: await datagrams(),
  }
  let byte = 0
  async function check() {
    byte = (byte + 1) % 256
    for (const [name, { ask }] of Object.entries(all)) {
      const answer = await ask(Buffer.of(byte)).catch(cause => {
        throw new Error(`a ${name} socket that nobody called does not answer`, { cause })
      })
      if (answer.length !== 1 || answer[0] !== byte)
        throw new Error(`a ${name} socket that nobody called answers ${answer.toString('hex')}`)
    }
  }
  return { check, close: () => Promise.all(Object.values(all).map(({ close }) => close())) }
}
