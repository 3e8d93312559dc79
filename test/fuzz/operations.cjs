/**
 * Does the addon touch memory that is not its own, or keep memory that nobody needs? Every operation, each also with what it refuses, in the main
 * thread and in a worker: for valgrind and LeakSanitizer to watch. `node operations.cjs <addon>` prints how many answers there were.
 */
'use strict'
const dgram = require('node:dgram')
const net = require('node:net')
const { once } = require('node:events')
const { isMainThread, parentPort, Worker, workerData } = require('node:worker_threads')
const native = require('../lifecycle/native-arena.cjs')

const { Operation, SOL_SOCKET, SO_RCVBUF, SO_TYPE, EFAULT, EINVAL } = native
const EBADF = -9
const CLOSED = 1_000_000
const [AF_INET, SOCK_STREAM] = [2, 1]
const SO_LINGER = process.platform === 'linux' ? 13 : 0x80
const [SIZE, BODY] = [4096, 1024]

function expect(what, actual, isRight) {
  if (!isRight(actual)) throw new Error(`${what}: ${actual}`)
}

/** Every operation on one socket. Returns how many requests were answered with a result or an errno. */
function askAll(arena, fd) {
  let answers = 0
  const ask = (descriptor, request) => {
    answers++
    return arena.ask(descriptor, { offset: BODY, ...request })
  }
  for (const capacity of [0, 1, 3, 4, 5, 8, 300, SIZE - BODY]) {
    for (const operation of [Operation.get, Operation.exchange]) {
      const length = ask(fd, { operation, level: SOL_SOCKET, number: SO_RCVBUF, capacity })
      expect('the length of an int', length, it => it === Math.min(capacity, 4))
      ask(fd, { operation, level: SOL_SOCKET, number: SO_LINGER, capacity })
      ask(fd, { operation, level: 6, number: 11, capacity })
      ask(fd, { operation, level: 0, number: 4, capacity })
    }
    ask(fd, { operation: Operation.set, level: SOL_SOCKET, number: SO_RCVBUF, capacity })
    for (const operation of [Operation.localAddress, Operation.peerAddress]) ask(fd, { operation, capacity })
  }
  expect('SO_TYPE', ask(fd, { operation: Operation.get, level: SOL_SOCKET, number: SO_TYPE, capacity: 4 }), it => it === 4)
  for (const operation of [Operation.unread, Operation.unsent, Operation.neverSent, Operation.isSocket, Operation.isNonBlocking]) {
    ask(fd, { operation })
  }
  const ofSockets = Object.values(Operation).filter(
    operation => operation < Operation.handles || operation === Operation.close || operation === Operation.bind,
  )
  for (const operation of ofSockets) {
    expect(`operation ${operation} on a closed descriptor`, ask(CLOSED, { operation, capacity: 16 }), it => it === EBADF)
  }
  for (const operation of Object.values(Operation)) {
    expect(`operation ${operation} out of bounds`, ask(fd, { operation, offset: SIZE - 8, capacity: 9 }), it => it === EFAULT)
  }
  for (const operation of [-1, 16, 2 ** 31 - 1, -(2 ** 31)]) {
    expect(`operation ${operation}`, ask(fd, { operation, capacity: 4 }), it => it === EFAULT)
  }
  return answers + askBeyond(arena, fd)
}

/** Every operation that asks no socket: the event loop's handles, descriptors to be closed again, sock_diag. */
function askBeyond(arena, fd) {
  let answers = 0
  const ask = (descriptor, request) => {
    answers++
    return arena.ask(descriptor, { offset: BODY, ...request })
  }
  ask(CLOSED, { operation: Operation.handles, capacity: 64 })
  const opened = [
    ask(0, { operation: Operation.openSocket, level: AF_INET, number: SOCK_STREAM }),
    ask(CLOSED, { operation: Operation.openSocket, level: AF_INET, number: SOCK_STREAM }),
    ask(CLOSED, { operation: Operation.takeDescriptor, level: process.pid, number: fd }),
  ]
  for (const capacity of [0, 1, 2, 16, 128, SIZE - BODY]) ask(opened[0], { operation: Operation.bind, capacity })
  for (const one of opened) if (one >= 0) expect('close', ask(one, { operation: Operation.close }), it => it === 0)
  for (const capacity of [0, 16, SIZE - BODY]) ask(CLOSED, { operation: Operation.askSockDiag, capacity, input: capacity })
  ask(CLOSED, { operation: Operation.takeDescriptor, level: -1, number: -1 })
  return answers
}

function attachAll(addon) {
  for (const nothing of [undefined, null, 1, 'x', {}, new Uint8Array(64), new ArrayBuffer(0), new ArrayBuffer(31)]) {
    expect('attach() of no arena', addon.attach(nothing), it => it === EINVAL)
  }
  for (let times = 0; times < 100; times++) native.attach(addon, new ArrayBuffer(32 + times * 8))
}

async function exercise(path) {
  const datagram = dgram.createSocket('udp4').bind(0, '127.0.0.1')
  await once(datagram, 'listening')
  const { server, descriptor } = native.listen()
  const client = net.connect(server.address().port)
  const [[accepted]] = await Promise.all([once(server, 'connection'), once(client, 'connect')])
  let answers = 0
  for (let instances = 0; instances < 3; instances++) {
    const addon = native.load(path)
    addon.call()
    attachAll(addon)
    const arena = native.attach(addon, new ArrayBuffer(SIZE))
    arena.bytes.fill(0xa5, BODY)
    for (const fd of [datagram._handle.fd, descriptor, client._handle.fd, accepted._handle.fd]) answers += askAll(arena, fd)
    arena.words[0] = SIZE
    addon.call()
  }
  for (const socket of [client, accepted]) socket.destroy()
  server.close()
  datagram.close()
  return answers
}

async function main() {
  const path = process.argv[2]
  const worker = new Worker(__filename, { workerData: path })
  const [elsewhere] = await once(worker, 'message')
  await once(worker, 'exit')
  console.log((await exercise(path)) + elsewhere)
}

if (isMainThread) main()
else exercise(workerData).then(answers => parentPort.postMessage(answers))
