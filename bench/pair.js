/** Which socket is measured? The client of a TCP connection over loopback that is open and idle. */
import { once } from 'node:events'
import net from 'node:net'

export async function connectedPair() {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const accepted = once(server, 'connection')
  const client = net.connect(server.address().port, '127.0.0.1')
  await once(client, 'connect')
  const [peer] = await accepted
  const close = () => {
    client.destroy()
    peer.destroy()
    server.close()
  }
  return { client, server, descriptor: client._handle.fd, close }
}
