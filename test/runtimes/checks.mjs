/** WHAT must work on any runtime, given a connected pair? Each check is a fact; it throws where it is not one. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import net from 'node:net'
import { inspect } from 'node:util'
import { isWindows, listening } from './targets.mjs'

const errorOf = call => {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new assert.AssertionError({ message: `expected an error of ${call}` })
}

/** What each system has of the same kind: an int to set, a struct to read. Of the struct, the fewest bytes and the first. */
const numbers = {
  linux: {
    SOL_SOCKET: 1,
    SO_TYPE: 3,
    int: { level: 6, number: 18, name: 'TCP_USER_TIMEOUT' },
    struct: { level: 6, number: 11, size: 280, least: 104, first: 1 },
  },
  win32: {
    SOL_SOCKET: 0xffff,
    SO_TYPE: 0x1008,
    int: { level: 0xffff, number: 0x1006, name: 'SO_RCVTIMEO' },
    struct: { level: 0xffff, number: 0x2005, size: 628, least: 628, first: 0x66 },
  },
}[process.platform]
const { SOL_SOCKET, SO_TYPE } = numbers
const IPPROTO_TCP = 6

/** Whether this system, and this socket, has the option; if not, its name is in the outcome. */
const has = ({ supports }, socket, name, absent) => {
  const { numbered, accepted } = supports(name, socket)
  if (numbered && accepted) return true
  absent(name)
  return false
}

export const checks = {
  'options of every simple type are set and read back'(library, { client }, absent) {
    const { setsockopt, getsockopt } = library
    for (const [name, value] of [
      ['TCP_NODELAY', true],
      ['TCP_USER_TIMEOUT', 7777],
      ['SO_RCVTIMEO', 1500],
      ['SO_RCVTIMEO', null],
      ['TCP_KEEPIDLE', 77],
      ['TCP_CONGESTION', 'reno'],
      ['SO_LINGER', { onoff: true, linger: 3 }],
    ]) {
      if (!has(library, client, name, absent)) continue
      setsockopt(client, name, value)
      assert.deepEqual(getsockopt(client, name), value)
    }
    setsockopt(client, 'SO_LINGER', { onoff: false, linger: 0 })
    assert.equal(getsockopt(client, 'SO_LINGER').onoff, false)
  },

  'what the runtime sets, the library reads'(library, { client }, absent) {
    const { getsockopt } = library
    for (const value of [true, false]) {
      client.setNoDelay(value)
      assert.equal(getsockopt(client, 'TCP_NODELAY'), value)
      client.setKeepAlive(value, 33_000)
      assert.equal(getsockopt(client, 'SO_KEEPALIVE'), value)
      if (value && has(library, client, 'TCP_KEEPIDLE', absent)) assert.equal(getsockopt(client, 'TCP_KEEPIDLE'), 33)
    }
  },

  'applyOptions says what became of a value'({ applyOptions }, { client }) {
    // Linux doubles the size, for its own bookkeeping.
    assert.deepEqual(applyOptions(client, { SO_RCVBUF: 8192, TCP_NODELAY: true }), {
      SO_RCVBUF: { requested: 8192, effective: isWindows ? 8192 : 16384 },
      TCP_NODELAY: { requested: true, effective: true },
    })
  },

  'the raw form reads ints and bytes, and sets both'({ getsockopt, setsockopt }, { client }) {
    const { int, struct } = numbers
    setsockopt(client, int.level, int.number, 4321)
    assert.equal(getsockopt(client, int.level, int.number), 4321)
    setsockopt(client, int.level, int.number, new Uint8Array(Int32Array.of(1234).buffer))
    assert.equal(getsockopt(client, int.name), 1234)
    const bytes = getsockopt(client, struct.level, struct.number, struct.size)
    assert.ok(Buffer.isBuffer(bytes) && bytes.length >= struct.least && bytes[0] === struct.first, inspect(bytes))
  },

  'an option of your own is read by its codec'({ codecs, defineOption, getsockopt }, { client }) {
    const option = defineOption({ level: 'SOL_SOCKET', number: SO_TYPE, codec: codecs.uint, doc: 'SO_TYPE' })
    const SOCK_STREAM = 1
    assert.equal(getsockopt(client, option), SOCK_STREAM)
  },

  'structs have their fields'(library, { client, unixClient }, absent) {
    const { getsockopt } = library
    if (isWindows) {
      assert.equal(getsockopt(client, 'SO_PROTOCOL_INFOW').protocol, 'IPPROTO_TCP')
      if (has(library, client, 'SIO_TCP_INFO', absent)) assert.equal(getsockopt(client, 'SIO_TCP_INFO').state, 'ESTABLISHED')
      return
    }
    const info = getsockopt(client, 'TCP_INFO')
    assert.equal(info.state, 'ESTABLISHED')
    assert.ok(info.rtt > 0 && info.sndMss > 0)
    assert.equal(typeof getsockopt(client, 'SO_COOKIE'), 'bigint')
    assert.equal(getsockopt(unixClient, 'SO_PEERCRED').pid, process.pid)
  },

  'an error has its class, its code and its kind'({ getsockopt, setsockopt, snapshot, SocketOptionError }, { client, unixClient }) {
    for (const [call, code, kind] of [
      [() => getsockopt(client, 'TCP_USER_TIMOUT'), 'ERR_SOCKOPT_UNKNOWN', 'unknown'],
      [() => setsockopt(client, 'SO_TYPE', 1), 'ERR_SOCKOPT_READ_ONLY', 'unsupported'],
      [() => getsockopt(client, 'SO_ERROR'), 'ERR_SOCKOPT_HAZARD', 'denied'],
      [
        () => getsockopt(unixClient, 'TCP_NODELAY'),
        ...(isWindows ? ['ERR_SOCKOPT_NO_DESCRIPTOR', 'state'] : ['EOPNOTSUPP', 'unsupported']),
      ],
      [() => getsockopt(client, SOL_SOCKET, 9999), 'ENOPROTOOPT', 'unsupported'],
      [
        () => setsockopt(client, 'TCP_CONGESTION', 'no-such'),
        ...(isWindows ? ['ERR_SOCKOPT_UNSUPPORTED', 'unsupported'] : ['ENOENT', 'value']),
      ],
      // Windows has one answer for what is not open and for what is no socket.
      [() => getsockopt(2 ** 31 - 1, 'SO_TYPE'), isWindows ? 'ENOTSOCK' : 'EBADF', 'state'],
      [() => snapshot(0), 'ENOTSOCK', 'state'],
      [() => getsockopt(0, 'SO_TYPE'), 'ENOTSOCK', 'state'],
    ]) {
      const error = errorOf(call)
      assert.ok(error instanceof SocketOptionError, inspect(error))
      assert.deepEqual([error.code, error.kind], [code, kind])
    }
    assert.match(errorOf(() => getsockopt(client, 'TCP_USER_TIMOUT')).message, /did you mean TCP_USER_TIMEOUT/)
    const range = errorOf(() => setsockopt(client, 'SO_RCVTIMEO', 0))
    assert.ok(range instanceof RangeError && range.code === 'ERR_SOCKOPT_RANGE')
    const type = errorOf(() => setsockopt(client, 'TCP_NODELAY', 'yes'))
    assert.ok(type instanceof TypeError && type.code === 'ERR_SOCKOPT_TYPE')
    const target = errorOf(() => getsockopt({}, 'SO_TYPE'))
    assert.ok(target instanceof TypeError && target.code === 'ERR_SOCKOPT_TARGET')
  },

  'timeouts are set in milliseconds, and say whether they do anything'(library, { client }, absent) {
    const { getTimeouts, setTimeouts } = library
    setTimeouts(client, { receive: 5000, linger: 1500 })
    const { receive, linger, node } = getTimeouts(client)
    assert.deepEqual([receive.milliseconds, receive.effective], [5000, false])
    assert.match(receive.reason, /non-blocking/)
    assert.equal(linger.milliseconds, 2000)
    setTimeouts(client, { linger: null })
    if (has(library, client, 'TCP_USER_TIMEOUT', absent)) {
      const { user } = setTimeouts(client, { user: 30_000 })
      assert.deepEqual([user.milliseconds, user.effective], [30_000, true])
    }
    if (has(library, client, 'TCP_KEEPCNT', absent)) {
      const { keepAlive } = setTimeouts(client, { keepAlive: { idle: 60_000, interval: 10_000, count: 3 } })
      assert.deepEqual([keepAlive.enabled, keepAlive.idle.milliseconds, keepAlive.interval.milliseconds], [true, 60_000, 10_000])
      assert.equal(keepAlive.count, 3)
    }
    assert.equal(node.milliseconds, null)
    client.setTimeout(4000)
    assert.equal(getTimeouts(client).node.milliseconds, 4000)
    client.setTimeout(0)
  },

  'a snapshot tells state, addresses and queues, prints itself and goes into JSON'({ snapshot }, { client, server }) {
    const taken = snapshot(client)
    // Winsock tells the state by WSAIoctl alone, which a snapshot does not ask.
    const state = isWindows ? 'CONNECTED' : 'ESTABLISHED'
    assert.deepEqual([taken.kind, taken.state, taken.remote.port], ['tcp4', state, server.address().port])
    assert.equal(taken.tcpInfo?.state, isWindows ? undefined : 'ESTABLISHED')
    assert.equal(taken.queues.unread, 0)
    assert.ok(Object.keys(taken.options).length > (isWindows ? 20 : 50))
    assert.match(inspect(taken), new RegExp(state))
    assert.equal(JSON.parse(JSON.stringify(taken)).state, state)
    assert.equal(snapshot(server).state, 'LISTEN')
    assert.equal(snapshot(server).listen.length, isWindows ? undefined : 0)
  },

  'supports knows names, numbers and this socket'({ supports }, { client, unixClient }) {
    assert.deepEqual(supports('TCP_NODELAY', client), { known: true, numbered: true, accepted: true })
    if (isWindows) assert.deepEqual([supports('TCP_CONGESTION').known, supports('TCP_CONGESTION').numbered], [true, false])
    else assert.equal(supports('TCP_NODELAY', unixClient).accepted, false)
  },

  'whatever is passed, an error is the worst that comes back'(library, { client }) {
    const throwing = new Proxy(
      {},
      { get: (_, name) => fail(String(name)), has: () => fail('has'), getPrototypeOf: () => fail('prototype') },
    )
    const fail = reason => {
      throw new Error(reason)
    }
    const junk = [undefined, null, true, -1, 1.5, Number.NaN, 2 ** 31, 2 ** 53, 10n, '', 'x', Symbol('x'), [], {}, () => 1, throwing]
    junk.push({ fd: -1 }, { fd: 'x' }, { socket: null }, { socket: {} }, { _handle: {} }, { _handle: { fd: 2 ** 40 } })
    junk.push(new Uint8Array(70_000), new Uint8Array(0), new Float64Array(2), new DataView(new ArrayBuffer(1)))
    const { getsockopt, setsockopt, applyOptions, supports, snapshot, getTimeouts, setTimeouts, defineOption } = library
    let calls = 0
    for (const a of junk) {
      const one = [() => getsockopt(a, 'SO_TYPE'), () => setsockopt(a, 'TCP_NODELAY', true), () => snapshot(a), () => getTimeouts(a)]
      one.push(
        () => setTimeouts(a, {}),
        () => getsockopt(client, a),
        () => setTimeouts(client, { linger: a }),
        () => defineOption(a),
      )
      one.push(
        () => supports(a, client),
        () => supports('SO_TYPE', a),
        () => snapshot(client, a),
        () => applyOptions(client, a),
      )
      const two = junk.flatMap(b => [
        () => setsockopt(client, a, b),
        () => getsockopt(client, a, b),
        () => getsockopt(client, SOL_SOCKET, a, b),
        () => setsockopt(client, IPPROTO_TCP, a, b),
        () => getsockopt(client, 'TCP_INFO', { input: a, consume: b }),
      ])
      for (const call of [...one, ...two]) {
        calls++
        try {
          call()
        } catch (error) {
          assert.ok(error instanceof Error, `${call}: ${inspect(error)}`)
        }
      }
    }
    assert.ok(calls > 3000)
  },

  async 'a connection that is read in the tick it closes in still ends at once'({ getsockopt }, { client, accepted }) {
    const ended = new Promise(resolve => {
      accepted.resume().once('close', resolve)
    })
    assert.equal(getsockopt(client, 'SO_TYPE'), 'SOCK_STREAM')
    client.destroy()
    assert.equal(errorOf(() => getsockopt(client, 'SO_TYPE')).code, 'ERR_SOCKOPT_CLOSED')
    await ended
  },
}

/** Checks that count what belongs to the whole process, and so cannot run beside others. */
export const checksAlone = {
  async 'a thousand reads, in one tick and in many, of few sockets and of many, leave no descriptor open'(
    { getsockopt },
    { client, accepted, server },
    absent,
  ) {
    if (isWindows) return absent('a count of its open descriptors')
    const count = () => readdirSync('/proc/self/fd').length
    const before = count()
    for (let i = 0; i < 1000; i++) getsockopt([client, accepted, server][i % 3], 'SO_TYPE')
    await undefined
    assert.equal(count(), before)
    for (let i = 0; i < 1000; i++) {
      getsockopt(client, 'SO_TYPE')
      await undefined
    }
    assert.equal(count(), before)

    const servers = await Promise.all(Array.from({ length: 100 }, () => listening(net.createServer())))
    for (const each of [...servers, ...servers]) assert.equal(getsockopt(each, 'SO_ACCEPTCONN'), true)
    await undefined
    assert.equal(count(), before + servers.length)
    for (const each of servers) each.close()
  },
}
