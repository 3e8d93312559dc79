/** The timeouts facade on real sockets. */
import type { Socket } from 'node:net'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { getsockopt, getTimeouts, setsockopt, setTimeouts } from '../../src/index.js'
import { isLinux, needs } from '../support/needs.js'
import { caught, closeAfterEach, opened } from '../support/opened.js'
import { listener, tcpPair, udpPair, unixPair } from '../support/sockets.js'

closeAfterEach()

describe('getTimeouts', () => {
  it('reads SO_RCVTIMEO in milliseconds and says that it has no effect on a non-blocking socket', async () => {
    const { client } = await opened(tcpPair())
    setsockopt(client, 'SO_RCVTIMEO', 5000)
    expect(getTimeouts(client).receive).toMatchObject({ milliseconds: 5000, option: 'SO_RCVTIMEO', effective: false })
    expect(getTimeouts(client).receive?.reason).toMatch(/non-blocking/)
    expect(getsockopt(client, 'SO_TIMEOUT')).toBe(5000)
  })

  it('reads "none" as null', async () => {
    const { client } = await opened(tcpPair())
    const { receive, send, user, linger } = getTimeouts(client)
    expect([receive, send, user, linger].map(timeout => timeout?.milliseconds)).toEqual([null, null, null, null])
  })

  it('reads seconds, milliseconds and microseconds all as milliseconds', async ctx => {
    needs(ctx, isLinux, 'the options are those of Linux')
    const { client } = await opened(tcpPair())
    setsockopt(client, 'TCP_KEEPIDLE', 61)
    setsockopt(client, 'TCP_USER_TIMEOUT', 30_001)
    setsockopt(client, 'TCP_LINGER2', 7)
    const { keepAlive, user, finWait } = getTimeouts(client)
    expect([keepAlive?.idle?.milliseconds, user?.milliseconds, finWait?.milliseconds]).toEqual([61_000, 30_001, 7000])
  })

  it('says that keep-alive times do nothing until keep-alive is on', async () => {
    const { client } = await opened(tcpPair())
    expect(getTimeouts(client).keepAlive).toMatchObject({ enabled: false, idle: { effective: false, reason: 'SO_KEEPALIVE is off' } })
    client.setKeepAlive(true, 1000)
    expect(getTimeouts(client).keepAlive).toMatchObject({ enabled: true, idle: { milliseconds: 1000, effective: true } })
  })

  it('says that TCP_SYNCNT no longer counts on an established connection', async ctx => {
    needs(ctx, isLinux, 'TCP_SYNCNT is an option of Linux')
    const { client } = await opened(tcpPair())
    expect(getTimeouts(client).connect).toMatchObject({ option: 'TCP_SYNCNT', effective: false })
  })

  it("has Node's own idle timer", async () => {
    const { client } = await opened(tcpPair())
    expect(getTimeouts(client).node).toMatchObject({ milliseconds: null, option: 'socket.timeout', effective: false })
    client.setTimeout(1500)
    expect(getTimeouts(client).node).toMatchObject({ milliseconds: 1500, effective: true })
  })

  it('leaves out what a socket does not have', async ctx => {
    needs(ctx, isLinux, 'what a unix socket refuses differs elsewhere')
    const unix = await opened(unixPair())
    const udp = await opened(udpPair())
    for (const timeouts of [getTimeouts(unix.client), getTimeouts(udp.client)]) {
      expect(timeouts.user).toBeUndefined()
      expect(timeouts.connect).toBeUndefined()
      expect(timeouts.keepAlive).toBeUndefined()
      expect(timeouts.receive).toBeDefined()
    }
  })

  it('says what SO_LINGER does to close()', async () => {
    const { client } = await opened(tcpPair())
    setsockopt(client, 'SO_LINGER', { onoff: true, linger: 3 })
    expect(getTimeouts(client).linger).toMatchObject({ milliseconds: 3000, effective: true, reason: expect.stringMatching(/event loop/) })
    setsockopt(client, 'SO_LINGER', { onoff: true, linger: 0 })
    expect(getTimeouts(client).linger).toMatchObject({ milliseconds: 0, reason: expect.stringMatching(/resets/) })
    setsockopt(client, 'SO_LINGER', { onoff: false, linger: 0 })
  })

  it('prints one line for each timeout and is plain in JSON', async () => {
    const { client } = await opened(tcpPair())
    setsockopt(client, 'SO_RCVTIMEO', 5000)
    const { receive } = getTimeouts(client)
    expect(inspect(receive)).toMatch(/^5 s \(SO_RCVTIMEO\); no effect: /)
    expect(JSON.parse(JSON.stringify(receive))).toEqual({ ...receive })
    expect(Object.isFrozen(receive)).toBe(true)
  })

  it('refuses a target without a descriptor', async () => {
    const pair = await tcpPair()
    await pair.close()
    expect(caught(() => getTimeouts(pair.client)).code).toBe('ERR_SOCKOPT_CLOSED')
  })

  it('refuses a descriptor that is no open socket', () => {
    expect(caught(() => getTimeouts(999_999)).code).toBe('EBADF')
  })
})

describe('setTimeouts', () => {
  it('sets several and returns what they became', async ctx => {
    needs(ctx, isLinux, 'the options are those of Linux')
    const { client } = await opened(tcpPair())
    const after = setTimeouts(client, { user: 30_000, keepAlive: { idle: 60_000, interval: 10_000, count: 3 }, linger: 0, node: 2000 })
    expect(after.user?.milliseconds).toBe(30_000)
    expect(after.keepAlive).toMatchObject({ enabled: true, idle: { milliseconds: 60_000 }, interval: { milliseconds: 10_000 }, count: 3 })
    expect(after.linger?.milliseconds).toBe(0)
    expect(client.timeout).toBe(2000)
    expect(getsockopt(client, 'TCP_KEEPINTVL')).toBe(10)
  })

  it('rounds up to the unit of the option, never down to 0', async ctx => {
    needs(ctx, isLinux, 'the options are those of Linux')
    const { client } = await opened(tcpPair())
    setTimeouts(client, { user: 0.2, keepAlive: { idle: 1, interval: 1001 }, receive: 0.0001 })
    expect([getsockopt(client, 'TCP_USER_TIMEOUT'), getsockopt(client, 'TCP_KEEPIDLE'), getsockopt(client, 'TCP_KEEPINTVL')]).toEqual([
      1, 1, 2,
    ])
    expect(getsockopt(client, 'SO_RCVTIMEO')).toBeGreaterThan(0)
  })

  it('turns each off with null, and keep-alive with false', async ctx => {
    needs(ctx, isLinux, 'the options are those of Linux')
    const { client } = await opened(tcpPair())
    setTimeouts(client, { receive: 1000, user: 1000, linger: 1000, keepAlive: {}, node: 1000 })
    const after = setTimeouts(client, { receive: null, user: null, linger: null, keepAlive: false, node: null })
    expect([after.receive, after.user, after.linger, after.node].map(timeout => timeout?.milliseconds)).toEqual([null, null, null, null])
    expect(after.keepAlive?.enabled).toBe(false)
  })

  it('chooses the fewest SYN retransmissions that try so long', async ctx => {
    needs(ctx, isLinux, 'TCP_SYNCNT is an option of Linux')
    const { client } = await opened(tcpPair())
    const after = setTimeouts(client, { connect: 30_000 })
    expect(after.connect?.milliseconds).toBeGreaterThanOrEqual(30_000)
    setsockopt(client, 'TCP_SYNCNT', getsockopt(client, 'TCP_SYNCNT') - 1)
    expect(getTimeouts(client).connect?.milliseconds).toBeLessThan(30_000)
  })

  it('sets a listener, and what it accepts inherits it', async ctx => {
    needs(ctx, isLinux, 'what accepted sockets inherit differs elsewhere')
    const made = await opened(tcpPair())
    expect(setTimeouts(made.server, { user: 12_345 }).user?.milliseconds).toBe(12_345)
  })

  it.each([
    ['NaN', { user: Number.NaN }, RangeError, /user: expected a positive number of milliseconds, got NaN/],
    ['a negative number', { receive: -1 }, RangeError, /receive: .* got -1/],
    ['zero', { user: 0 }, RangeError, /user: .* got 0/],
    ['infinity', { send: Number.POSITIVE_INFINITY }, RangeError, /send: .* got Infinity/],
    ['a string', { user: '30s' }, TypeError, /user: .* got '30s'/],
    ['null where there is no "none"', { retransmitMaximum: null }, TypeError, /retransmitMaximum: .* got null/],
    ['an unknown name', { users: 1 }, RangeError, /timeouts: expected only receive, .* got 'users'/],
    ['an unknown part', { keepAlive: { delay: 1 } }, RangeError, /keepAlive: .* got 'delay'/],
    ['too large a value', { user: 2 ** 40 }, RangeError, /TCP_USER_TIMEOUT: expected an integer from 0 to 2147483647/],
    ["more than Node's timers take", { node: 2 ** 32 }, RangeError, /node: expected at most 2147483647 milliseconds, got 4294967296/],
    ['no object', null, TypeError, /timeouts: expected an object/],
  ])('refuses %s and sets nothing', async (_, timeouts, type, message) => {
    const { client } = await opened(tcpPair())
    setsockopt(client, 'SO_SNDTIMEO', 8000)
    const wanted = timeouts === null ? timeouts : { send: 4000, ...timeouts }
    expect(() => setTimeouts(client, wanted as never)).toThrow(type)
    expect(() => setTimeouts(client, wanted as never)).toThrow(message)
    expect(getsockopt(client, 'SO_SNDTIMEO')).toBe(8000)
  })

  it("refuses Node's timer on a bare descriptor", async () => {
    const { client } = await opened(tcpPair())
    const { fd } = (client as Socket & { _handle: { fd: number } })._handle
    expect(() => setTimeouts(fd, { node: 5 })).toThrow(/no setTimeout/)
  })
})

describe('a listener', () => {
  it('has timeouts of its own', async ctx => {
    needs(ctx, isLinux, 'TCP_DEFER_ACCEPT is an option of Linux')
    const made = await opened(listener('tcp'))
    expect(setTimeouts(made.server, { deferAccept: 5000 }).deferAccept).toMatchObject({ milliseconds: 7000, effective: true })
  })
})
