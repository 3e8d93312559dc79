/** What stands on reading and setting: several at once, questions of support, options of one's own, the raw form, consent. */
import { closeSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  applyOptions,
  type Codec,
  codecs,
  defineOption,
  getsockopt,
  options,
  setsockopt,
  snapshot as snapshotOf,
  supports,
} from '../../src/index.js'
import { isLinux, needs } from '../support/needs.js'
import { caught, closeAfterEach, opened } from '../support/opened.js'
import { tcpPair, udpPair, unixPair } from '../support/sockets.js'

closeAfterEach()

describe('applyOptions', () => {
  it('says what was requested and what it became', async ctx => {
    needs(ctx, isLinux, 'Linux doubles SO_RCVBUF')
    const { client } = await opened(tcpPair())
    expect(applyOptions(client, { SO_RCVBUF: 65536, TCP_NODELAY: true })).toEqual({
      SO_RCVBUF: { requested: 65536, effective: 131072 },
      TCP_NODELAY: { requested: true, effective: true },
    })
  })

  it('sets nothing when one value is wrong', async () => {
    const { client } = await opened(tcpPair())
    const before = getsockopt(client, 'TCP_NODELAY')
    expect(() => applyOptions(client, { TCP_NODELAY: !before, TCP_KEEPCNT: 0.5 })).toThrow(/TCP_KEEPCNT: expected an integer/)
    expect(() => applyOptions(client, { TCP_NODELAY: !before, TCP_KEEPCT: 1 } as object)).toThrow(/did you mean TCP_KEEPCNT/)
    expect(getsockopt(client, 'TCP_NODELAY')).toBe(before)
  })

  it('tells with the error what had been set when the kernel refused', async ctx => {
    needs(ctx, isLinux, 'the refusal is that of Linux')
    const { client } = await opened(tcpPair())
    const error = caught(() => applyOptions(client, { TCP_USER_TIMEOUT: 5000, TCP_CONGESTION: 'no-such-one', TCP_NODELAY: true }))
    expect(error).toMatchObject({ code: 'ENOENT', option: 'TCP_CONGESTION' })
    expect(error.applied).toEqual({ TCP_USER_TIMEOUT: { requested: 5000, effective: 5000 } })
  })

  it('has no effective value for what can only be set', async ctx => {
    needs(ctx, isLinux, 'IP_ADD_MEMBERSHIP takes an interface index on Linux')
    const { client } = await opened(udpPair())
    const applied = applyOptions(client, { IP_ADD_MEMBERSHIP: { multiaddr: '239.1.2.3', address: '127.0.0.1', ifindex: 1 } })
    expect(applied.IP_ADD_MEMBERSHIP.effective).toBeUndefined()
  })

  it('refuses what is no object of options', async () => {
    const { client } = await opened(tcpPair())
    expect(() => applyOptions(client, null as never)).toThrow(TypeError)
  })
})

describe('supports', () => {
  it('answers three questions', async ctx => {
    needs(ctx, isLinux, 'the answers are those of Linux')
    const { client } = await opened(tcpPair())
    const unix = await opened(unixPair())
    expect(supports('TCP_USER_TIMEOUT', client)).toEqual({ known: true, numbered: true, accepted: true })
    expect(supports('TCP_USER_TIMEOUT', unix.client)).toMatchObject({
      known: true,
      numbered: true,
      accepted: false,
      reason: expect.any(String),
    })
    expect(supports('TCP_CONNECTION_INFO', client)).toMatchObject({ known: true, numbered: false, accepted: false })
    expect(supports('TCP_USER_TIMOUT', client)).toMatchObject({ known: false, numbered: false, accepted: false })
  })

  it('does not guess where asking would have an effect, or where there is no socket to ask', async ctx => {
    needs(ctx, isLinux, 'the options are those of Linux')
    const { client } = await opened(tcpPair())
    for (const name of ['SO_SNDBUFFORCE', 'SO_ERROR', 'IP_MSFILTER'])
      expect(supports(name, client)).toMatchObject({ numbered: true, accepted: undefined })
    expect(supports('SO_RCVBUF')).toMatchObject({ known: true, numbered: true, accepted: undefined })
  })

  it('counts an option as accepted when only the state is wrong for it', async ctx => {
    needs(ctx, isLinux, 'SO_PEERGROUPS is an option of Linux')
    const { client } = await opened(tcpPair())
    expect(supports('SO_PEERGROUPS', client).accepted).toBe(true)
  })

  it('refuses a target that is no socket', () => {
    expect(() => supports('SO_RCVBUF', 999_999)).toThrow(/EBADF/)
  })
})

describe('defineOption', () => {
  it('reads and sets by the same path as the catalogue', async ctx => {
    needs(ctx, isLinux, 'the number is that of Linux')
    const { client } = await opened(tcpPair())
    const mine = defineOption({ name: 'MY_TIMEOUT', level: 'IPPROTO_TCP', number: { linux: 18 }, codec: codecs.uint, unit: 'ms' })
    setsockopt(client, mine, 4321)
    expect(getsockopt(client, mine)).toBe(4321)
    expect(getsockopt(client, 'TCP_USER_TIMEOUT')).toBe(4321)
    expect(caught(() => setsockopt(client, mine, -1)).message).toBe(
      'MY_TIMEOUT: expected an integer from 0 to 4294967295 (unit: ms), got -1; nothing was set',
    )
  })

  it('knows its access and its platforms', async () => {
    const { client } = await opened(tcpPair())
    const readable = defineOption({ level: 6, number: 18, codec: codecs.uint, access: 'ro' })
    const writable = defineOption({ level: 6, number: 18, codec: codecs.uint, access: 'wo' })
    const elsewhere = defineOption({ level: 'IPPROTO_TCP', number: { plan9: 1 }, codec: codecs.uint })
    expect(caught(() => setsockopt(client, readable as never, 1)).code).toBe('ERR_SOCKOPT_READ_ONLY')
    expect(caught(() => getsockopt(client, writable as never)).code).toBe('ERR_SOCKOPT_WRITE_ONLY')
    expect(caught(() => getsockopt(client, elsewhere)).code).toBe('ERR_SOCKOPT_UNSUPPORTED')
  })

  it('hands a foreign codec copies, so that nothing it keeps or does reaches the library', async () => {
    const { client } = await opened(tcpPair())
    const kept: DataView[] = []
    const keeping: Codec<number> = codecs.codec({
      name: 'keeping',
      size: 4,
      accepts: 'anything',
      decode(view, at, _length, abi) {
        kept.push(view)
        const value = view.getInt32(at, abi.littleEndian)
        structuredClone(view.buffer, { transfer: [view.buffer as ArrayBuffer] })
        return value
      },
      encode: () => 4,
    })
    const mine = defineOption({ level: 'SOL_SOCKET', number: { linux: 8, darwin: 0x1002 }, codec: keeping, access: 'ro' })
    expect(getsockopt(client, mine)).toBe(getsockopt(client, 'SO_RCVBUF'))
    expect(kept[0]?.buffer.byteLength).toBe(0)
    expect(getsockopt(client, 'SO_RCVBUF')).toBeGreaterThan(0)
  })

  it.each([
    ['no level', { number: 1, codec: codecs.int }],
    ['no number', { level: 1, codec: codecs.int }],
    ['a number that is none', { level: 1, number: 2 ** 40, codec: codecs.int }],
    ['no codec', { level: 1, number: 1 }],
    ['a codec of an impossible size', { level: 1, number: 1, codec: { ...codecs.int, size: -1 } }],
    ['an access that there is not', { level: 1, number: 1, codec: codecs.int, access: 'r' }],
  ])('refuses a definition with %s', (_, definition) => {
    expect(caught(() => defineOption(definition as never)).code).toMatch(/^ERR_SOCKOPT_(TYPE|RANGE)$/)
  })

  it('takes no option that merely looks like one', async () => {
    const { client } = await opened(tcpPair())
    expect(() => getsockopt(client, { ...options.SO_RCVBUF } as never)).toThrow(/made by defineOption/)
  })
})

describe('the raw form', () => {
  it('reads and sets a C int', async () => {
    const { client } = await opened(tcpPair())
    const [level, number] = process.platform === 'linux' ? [1, 9] : [0xffff, 8]
    setsockopt(client, level, number, 1)
    expect(getsockopt(client, level, number)).not.toBe(0)
    setsockopt(client, level, number, false)
    expect(getsockopt(client, level, number)).toBe(0)
  })

  it('refuses as an int what is none', async ctx => {
    needs(ctx, isLinux, 'the numbers are those of Linux')
    const { client } = await opened(tcpPair())
    expect(() => getsockopt(client, 6, 11)).toThrow(/TCP_INFO is not an int but struct tcp_info/)
    expect(() => getsockopt(client, 1, 57)).toThrow(/SO_COOKIE is not an int/)
  })

  it('returns as many bytes as came back', async ctx => {
    needs(ctx, isLinux, 'the numbers are those of Linux')
    const { client } = await opened(tcpPair())
    expect(getsockopt(client, 6, 11, 512).length).toBeGreaterThanOrEqual(104)
    expect(getsockopt(client, 6, 11, 8)).toHaveLength(8)
    expect(getsockopt(client, 1, 8, 0)).toHaveLength(0)
  })

  it('is guarded as the names are', async ctx => {
    needs(ctx, isLinux, 'the numbers are those of Linux')
    const { client } = await opened(tcpPair())
    const unix = await opened(unixPair())
    for (const run of [
      () => getsockopt(client, 1, 4),
      () => getsockopt(client, 1, 4, 4),
      () => getsockopt(unix.client, 1, 77, 4),
      () => getsockopt(client, 6, 35, 64),
      () => getsockopt(client, 0, 41, 64, { input: new Uint8Array(16) }),
      () => setsockopt(client, 1, 26, new Uint8Array(16)),
    ]) {
      expect(caught(run)).toMatchObject({ code: 'ERR_SOCKOPT_HAZARD', kind: 'denied' })
    }
    expect(getsockopt(client, 1, 26, 4)).toHaveLength(0)
  })

  it.each([
    ['a fraction for a level', [1.5, 8], RangeError],
    ['a bigint for a number', [1, 8n], TypeError],
    ['a negative length', [1, 8, -1], RangeError],
    ['a length beyond a mebibyte', [1, 8, 2 ** 20 + 1], RangeError],
    ['a length that is NaN', [1, 8, Number.NaN], RangeError],
  ])('refuses %s', async (_, parts, type) => {
    const { client } = await opened(tcpPair())
    expect(() => getsockopt(client, ...(parts as [number, number]))).toThrow(type)
  })

  it.each([
    ['2**40', 2 ** 40, RangeError],
    ['NaN', Number.NaN, RangeError],
    ['a string', '1', TypeError],
    ['null', null, TypeError],
    ['a mebibyte and one', new Uint8Array(2 ** 20 + 1), RangeError],
  ])('does not set %s', async (_, value, type) => {
    const { client } = await opened(tcpPair())
    const before = getsockopt(client, 'SO_RCVBUF')
    expect(() => setsockopt(client, 1, 8, value as never)).toThrow(type)
    expect(getsockopt(client, 'SO_RCVBUF')).toBe(before)
  })
})

describe('what no caller with types would pass', () => {
  it('is refused with a code', async () => {
    const { client } = await opened(tcpPair())
    const fake = Object.create(Uint8Array.prototype)
    for (const run of [
      () => snapshotOf(client, 'SO_RCVBUF' as never),
      () => snapshotOf(client, [Symbol('x')] as never),
      () => supports(Symbol('x') as never),
      () => supports({} as never, client),
      () => defineOption(null as never),
      () => defineOption({ level: 1, number: 1, codec: codecs.int, name: Symbol('x') as never }),
      () => setsockopt(client, 1, 8, fake),
      () => getsockopt(client, 6, 11, 280, { input: fake }),
    ]) {
      expect(caught(run).code).toBe('ERR_SOCKOPT_TYPE')
    }
  })

  it('is no bytes at all where a codec of the caller’s has given its memory away', async ctx => {
    needs(ctx, isLinux, 'Linux answers EINVAL to an int of no bytes')
    const { client } = await opened(tcpPair())
    const encode = (_value: number, view: DataView) => structuredClone(4, { transfer: [view.buffer as ArrayBuffer] })
    const giving = defineOption({ level: 1, number: 8, codec: { ...codecs.int, encode } })
    expect(caught(() => setsockopt(client, giving, 1)).code).toBe('EINVAL')
  })

  it('is no bytes at all where its buffer was detached', async ctx => {
    needs(ctx, isLinux, 'Linux answers EINVAL to an int of no bytes')
    const { client } = await opened(tcpPair())
    const detached = new Uint8Array(4)
    structuredClone(detached.buffer, { transfer: [detached.buffer] })
    expect(caught(() => setsockopt(client, 1, 8, detached)).code).toBe('EINVAL')
    expect(getsockopt(client, 6, 11, 280, { input: detached })).toEqual(expect.objectContaining({ length: expect.any(Number) }))
  })

  it('is as many bytes as there are, whatever length the object says it has', async ctx => {
    needs(ctx, isLinux, 'the numbers are those of Linux')
    const { client } = await opened(tcpPair())
    const large = Object.defineProperty(new Uint8Array(200_000), 'length', { value: 4 })
    const small = Object.defineProperty(new Uint8Array(4), 'length', { value: 200_000 })
    expect(caught(() => getsockopt(client, 6, 11, 280, { input: large })).code).toBe('ERR_SOCKOPT_RANGE')
    expect(getsockopt(client, 1, 8, 4, { input: small })).toHaveLength(4)
    setsockopt(client, 1, 2, small)
    expect(caught(() => getsockopt(client, 'PACKET_HDRLEN', { input: large })).code).toBe('ERR_SOCKOPT_RANGE')
  })

  it('may be as long as no arena is, and of any length', async ctx => {
    needs(ctx, isLinux, 'the numbers are those of Linux')
    const { client } = await opened(tcpPair())
    for (const buflen of [70_001, 70_002, 70_003, 2 ** 20 - 1]) expect(getsockopt(client, 1, 8, buflen)).toHaveLength(4)
  })
})

describe('consent', () => {
  it('is needed for what reading destroys', async () => {
    const { client } = await opened(tcpPair())
    expect(caught(() => getsockopt(client, 'SO_ERROR'))).toMatchObject({ code: 'ERR_SOCKOPT_HAZARD', option: 'SO_ERROR' })
    expect(getsockopt(client, 'SO_ERROR', { consume: true })).toBe(0)
  })

  it('is needed for what opens a descriptor, which is then the caller’s', async ctx => {
    needs(ctx, isLinux, 'SO_PEERPIDFD is an option of Linux')
    const { client } = await opened(unixPair())
    needs(ctx, supports('SO_PASSPIDFD', client).accepted, 'SO_PEERPIDFD is an option of Linux 6.5')
    expect(caught(() => getsockopt(client, 'SO_PEERPIDFD')).code).toBe('ERR_SOCKOPT_HAZARD')
    const pidfd = getsockopt(client, 'SO_PEERPIDFD', { adopt: true })
    expect(pidfd).toBeGreaterThan(2)
    closeSync(pidfd)
    expect(() => getsockopt(client, 1, 77, 3, { adopt: true })).toThrow(/at least 4/)
  })
})

describe('one field', () => {
  it('is what the struct says', async ctx => {
    needs(ctx, isLinux, 'the structs are those of Linux')
    const { client } = await opened(tcpPair())
    const info = getsockopt(client, 'TCP_INFO')
    for (const field of ['state', 'sndMss', 'sndWscale', 'options', 'pacingRate'] as const) {
      expect([field, getsockopt(client, 'TCP_INFO', { field })]).toEqual([field, info[field]])
    }
    setsockopt(client, 'SO_LINGER', { onoff: true, linger: 7 })
    expect(getsockopt(client, 'SO_LINGER', { field: 'linger' })).toBe(7)
    setsockopt(client, 'SO_LINGER', { onoff: false, linger: 0 })
  })

  it('leaves a struct that was read before as it is', async ctx => {
    needs(ctx, isLinux, 'the struct is that of Linux')
    const { client } = await opened(tcpPair())
    const info = getsockopt(client, 'TCP_INFO')
    const before = JSON.stringify(info)
    for (let reads = 0; reads < 1000; reads++) getsockopt(client, 'TCP_INFO', { field: 'rtt' })
    expect(JSON.stringify(info)).toBe(before)
  })

  it('is the one that is asked for, of the option that is asked for, whatever was asked before', async ctx => {
    needs(ctx, isLinux, 'the struct is that of Linux')
    const { client } = await opened(tcpPair())
    setsockopt(client, 'SO_LINGER', { onoff: true, linger: 7 })
    for (let turn = 0; turn < 3; turn++) {
      expect(getsockopt(client, 'SO_LINGER', { field: 'linger' })).toBe(7)
      expect(getsockopt(client, 'SO_LINGER', { field: 'onoff' })).toBe(true)
      expect(getsockopt(client, 'TCP_INFO', { field: 'state' })).toBe('ESTABLISHED')
      expect(() => getsockopt(client, 'SO_LINGER', { field: 'state' as 'linger' })).toThrow(/one of onoff, linger, got 'state'/)
      expect(getsockopt(client, 'TCP_INFO', { field: 'state' })).toBe('ESTABLISHED')
    }
    setsockopt(client, 'SO_LINGER', { onoff: false, linger: 0 })
  })

  it('names the fields there are', async () => {
    const { client } = await opened(tcpPair())
    expect(() => getsockopt(client, 'SO_LINGER', { field: 'linge' as 'linger' })).toThrow(
      /SO_LINGER: field: expected one of onoff, linger, got 'linge'/,
    )
    expect(() => getsockopt(client, 'SO_RCVBUF', { field: 'rtt' } as never)).toThrow(/SO_RCVBUF has no fields/)
    for (const field of [Symbol('x'), 1, ['rtt'], { toString: null }])
      expect(caught(() => getsockopt(client, 'TCP_INFO', { field } as never)).code).toBe('ERR_SOCKOPT_TYPE')
  })
})

describe('in/out options', () => {
  it('read by a query', async ctx => {
    needs(ctx, isLinux, 'the struct is that of Linux')
    const { client } = await opened(udpPair())
    setsockopt(client, 'IP_ADD_SOURCE_MEMBERSHIP', { multiaddr: '232.1.2.3', interface: '127.0.0.1', sourceaddr: '10.0.0.1' })
    const filter = getsockopt(client, 'IP_MSFILTER', { input: { multiaddr: '232.1.2.3', interface: '127.0.0.1' } })
    expect(filter).toMatchObject({ multiaddr: '232.1.2.3', slist: ['10.0.0.1'] })
  })

  it('name what is wrong with the query', async ctx => {
    needs(ctx, isLinux, 'the struct is that of Linux')
    const { client } = await opened(udpPair())
    expect(() => getsockopt(client, 'IP_MSFILTER', { input: { multiaddr: 5 } })).toThrow(/IP_MSFILTER: input\.multiaddr: expected/)
    expect(() => getsockopt(client, 'PACKET_HDRLEN', { input: new Uint8Array(9999) })).toThrow(/PACKET_HDRLEN: input: expected at most/)
  })
})

describe('an option of another protocol with the same number', () => {
  it('is refused by name', async ctx => {
    needs(ctx, isLinux, 'the collision is that of Linux')
    const { client } = await opened(tcpPair())
    expect(caught(() => getsockopt(client, 'L2CAP_OPTIONS'))).toMatchObject({ code: 'ERR_SOCKOPT_UNSUPPORTED', kind: 'unsupported' })
    expect(caught(() => setsockopt(client, 'L2CAP_LM', [])).message).toMatch(/exists on AF_BLUETOOTH sockets only/)
  })
})
