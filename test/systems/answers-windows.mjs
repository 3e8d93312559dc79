/**
 * DOES the library give the answers of C++ on Windows? answers-windows.exe opens sockets of its own and reads their options; here the same is set on sockets of
 * Node, and read through the library: the bytes must be the same, or the error. The outcome is JSON on the last line of stdout.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
import { getsockopt, setsockopt } from 'getsockopt'

/** What answers-windows.cc sets. */
const settings = {
  tcp: {
    SO_KEEPALIVE: true,
    SO_OOBINLINE: true,
    SO_RCVBUF: 65_536,
    SO_SNDBUF: 16_384,
    SO_LINGER: { onoff: true, linger: 3 },
    SO_RCVTIMEO: 1500,
    SO_SNDTIMEO: 25_200,
    TCP_NODELAY: true,
    IP_TTL: 77,
  },
  udp: { SO_BROADCAST: true, SO_RCVBUF: 32_768, IP_MULTICAST_TTL: 9 },
  listener: {},
}

async function openSockets() {
  const listener = net.createServer().listen(0, '127.0.0.1')
  const udp = dgram.createSocket('udp4').bind(0, '127.0.0.1')
  await Promise.all([listener, udp].map(each => once(each, 'listening')))
  const arrival = once(listener, 'connection')
  const tcp = net.connect(listener.address().port, '127.0.0.1')
  const [[accepted]] = await Promise.all([arrival, once(tcp, 'connect')])
  const close = () => {
    setsockopt(tcp, 'SO_LINGER', { onoff: false, linger: 0 })
    for (const each of [tcp, accepted]) each.destroy()
    for (const each of [listener, udp]) each.close()
  }
  return { sockets: { tcp, listener, udp }, close }
}

function answersOf(program) {
  const { status, signal, error, stdout, stderr } = spawnSync(program, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program}: ${error?.message ?? signal ?? status}: ${stderr}`)
  return stdout
    .trim()
    .split(/\r?\n/)
    .map(line => {
      const [socket, name, level, number, capacity, error, bytes] = line.split(' ')
      return { socket, name, level: Number(level), number: Number(number), capacity: Number(capacity), error: Number(error), bytes }
    })
}

const bytesOf = (target, { level, number, capacity, name }) => {
  const version1 = { input: new Uint8Array(Uint32Array.of(1).buffer) }
  return getsockopt(target, level, number, capacity, name === 'SIO_TCP_INFO' ? version1 : undefined)
}

/** An int, a switch and a time as C++ has them: a number in 1 or 4 bytes. */
function expectSameValue(value, there) {
  const plain = value === null ? 0 : typeof value === 'boolean' ? Number(value) : value
  if (typeof plain === 'number') assert.equal(plain, there.length === 1 ? there[0] : there.readInt32LE(), 'value')
}

function compare(target, answer) {
  if (answer.error !== 0) {
    for (const call of [() => bytesOf(target, answer), () => getsockopt(target, answer.name)]) {
      assert.throws(call, error => error.errno === -answer.error, `not refused with ${answer.error}`)
    }
    return
  }
  const there = Buffer.from(answer.bytes, 'hex')
  assert.equal(bytesOf(target, answer).toString('hex'), there.toString('hex'), 'bytes')
  expectSameValue(getsockopt(target, answer.name), there)
}

const outcome = { runtime: 'Node', version: process.versions.node, passed: 0, hidden: [], absent: [], failed: [] }
const { sockets, close } = await openSockets()
for (const [kind, options] of Object.entries(settings)) {
  for (const [name, value] of Object.entries(options)) setsockopt(sockets[kind], name, value)
}
for (const answer of answersOf('./answers-windows.exe')) {
  try {
    compare(sockets[answer.socket], answer)
    outcome.passed++
  } catch (error) {
    outcome.failed.push(`${answer.name} of ${answer.socket} is not as in C++: ${error.message.replace(/\s+/g, ' ')}`)
  }
}
close()
console.log(JSON.stringify(outcome))
process.exitCode = outcome.failed.length === 0 ? 0 : 1
