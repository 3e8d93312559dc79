/** IS a descriptor ever returned for a socket that no longer has it? Numbers are reused at once, and a cluster worker's may be elsewhere. */
import { fork } from 'node:child_process'
import { fstatSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resolve } from '../../src/socket/resolve.js'
import { family, portOf } from '../support/addresses.js'
import { type Compiled, compileSources } from '../support/compiled.js'
import { probe, succeed } from '../support/probe.js'
import { event, http2Pair, httpPair, listener, tcpPair, tlsPair, udpPair, unixPair, until } from '../support/sockets.js'

function isOpen(fd: number): boolean {
  try {
    fstatSync(fd)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EBADF') throw error
    return false
  }
}

/** Opens sockets until one has that number, which the kernel gives out again as soon as it is the lowest free one (open(2)). */
function occupy(fd: number): { release(): void } {
  const opened: number[] = []
  while (opened.at(-1) !== fd) {
    if (opened.length > fd) throw new Error(`${fd} is still taken`)
    opened.push(succeed('socket', probe.socket(family.ipv4, 1, 0)))
  }
  const release = (): void => {
    for (const each of opened) succeed('close', probe.close(each))
  }
  return { release }
}

function codeOf(target: unknown): string {
  try {
    return `fd ${resolve(target)}`
  } catch (error) {
    return (error as { code: string }).code
  }
}

interface Case {
  readonly target: unknown
  /** Closes what the target stands on, as an application would. */
  shut(): unknown
  /** What the target says then; ERR_SOCKOPT_CLOSED where it is not said. */
  readonly code?: 'ERR_SOCKOPT_NO_DESCRIPTOR'
  close(): Promise<void>
}

const cases: Record<string, () => Promise<Case>> = {
  'net.Socket': async () => {
    const { client, close } = await tcpPair()
    return { target: client, shut: () => client.destroy(), close }
  },
  'net.Socket that is reset': async () => {
    const { client, close } = await tcpPair()
    return { target: client, shut: () => client.resetAndDestroy(), close }
  },
  'unix socket': async () => {
    const { client, close } = await unixPair()
    return { target: client, shut: () => client.destroy(), close }
  },
  'net.Server': async () => {
    const { server, close } = await listener('tcp')
    return { target: server, shut: () => server.close(), close }
  },
  'tls.TLSSocket': async () => {
    const { client, close } = await tlsPair()
    return { target: client, shut: () => client.destroy(), close }
  },
  'accepted tls.TLSSocket whose peer goes': async () => {
    const { client, accepted, close } = await tlsPair()
    return { target: accepted, shut: () => client.destroy(), close }
  },
  'dgram.Socket': async () => {
    const { client, close } = await udpPair()
    return { target: client, shut: () => client.close(), close }
  },
  ClientRequest: async () => {
    const { client, close } = await httpPair()
    return { target: client, shut: () => client.destroy(), close }
  },
  'client IncomingMessage': async () => {
    const { client, response, close } = await httpPair()
    return { target: response, shut: () => client.destroy(), close }
  },
  'server IncomingMessage': async () => {
    const { client, accepted, close } = await httpPair()
    return { target: accepted, shut: () => client.destroy(), close }
  },
  ServerResponse: async () => {
    const { reply, close } = await httpPair()
    return { target: reply, shut: () => reply.destroy(), close }
  },
  Http2Session: async () => {
    const { client, close } = await http2Pair()
    return { target: client, shut: () => client.destroy(), close, code: 'ERR_SOCKOPT_NO_DESCRIPTOR' }
  },
  'socket of an Http2Session': async () => {
    const { client, close } = await http2Pair()
    return { target: client.socket, shut: () => client.destroy(), close, code: 'ERR_SOCKOPT_NO_DESCRIPTOR' }
  },
  Http2Stream: async () => {
    const { client, stream, close } = await http2Pair()
    return { target: stream, shut: () => client.destroy(), close, code: 'ERR_SOCKOPT_NO_DESCRIPTOR' }
  },
  Http2ServerRequest: async () => {
    const { accepted, request, close } = await http2Pair()
    return { target: request, shut: () => accepted.destroy(), close, code: 'ERR_SOCKOPT_NO_DESCRIPTOR' }
  },
}

describe('a descriptor that was closed and given to another socket', () => {
  it.each(Object.keys(cases))('is not returned for the %s that had it', async kind => {
    const { target, shut, close, code = 'ERR_SOCKOPT_CLOSED' } = await (cases[kind] as () => Promise<Case>)()
    const fd = resolve(target)
    expect(isOpen(fd)).toBe(true)
    shut()
    await until(() => !isOpen(fd))
    const { release } = occupy(fd)
    expect(isOpen(fd)).toBe(true)
    expect(codeOf(target)).toBe(code)
    release()
    await close()
  })

  it.each(['net.Socket', 'net.Server', 'dgram.Socket'])('is not returned for a %s even in the tick that closes it', async kind => {
    const { target, shut, close } = await (cases[kind] as () => Promise<Case>)()
    const fd = resolve(target)
    shut()
    const { release } = occupy(fd)
    expect(codeOf(target)).toBe('ERR_SOCKOPT_CLOSED')
    release()
    await close()
  })

  it('is followed by another when the same net.Socket connects again', async () => {
    const { client, server, port, close } = await tcpPair()
    const first = resolve(client)
    const closed = event(client, 'close')
    client.destroy()
    const { release } = occupy(first)
    await closed
    const arrival = event(server, 'connection')
    client.connect(port, '127.0.0.1')
    await event(client, 'connect')
    await arrival
    expect(resolve(client)).not.toBe(first)
    expect(portOf(resolve(client))).toBe(client.localPort)
    release()
    await close()
  })
})

describe('a cluster worker', () => {
  let compiled: Compiled
  beforeAll(() => {
    compiled = compileSources()
  })
  afterAll(() => compiled.remove())

  /** What the worker's sockets resolve to, under that scheduling policy. */
  async function reportOf(policy: 'rr' | 'none'): Promise<Record<string, unknown>> {
    const env = { ...process.env, NODE_CLUSTER_SCHED_POLICY: policy, RESOLVE: compiled.url('socket/resolve.js') }
    const primary = fork(fileURLToPath(new URL('./cluster.mjs', import.meta.url)), { env, execArgv: [] })
    const gone = event(primary, 'exit')
    const [report] = await event<[Record<string, unknown>]>(primary, 'message')
    await gone
    return report
  }

  const descriptor = { fd: expect.any(Number) }
  const closed = expect.objectContaining({ code: 'ERR_SOCKOPT_CLOSED', kind: 'state' })

  it('that is dealt connections has no listening descriptor, and has those of everything else', async () => {
    const held = {
      name: 'SocketOptionError',
      code: 'ERR_SOCKOPT_CLUSTER_WORKER',
      kind: 'state',
      message:
        'this server has no descriptor in this cluster worker: the primary holds the listening socket and deals out connections; ' +
        'listen with { exclusive: true }, or set cluster.schedulingPolicy = cluster.SCHED_NONE in the primary. Accepted sockets do have one',
    }
    expect(await reportOf('rr')).toEqual({ shared: held, accepted: descriptor, closed, exclusive: descriptor, datagram: descriptor })
  })

  it('that accepts for itself has the descriptor it shares', async () => {
    expect(await reportOf('none')).toEqual({
      shared: descriptor,
      accepted: descriptor,
      closed,
      exclusive: descriptor,
      datagram: descriptor,
    })
  })
})
