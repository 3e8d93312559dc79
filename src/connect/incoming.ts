/** WHEN does what listens, is accepted or receives datagrams, and somebody else makes, come to its options? */
import type { Socket as DatagramSocket } from 'node:dgram'
import type { Server, Socket } from 'node:net'
import type { Prepared, Refused } from '../access/prepared.js'
import { handleOf } from '../socket/internals.js'
import type { Shape } from '../socket/kind.js'
import { type Opener, openerOf, watchServerHandle } from './internals.js'
import { type Moment, setEach } from './outcome.js'
import { addRanked, type Ranked } from './rank.js'
import { callQuietly, descriptorOf, isWanted, type Outcome, type Subject, type Task, tell, type Where } from './task.js'

/** What is wanted of each, by all who want something of all. */
const wanted = new WeakMap<object, Ranked<Prepared>>()

/** Sets the options on an open socket, and again what stands against them. `owner` is the socket, or of what may be opened again the handle. */
function setOn(owner: object, { prepared, rank }: Task, descriptor: number, opener?: Shape & Opener): Refused {
  const all = wanted.get(owner) ?? []
  wanted.set(owner, all)
  addRanked(all, prepared, rank)
  const refused = setEach(prepared, descriptor, opener)
  for (const other of all) if (other.rank > rank) setEach(other.each, descriptor, opener)
  return refused
}

/** A server that was told to listen. Its handle is bound when the server gets it, and listens after that; a worker of a cluster gets one without a descriptor. */
export function treatServer(task: Task, server: Server, via: string, told: Where): void {
  task.listening.get(server)?.(false)
  const subject: Subject = { socket: server, via, role: 'server' }
  if (!isWanted(task, subject, told)) return
  let outcome: Outcome | undefined
  const set = (moment: Moment) => {
    const descriptor = task.isOver ? undefined : descriptorOf(server)
    const handle = handleOf(server)
    if (descriptor !== undefined && handle !== undefined) outcome = { moment, refused: setOn(handle, task, descriptor) }
  }
  const unwatch = watchServerHandle(server, () => void callQuietly('what sets options', () => set('before listen')))
  task.listening.set(server, isListening => {
    task.listening.delete(server)
    unwatch()
    if (!isListening) return
    // Its handle came by another way.
    if (outcome === undefined) set('listening')
    tell(task, subject, outcome)
  })
}

/** A socket that a server has accepted. Its listeners for 'connection' have had it by then. */
export function treatAccepted(task: Task, socket: Socket, via: string): void {
  const subject: Subject = { socket, via, role: 'accepted' }
  const descriptor = descriptorOf(socket)
  const where = { host: socket.localAddress, address: socket.remoteAddress, port: socket.localPort }
  if (descriptor === undefined || !isWanted(task, subject, where)) return
  const opener = openerOf(handleOf(socket) ?? {})
  tell(task, subject, { moment: 'accepted', refused: setOn(socket, task, descriptor, opener) })
}

/** A socket of datagrams has no descriptor until it is bound; it is by the time that the first datagram leaves. */
export function treatDatagrams(task: Task, socket: DatagramSocket, via: string): void {
  const subject: Subject = { socket, via, role: 'datagram' }
  const set = () => {
    const descriptor = descriptorOf(socket)
    if (descriptor === undefined) return
    const { address, port } = socket.address()
    if (isWanted(task, subject, { host: address, port })) tell(task, subject, { moment: 'bound', refused: setOn(socket, task, descriptor) })
  }
  socket.once('listening', () => void callQuietly('what sets options', set))
}
