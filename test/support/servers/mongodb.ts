/**
 * WHAT answers a MongoDB driver in a test? Not MongoDB, which Debian does not have: this greets as a server of its own does, says ok to whatever else it is
 * told, and stores nothing. Its messages are OP_MSG, and OP_REPLY for the OP_QUERY that a driver greets with.
 */
import type { Socket } from 'node:net'
import { BSON } from 'mongodb'
import { type Listener, listener } from '../sockets.js'

const [OP_REPLY, OP_QUERY, OP_MSG] = [1, 2004, 2013]

/** What `hello` says of a server that is no member of a set, at the wire version of MongoDB 8.0. */
const greeting = {
  ismaster: true,
  isWritablePrimary: true,
  helloOk: true,
  maxBsonObjectSize: 2 ** 24,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  minWireVersion: 0,
  maxWireVersion: 25,
  logicalSessionTimeoutMinutes: 30,
  ok: 1,
}

/** Header: length, request, response to, opcode. Then flags, of a reply a cursor and two counts as well; of a message the kind of its section. */
function makeReply(opcode: number, request: number, document: object): Buffer {
  const body = BSON.serialize(document)
  const before = Buffer.alloc(opcode === OP_QUERY ? 36 : 21)
  before.writeInt32LE(before.length + body.length, 0)
  before.writeInt32LE(request, 8)
  before.writeInt32LE(opcode === OP_QUERY ? OP_REPLY : OP_MSG, 12)
  if (opcode === OP_QUERY) before.writeInt32LE(1, 32)
  return Buffer.concat([before, body])
}

function answer(message: Buffer): Buffer {
  const [request, opcode] = [message.readInt32LE(4), message.readInt32LE(12)]
  if (opcode === OP_QUERY) return makeReply(opcode, request, greeting)
  if (opcode !== OP_MSG) throw new Error(`opcode ${opcode}`)
  // A driver sends its command as the first section, of kind 0.
  const [name] = Object.keys(BSON.deserialize(message.subarray(21, 21 + message.readInt32LE(21))))
  return makeReply(opcode, request, name === 'hello' ? greeting : { ok: 1 })
}

function answerAll(socket: Socket): void {
  let rest: Buffer = Buffer.alloc(0)
  socket.on('error', () => socket.destroy())
  socket.on('data', part => {
    rest = Buffer.concat([rest, part])
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0)
      socket.write(answer(rest.subarray(0, length)))
      rest = rest.subarray(length)
    }
  })
}

export async function answerMongodb(kind: 'tcp' | 'tls'): Promise<Listener> {
  const listening = await listener(kind)
  listening.server.on(kind === 'tls' ? 'secureConnection' : 'connection', answerAll)
  return listening
}
