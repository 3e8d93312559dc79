/** Snapshots of real sockets. */
import { readdirSync } from 'node:fs'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { hazards } from '../../src/access/hazards.js'
import { planOf } from '../../src/access/plan.js'
import { isReadable } from '../../src/access/read-many.js'
import { getsockopt, type OptionName, options, setsockopt, snapshot, supports } from '../../src/index.js'
import { isLinux, needs } from '../support/needs.js'
import { closeAfterEach, opened } from '../support/opened.js'
import { listener, tcpPair, tlsPair, udpPair, unixPair, until } from '../support/sockets.js'

closeAfterEach()

describe('snapshot', () => {
  it('tells the kind, the state, the addresses and the identity of a TCP connection', async ctx => {
    needs(ctx, isLinux, 'names of states and identities are those of Linux')
    const { client, accepted } = await opened(tcpPair())
    const shot = snapshot(client)
    expect(shot).toMatchObject({ kind: 'tcp4', state: 'ESTABLISHED' })
    expect(shot.local).toMatchObject({ family: 'AF_INET', address: client.localAddress, port: client.localPort })
    expect(shot.remote).toEqual(snapshot(accepted).local)
    expect(shot.id).toBe(getsockopt(client, 'SO_COOKIE'))
    expect(shot.identity).toEqual({ domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' })
  })

  it('has every option that can be read, each equal to what getsockopt reads', async ctx => {
    needs(ctx, isLinux, 'the count is that of Linux')
    const { client } = await opened(tcpPair())
    const shot = snapshot(client)
    const moving = new Set(['TCP_INFO', 'TCP_TIMESTAMP', 'SO_INCOMING_CPU', 'SO_PEERNAME'])
    expect(shot.list().length).toBeGreaterThan(90)
    for (const { name, value } of shot.list()) {
      if (!moving.has(name)) expect([name, value]).toEqual([name, getsockopt(client, name as 'SO_RCVBUF')])
    }
    expect(shot.options.SO_PEERNAME?.value).toEqual(shot.remote)
  })

  it('lists what was refused with the reason, and nothing that is of another kind of socket', async ctx => {
    needs(ctx, isLinux, 'what is refused is that of Linux')
    const { client } = await opened(tcpPair())
    const { errors } = snapshot(client)
    expect(errors.SO_PASSCRED ?? errors.SO_PEEK_OFF ?? errors.MRT_VERSION).toBeDefined()
    for (const [name, error] of Object.entries(errors)) expect([name, error.option]).toEqual([error.option, error.option])
    expect(Object.keys(errors).filter(name => /^(IPV6|PACKET|NETLINK|SCTP)_/.test(name))).toEqual([])
  })

  it('touches no option whose reading has an effect', async ctx => {
    needs(ctx, isLinux, 'SO_PEERPIDFD is an option of Linux')
    const { client } = await opened(unixPair())
    const shot = snapshot(client)
    const asked = [...shot.list().map(({ name }) => name), ...Object.keys(shot.errors)]
    expect(asked.filter(name => hazards[name]?.read !== undefined)).toEqual([])
  })

  it('counts the bytes that wait in the queues', async ctx => {
    needs(ctx, isLinux, 'the queue ioctls are those of Linux')
    const { client, accepted } = await opened(tcpPair())
    accepted.pause()
    client.write('x'.repeat(1000))
    await until(() => snapshot(accepted).queues.unread === 1000)
    expect(snapshot(client).queues).toEqual({ unread: 0, unsent: 0, neverSent: 0 })
  })

  it('tells the accept queue of a listener and its limit', async ctx => {
    needs(ctx, isLinux, 'TCP_INFO of a listener is that of Linux')
    const made = await opened(listener('tcp'))
    expect(snapshot(made.server)).toMatchObject({ state: 'LISTEN', remote: undefined, listen: { length: 0, limit: 511 } })
    const { client } = await opened(tcpPair())
    expect(snapshot(client).listen).toBeUndefined()
  })

  it('reads udp, unix and tls sockets', async ctx => {
    needs(ctx, isLinux, 'names of kinds are those of Linux')
    const udp = await opened(udpPair())
    const unix = await opened(unixPair())
    const tls = await opened(tlsPair())
    expect(snapshot(udp.client)).toMatchObject({ kind: 'udp4', tcpInfo: undefined })
    expect(snapshot(unix.client)).toMatchObject({ kind: 'unix-stream', state: 'CONNECTED' })
    expect(snapshot(tls.client)).toMatchObject({ kind: expect.stringMatching(/^tcp/), state: 'ESTABLISHED' })
  })

  it('reads only the options that are named, and what identifies the socket', async () => {
    const { client } = await opened(tcpPair())
    setsockopt(client, 'SO_RCVTIMEO', 5000)
    const shot = snapshot(client, ['SO_RCVTIMEO', 'TCP_NODELAY'])
    expect(shot.options.SO_RCVTIMEO).toMatchObject({ name: 'SO_RCVTIMEO', level: 'SOL_SOCKET', value: 5000, unit: 'ms', access: 'rw' })
    expect(shot.options.SO_SNDBUF).toBeUndefined()
    expect(shot.state).toBe('ESTABLISHED')
  })

  it('refuses a name that there is not', async () => {
    const { client } = await opened(tcpPair())
    expect(() => snapshot(client, ['SO_RCVTIMO' as 'SO_RCVTIMEO'])).toThrow(/did you mean SO_RCVTIMEO/)
  })

  it('reads nothing that harms or takes more than one plain read, whoever names it', async ctx => {
    needs(ctx, isLinux, 'lists /proc/self/fd')
    const { client } = await opened(unixPair())
    const plans = (Object.keys(options) as OptionName[]).filter(name => supports(name).numbered).map(planOf)
    const others = plans.filter(plan => !isReadable(plan)).map(({ option }) => option.name)
    expect(others).toEqual(expect.arrayContaining(['SO_ERROR', 'SO_PEERPIDFD', 'SO_GET_FILTER', 'TCP_ZEROCOPY_RECEIVE', 'IP_MSFILTER']))
    const before = readdirSync('/proc/self/fd').length
    for (const name of others) {
      expect(() => snapshot(client, ['SO_RCVBUF', name as 'SO_ERROR']), name).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^ERR_SOCKOPT_(HAZARD|UNSUPPORTED|WRITE_ONLY)$/), option: name }),
      )
    }
    expect(readdirSync('/proc/self/fd')).toHaveLength(before)
  })

  it("refuses an option of another family's, whose level is TCP's here", async ctx => {
    needs(ctx, isLinux, 'SOL_L2CAP is an option of Linux')
    const { client } = await opened(tcpPair())
    const { errors, options: found } = snapshot(client, ['L2CAP_LM', 'SO_RCVBUF'])
    expect(found.L2CAP_LM).toBeUndefined()
    expect(errors.L2CAP_LM).toMatchObject({
      code: 'ERR_SOCKOPT_UNSUPPORTED',
      message: expect.stringContaining('AF_BLUETOOTH sockets only'),
    })
  })

  it('stays right after the socket has closed and others were read', async () => {
    const pair = await tcpPair()
    setsockopt(pair.client, 'SO_RCVTIMEO', 5000)
    const shot = snapshot(pair.client)
    const before = snapshot(pair.client).tcpInfo?.sndMss
    await pair.close()
    const { client } = await opened(tcpPair())
    for (let i = 0; i < 100; i++) snapshot(client, ['SO_RCVTIMEO'])
    expect(shot.options.SO_RCVTIMEO?.value).toBe(5000)
    expect(shot.tcpInfo?.sndMss).toBe(before)
  })

  it('is JSON-safe, and prints itself in lines', async ctx => {
    needs(ctx, isLinux, 'names of states are those of Linux')
    const { client } = await opened(tcpPair())
    const shot = snapshot(client)
    const json = JSON.parse(JSON.stringify(shot))
    expect(json).toMatchObject({ kind: 'tcp4', state: 'ESTABLISHED', id: String(shot.id) })
    expect(json.options.SO_RCVBUF).toEqual({ level: 'SOL_SOCKET', value: shot.options.SO_RCVBUF?.value, unit: 'bytes' })
    expect(JSON.parse(JSON.stringify(shot.options.SO_COOKIE))).toEqual({
      name: 'SO_COOKIE',
      level: 'SOL_SOCKET',
      value: String(shot.id),
      access: 'ro',
    })
    expect(Object.keys(JSON.parse(JSON.stringify(shot.options)))).toEqual(shot.list().map(({ name }) => name))
    expect(inspect(shot)).toMatch(/^tcp4 127\.0\.0\.1:\d+ -> 127\.0\.0\.1:\d+ {2}ESTABLISHED/)
    expect(inspect(shot)).toMatch(/^ {2}SO_RCVBUF +\d+ bytes$/m)
  })

  it('refuses what has no descriptor and what is no socket', () => {
    expect(() => snapshot(999_999)).toThrow(/EBADF/)
    expect(() => snapshot('socket' as never)).toThrow(TypeError)
  })
})
