/** WHEN does a connection that somebody else makes come to its options? Before its first packet, if it is told of by then; else as soon as it is told of. */
import type { Socket } from 'node:net'
import { beneath, handleOf } from '../socket/internals.js'
import type { Shape } from '../socket/kind.js'
import { arrangeDefault, type Setting } from './attempt.js'
import { destinationOf, type Opening, openerOf } from './internals.js'
import { type Moment, setEach } from './outcome.js'
import { callQuietly, descriptorOf, isWanted, type Outcome, type Subject, type Task, tell, type Where } from './task.js'

/** A TLS socket and the one that it was laid over are one. */
function isFirst(seen: WeakSet<object>, socket: object): boolean {
  if (seen.has(socket)) return false
  seen.add(socket)
  const below = beneath(socket as Shape)
  return below === undefined || isFirst(seen, below)
}

const known = (where: Where): Where =>
  Object.fromEntries(Object.entries(where).filter(([, value]) => value !== undefined && value !== null))

/** A socket that binds first tells only its own address. */
function peerOf({ syscall, family, address, port }: Opening): Where {
  if (syscall === 'bind') return {}
  return family === 'unix' ? { path: address } : { address, port }
}

/** @param isNew told of before it connects; otherwise it may be connected already */
export function treatClient(task: Task, socket: Socket, via: string, told: Where, isNew: boolean): void {
  if (!isFirst(task.seen, socket)) return
  const subject: Subject = { socket, via, role: 'client' }
  let answer: boolean | undefined
  let outcome: Outcome | undefined

  const ask = (where: Where): boolean => {
    answer ??= isWanted(task, subject, { ...known(destinationOf(socket)), ...known(told), ...known(where) })
    return answer && !task.isOver
  }
  const setAtAttempt: Setting = (descriptor, opener, _, opening) => {
    if (opening !== undefined && whileWhole(socket, () => ask(peerOf(opening))))
      outcome = { moment: 'before connect', refused: setEach(task.prepared, descriptor, opener) }
    // Somebody who gives way has set his.
    else if (opening === undefined && answer) setEach(task.prepared, descriptor, opener)
  }
  const setLate = (moment: Moment) => {
    const descriptor = descriptorOf(socket)
    if (descriptor === undefined || !ask({ address: socket.remoteAddress, port: socket.remotePort })) return
    const opener = openerOf(handleOf(socket) ?? {})
    outcome = { moment, refused: setEach(task.prepared, descriptor, opener) }
    if (opener !== undefined) arrangement.setAbove(task.rank, descriptor, opener)
  }
  const finish = () => {
    // Nobody has seen it opened: this runtime opens it elsewhere.
    if (outcome === undefined) setLate('connected')
    tell(task, subject, outcome)
  }

  const arrangement = arrangeDefault(socket, (...words) => void callQuietly('what sets options', () => setAtAttempt(...words)), task.rank)
  if (isNew || socket.connecting) {
    setLate(socket.connecting ? 'connecting' : 'before connect')
    socket.once('connect', () => void callQuietly('what sets options', finish))
  } else finish()
}

/**
 * A handle that is closed while it is being connected ends the process: an assertion of libuv's (src/unix/stream.c, uv__stream_destroy), of several addresses one
 * of lib/net.js. A filter that destroys the socket is obeyed in the next tick.
 */
function whileWhole<Result>(socket: Socket, ask: () => Result): Result {
  const own = Object.getOwnPropertyDescriptor(socket, 'destroy')
  const { destroy } = socket
  socket.destroy = error => {
    process.nextTick(() => destroy.call(socket, error))
    return socket
  }
  try {
    return ask()
  } finally {
    delete (socket as Partial<Socket>).destroy
    if (own !== undefined) Object.defineProperty(socket, 'destroy', own)
  }
}
