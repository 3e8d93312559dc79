/** WHO answers a WebSocket in a test? The server of `ws` in this process, which sends back what it receives. */
import { WebSocketServer } from 'ws'
import { listener } from '../sockets.js'
import type { Server } from './program.js'

export async function startWebSocket(): Promise<Server> {
  const [plain, secure] = [await listener('http'), await listener('https')]
  for (const { server } of [plain, secure]) {
    new WebSocketServer({ server }).on('connection', socket => socket.on('message', message => socket.send(message)))
  }
  return {
    port: plain.port,
    tlsPort: secure.port,
    stop: async () => {
      await plain.close()
      await secure.close()
    },
  }
}
