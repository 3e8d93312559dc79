/** DOES the library hold in workers, at the end of an environment, and twice in one process? */
import { spawnSync } from 'node:child_process'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getsockopt } from '../../src/index.js'
import { copyPackage, type PackageCopy } from '../support/package-copy.js'
import { event, tcpPair } from '../support/sockets.js'

let library: PackageCopy
let other: PackageCopy
beforeAll(() => {
  library = copyPackage()
  other = copyPackage()
})
afterAll(() => {
  library.remove()
  other.remove()
})

/** What begins every program: `library`, and `client` and `server`, which do not keep it running. */
const prelude = (url: string): string => `
  import net from 'node:net'
  import { once } from 'node:events'
  import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
  const library = await import(${JSON.stringify(url)})
  const { getsockopt, setsockopt, snapshot } = library
  const server = net.createServer(accepted => accepted.unref()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = net.connect(server.address().port, '127.0.0.1')
  await once(client, 'connect')
  client.unref()
  server.unref()
`

/** A module as a URL, which is what a Worker takes for one. */
const module = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(code)}`)

function run(code: string, flags: string[] = []) {
  const parameters = [...flags, '--input-type=module', '-e', prelude(library.url) + code]
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, parameters, { encoding: 'utf8', timeout: 15_000 })
  return { status, signal, stderr, stdout: stdout.trim() }
}

const prints = (stdout: string) => ({ status: 0, signal: null, stderr: '', stdout })

/** Reads and sets with values that only this worker uses; says how many turns answered with them. */
const busy = (turns: string) => `
  let right = 0
  for (let turn = 0; turn < ${turns}; turn++) {
    const timeout = workerData * 100_000 + (turn % 1000)
    setsockopt(client, 'TCP_USER_TIMEOUT', timeout)
    const kept = getsockopt(client, 'TCP_INFO')
    const look = snapshot(client, ['TCP_USER_TIMEOUT', 'SO_RCVBUF'])
    const isRight = getsockopt(client, 'TCP_USER_TIMEOUT') === timeout && look.options.TCP_USER_TIMEOUT.value === timeout
    if (isRight && kept.state === 'ESTABLISHED') right++
    if (turn === 100) parentPort.postMessage('busy')
  }
  parentPort.postMessage(right)
`

describe('workers', () => {
  it('four at once each read and set their own sockets', async () => {
    const turns = 5000
    const workers = [1, 2, 3, 4].map(workerData => new Worker(module(prelude(library.url) + busy(String(turns))), { workerData }))
    const ends = workers.map(worker => event(worker, 'exit', 20_000))
    const right: unknown[] = []
    for (const worker of workers) worker.on('message', message => message === 'busy' || right.push(message))
    expect(await Promise.all(ends)).toEqual([[0], [0], [0], [0]])
    expect(right).toEqual([turns, turns, turns, turns])
  })

  it('one that is terminated in the middle of its reads takes nothing with it', async () => {
    const { client, close } = await tcpPair()
    for (let times = 0; times < 3; times++) {
      const worker = new Worker(module(prelude(library.url) + busy('Infinity')), { workerData: 1 })
      await event(worker, 'message', 20_000)
      expect(await worker.terminate()).toBe(1)
      expect(getsockopt(client, 'TCP_INFO').state).toBe('ESTABLISHED')
    }
    await close()
  })

  it('one that ends leaves what it has read to nobody else, and the next starts anew', async () => {
    for (let times = 0; times < 3; times++) {
      const worker = new Worker(module(prelude(library.url) + busy('200')), { workerData: times + 1 })
      const last: unknown[] = []
      worker.on('message', message => last.push(message))
      expect(await event(worker, 'exit', 20_000)).toEqual([0])
      expect(last).toEqual(['busy', 200])
    }
  })
})

describe('a process exits with code 0', () => {
  const worker = (code: string) => `new Worker(new URL(${JSON.stringify(module(prelude('LIBRARY') + code).href)}), { workerData: 1 })`
  const withLibrary = (code: string) => code.replaceAll('LIBRARY', encodeURIComponent(library.url))

  it.each([
    ['after the import alone', ''],
    ['after a get', `getsockopt(client, 'SO_RCVBUF')`],
    ['after a get, by process.exit()', `getsockopt(client, 'SO_RCVBUF'); process.exit()`],
    ['with a TCP_INFO and a snapshot that are still held', `globalThis.held = [getsockopt(client, 'TCP_INFO'), snapshot(client)]`],
    ['after a get that was refused', `try { getsockopt(client, 'IPV6_V6ONLY') } catch (error) { if (!(error.errno < 0)) throw error }`],
    ['with its first get in its last event', `process.on('exit', () => getsockopt(client, 'TCP_INFO').rtt)`],
    ['with a get in its last event, by process.exit()', `process.on('exit', () => getsockopt(client, 'TCP_INFO').rtt); process.exit()`],
    ['with a get in a finalizer that never runs', `new FinalizationRegistry(() => getsockopt(client, 'SO_RCVBUF')).register({})`],
    ['by process.exit() while a worker reads', `${worker(busy('Infinity'))}.once('message', () => process.exit())`],
    ['when a worker has called process.exit() after a get', worker(`getsockopt(client, 'TCP_INFO'); process.exit()`)],
    [
      'when a worker calls process.exit() from a getter in a value',
      worker(`setsockopt(client, 'SO_LINGER', { get onoff() { process.exit() } })`),
    ],
  ])('%s', (_, code) => {
    expect(run(withLibrary(code))).toEqual(prints(''))
  })
})

describe('two copies in one process', () => {
  it('read and set the same sockets in turn, each with its own memory', () => {
    const code = `
      const second = await import(${JSON.stringify(other.url)})
      const copies = [library, second]
      const infos = []
      let right = 0
      for (let turn = 0; turn < 1000; turn++) {
        const [one, another] = turn % 2 === 0 ? copies : [second, library]
        one.setsockopt(client, 'TCP_USER_TIMEOUT', turn)
        infos.push(one.getsockopt(client, 'TCP_INFO'))
        if (another.getsockopt(client, 'TCP_USER_TIMEOUT') === turn) right++
      }
      console.log(library.getsockopt === second.getsockopt, right, infos.every(({ state, sndMss }) => state === 'ESTABLISHED' && sndMss > 500))
    `
    expect(run(code)).toEqual(prints('false 1000 true'))
  })

  it('throw errors of their own class, which look alike', () => {
    const code = `
      const second = await import(${JSON.stringify(other.url)})
      const refusals = [library, second].map(({ getsockopt }) => {
        try { getsockopt(client, 'IPV6_V6ONLY') } catch (error) { return error }
      })
      console.log(refusals[0] instanceof library.SocketOptionError, refusals[0] instanceof second.SocketOptionError, refusals[0].code === refusals[1].code)
    `
    expect(run(code)).toEqual(prints('true false true'))
  })

  it('and a worker with both', () => {
    const code = `
      const second = await import(${JSON.stringify(other.url)})
      parentPort.postMessage([library, second].map(({ getsockopt }) => getsockopt(client, 'SO_TYPE')))
    `
    const main = `
      const worker = new Worker(new URL(${JSON.stringify(module(prelude(library.url) + code).href)}))
      worker.on('message', message => console.log(...message))
    `
    expect(run(main)).toEqual(prints('SOCK_STREAM SOCK_STREAM'))
  })
})
