/**
 * DOES the library give the answers of C? A C program inherits this program's descriptors and asks the same sockets with getsockopt(2); the bytes that
 * the raw form reads must be the same, and so must what they mean. The first argument is the C program, the outcome is JSON on the last line of stdout.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import dgram from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as library from 'getsockopt'

const { getsockopt, setsockopt } = library

/** Other values than the kernel's own, so that an option that is mistaken for another shows. */
const settings = {
  tcp: {
    SO_KEEPALIVE: true,
    SO_RCVBUF: 8192,
    SO_SNDBUF: 16384,
    SO_RCVLOWAT: 3,
    SO_PRIORITY: 5,
    SO_LINGER: { onoff: true, linger: 3 },
    SO_RCVTIMEO: 1500,
    SO_SNDTIMEO: 25_200,
    SO_MAX_PACING_RATE: 123_456_789,
    IP_TOS: 0x10,
    IP_TTL: 77,
    TCP_NODELAY: true,
    TCP_KEEPIDLE: 777,
    TCP_KEEPINTVL: 33,
    TCP_KEEPCNT: 4,
    TCP_SYNCNT: 5,
    TCP_USER_TIMEOUT: 77_777,
    TCP_NOTSENT_LOWAT: 12_345,
    TCP_CONGESTION: 'reno',
  },
  listener: { TCP_DEFER_ACCEPT: 3 },
  udp: { SO_BROADCAST: true, IP_MULTICAST_TTL: 9, IP_MULTICAST_IF: '127.0.0.1' },
  unix: { SO_PASSCRED: true },
}

/** Bytes of TCP_INFO that move while nothing happens: the milliseconds since the last data and the last acknowledgement. */
const MOVING = { TCP_INFO: [44, 60] }

/** A connection with nothing under way: what was sent in both directions is acknowledged, so that its state stands still. */
async function connect(server, where) {
  const arrival = once(server, 'connection')
  const client = net.connect(where)
  await once(client, 'connect')
  const [accepted] = await arrival
  for (const [from, to] of [
    [client, accepted],
    [accepted, client],
  ]) {
    from.write('x'.repeat(1000))
    await once(to, 'readable')
    to.read()
  }
  return { client, accepted }
}

async function untilIdle(...sockets) {
  const deadline = Date.now() + 10_000
  while (sockets.some(socket => getsockopt(socket, 'TCP_INFO').unacked > 0)) {
    if (Date.now() > deadline) throw new Error('the connection does not come to rest')
    await new Promise(resolve => setImmediate(resolve))
  }
}

async function openSockets(folder) {
  const listener = net.createServer().listen(0, '127.0.0.1')
  const unixServer = net.createServer().listen(join(folder, 's'))
  const udp = dgram.createSocket('udp4').bind(0, '127.0.0.1')
  await Promise.all([listener, unixServer, udp].map(each => once(each, 'listening')))
  const tcp = await connect(listener, { port: listener.address().port, host: '127.0.0.1' })
  const unix = await connect(unixServer, { path: join(folder, 's') })
  await untilIdle(tcp.client, tcp.accepted)
  const close = () => {
    setsockopt(tcp.client, 'SO_LINGER', { onoff: false, linger: 0 })
    for (const each of [tcp.client, tcp.accepted, unix.client, unix.accepted]) each.destroy()
    for (const each of [listener, unixServer, udp]) each.close()
  }
  return { sockets: { tcp: tcp.client, listener, udp, unix: unix.client }, close }
}

/** `_handle` of a dgram.Socket is deprecated, and a warning would count as output. */
function descriptorOf(socket) {
  const state = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'state symbol')
  return (state === undefined ? socket._handle : socket[state].handle).fd
}

const camelCase = name => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())

/** TCP_INFO as C has it, with the names that the library has for fields and states. */
const states = { 1: 'ESTABLISHED', 10: 'LISTEN' }
function fieldsOf(info) {
  const fields = Object.fromEntries(Object.entries(info).map(([name, value]) => [camelCase(name), value]))
  return { ...fields, state: states[fields.state] }
}

/** A value as C can print it, and of a struct the fields that C printed. */
function plain(value, expected) {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object') return value
  return Object.fromEntries(Object.keys(expected).map(name => [name, typeof value[name] === 'boolean' ? Number(value[name]) : value[name]]))
}

function compare(target, { name, level, number, size, bytes, value }) {
  const here = getsockopt(target, level, number, size)
  const there = Buffer.from(bytes, 'hex')
  assert.equal(here.length, there.length, 'lengths')
  for (const both of MOVING[name] === undefined ? [] : [here, there]) both.fill(0, ...MOVING[name])
  assert.equal(here.toString('hex'), there.toString('hex'), 'bytes')
  if (value === null) return
  const expected = name === 'TCP_INFO' ? fieldsOf(value) : value
  assert.deepEqual(plain(getsockopt(target, name), expected), expected)
}

/** Both are refused, for the same reason. */
function compareRefusals(target, { name, level, number, size, errno }) {
  for (const call of [() => getsockopt(target, level, number, size), () => getsockopt(target, name)]) {
    assert.throws(call, error => error.errno === -errno)
  }
}

/** What lies beyond the end of the TCP_INFO that this kernel sends. */
function missingFields(target) {
  const { level, number, size } = asked.find(({ name }) => name === 'TCP_INFO')
  const { length } = getsockopt(target, level, number, size)
  const fields = Object.entries(library.options.TCP_INFO.codec.layout.fields)
  const [first, ...more] = fields.filter(([, [offset, field]]) => offset + field.size > length).map(([name]) => name)
  return first === undefined ? [] : [`TCP_INFO.${first} and the ${more.length} fields after it (${length} bytes)`]
}

const outcome = { runtime: 'Node', version: process.versions.node, passed: 0, hidden: [], absent: [], failed: [] }
const folder = mkdtempSync(join(tmpdir(), 'answers-'))
const { sockets, close } = await openSockets(folder)
for (const [kind, options] of Object.entries(settings)) {
  for (const [name, value] of Object.entries(options)) setsockopt(sockets[kind], name, value)
}
const descriptors = ['tcp', 'listener', 'udp', 'unix'].map(kind => descriptorOf(sockets[kind]))
const program = spawnSync(process.argv[2], { stdio: ['ignore', 'pipe', 'inherit', ...descriptors], encoding: 'utf8' })
if (program.status !== 0) throw new Error(`${process.argv[2]}: ${program.error?.message ?? program.signal ?? program.status}`)
const asked = program.stdout
  .trim()
  .split('\n')
  .map(line => JSON.parse(line))
for (const answer of asked) {
  try {
    if (answer.errno === undefined) compare(sockets[answer.socket], answer)
    else compareRefusals(sockets[answer.socket], answer)
    outcome.passed++
  } catch (error) {
    outcome.failed.push(`${answer.name} of ${answer.socket} is not as in C: ${error.message.replace(/\s+/g, ' ')}`)
  }
}
outcome.absent = missingFields(sockets.tcp)
close()
rmSync(folder, { recursive: true })
console.log(JSON.stringify(outcome))
process.exitCode = outcome.failed.length === 0 ? 0 : 1
