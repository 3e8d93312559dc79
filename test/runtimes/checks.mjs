/** WHAT must work on any runtime, given a connected pair? Each check is a fact; it throws where it is not one. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import net from 'node:net'
import { inspect } from 'node:util'
import { listening } from './targets.mjs'

const errorOf = call => {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new assert.AssertionError({ message: `expected an error of ${call}` })
}

const SOL_SOCKET = 1
const IPPROTO_TCP = 6
const TCP_USER_TIMEOUT = 18
const TCP_INFO = 11

export const checks = {
  'options of every simple type are set and read back'({ setsockopt, getsockopt }, { client }) {
    for (const [name, value] of [
      ['TCP_NODELAY', true],
      ['TCP_USER_TIMEOUT', 7777],
      ['SO_RCVTIMEO', 1500],
      ['SO_RCVTIMEO', null],
      ['TCP_KEEPIDLE', 77],
      ['TCP_CONGESTION', 'reno'],
      ['SO_LINGER', { onoff: true, linger: 3 }],
    ]) {
      setsockopt(client, name, value)
      assert.deepEqual(getsockopt(client, name), value)
    }
    setsockopt(client, 'SO_LINGER', { onoff: false, linger: 0 })
    assert.equal(getsockopt(client, 'SO_LINGER').onoff, false)
  },

  'what the runtime sets, the library reads'({ getsockopt }, { client }) {
    for (const value of [true, false]) {
      client.setNoDelay(value)
      assert.equal(getsockopt(client, 'TCP_NODELAY'), value)
      client.setKeepAlive(value, 33_000)
      assert.equal(getsockopt(client, 'SO_KEEPALIVE'), value)
      if (value) assert.equal(getsockopt(client, 'TCP_KEEPIDLE'), 33)
    }
  },

  'applyOptions says what became of a value'({ applyOptions }, { client }) {
    assert.deepEqual(applyOptions(client, { SO_RCVBUF: 8192, TCP_NODELAY: true }), {
      SO_RCVBUF: { requested: 8192, effective: 16384 },
      TCP_NODELAY: { requested: true, effective: true },
    })
  },

  'the raw form reads ints and bytes, and sets both'({ getsockopt, setsockopt }, { client }) {
    setsockopt(client, IPPROTO_TCP, TCP_USER_TIMEOUT, 4321)
    assert.equal(getsockopt(client, IPPROTO_TCP, TCP_USER_TIMEOUT), 4321)
    setsockopt(client, IPPROTO_TCP, TCP_USER_TIMEOUT, new Uint8Array(Int32Array.of(1234).buffer))
    assert.equal(getsockopt(client, 'TCP_USER_TIMEOUT'), 1234)
    const bytes = getsockopt(client, IPPROTO_TCP, TCP_INFO, 280)
    assert.ok(Buffer.isBuffer(bytes) && bytes.length >= 104 && bytes[0] === 1)
  },

  'an option of your own is read by its codec'({ codecs, defineOption, getsockopt }, { client }) {
    const option = defineOption({ level: 'SOL_SOCKET', number: 3, codec: codecs.uint, doc: 'SO_TYPE' })
    assert.equal(getsockopt(client, option), SOL_SOCKET)
  },

  'structs have their fields'({ getsockopt }, { client, unixClient }) {
    const info = getsockopt(client, 'TCP_INFO')
    assert.equal(info.state, 'ESTABLISHED')
    assert.ok(info.rtt > 0 && info.sndMss > 0)
    assert.equal(typeof getsockopt(client, 'SO_COOKIE'), 'bigint')
    assert.equal(getsockopt(unixClient, 'SO_PEERCRED').pid, process.pid)
  },

  'an error has its class, its code and its kind'({ getsockopt, setsockopt, SocketOptionError }, { client, unixClient }) {
    for (const [call, code, kind] of [
      [() => getsockopt(client, 'TCP_USER_TIMOUT'), 'ERR_SOCKOPT_UNKNOWN', 'unknown'],
      [() => setsockopt(client, 'TCP_INFO', {}), 'ERR_SOCKOPT_READ_ONLY', 'unsupported'],
      [() => getsockopt(client, 'SO_ERROR'), 'ERR_SOCKOPT_HAZARD', 'denied'],
      [() => getsockopt(unixClient, 'TCP_NODELAY'), 'EOPNOTSUPP', 'unsupported'],
      [() => getsockopt(client, SOL_SOCKET, 9999), 'ENOPROTOOPT', 'unsupported'],
      [() => setsockopt(client, 'TCP_CONGESTION', 'no-such'), 'ENOENT', 'value'],
      [() => getsockopt(2 ** 31 - 1, 'SO_TYPE'), 'EBADF', 'state'],
      [() => getsockopt(0, 'SO_TYPE'), 'ENOTSOCK', 'state'],
    ]) {
      const error = errorOf(call)
      assert.ok(error instanceof SocketOptionError, inspect(error))
      assert.deepEqual([error.code, error.kind], [code, kind])
    }
    assert.match(errorOf(() => getsockopt(client, 'TCP_USER_TIMOUT')).message, /did you mean TCP_USER_TIMEOUT/)
    const range = errorOf(() => setsockopt(client, 'TCP_KEEPIDLE', 0))
    assert.ok(range instanceof RangeError && range.code === 'ERR_SOCKOPT_RANGE')
    const type = errorOf(() => setsockopt(client, 'TCP_NODELAY', 'yes'))
    assert.ok(type instanceof TypeError && type.code === 'ERR_SOCKOPT_TYPE')
    const target = errorOf(() => getsockopt({}, 'SO_TYPE'))
    assert.ok(target instanceof TypeError && target.code === 'ERR_SOCKOPT_TARGET')
  },

  'timeouts are set in milliseconds, and say whether they do anything'({ getTimeouts, setTimeouts }, { client }) {
    setTimeouts(client, { user: 30_000, receive: 5000, keepAlive: { idle: 60_000, interval: 10_000, count: 3 } })
    const { user, receive, keepAlive, node } = getTimeouts(client)
    assert.deepEqual([user.milliseconds, user.effective], [30_000, true])
    assert.deepEqual([receive.milliseconds, receive.effective], [5000, false])
    assert.match(receive.reason, /non-blocking/)
    assert.deepEqual([keepAlive.enabled, keepAlive.idle.milliseconds, keepAlive.interval.milliseconds], [true, 60_000, 10_000])
    assert.equal(keepAlive.count, 3)
    assert.equal(node.milliseconds, null)
    client.setTimeout(4000)
    assert.equal(getTimeouts(client).node.milliseconds, 4000)
    client.setTimeout(0)
  },

  'a snapshot tells state, addresses and queues, prints itself and goes into JSON'({ snapshot }, { client, server }) {
    const taken = snapshot(client)
    assert.deepEqual([taken.state, taken.remote.port, taken.tcpInfo.state], ['ESTABLISHED', server.address().port, 'ESTABLISHED'])
    assert.equal(taken.queues.unread, 0)
    assert.ok(Object.keys(taken.options).length > 50)
    assert.match(inspect(taken), /ESTABLISHED/)
    assert.equal(JSON.parse(JSON.stringify(taken)).state, 'ESTABLISHED')
    assert.equal(snapshot(server).listen.length, 0)
  },

  'supports knows names, numbers and this socket'({ supports }, { client, unixClient }) {
    assert.deepEqual(supports('TCP_NODELAY', client), { known: true, numbered: true, accepted: true })
    assert.equal(supports('TCP_NODELAY', unixClient).accepted, false)
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
  ) {
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
