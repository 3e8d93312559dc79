/**
 * Does the addon survive any arena? `node native-fuzz.cjs <addon> <seed> <calls>` fills the arena at random, predicts from native/request.h what
 * may change, and compares every byte. Prints its counts as JSON; throws at the first byte or result that was not predicted.
 */
'use strict'
const dgram = require('node:dgram')
const fs = require('node:fs')
const net = require('node:net')
const native = require('./native-arena.cjs')

const { Operation, HEADER_BYTES, REQUEST_BYTES, EFAULT, SOL_SOCKET } = native
const [path, seed, calls] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]

/** mulberry32: 32 random bits from 32 bits of state. */
let state = seed >>> 0
function random() {
  state = (state + 0x6d2b79f5) >>> 0
  let t = Math.imul(state ^ (state >>> 15), state | 1)
  t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
  return (t ^ (t >>> 14)) >>> 0
}
const below = limit => random() % limit
const pick = list => list[below(list.length)]
const often = (percent, one, other) => (below(100) < percent ? one() : other())

/** Edges of 32 bits and of this arena, and anything else. */
const wild = size => {
  const edge = pick([0, -1, 1, 2147483647, -2147483648, 65536, 0x40000000, HEADER_BYTES, size, -size])
  return often(
    70,
    () => (edge + below(9) - 4) | 0,
    () => random() | 0,
  )
}

/** Only options that are harmless to set at random: no SO_LINGER, nothing with a pointer, nothing that opens a descriptor. */
const settable = [native.SO_RCVBUF, native.SO_SNDBUF, native.SO_KEEPALIVE, native.SO_REUSEADDR]
const readable = [native.SO_TYPE, native.SO_RCVBUF, native.SO_SNDBUF, native.SO_KEEPALIVE, native.SO_REUSEADDR]

/** Levels and numbers of the operations on descriptors that do no harm: sockets of a few families, descriptors of this process alone. */
function randomSubject(operation, descriptors, size) {
  if (operation === Operation.openSocket)
    return [
      pick([1, 2, 10, 16, -1]),
      often(
        80,
        () => 1 + below(3),
        () => wild(size),
      ),
    ]
  return [
    pick([process.pid, process.pid, -1, 0, 2147483647]),
    often(
      80,
      () => pick(descriptors),
      () => wild(size),
    ),
  ]
}

function randomRequest(size, first, descriptors) {
  const operation = often(
    90,
    () => below(16),
    () => wild(size),
  )
  const offset = often(
    80,
    () => first + below(Math.max(1, size - first)),
    () => wild(size),
  )
  const room = Math.max(1, size - offset + 4)
  const unit = often(
    85,
    () => pick([1, 1, 1, 8, 2]),
    () => wild(size),
  )
  const capacity = often(
    80,
    () => below(Math.min(room, 300)),
    () => wild(size),
  )
  const input = often(
    80,
    () => below(8),
    () => wild(size),
  )
  const number =
    operation === Operation.set
      ? pick(settable)
      : often(
          80,
          () => pick(readable),
          () => wild(size),
        )
  const level =
    operation === Operation.set
      ? SOL_SOCKET
      : often(
          80,
          () => SOL_SOCKET,
          () => -5 - below(1000),
        )
  const subject = opens(operation) ? randomSubject(operation, descriptors, size) : [level, number]
  return [operation, ...subject, offset, capacity, unit, input, native.NO_RESULT]
}

const isKnown = operation => operation >= 0 && operation <= 15
const writes = operation =>
  [Operation.get, Operation.exchange, Operation.localAddress, Operation.peerAddress, Operation.askSockDiag].includes(operation) ||
  (operation === Operation.handles && process.platform === 'win32')
const opens = operation => operation === Operation.openSocket || operation === Operation.takeDescriptor
/** Numbers that no descriptor has. */
const unused = [-1, 2147483647, -2147483648, 1048575]

/** The bounds of native/request.h, in numbers that cannot overflow. */
function isWithin([, , , offset, capacity, unit, input], first, size) {
  if (offset < first || capacity < 0 || unit < 1 || input < 0) return false
  const length = BigInt(capacity) * BigInt(unit)
  return length <= BigInt(size - offset) && BigInt(input) <= length
}

function fuzz(addon, buffer, rounds, descriptors, counts) {
  const size = buffer.byteLength
  const { words } = native.attach(addon, buffer)
  const actual = Buffer.from(buffer)
  const expected = Buffer.alloc(size)
  const room = (size - HEADER_BYTES) / REQUEST_BYTES
  for (let at = 0; at < size; at++) actual[at] = random() & 0xff
  for (let round = 0; round < rounds; round++) {
    const count = often(
      90,
      () => 1 + below(4),
      () =>
        often(
          30,
          () => pick([0, room, room - 1, room + 1]),
          () => wild(size),
        ),
    )
    const carriedOut = count >= 0 && count <= room ? count : 0
    const first = HEADER_BYTES + carriedOut * REQUEST_BYTES
    words[0] = count
    const requests = []
    for (let index = 0; index < Math.max(1, carriedOut); index++) {
      const request = randomRequest(size, first, descriptors)
      requests.push(request)
      words.set(request, (HEADER_BYTES + index * REQUEST_BYTES) / 4)
    }
    // What is closed must be nobody's.
    const closes = requests.some(([operation]) => operation === Operation.close)
    words[1] = often(
      closes ? 0 : 75,
      // Where sockets are opened it is the protocol: 0 is one that every family has.
      () => (requests.every(([operation]) => operation === Operation.openSocket) ? 0 : pick(descriptors)),
      () => pick(unused),
    )
    actual.copy(expected)
    addon.call()
    counts.calls++
    if (count === carriedOut) expected.fill(0, 0, 4)
    for (let index = 0; index < carriedOut; index++) {
      const request = requests[index]
      const [operation, , , offset, capacity, unit] = request
      const resultAt = HEADER_BYTES + index * REQUEST_BYTES + 28
      const result = words[resultAt / 4]
      const inBounds = isWithin(request, first, size)
      const refused = !inBounds || !isKnown(operation)
      if (refused !== (result === EFAULT))
        throw new Error(`seed ${seed} round ${round}: ${JSON.stringify({ request, count, size, result })}`)
      if (!refused && result < -20000) throw new Error(`no errno: ${result}`)
      if (opens(operation) && result >= 0) fs.closeSync(result)
      actual.copy(expected, resultAt, resultAt, resultAt + 4)
      if (inBounds && writes(operation)) actual.copy(expected, offset, offset, offset + capacity * unit)
      counts[refused ? 'refused' : result < 0 ? 'failed' : 'answered']++
    }
    if (Buffer.compare(actual, expected) !== 0) {
      const at = actual.findIndex((byte, index) => byte !== expected[index])
      throw new Error(`seed ${seed} round ${round}: byte ${at} changed, ${JSON.stringify({ requests, count, size })}`)
    }
  }
}

/** A datagram socket, a listener, a connected stream and a file. */
async function openAll() {
  const datagram = dgram.createSocket('udp4')
  await new Promise(resolve => datagram.bind(0, '127.0.0.1', resolve))
  const { server, descriptor } = native.listen()
  const client = net.connect(server.address().port)
  const accepted = new Promise(resolve => server.once('connection', resolve))
  await new Promise(resolve => client.once('connect', resolve))
  const peer = await accepted
  const file = fs.openSync(__filename)
  const close = () => {
    fs.closeSync(file)
    client.destroy()
    peer.destroy()
    server.close()
    datagram.close()
  }
  return { descriptors: [datagram._handle.fd, descriptor, client._handle.fd, file], close }
}

/** Open descriptors of this process, where the system tells. */
const countDescriptors = () => (fs.existsSync('/proc/self/fd') ? fs.readdirSync('/proc/self/fd').length : 0)

async function main() {
  const addon = native.load(path)
  const { descriptors, close } = await openAll()
  const counts = { calls: 0, answered: 0, failed: 0, refused: 0, leaked: -countDescriptors() }
  const inWebAssembly = Math.floor(calls / 10)
  fuzz(addon, new ArrayBuffer(1024), calls - inWebAssembly, descriptors, counts)
  // The memory of WebAssembly lies between pages that nobody may touch: a byte beyond either end is a crash.
  fuzz(addon, new WebAssembly.Memory({ initial: 1 }).buffer, inWebAssembly, descriptors, counts)
  counts.leaked += countDescriptors()
  close()
  console.log(JSON.stringify(counts))
}

main()
