import { transport } from './nodemailer.js'
import { note } from './note.mjs'

const send = async () => {
  const { accepted } = await transport.sendMail({ from: 'a@recipe.example', to: 'b@recipe.example', text: '42' })
  if (accepted.length !== 1) throw new Error(JSON.stringify(accepted))
}
await send()
/** The pool's one connection, which nodemailer shows to nobody. */
const [connection, ...others] = transport.transporter._connections
if (others.length > 0) throw new Error('another connection')
const { _socket: socket } = connection.connection
note('after a mail', socket)
await send()
note('in the pool', socket)
transport.close()
