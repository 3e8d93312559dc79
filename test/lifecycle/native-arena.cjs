/** How does a test speak to the addon without src/? The arena of native/request.h, word by word. */
'use strict'
const net = require('node:net')

const Operation = {
  get: 0,
  exchange: 1,
  set: 2,
  localAddress: 3,
  peerAddress: 4,
  unread: 5,
  unsent: 6,
  neverSent: 7,
  isSocket: 8,
  isNonBlocking: 9,
  handles: 10,
  openSocket: 11,
  takeDescriptor: 12,
  close: 13,
  askSockDiag: 14,
  bind: 15,
}
const HEADER_BYTES = 32
const REQUEST_BYTES = 32
const EINVAL = -22
const EFAULT = -14
/** What stands in a result before the call: no length and no errno. */
const NO_RESULT = 0x5eed

const isLinux = process.platform === 'linux'
const SOL_SOCKET = isLinux ? 1 : 0xffff
const SO_TYPE = isLinux ? 3 : 0x1008
const SO_RCVBUF = isLinux ? 8 : 0x1002
const SO_SNDBUF = isLinux ? 7 : 0x1001
const SO_KEEPALIVE = isLinux ? 9 : 0x0008
const SO_REUSEADDR = isLinux ? 2 : 0x0004

/** A new instance of the addon: it knows nothing of the arenas of others. */
function load(path) {
  const addon = { exports: {} }
  process.dlopen(addon, path)
  return addon.exports
}

/** An attached arena. `ask` writes one request and answers with its result; `open` asks for a socket. */
function attach(addon, buffer = new ArrayBuffer(1024)) {
  const attached = addon.attach(buffer)
  if (attached !== buffer.byteLength) throw new Error(`attach: ${attached}`)
  const words = new Int32Array(buffer)
  const put = (index, request) =>
    words.set(
      [
        request.operation,
        request.level ?? 0,
        request.number ?? 0,
        request.offset ?? 64,
        request.capacity ?? 0,
        1,
        request.input ?? 0,
        NO_RESULT,
      ],
      (HEADER_BYTES + index * REQUEST_BYTES) / 4,
    )
  const ask = (descriptor, request) => {
    words[0] = 1
    words[1] = descriptor
    put(0, request)
    addon.call()
    return words[15]
  }
  const open = (family, type, protocol = 0) => ask(protocol, { operation: Operation.openSocket, level: family, number: type })
  return { words, bytes: new Uint8Array(buffer), put, ask, open }
}

/** SO_TYPE of a listening TCP socket: true if the whole way to the kernel and back works. */
function works(arena, descriptor) {
  const length = arena.ask(descriptor, { operation: Operation.get, level: SOL_SOCKET, number: SO_TYPE, offset: 64, capacity: 4 })
  const SOCK_STREAM = 1
  return length === 4 && arena.words[16] === SOCK_STREAM
}

/** A listening TCP socket. Without a host, listen() has made the descriptor when it returns. */
function listen() {
  const server = net.createServer().listen(0)
  return { server, descriptor: server._handle.fd }
}

module.exports = {
  Operation,
  HEADER_BYTES,
  REQUEST_BYTES,
  EINVAL,
  EFAULT,
  NO_RESULT,
  SOL_SOCKET,
  SO_TYPE,
  SO_RCVBUF,
  SO_SNDBUF,
  SO_KEEPALIVE,
  SO_REUSEADDR,
  load,
  attach,
  works,
  listen,
}
