/** WHO takes a test's mail? A real SMTP server in this process, which forgets it. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { certificate } from '../sockets.js'
import { event } from '../wait.js'
import type { Server } from './program.js'

/** On `port` it offers STARTTLS, on `tlsPort` it speaks TLS from the start. */
export async function startSmtp(): Promise<Server> {
  const [plain, secure] = [false, true].map(
    secure =>
      new SMTPServer({
        ...certificate,
        secure,
        disabledCommands: ['AUTH'],
        onData(mail, _session, done) {
          mail.resume().on('end', () => done())
        },
      }),
  ) as [SMTPServer, SMTPServer]
  const listen = async (smtp: SMTPServer): Promise<number> => {
    const listening = smtp.listen(0, '127.0.0.1')
    await event(listening, 'listening')
    return (listening.address() as AddressInfo).port
  }
  return {
    port: await listen(plain),
    tlsPort: await listen(secure),
    stop: async () => {
      for (const smtp of [plain, secure]) await new Promise<void>(resolve => smtp.close(resolve))
    },
  }
}
