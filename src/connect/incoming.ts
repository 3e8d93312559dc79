/** WHEN does what listens, is accepted or receives datagrams, and somebody else makes, come to its options? */
import type { Socket as DatagramSocket } from 'node:dgram'
import type { Server, Socket } from 'node:net'
import { keepOpened } from './held.js'
import { watchHandles } from './internals.js'
import type { Moment } from './outcome.js'
import { callQuietly, descriptorOf, isWanted, type Outcome, type Subject, setNow, type Task, tell, type Where } from './task.js'

/** A server that was told to listen. Its handle is bound when the server gets it, and listens after that; a worker of a cluster gets one without a descriptor. */
export function treatServer(task: Task, server: Server, via: string, told: Where): void {
  task.listening.get(server)?.(false)
  const subject: Subject = { socket: server, via, role: 'server' }
  if (!isWanted(task, subject, told)) return
  let outcome: Outcome | undefined
  const set = (moment: Moment) => {
    const descriptor = task.isOver ? undefined : descriptorOf(server)
    if (descriptor === undefined) return
    outcome = setNow(task, server, descriptor, moment)
  }
  const unwatch = watchHandles(server, () => set('before listen'))
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
  const outcome = setNow(task, socket, descriptor, 'accepted')
  keepOpened(socket)
  tell(task, subject, outcome)
}

/** A socket of datagrams has no descriptor until it is bound; it is by the time that the first datagram leaves. */
export function treatDatagrams(task: Task, socket: DatagramSocket, via: string): void {
  const subject: Subject = { socket, via, role: 'datagram' }
  const set = () => {
    const descriptor = descriptorOf(socket)
    if (descriptor === undefined) return
    const { address, port } = socket.address()
    if (!isWanted(task, subject, { host: address, port })) return
    tell(task, subject, setNow(task, socket, descriptor, 'bound'))
  }
  socket.once('listening', () => void callQuietly('what sets options', set))
}
