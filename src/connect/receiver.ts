/** WHAT happens when Node binds a socket of datagrams? It calls `bind` of its handle, once the handle's `lookup` has found the address. */
import type { Socket } from 'node:dgram'
import { datagramState, isDatagramLike } from '../socket/internals.js'
import { isObject } from '../socket/kind.js'
import type { Receiver } from './internals.js'

export const isDatagramSocket = (value: unknown): value is Socket =>
  isObject(value) && isDatagramLike(value) && datagramState(value) !== undefined

/** 0, or libuv's number of an error. */
type Bind = (receiver: Receiver, address: string, port: number, flags: number) => number

/**
 * Has `bind` asked when `start`, which calls bind(), comes to bind the handle; not when the address was not found. What `bind` throws becomes an 'error' of
 * the socket, in the place of the one that Node makes.
 */
export function insteadOfBind(socket: Socket, receiver: Receiver, bind: Bind, start: () => void): void {
  const own = {
    bind: Object.getOwnPropertyDescriptor(receiver, 'bind'),
    lookup: Object.getOwnPropertyDescriptor(receiver, 'lookup'),
  }
  const disarm = () => {
    for (const name of ['bind', 'lookup'] as const) {
      delete (receiver as Partial<Receiver>)[name]
      const before = own[name]
      if (before !== undefined) Object.defineProperty(receiver, name, before)
    }
  }
  const { lookup } = receiver
  receiver.lookup = (address, done) =>
    lookup.call(receiver, address, (error, found) => {
      if (error) disarm()
      done(error, found)
    })
  receiver.bind = (address, port, flags) => {
    disarm()
    try {
      return bind(receiver, address, port, flags)
    } catch (refusal) {
      return refuse(socket, refusal)
    }
  }
  try {
    start()
  } catch (error) {
    disarm()
    throw error
  }
}

/** Node makes an error of its own from the number that it is given, and emits it before anything else. */
function refuse(socket: Socket, refusal: unknown): number {
  const own = Object.getOwnPropertyDescriptor(socket, 'emit')
  socket.emit = (..._words: unknown[]) => {
    delete (socket as Partial<Socket>).emit
    if (own !== undefined) Object.defineProperty(socket, 'emit', own)
    return socket.emit('error', refusal as Error)
  }
  return -1
}
