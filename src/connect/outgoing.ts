/** WHEN does a connection that somebody else makes come to its options? Before its first packet, if it is told of by then; else as soon as it is told of. */
import type { Socket } from 'node:net'
import { beneath } from '../socket/internals.js'
import type { Shape } from '../socket/kind.js'
import { arrange } from './attempt.js'
import { keepOpened, remember } from './held.js'
import { destinationOf, type Opening } from './internals.js'
import { type Moment, setEach } from './outcome.js'
import { callQuietly, descriptorOf, isWanted, type Outcome, type Subject, setNow, type Task, tell, type Where } from './task.js'

/** A TLS socket and the one that it was laid over are one. */
export function isFirst(seen: WeakSet<object>, socket: object): boolean {
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
    answer ??= isWanted(task, subject, { ...known(destinationOf(socket as unknown as Shape)), ...known(told), ...known(where) })
    if (answer) remember(socket, task.prepared, task.rank)
    return answer && !task.isOver
  }
  const setLate = (moment: Moment) => {
    const descriptor = descriptorOf(socket)
    if (descriptor === undefined || !ask({ address: socket.remoteAddress, port: socket.remotePort })) return
    outcome = setNow(task, socket, descriptor, moment)
    keepOpened(socket)
  }
  const setAtAttempt = (descriptor: number, opening: Opening) => {
    if (whileWhole(socket, () => ask(peerOf(opening)))) outcome = { moment: 'before connect', refused: setEach(task.prepared, descriptor) }
  }
  const finish = () => {
    // Nobody has seen it opened: this runtime opens it elsewhere.
    if (outcome === undefined) setLate('connected')
    tell(task, subject, outcome)
  }

  if (!isNew && !socket.connecting) {
    finish()
    return
  }
  setLate(socket.connecting ? 'connecting' : 'before connect')
  arrange(socket, (descriptor, _, opening) => void callQuietly('what sets options', () => setAtAttempt(descriptor, opening)), task.rank)
  socket.once('connect', () => void callQuietly('what sets options', finish))
}

/** Node asserts that a socket which it is connecting is not destroyed meanwhile (lib/net.js). A filter that does is obeyed in the next tick. */
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
