/** WHO else may touch the memory of a value? Values that are held, getters and codecs that call back, buffers that are taken away. */
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { applyOptions, type Codec, codecs, defineOption, getsockopt, setsockopt, snapshot } from '../../src/index.js'
import { scratch } from '../../src/native/scratch.js'
import { copyPackage } from '../support/package-copy.js'
import { tcpPair } from '../support/sockets.js'

let pair: Awaited<ReturnType<typeof tcpPair>>
beforeAll(async () => {
  pair = await tcpPair()
})
afterAll(() => pair.close())

/** Reads of all kinds, many enough to go through the arena several times. */
function readMuch(times: number): void {
  for (let time = 0; time < times; time++) {
    getsockopt(pair.accepted, 'TCP_INFO')
    getsockopt(pair.accepted, 'SO_RCVBUF')
    getsockopt(pair.accepted, 'TCP_CONGESTION')
    if (time % 100 === 0) snapshot(pair.accepted)
  }
}

/** Takes the arena away, as a postMessage() of its buffer would. */
function detachArena(): void {
  const { buffer } = scratch.words
  structuredClone(buffer, { transfer: [buffer as ArrayBuffer] })
}

describe('a value that is held', () => {
  it('TCP_INFO stays what it was, after 10,000 other reads and after its socket has closed', async () => {
    const held = await tcpPair()
    held.client.write('some bytes, so that it differs from every other connection here')
    const info = getsockopt(held.client, 'TCP_INFO')
    const before = info.toJSON()
    expect(before.state).toBe('ESTABLISHED')
    readMuch(10_000)
    expect(info.toJSON()).toEqual(before)
    await held.close()
    readMuch(100)
    expect(info.toJSON()).toEqual(before)
  })

  it('a snapshot stays what it was, though nothing of it was decoded until then', async () => {
    const held = await tcpPair()
    setsockopt(held.client, 'TCP_USER_TIMEOUT', 12_345)
    const look = snapshot(held.client)
    const { localPort, remotePort } = held.client
    await held.close()
    readMuch(1000)
    expect(look.options.TCP_USER_TIMEOUT?.value).toBe(12_345)
    expect(look.local).toMatchObject({ port: localPort })
    expect(look.remote).toMatchObject({ port: remotePort })
    expect(look.state).toBe('ESTABLISHED')
  })

  it('TCP_INFOs and snapshots taken in turn do not touch each other', () => {
    const taken = Array.from({ length: 500 }, (_, turn) => {
      setsockopt(pair.client, 'TCP_USER_TIMEOUT', turn)
      const info = getsockopt(pair.client, 'TCP_INFO')
      return { turn, info, before: info.toJSON(), look: snapshot(pair.client, ['TCP_USER_TIMEOUT']) }
    })
    for (const { turn, info, before, look } of taken) {
      expect(info.toJSON()).toEqual(before)
      expect(look.options.TCP_USER_TIMEOUT?.value).toBe(turn)
      expect(look.tcpInfo?.state).toBe('ESTABLISHED')
    }
  })

  it('survives garbage collections between the reads', () => {
    const library = copyPackage()
    const code = `
      import net from 'node:net'
      import { once } from 'node:events'
      const { getsockopt } = await import(${JSON.stringify(library.url)})
      const server = net.createServer().listen(0, '127.0.0.1')
      await once(server, 'listening')
      const client = net.connect(server.address().port, '127.0.0.1')
      await once(client, 'connect')
      const held = []
      for (let turn = 0; turn < 10_000; turn++) {
        const info = getsockopt(client, 'TCP_INFO')
        if (turn % 50 === 0) held.push({ info, before: JSON.stringify(info) })
        if (turn % 500 === 0) gc()
      }
      gc()
      console.log(held.length, held.every(({ info, before }) => JSON.stringify(info) === before))
      process.exit()
    `
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', code], { encoding: 'utf8' })
    library.remove()
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '200 true\n', stderr: '' })
  })
})

describe('the arena, taken away between two calls', () => {
  beforeEach(() => getsockopt(pair.client, 'SO_RCVBUF'))

  it('is replaced, for every kind of call', () => {
    const calls = [
      () => getsockopt(pair.client, 'TCP_NODELAY'),
      () => getsockopt(pair.client, 'TCP_CONGESTION'),
      () => getsockopt(pair.client, 'TCP_INFO').state,
      () => getsockopt(pair.client, 1, 3),
      () => getsockopt(pair.client, 1, 3, 4).length,
      () => snapshot(pair.client, ['SO_TYPE']).options.SO_TYPE?.value,
      () => snapshot(pair.client).state,
      () => setsockopt(pair.client, 'SO_PRIORITY', 3),
      () => setsockopt(pair.client, 'SO_LINGER', { onoff: true, linger: 7 }),
      () => setsockopt(pair.client, 1, 12, 5),
      () => applyOptions(pair.client, { SO_PRIORITY: 2 }).SO_PRIORITY.effective,
    ]
    const expected = calls.map(call => call())
    const found = calls.map(call => {
      detachArena()
      expect(scratch.words.length).toBe(0)
      return call()
    })
    expect(found).toEqual(expected)
    expect(getsockopt(pair.client, 'SO_LINGER')).toEqual({ onoff: true, linger: 7 })
    expect(getsockopt(pair.client, 'SO_PRIORITY')).toBe(2)
  })
})

describe('a getter that calls the library', () => {
  it('in a value, while that is encoded, spoils neither', () => {
    const inner: unknown[] = []
    const value = {
      get onoff() {
        inner.push(getsockopt(pair.client, 'TCP_INFO').state, getsockopt(pair.client, 'TCP_CONGESTION'))
        setsockopt(pair.accepted, 'SO_LINGER', { onoff: true, linger: 1 })
        return true
      },
      get linger() {
        inner.push(snapshot(pair.client).state)
        setsockopt(pair.client, 'TCP_USER_TIMEOUT', 4321)
        return 5
      },
    }
    setsockopt(pair.client, 'SO_LINGER', value)
    expect(getsockopt(pair.client, 'SO_LINGER')).toEqual({ onoff: true, linger: 5 })
    expect(getsockopt(pair.accepted, 'SO_LINGER')).toEqual({ onoff: true, linger: 1 })
    expect(getsockopt(pair.client, 'TCP_USER_TIMEOUT')).toBe(4321)
    expect(inner).toEqual(['ESTABLISHED', getsockopt(pair.client, 'TCP_CONGESTION'), 'ESTABLISHED'])
  })

  it('in a value, and takes the arena away, spoils nothing', () => {
    const value = {
      get onoff() {
        detachArena()
        return true
      },
      linger: 6,
    }
    setsockopt(pair.client, 'SO_LINGER', value)
    expect(getsockopt(pair.client, 'SO_LINGER')).toEqual({ onoff: true, linger: 6 })
  })

  it('in a target spoils neither', () => {
    const fd = (pair.client as unknown as { _handle: { fd: number } })._handle.fd
    const target = {
      get fd() {
        setsockopt(pair.client, 'SO_PRIORITY', 1)
        getsockopt(pair.client, 'TCP_INFO')
        return fd
      },
    }
    setsockopt(target, 'TCP_USER_TIMEOUT', 5555)
    expect(getsockopt(target, 'TCP_USER_TIMEOUT')).toBe(5555)
    setsockopt(target, 'SO_LINGER', { onoff: true, linger: 9 })
    expect(getsockopt(target, 'SO_LINGER')).toEqual({ onoff: true, linger: 9 })
    setsockopt(target, 6, 18, 6666)
    expect(getsockopt(target, 6, 18)).toBe(6666)
  })
})

describe('a codec that is not ours', () => {
  const kept: DataView[] = []
  const parts = { name: 'mine', size: 4, accepts: 'a number', isInt: false, isLazy: false, layout: undefined } as const
  const make = (touch: (view: DataView) => void): Codec<number> => ({
    ...parts,
    decode(view, at) {
      touch(view)
      return view.byteLength >= at + 4 ? view.getInt32(at, true) : -1
    },
    encode(value, view, at) {
      view.setInt32(at, value, true)
      touch(view)
      return 4
    },
  })
  const timeout = (codec: Codec<number>) => defineOption({ level: 'IPPROTO_TCP', number: 18, codec })

  it('may keep its view and write to it later: it is a copy', () => {
    const option = timeout(make(view => kept.push(view)))
    setsockopt(pair.client, option, 1111)
    expect(getsockopt(pair.client, option)).toBe(1111)
    const info = getsockopt(pair.client, 'TCP_INFO')
    const before = info.toJSON()
    expect(kept).toHaveLength(2)
    for (const view of kept) {
      expect(view.buffer).not.toBe(scratch.words.buffer)
      expect(view.byteLength).toBeLessThanOrEqual(4)
      new Uint8Array(view.buffer).fill(0xff)
    }
    expect(info.toJSON()).toEqual(before)
    expect(getsockopt(pair.client, 'TCP_USER_TIMEOUT')).toBe(1111)
  })

  it('may transfer the buffer of its view when it decodes', () => {
    const option = timeout(make(({ buffer }) => structuredClone(buffer, { transfer: [buffer as ArrayBuffer] })))
    setsockopt(pair.client, 'TCP_USER_TIMEOUT', 2222)
    // Its own read fails, as it took the bytes from itself; everybody else's goes on.
    expect(() => getsockopt(pair.client, option)).toThrow(TypeError)
    expect(getsockopt(pair.client, 'TCP_USER_TIMEOUT')).toBe(2222)
    expect(getsockopt(pair.client, 'TCP_INFO').state).toBe('ESTABLISHED')
  })

  it('may transfer the buffer of its view when it encodes: nothing of it is sent', () => {
    setsockopt(pair.client, 'TCP_USER_TIMEOUT', 3333)
    const option = timeout(make(({ buffer }) => structuredClone(buffer, { transfer: [buffer as ArrayBuffer] })))
    expect(() => setsockopt(pair.client, option, 4444)).toThrow()
    expect(getsockopt(pair.client, 'TCP_USER_TIMEOUT')).toBe(3333)
  })

  it.each([5, 1e9, 2 ** 40, Number.POSITIVE_INFINITY])('may claim to have encoded %d bytes: no more are sent than it has', length => {
    const codec = make(() => undefined)
    const option = timeout({ ...codec, encode: (...parameters) => codec.encode(...parameters) && length })
    setsockopt(pair.client, option, 3434)
    expect(getsockopt(pair.client, 'TCP_USER_TIMEOUT')).toBe(3434)
  })

  it.each([-1, 0, Number.NaN])('may claim to have encoded %d bytes: the kernel refuses that', length => {
    setsockopt(pair.client, 'TCP_USER_TIMEOUT', 3333)
    const option = timeout({ ...make(() => undefined), encode: () => length })
    expect(() => setsockopt(pair.client, option, 1)).toThrow(expect.objectContaining({ code: 'EINVAL' }))
    expect(getsockopt(pair.client, 'TCP_USER_TIMEOUT')).toBe(3333)
  })

  it('may call the library itself', () => {
    const option = timeout(
      make(() => {
        getsockopt(pair.accepted, 'TCP_INFO')
        setsockopt(pair.accepted, 'TCP_USER_TIMEOUT', 1)
        snapshot(pair.accepted)
      }),
    )
    setsockopt(pair.client, option, 7777)
    expect(getsockopt(pair.client, option)).toBe(7777)
    expect(getsockopt(pair.client, 'TCP_USER_TIMEOUT')).toBe(7777)
  })

  it('may throw: its error comes through, and the next call works', () => {
    const own = new Error('mine')
    const option = timeout(
      make(() => {
        throw own
      }),
    )
    expect(() => getsockopt(pair.client, option)).toThrow(own)
    expect(() => setsockopt(pair.client, option, 1)).toThrow(own)
    expect(getsockopt(pair.client, 'SO_TYPE')).toBe('SOCK_STREAM')
  })

  it('reads the same with one of ours in its place', () => {
    setsockopt(pair.client, 'TCP_USER_TIMEOUT', 8888)
    expect(getsockopt(pair.client, timeout(codecs.int))).toBe(8888)
  })
})
